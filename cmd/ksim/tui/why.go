package tui

import (
	"fmt"
	"slices"

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
	path := p.Tree.Path()
	why := chain(cluster.Why(p.World(), path, f.Message))
	for i := range why {
		why[i].means = "" // its life says it
	}
	n.items = slices.Concat(
		[]item{heading("its life")}, chain(cluster.Life(p.World(), path, f.Message)),
		[]item{heading(fmt.Sprintf("why it is %s: %s", f.Worst(), cluster.ClassDocs[f.Worst()]))}, why)
	if len(why) == 0 {
		n.items = append(n.items, item{line: paint.Text(paint.Dim, "nothing more is known yet"), refused: true})
	}
	m.open(n)
	n.at = max(n.at, n.next(len(n.items), -1))
	return nil
}

// chain are the rows of causes. Choosing one goes to its step.
func chain(causes []cluster.Cause) []item {
	var out []item
	for _, c := range causes {
		out = append(out, item{
			line: paint.Textf(paint.Key, "%6d  ", c.Step).Add(paint.Plain, c.Text), indent: 8, means: c.Means,
			do: func(m *model) tea.Cmd { return m.gotoCause(c.Step) }, step: c.Step,
		})
	}
	return out
}

func (m *model) gotoCause(step int) tea.Cmd {
	m.player.motion.stop()
	m.player.seekStep(step)
	m.menu.low = true
	return nil
}

// stepless says that the row under the cursor is about no step.
func (m *model) stepless() string {
	if m.player != nil && m.menu.at < len(m.menu.items) && m.menu.items[m.menu.at].step > 0 {
		return ""
	}
	return "this row is about no step"
}

// rowsMoment is the moment of the line that the row under the cursor is about.
func (m *model) rowsMoment() int {
	return clamp(m.menu.items[m.menu.at].step-m.player.Tree.On(0).Step, 0, m.player.Tree.Len()-1)
}

// explainRow explains the word for the step that the row under the cursor is about. Closing it leads back.
func (m *model) explainRow() tea.Cmd {
	under, word := m.menu, m.player.wordOf(m.rowsMoment())
	m.explain(word)
	m.menu.back = under
	return nil
}
