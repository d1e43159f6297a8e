// Package tui is ksim's terminal: it plays scenarios step by step, forward and back.
//
// One model holds what is on the screen; Update changes it and View only draws it. Panes are dumb:
// they turn a scene (what there is to know of one moment) into lines. What the simulated world does
// next is decided by the scenario's session alone; the terminal only asks it to.
package tui

import (
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"

	_ "example.com/ksim/cmd/ksim/aaterm" // before bubbletea
	"example.com/ksim/internal/scenario"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/term"
)

// Options say how to draw and where.
type Options struct {
	ASCII   bool   // nothing but ASCII characters
	NoColor bool   // attributes only
	Theme   string // one of those that CheckTheme knows; empty: what suits the terminal
	NoMouse bool
	Still   bool      // nothing is shown moving
	Plain   bool      // no screen: commands and answers line by line
	Opened  string    // the file that keeps what was opened last; none: nothing is kept
	Input   io.Reader // nil: the terminal
	Output  io.Writer // nil: the terminal
	Errors  io.Writer // nil: stderr; what was refused, if there is no screen
}

// How the terminal can end other than by its user's wish to. Any other error is a bug.
var (
	// ErrNoTerminal: there is nothing to draw on. A usage error.
	ErrNoTerminal = errors.New("this needs a terminal (`--plain` and `ksim run` need none)")
	// ErrInterrupted: ctrl+c or SIGINT. Exit code 130.
	ErrInterrupted = errors.New("interrupted")
	// ErrTerminated: SIGTERM. Exit code 143.
	ErrTerminated = errors.New("terminated")
	// ErrHangup: SIGHUP, the terminal is gone. Exit code 129.
	ErrHangup = errors.New("the terminal is gone")
)

// Home shows the scenarios that come with ksim and plays those that are chosen.
func Home(o Options) error {
	all, err := shipped()
	if err != nil {
		return err
	}
	o = o.orEnvironment()
	m := newModel(o)
	m.home = newHome(all, m.opened.entries())
	return show(m, o)
}

// Play plays one scenario. What it is called, by name or path, is kept as what was opened last.
func Play(s *scenario.Scenario, called string, o Options) error {
	o = o.orEnvironment()
	m := newModel(o)
	m.player = newPlayer(s)
	m.first = m.remember(called)
	return show(m, o)
}

// show runs the model until its user has enough of it.
func show(m *model, o Options) error {
	if o.Plain {
		return converse(m, o)
	}
	if err := checkTerminal(o); err != nil {
		return err
	}
	var suspended atomic.Bool
	options := []tea.ProgramOption{tea.WithAltScreen(), tea.WithoutSignalHandler(), tea.WithFPS(30), tea.WithFilter(noting(&suspended))}
	if !o.NoMouse {
		options = append(options, tea.WithMouseCellMotion())
	}
	if o.Input != nil {
		options = append(options, tea.WithInput(o.Input))
	}
	if o.Output != nil {
		options = append(options, tea.WithOutput(o.Output))
	}
	p := tea.NewProgram(&guarded{model: m}, options...)
	defer heed(p, &suspended)()
	if _, err := p.Run(); err != nil {
		return fmt.Errorf("drawing: %w", err)
	}
	return m.err
}

func checkTerminal(o Options) error {
	if o.Output != nil {
		return nil
	}
	if !term.IsTerminal(os.Stdout.Fd()) || os.Getenv("TERM") == "dumb" {
		return ErrNoTerminal
	}
	if o.Input == nil && !term.IsTerminal(os.Stdin.Fd()) {
		tty, err := os.Open("/dev/tty") // bubbletea will read from it
		if err != nil {
			return ErrNoTerminal
		}
		return tty.Close()
	}
	return nil
}
