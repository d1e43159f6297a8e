package main

import (
	"cmp"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"example.com/ksim/cmd/ksim/tui"
	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/internal/scenario"
)

func playCommand() *cobra.Command {
	var load loadFlags
	c := &cobra.Command{
		Use: "play NAME|FILE", Short: "Explore a scenario in the terminal",
		Long: "Explore a scenario in the terminal: step forward and back, strike whenever you like, and see\n" +
			"what becomes of every message. Press ? for the keys.",
		Example: "  ksim play acks-1-leader-crash\n" +
			"  ksim play acks-1-leader-crash --plain        answers in sentences; `help` lists the commands\n" +
			"  printf 'end\\nwhy m3\\n' | ksim play acks-1-leader-crash --plain",
		Args: cobra.ExactArgs(1), ValidArgsFunction: completeScenario,
		RunE: func(c *cobra.Command, args []string) error {
			s, err := load.load(c, args[0])
			if err != nil {
				return err
			}
			o, err := options(c)
			if err != nil {
				return err
			}
			if err := needTerminal(c, o); err != nil {
				return err
			}
			return tuiExit(tui.Play(s, scenario.Called(args[0]), o))
		},
	}
	load.add(c)
	screenFlags(c)
	return c
}

// screenFlags are the flags of the commands that draw a screen.
func screenFlags(c *cobra.Command) {
	c.Flags().Bool("plain", false, "no screen: commands and answers line by line, for screen readers and pipes")
	c.Flags().Bool("no-mouse", false, "leave the mouse to the terminal (what it does can be done by keys, too)")
	c.Flags().Bool("reduced-motion", false, "show steps at once, without anything that moves (also KSIM_REDUCED_MOTION)")
	themeFlag(c)
}

// themeFlag is the flag of whatever is drawn in colours.
func themeFlag(c *cobra.Command) {
	c.Flags().String("theme", "", "colours: "+strings.Join(paint.Themes(), ", ")+" (also KSIM_THEME; T changes them)")
	_ = c.RegisterFlagCompletionFunc("theme", cobra.FixedCompletions(paint.Themes(), cobra.ShellCompDirectiveNoFileComp))
}

// home is what ksim does without a command.
func home(c *cobra.Command, _ []string) error {
	o, err := options(c)
	if err != nil {
		return err
	}
	if err := needTerminal(c, o); err != nil {
		_ = c.Help()
		return err
	}
	return tuiExit(tui.Home(o))
}

// needTerminal: the screen needs one to be drawn on.
func needTerminal(c *cobra.Command, o tui.Options) error {
	if o.Plain || isTerminal(c.OutOrStdout()) {
		return nil
	}
	return &exit{exitUsage, "ksim: no terminal to draw on: use `--plain`, or `ksim run NAME` instead"}
}

// isTerminal tells whether a person reads what is printed.
func isTerminal(out io.Writer) bool {
	if o, wrapped := out.(*output); wrapped {
		out = o.Writer
	}
	f, ok := out.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// options are the flags of the screen. A theme may also be chosen by the environment.
func options(c *cobra.Command) (tui.Options, error) {
	set := func(name string) bool { on, _ := c.Flags().GetBool(name); return on }
	theme, _ := c.Flags().GetString("theme")
	from := "--theme"
	if theme == "" {
		theme, from = os.Getenv("KSIM_THEME"), "KSIM_THEME"
	}
	if err := tui.CheckTheme(theme); err != nil {
		return tui.Options{}, &exit{exitUsage, "ksim: " + from + ": " + err.Error()}
	}
	return tui.Options{ASCII: set("ascii"), NoColor: set("no-color"), NoMouse: set("no-mouse"), Still: set("reduced-motion"), Plain: set("plain"),
		Theme: theme, Opened: openedFile(os.Getenv)}, nil
}

// openedFile is where the names of what was opened last are kept: with KSIM_HOME there, else where the XDG
// Base Directory Specification has the state of programs; nowhere if that is no place.
func openedFile(getenv func(string) string) string {
	dir := getenv("KSIM_HOME")
	if dir == "" {
		dir = filepath.Join(cmp.Or(getenv("XDG_STATE_HOME"), filepath.Join(getenv("HOME"), ".local", "state")), "ksim")
	}
	if !filepath.IsAbs(dir) {
		return ""
	}
	return filepath.Join(dir, "opened")
}

// tuiExit is the exit that the end of the screen asks for.
func tuiExit(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, tui.ErrRefused):
		return &exit{code: exitUsage}
	case errors.Is(err, tui.ErrNoTerminal):
		return &exit{exitUsage, "ksim: " + err.Error()}
	case errors.Is(err, tui.ErrInterrupted):
		return &exit{code: exitInt}
	case errors.Is(err, tui.ErrTerminated):
		return &exit{code: exitTerm}
	case errors.Is(err, tui.ErrHangup):
		return &exit{code: exitHangup}
	}
	return &exit{exitInternal, "ksim: " + err.Error()}
}
