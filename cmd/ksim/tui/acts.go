package tui

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim"
)

// openActs lists everything that can be done to the cluster. The rows are those of the world's
// table of acts: no act is known here.
func (m *model) openActs() tea.Cmd {
	w := m.player.World()
	n := &menu{title: "do what?"}
	wide := 0
	for i := range w.Acts {
		wide = max(wide, len(w.Acts[i].Verb)+1)
	}
	for i := range w.Acts {
		a := &w.Acts[i]
		it := item{line: paint.Textf(paint.Strong, "%-*s", wide, a.Verb).Add(paint.Plain, a.Help), indent: wide,
			do: func(m *model) tea.Cmd { return m.openTargets(a, n) }}
		if len(w.Strikes(a, nil)) == 0 {
			it.refused = true
			it.line = paint.Textf(paint.Dim, "%-*s%s", wide, a.Verb, noTarget(w, a))
		}
		n.items = append(n.items, it)
	}
	return m.open(n)
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
	w := m.player.World()
	n := &menu{title: a.Verb + " what?", back: from}
	for _, e := range a.Candidates(w, nil) {
		it := item{
			line:    paint.Text(paint.Strong, w.Text(e)),
			preview: paint.Text(paint.Dim, "in a script: ").Add(paint.Info, m.player.scriptLine(e)),
			do:      func(m *model) tea.Cmd { m.player.act(m, e); return nil },
		}
		if err := a.Refusal(w, e); err != nil {
			it.refused, it.preview = true, nil
			it.line = paint.Text(paint.Dim, w.Text(e)+"  "+err.Error())
		}
		n.items = append(n.items, it)
	}
	slices.SortStableFunc(n.items, func(a, b item) int {
		if a.refused == b.refused {
			return 0
		}
		if a.refused {
			return 1
		}
		return -1
	})
	return m.open(n)
}

// scriptLine is an act as a line of a scenario's script: right after the step that is looked at.
func (p *player) scriptLine(e sim.Event) string {
	return fmt.Sprintf("- {step: %d, do: %q}", p.World().Steps(), p.World().Text(e))
}
