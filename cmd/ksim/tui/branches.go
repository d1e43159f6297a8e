package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/timeline"
)

// openBranches lists the lines that were begun. Choosing one goes to its end.
func (m *model) openBranches() tea.Cmd {
	p := m.player
	now := p.branch()
	n := &menu{title: "branches"}
	at := 0
	for i, b := range p.Tree.Branches() {
		if branchName(b.ID) == now {
			at = i
		}
		n.items = append(n.items, item{
			line: p.branchLine(&b),
			do: func(m *model) tea.Cmd {
				p.motion.stop()
				if err := p.Tree.Goto(b.Last); err != nil {
					m.refuse(err)
				}
				p.look()
				return nil
			},
		})
	}
	m.open(n)
	n.at = at
	return nil
}

// branchLine is one branch: where it begins and with what, and how far it was played.
func (p *player) branchLine(b *timeline.Branch) paint.Line {
	last := p.Tree.Moment(b.Last)
	l := paint.Textf(paint.Strong, "%-12s", branchName(b.ID)).
		Addf(paint.Plain, "played to step %d, %s", last.Step, last.At)
	if b.From < 0 {
		return l
	}
	from := p.Tree.Moment(b.From)
	for _, kid := range p.Tree.Children(b.From) {
		if kid.Branch == b.ID {
			l = l.Addf(paint.Dim, "  leaves %s after step %d: ", branchName(from.Branch), from.Step).
				Add(paint.Info, from.World.Text(kid.Event))
		}
	}
	return l
}
