package tui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// TestWhatIsDoneFirstIsGuarded: a panic of the command that begins with the terminal ends it like any other.
func TestWhatIsDoneFirstIsGuarded(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 80, h: 24})
	m.first = func() tea.Msg { panic("at once") }
	g := &guarded{model: m}
	_, cmd := g.Update(g.Init()())
	wants(t, m.err.Error(), "this is a bug in ksim: at once")
	if !does(tea.Quit)(pressed{cmd: cmd}) {
		t.Error("the terminal stays")
	}
}
