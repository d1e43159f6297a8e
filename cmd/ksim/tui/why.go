package tui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/cluster"
)

// openWhy explains the fate of the message that is chosen: a row a cause. Choosing one goes to its
// step; the explanation stays.
func (m *model) openWhy() tea.Cmd {
	p := m.player
	fates := p.scene.fates
	if len(fates) == 0 {
		m.say(paint.Dim, "nothing was sent yet: there is nothing to explain")
		return nil
	}
	f := p.scene.fate(p.chosen())
	if f == nil {
		f = &fates[len(fates)-1]
	}
	name := p.Names.Message(f.Message)
	n := &menu{title: fmt.Sprintf("why %s is %s", name, f.Worst()), stays: true}
	for _, c := range cluster.Why(p.World(), p.Tree.Path(), f.Message) {
		n.items = append(n.items, item{
			line: paint.Textf(paint.Key, "%6d  ", c.Step).Add(paint.Plain, c.Text), indent: 8,
			do: func(m *model) tea.Cmd { return m.gotoCause(c.Step) },
		})
	}
	if len(n.items) == 0 {
		m.say(paint.Dim, "%s is %s: nothing more is known yet", name, f.Worst())
		return nil
	}
	meaning := item{line: paint.Text(paint.Dim, cluster.ClassDocs[f.Worst()]), refused: true}
	n.items = append([]item{meaning}, n.items...)
	m.open(n)
	n.at = len(n.items) - 1
	return nil
}

func (m *model) gotoCause(step int) tea.Cmd {
	m.player.motion.stop()
	m.player.seekStep(step)
	return nil
}
