package tui

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/internal/scenario"
)

// Size is that of a terminal, in cells.
type Size struct{ W, H int }

// Picture draws what the terminal shows of a scenario after some keys, as an SVG image. Keys have the names that the help uses
// in lower case; `n*20` is twenty times n. The error is a key that can't be.
func Picture(s *scenario.Scenario, o Options, size Size, keys []string) (string, error) {
	keys, err := presses(keys)
	if err != nil {
		return "", err
	}
	m := sitting(s, o, size)
	for _, k := range keys {
		hand(m, keyMsg(k))
	}
	return svg(m.View(), size, paint.Light(o.Theme), s.Document.Title), nil
}

// sitting is a model that plays a scenario on a terminal of 256 colours that nobody sees.
func sitting(s *scenario.Scenario, o Options, size Size) *model {
	m := newModel(Options{ASCII: o.ASCII, Still: true, Output: io.Discard})
	m.colours = paint.Settings{ASCII: o.ASCII, NoColor: o.NoColor, Theme: o.Theme, Profile: termenv.ANSI256}
	m.theme = paint.NewTheme(m.colours)
	m.player = newPlayer(s)
	m.Update(tea.WindowSizeMsg{Width: size.W, Height: size.H})
	return m
}

// Cast writes an asciicast (version 2, which asciinema plays) of the same: a frame a key, and a marker where the run has a mark.
func Cast(s *scenario.Scenario, o Options, size Size, keys []string) (string, error) {
	keys, err := presses(keys)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.Encode(map[string]any{"version": 2, "width": size.W, "height": size.H, "title": s.Document.Title})
	m := sitting(s, o, size)
	var before []string
	at := 0.0
	frame := func() {
		now := strings.Split(m.View(), "\n")
		e.Encode([]any{at, "o", repaint(before, now)})
		before = now
	}
	frame()
	for _, k := range keys {
		at += secondsAKey
		was := m.player.here()
		hand(m, keyMsg(k))
		if here := m.player.here(); here != was && m.player.marks(here) != 0 {
			e.Encode([]any{at, "m", fmt.Sprintf("step %d", here.Step)})
		}
		frame()
	}
	return out.String(), nil
}

// secondsAKey is how fast keys are pressed in a cast.
const secondsAKey = 0.8

// repaint draws the lines that are not as before.
func repaint(before, now []string) string {
	var b strings.Builder
	if before == nil {
		b.WriteString("\x1b[2J\x1b[?25l")
	}
	for i, l := range now {
		if i >= len(before) || before[i] != l {
			fmt.Fprintf(&b, "\x1b[%d;1H%s\x1b[K", i+1, l)
		}
	}
	return b.String()
}
