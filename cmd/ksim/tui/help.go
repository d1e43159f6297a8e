package tui

import (
	tea "github.com/charmbracelet/bubbletea"
)

// openHelp lists the keys that mean something here, by what they are about. Choosing one presses it.
func (m *model) openHelp() tea.Cmd {
	where, under := m.where(), m.menu
	n := &menu{title: "keys", back: under}
	n.items = append(n.items, m.helpItems(where, under)...)
	return m.open(n)
}
