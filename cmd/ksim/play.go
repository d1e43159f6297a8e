package main

import (
	"cmp"
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"example.com/ksim/cmd/ksim/tui"
	"example.com/ksim/internal/scenario"
)

func playCommand() *cobra.Command {
	var load loadFlags
	c := &cobra.Command{
		Use: "play NAME|FILE", Short: "Explore a scenario in the terminal",
		Long: "Explore a scenario in the terminal: step forward and back, strike whenever you like, and see\n" +
			"what becomes of every message. Press ? for the keys.",
		Args: cobra.ExactArgs(1), ValidArgsFunction: completeScenario,
		RunE: func(c *cobra.Command, args []string) error {
			s, err := load.load(c, args[0])
			if err != nil {
				return err
			}
			if err := needTerminal(c); err != nil {
				return err
			}
			return tuiExit(tui.Play(s, scenario.Called(args[0]), options(c)))
		},
	}
	load.add(c)
	return c
}

// home is what ksim does without a command.
func home(c *cobra.Command, _ []string) error {
	if err := needTerminal(c); err != nil {
		_ = c.Help()
		return err
	}
	return tuiExit(tui.Home(options(c)))
}

// needTerminal: the screen needs one to be drawn on.
func needTerminal(c *cobra.Command) error {
	if isTerminal(c.OutOrStdout()) {
		return nil
	}
	return &exit{exitUsage, "ksim: no terminal to draw on: use `ksim run NAME` instead"}
}

// isTerminal tells whether a person reads what is printed.
func isTerminal(out io.Writer) bool {
	f, ok := out.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

func options(c *cobra.Command) tui.Options {
	ascii, _ := c.Flags().GetBool("ascii")
	noColor, _ := c.Flags().GetBool("no-color")
	return tui.Options{ASCII: ascii, NoColor: noColor || os.Getenv("NO_COLOR") != "", Opened: openedFile(os.Getenv)}
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
