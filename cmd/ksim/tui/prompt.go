package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
)

// prompt is a line of text being typed.
type prompt struct {
	lead    string
	text    string
	changed func(m *model, text string) // after every key
	done    func(m *model, text string) tea.Cmd
	hint    string // shown while there is no text
	field   string // of a form, whose value is typed
}

// line draws it in w cells; of what is longer the end is in sight, where one types.
func (p *prompt) line(w int) paint.Line {
	l := paint.Text(paint.Key, " "+p.lead).Add(paint.Strong, p.text).Add(paint.Chosen, " ")
	switch {
	case p.text == "":
		return l.Add(paint.Dim, "  "+p.hint).Fit(w)
	case l.Width() > w:
		return paint.Text(paint.Dim, "…").Join(l.Cut(l.Width()-w+1, l.Width())).Fit(w)
	}
	return l.Fit(w)
}

func (p *prompt) insert(m *model, text string) { p.set(m, p.text+text) }

func (p *prompt) backspace(m *model) {
	runes := []rune(p.text)
	p.set(m, string(runes[:max(0, len(runes)-1)]))
}

func (p *prompt) clear(m *model) { p.set(m, "") }

func (p *prompt) set(m *model, text string) {
	p.text = text
	if p.changed != nil {
		p.changed(m, text)
	}
}

// enter closes the prompt and does what was typed.
func (p *prompt) enter(m *model) tea.Cmd {
	m.prompt = nil
	return p.done(m, strings.TrimSpace(p.text))
}

// cancel closes the prompt as if nothing had been typed.
func (p *prompt) cancel(m *model) {
	m.prompt = nil
	if p.changed != nil {
		p.changed(m, "")
	}
}
