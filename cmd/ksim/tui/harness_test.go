package tui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/internal/scenario"
)

// read reads a scenario of the tests.
func read(t testing.TB, name string) *scenario.Scenario {
	t.Helper()
	file := filepath.Join("testdata", name+".yaml")
	s, err := scenario.Load(file, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// look is how a screen of the tests is drawn.
type look struct {
	w, h           int
	ascii, noColor bool
	theme          string
}

// stage is a model that plays a scenario; on the home screen without one.
func stage(s *scenario.Scenario, k look, shown ...*scenario.Scenario) *model {
	m := newModel(Options{ASCII: k.ascii, Output: os.Stdout})
	m.colours = paint.Settings{ASCII: k.ascii, NoColor: k.noColor, Theme: k.theme, Profile: termenv.ANSI256}
	m.theme = paint.NewTheme(m.colours)
	if s != nil {
		m.player = newPlayer(s)
	} else {
		var all []listed
		for _, s := range shown {
			load := func() (*scenario.Scenario, error) { return s, nil }
			all = append(all, listed{Entry: entryOf(s), heading: s.Document.About.Heading(), what: s.Name, load: load})
		}
		m.home = newHome(all, nil)
	}
	m.Update(tea.WindowSizeMsg{Width: k.w, Height: k.h})
	return m
}

// press presses keys, written with gaps between them, and lets what they begin come to its end.
func press(m *model, keys string) tea.Cmd {
	var cmd tea.Cmd
	for _, k := range strings.Fields(keys) {
		cmd = hand(m, keyMsg(k))
	}
	return cmd
}

// text is the screen without colours.
func text(m *model) string {
	var b strings.Builder
	for _, l := range m.picture() {
		b.WriteString(strings.TrimRight(l.String(), " ") + "\n")
	}
	return b.String()
}

// ordered does a command and lets what it begins come to its end.
func ordered(m *model, text string) tea.Cmd { return arrived(m, m.command(text)) }
