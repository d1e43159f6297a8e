package tui

import (
	"cmp"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim"
)

// openActs lists everything that can be done to the cluster, by subject. The rows are those of the world's
// table of acts: no act is known here.
func (m *model) openActs() tea.Cmd {
	w := m.player.World()
	n := &menu{title: "do what?"}
	wide := 0
	for i := range w.Acts {
		wide = max(wide, len(w.Acts[i].Verb)+1)
	}
	bySubject(w, func(subject string, acts []*sim.Act) {
		n.items = append(n.items, heading(subject))
		for _, a := range acts {
			it := item{line: paint.Textf(paint.Strong, "%-*s", wide, a.Verb).Add(paint.Plain, a.Help), indent: wide,
				do: func(m *model) tea.Cmd { return m.openTargets(a, n) }}
			strikes := m.strikeItems(a, func(sim.Event) bool { return true })
			if !slices.ContainsFunc(strikes, func(i item) bool { return !i.refused }) {
				it.refused = true
				it.line = paint.Textf(paint.Dim, "%-*s%s", wide, a.Verb, noTarget(w, a))
			}
			n.items = append(n.items, it)
			for _, strike := range strikes {
				strike.sought = true
				n.items = append(n.items, strike)
			}
		}
	})
	return m.open(n)
}

// bySubject goes through the table of acts, those of one subject together.
func bySubject(w *sim.World, each func(subject string, acts []*sim.Act)) {
	var subjects []string
	of := map[string][]*sim.Act{}
	for i := range w.Acts {
		a := &w.Acts[i]
		if of[a.Subject()] == nil {
			subjects = append(subjects, a.Subject())
		}
		of[a.Subject()] = append(of[a.Subject()], a)
	}
	for _, s := range subjects {
		each(s, of[s])
	}
}

// noTarget says why an act can be done to nobody.
func noTarget(w *sim.World, a *sim.Act) string {
	all := a.Candidates(w, nil)
	if len(all) == 0 {
		return "there is nothing to " + a.Verb
	}
	return a.Refusal(w, all[0]).Error()
}

// openTargets lists to whom an act can be done. Those that refuse say why, after the others.
func (m *model) openTargets(a *sim.Act, from *menu) tea.Cmd {
	items := m.strikeItems(a, func(sim.Event) bool { return true })
	return m.open(&menu{title: a.Verb + " what?", back: from, items: refusedLast(items)})
}

// strikeItems are the events of an act that a menu offers, those of some kind, node by node.
func (m *model) strikeItems(a *sim.Act, some func(sim.Event) bool) []item {
	w := m.player.World()
	var out []item
	all := a.Candidates(w, nil)
	slices.SortStableFunc(all, func(x, y sim.Event) int {
		return cmp.Or(cmp.Compare(min(x.Node, x.Peer), min(y.Node, y.Peer)), cmp.Compare(max(x.Node, x.Peer), max(y.Node, y.Peer)))
	})
	for _, e := range all {
		if !some(e) {
			continue
		}
		it := m.strikeItem(e, a.Help)
		if err := a.Refusal(w, e); err != nil {
			it = item{refused: true, line: paint.Text(paint.Dim, w.Text(e)+"  "+err.Error()), indent: 4}
		}
		out = append(out, it)
	}
	return out
}

// strikeItem is something that a person can make happen: what it means, and the line of a script that says the same.
func (m *model) strikeItem(e sim.Event, help string) item {
	return item{
		line:    paint.Text(paint.Strong, m.player.World().Text(e)),
		preview: paint.Text(paint.Plain, help).Add(paint.Dim, between+unbroken("in a script: ")).Add(paint.Info, unbroken(m.player.scriptLine(e))),
		do:      func(m *model) tea.Cmd { m.player.act(m, e); return nil },
	}
}

// refusedLast puts what can't be chosen after what can.
func refusedLast(items []item) []item {
	slices.SortStableFunc(items, func(a, b item) int {
		switch {
		case a.refused == b.refused:
			return 0
		case a.refused:
			return 1
		}
		return -1
	})
	return items
}

// scriptLine is an act as a line of a scenario's script: right after the step that is looked at.
func (p *player) scriptLine(e sim.Event) string {
	step := p.World().Steps()
	l := scenario.Line{Step: &step, Do: p.World().Text(e)}
	return l.YAML()
}
