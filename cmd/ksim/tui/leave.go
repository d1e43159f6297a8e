package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
)

// leave goes one level out: from a scenario to the list it was chosen from, from there out of ksim.
// It asks first if something would be lost.
func (m *model) leave() tea.Cmd {
	if m.player != nil && m.player.unsaved > 0 {
		return m.openLeave()
	}
	return m.out()
}

// out leaves without asking.
func (m *model) out() tea.Cmd {
	if m.player != nil && m.home != nil {
		m.player.motion.stop()
		m.player = nil
		return nil
	}
	return tea.Quit
}

// openLeave asks what is to become of what was done.
func (m *model) openLeave() tea.Cmd {
	m.player.motion.stop()
	return m.open(&menu{title: "what you did is in no file yet", items: []item{
		{line: paint.Text(paint.Strong, "stay")},
		{line: paint.Text(paint.Strong, "save it, then leave"),
			do: func(m *model) tea.Cmd { return m.save("", true) }},
		{line: paint.Text(paint.Strong, "leave, and forget it"), do: (*model).out},
	}})
}

// escape goes one level out as far as nothing ends: it closes what is open and stops what moves.
func (m *model) escape() tea.Cmd {
	switch {
	case m.prompt != nil:
		m.prompt.cancel(m)
	case m.menu != nil:
		n := m.menu
		m.menu = n.back
		if n.closed != nil {
			n.closed(m)
		}
	case m.player != nil:
		m.player.motion.stop()
	default:
		m.home.search("")
	}
	return nil
}
