package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
)

// leave goes one level out: from a scenario to the form or the list that it came from, from there out of ksim.
// It asks first if something would be lost.
func (m *model) leave() tea.Cmd {
	switch {
	case m.wouldLose():
		return m.openLeave(m.player.losing(), "leave", m.saveAll, (*model).out)
	case m.player == nil && m.form != nil && m.form.draft != m.form.saved && !m.unasked:
		return m.openLeave("this cluster is in no file yet", "leave",
			func(then func(*model) tea.Cmd) tea.Cmd { return m.saveForm("", then) }, (*model).out)
	}
	return m.out()
}

// wouldLose tells whether to ask before what is played is left.
func (m *model) wouldLose() bool { return m.player != nil && !m.unasked && len(m.player.unsaved()) > 0 }

// losing says what would be lost.
func (p *player) losing() string {
	return "in no file yet: what you did on " + strings.Join(p.unsavedBranches(), ", ")
}

// out leaves without asking.
func (m *model) out() tea.Cmd {
	switch {
	case m.player != nil && m.home != nil:
		m.player.motion.stop()
		m.player = nil
		return nil
	case m.form != nil:
		m.form = nil
		return nil
	}
	return tea.Quit
}

// openLeave asks what is to become of what was done before something else is.
func (m *model) openLeave(title, what string, save func(then func(*model) tea.Cmd) tea.Cmd, then func(*model) tea.Cmd) tea.Cmd {
	return m.open(&menu{title: title, items: []item{
		{line: paint.Text(paint.Strong, "stay")},
		{line: paint.Text(paint.Strong, "save it, then "+what), do: func(*model) tea.Cmd { return save(then) }},
		{line: paint.Text(paint.Strong, what+", and forget it"), do: then},
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
	case m.compare != nil:
		m.closeCompare()
	case m.player != nil:
		m.player.motion.stop()
	case m.form != nil:
		m.form.search("")
	default:
		m.home.search("")
	}
	return nil
}
