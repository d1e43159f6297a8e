package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/creack/pty"
	"github.com/spf13/cobra"

	"example.com/ksim/internal/scenario"
)

// remark is what stands beside an example.
var remark = regexp.MustCompile(` {2,}.*`)

// claims are the commands that may exit 1, as their help says: something is found, there is a difference, or a setting makes the
// run another one than the file expects.
var claims = regexp.MustCompile(`ksim (explore|compare|run .*--set) `)

// TestEveryExampleWorks types every example of the help, at a terminal, beside the files that it names.
func TestEveryExampleWorks(t *testing.T) {
	bin, seen := filepath.Dir(asKsim(t)), map[string]bool{}
	for _, line := range examples(rootCommand()) {
		if seen[line] {
			continue
		}
		seen[line] = true
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			c := exec.Command("sh", "-c", line)
			c.Dir = t.TempDir()
			c.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "KSIM_HOME="+c.Dir, "TERM=xterm-256color")
			for file, from := range map[string]string{"my.yaml": "acks-0-loses", "before.yaml": "acks-1-leader-crash", "after.yaml": "acks-all-survives"} {
				source, _ := scenario.Source(from)
				if err := os.WriteFile(filepath.Join(c.Dir, file), source, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			code, printed := typed(t, c)
			if code != exitFine && !(code == exitClaim && claims.MatchString(line)) {
				t.Errorf("exit code %d:\n%s", code, printed)
			}
		})
	}
	if len(seen) < 15 {
		t.Errorf("only %d examples", len(seen))
	}
}

// examples are those of a command and of the commands below it.
func examples(c *cobra.Command) []string {
	var out []string
	for line := range strings.Lines(c.Example) {
		if line = remark.ReplaceAllString(strings.TrimSpace(line), ""); line != "" {
			out = append(out, line)
		}
	}
	for _, sub := range c.Commands() {
		out = append(out, examples(sub)...)
	}
	return out
}

// typed is how a command ends at a terminal, whose user leaves what it shows, and what it printed.
func typed(t *testing.T, c *exec.Cmd) (code int, printed string) {
	t.Helper()
	terminal, err := pty.StartWithSize(c, &pty.Winsize{Rows: 50, Cols: 200})
	if err != nil {
		t.Skip("no pseudo-terminals here:", err)
	}
	defer terminal.Close()
	var all bytes.Buffer
	chunk, left := make([]byte, 1<<16), false
	for {
		n, err := terminal.Read(chunk)
		if all.Write(chunk[:n]); err != nil {
			break // it has ended
		}
		answer := ""
		switch {
		case bytes.Contains(all.Bytes(), []byte("\x1b[?1049h")): // a screen
			answer = "q"
		case bytes.HasSuffix(all.Bytes(), []byte("> ")): // a line to be typed
			answer = "quit\r"
		}
		if answer != "" && !left {
			left = true
			if _, err := terminal.WriteString(answer); err != nil {
				t.Fatal(err)
			}
		}
	}
	var exit *exec.ExitError
	if err := c.Wait(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return c.ProcessState.ExitCode(), all.String()
}
