package tui

import (
	"os"
	"strings"
)

// orEnvironment adds what the process's environment asks for, when it is its terminal that is drawn
// on: ASCII where the locale is not UTF-8 or the terminal is known to have few characters, no
// colours with NO_COLOR or CLICOLOR=0, the theme that suits the terminal, nothing that moves with
// KSIM_REDUCED_MOTION, no screen on a dumb one.
func (o Options) orEnvironment() Options {
	if o.Output != nil {
		return o
	}
	o.ASCII = o.ASCII || wantsASCII(os.Getenv)
	o.NoColor = o.NoColor || wantsNoColor(os.Getenv)
	if o.Theme == "" {
		o.Theme = wantsTheme(os.Getenv)
	}
	o.Still = o.Still || os.Getenv("KSIM_REDUCED_MOTION") != ""
	o.Plain = o.Plain || os.Getenv("TERM") == "dumb" && isTerminal(os.Stdout)
	return o
}

func wantsASCII(getenv func(string) string) bool {
	term := getenv("TERM")
	return getenv("KSIM_ASCII") != "" || !namesUTF8(getenv) ||
		term == "linux" || term == "dumb" || strings.HasPrefix(term, "vt")
}

func wantsNoColor(getenv func(string) string) bool {
	return getenv("NO_COLOR") != "" || getenv("CLICOLOR") == "0"
}

// namesUTF8 tells whether the first locale variable that is set names UTF-8.
func namesUTF8(getenv func(string) string) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := strings.ToLower(getenv(name)); v != "" {
			return strings.Contains(v, "utf-8") || strings.Contains(v, "utf8")
		}
	}
	return false
}
