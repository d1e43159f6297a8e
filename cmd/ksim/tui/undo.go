package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
)

// undo goes back to the moment before the last act.
func (p *player) undo(m *model) tea.Cmd {
	p.motion.stop()
	for i := p.Tree.Index(); i > 0; i-- {
		if moment := p.Tree.BareOn(i); p.Acted(moment.ID) {
			text := p.Tree.On(i - 1).World.Text(moment.Event)
			p.pins.undone = append(p.pins.undone, p.here().ID)
			p.seek(i - 1)
			m.say(paint.Info, "back before %q (step %d): what you do now begins a branch, %s goes forward again", text, moment.Step, m.by("Z"))
			return nil
		}
	}
	m.say(paint.Dim, "nothing was done on the way here")
	return nil
}

// redo goes to where the last undo came from, also from another branch.
func (p *player) redo(m *model) tea.Cmd {
	last := len(p.pins.undone) - 1
	if last < 0 {
		m.say(paint.Dim, "nothing was undone: %s goes back before the last act", m.by("z"))
		return nil
	}
	to := p.Tree.Moment(p.pins.undone[last])
	p.pins.undone = p.pins.undone[:last]
	p.visit(m, to.ID)
	m.say(paint.Info, "forward again, to step %d of %s", to.Step, p.branch())
	return nil
}
