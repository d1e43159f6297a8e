package tui

import (
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// endings are the signals that end the terminal, and how.
var endings = map[os.Signal]error{
	os.Interrupt: ErrInterrupted, syscall.SIGTERM: ErrTerminated, syscall.SIGHUP: ErrHangup,
}

// endMsg asks the model to end with an error.
type endMsg struct{ err error }

// heed turns signals into messages, so that the terminal is left as it was; bubbletea by itself
// tells SIGTERM from nothing at all and does not know SIGHUP. It gives the function that ends it.
func heed(p *tea.Program, suspended *atomic.Bool) func() {
	signals := make(chan os.Signal, 1)
	for s := range endings {
		signal.Notify(signals, s)
	}
	for _, s := range stops {
		signal.Notify(signals, s)
	}
	go func() {
		for s := range signals {
			switch err, ends := endings[s]; {
			case ends:
				p.Send(endMsg{err})
			case suspended.CompareAndSwap(false, true):
				p.Send(tea.SuspendMsg{})
			default: // from bubbletea, which has given the terminal back and waits to be told to go on
				halt()
				time.AfterFunc(wakesAfter, wake)
			}
		}
	}()
	return func() {
		signal.Stop(signals)
		close(signals)
	}
}

// wakesAfter is how long a process is off the screen that the system does not stop, because nobody could wake it: as in a terminal
// without a shell. One that is stopped does not see the time pass.
const wakesAfter = time.Second

// noting keeps whether the terminal is given back, or is about to be.
func noting(suspended *atomic.Bool) func(tea.Model, tea.Msg) tea.Msg {
	return func(_ tea.Model, msg tea.Msg) tea.Msg {
		switch msg.(type) {
		case tea.SuspendMsg:
			suspended.Store(true)
		case tea.ResumeMsg:
			suspended.Store(false)
		}
		return msg
	}
}
