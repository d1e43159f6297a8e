package tui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
)

// place is where keys mean something; the places are bits, so that a key can mean the same in
// several.
type place uint8

const (
	atHome place = 1 << iota
	atPlay
	inMenu
	inPrompt
	inForm
	inCompare

	inLists  = atHome | atPlay | inMenu | inForm | inCompare
	anywhere = inLists | inPrompt
)

// binding is a row of the table of keys. Dispatch, the footer and the help are made from the rows, and each has its
// promise in the tests. Only what is said to a person (`ctrl+s saves it`) names keys beside it.
type binding struct {
	keys    []string // as bubbletea names them
	where   place
	help    string
	short   string              // for the footer; empty: not shown there
	section section             // of the help
	ready   func(*model) string // why it can't be done now; empty: it can
	do      func(*model) tea.Cmd
}

// where tells which keys mean something now.
func (m *model) where() place {
	switch {
	case m.prompt != nil:
		return inPrompt
	case m.menu != nil:
		return inMenu
	}
	return m.stage()
}

// stage is what is on the screen below menus and prompts.
func (m *model) stage() place {
	switch {
	case m.compare != nil:
		return inCompare
	case m.player != nil:
		return atPlay
	case m.form != nil:
		return inForm
	}
	return atHome
}

// press does what a key means. Several keys that arrive in one read come as one message; unless
// they are pasted or typed into a text they are taken one by one.
func (m *model) press(k tea.KeyMsg) tea.Cmd {
	if k.Type != tea.KeyRunes || len(k.Runes) < 2 || k.Paste || m.prompt != nil {
		return m.pressOne(k)
	}
	var cmds []tea.Cmd
	for _, r := range k.Runes {
		one := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}, Alt: k.Alt}
		if r == ' ' {
			one.Type = tea.KeySpace
		}
		cmds = append(cmds, m.pressOne(one))
	}
	return tea.Batch(cmds...)
}

func (m *model) pressOne(k tea.KeyMsg) tea.Cmd {
	m.said, m.no = nil, nil
	var b *binding
	if len(k.Runes) < 2 { // a text may spell the name of a key
		b = m.bound(k.String(), m.where())
	}
	switch {
	case b != nil && b.unready(m) != "":
		m.say(paint.Dim, "%s: not now, %s", label(k.String(), m.ascii), b.unready(m))
	case b != nil:
		return b.do(m)
	case m.prompt != nil && (k.Type == tea.KeyRunes || k.Type == tea.KeySpace):
		m.prompt.insert(m, string(k.Runes))
	case m.prompt == nil && !k.Paste:
		m.say(paint.Dim, "%s means nothing here; ? lists keys", label(k.String(), m.ascii))
	}
	return nil
}

// unready says why a row's key can't do now what it does; empty: it can.
func (b *binding) unready(m *model) string {
	if b.ready == nil {
		return ""
	}
	return b.ready(m)
}

// bound is the row of a key in a place, nil if there is none.
func (m *model) bound(key string, where place) *binding {
	for i := range m.keys {
		if b := &m.keys[i]; b.where&where != 0 && slices.Contains(b.keys, key) {
			return b
		}
	}
	return nil
}

// labels are what keys are called on the screen.
var labels = map[string]string{
	"right": "→", "left": "←", "up": "↑", "down": "↓", " ": "space", "pgdown": "PgDn", "pgup": "PgUp",
	"home": "Home", "end": "End", "shift+right": "shift+→", "shift+left": "shift+←",
}

// label is what a key is called on the screen.
func label(key string, ascii bool) string {
	if l, ok := labels[key]; ok && !(ascii && strings.ContainsAny(l, "→←↑↓")) {
		return l
	}
	return key
}

// keyName is what a key is called in a sentence.
func (m *model) keyName(key string) string { return label(key, m.ascii) }

func (b *binding) labels(ascii bool) string {
	var out []string
	for _, k := range b.keys {
		out = append(out, label(k, ascii))
	}
	return strings.Join(out, " ")
}
