package tui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/timeline"
)

// rival is a run that can be laid beside another one.
type rival struct {
	name string // as :compare calls it
	what paint.Line
	of   *scenario.Scenario
	play func() func(alive) finished      // gives what plays it to its end, which may take a while
	open func(m *model, step int) tea.Cmd // goes to a step of it
}

// alive tells whether what is played is still wanted.
type alive func() bool

// finished is a run that was played to its end, or as far as it went.
type finished struct {
	cluster.Side
	cut string // what kept it from its end; empty: nothing did
}

// branchRival is a branch. What was not played of it yet goes on by the clock, and by what is left of the
// script; the tree does not grow by that.
func (p *player) branchRival(name string, last int) *rival {
	play := func() func(alive) finished {
		rest, path := p.From(last), p.pathTo(last)
		return func(wanted alive) finished { return finish(rest, path, wanted) }
	}
	open := func(m *model, step int) tea.Cmd {
		m.closeCompare()
		m.player.visit(m, last)
		return m.player.toStep(m, step)
	}
	return &rival{name: name, of: p.Scenario, play: play, open: open}
}

// runRival is another run of the file.
func runRival(s *scenario.Scenario) *rival {
	play := func() func(alive) finished {
		return func(wanted alive) finished { return finish(scenario.Play(s), nil, wanted) }
	}
	open := func(m *model, step int) tea.Cmd { return m.turnTo(s, step) }
	return &rival{name: s.Run(), of: s, play: play, open: open}
}

// finish plays a session to its end, or to the limits of its file, as `ksim compare` does. It came a way already.
func finish(s *scenario.Session, way []sim.Happened, wanted alive) finished {
	s.Tree.Forgets = true
	end := s.Finish(func(*timeline.Moment) bool { return wanted() })
	return finished{sideOf(s, append(way, s.Tree.Path()...)), end.Cut()}
}

// sideOf has names of its own: those of the session change with what a person does meanwhile.
func sideOf(s *scenario.Session, path []sim.Happened) cluster.Side {
	w := s.World()
	return cluster.Side{Names: cluster.NamesOf(w), World: w, Path: path}
}

// pathTo is what happened from the root to a moment.
func (p *player) pathTo(id int) []sim.Happened {
	n := 0
	for m := p.Tree.Bare(id); m.Parent >= 0; m = p.Tree.Bare(m.Parent) {
		n++
	}
	out := make([]sim.Happened, n)
	for m := p.Tree.Bare(id); m.Parent >= 0; m = p.Tree.Bare(m.Parent) {
		n--
		out[n] = m.Happened
	}
	return out
}

// branchRivals are the other branches.
func (m *model) branchRivals() []*rival {
	p := m.player
	var out []*rival
	all := p.limbs()
	for i := range all {
		b := &all[i]
		if name := branchName(b.ID); name != p.branch() {
			r := p.branchRival(name, b.Last)
			r.what = paint.Textf(paint.Strong, "%-12s  ", name).Join(p.limbStory(b))
			out = append(out, r)
		}
	}
	return out
}

// runRivals are the other runs of the file.
func (m *model) runRivals() []*rival {
	var out []*rival
	for _, s := range m.player.runs() {
		if s.Run() != m.player.Run() {
			r := runRival(s)
			r.what = paint.Textf(paint.Strong, "%-12s", r.name).Add(paint.Plain, "  another run of the file")
			if len(s.Changed) > 0 {
				r.what = r.what.Add(paint.Dim, ", with ").Add(paint.Info, strings.Join(s.Changed, ", "))
			}
			out = append(out, r)
		}
	}
	return out
}

// ours is the line that is looked at, as one of two to compare.
func (m *model) ours() *rival {
	p := m.player
	name := p.branch()
	switch {
	case p.Run() != scenario.TheFile && name == branchName(0):
		name = p.Run()
	case p.Run() != scenario.TheFile:
		name += " of " + p.Run()
	}
	return p.branchRival(name, p.Tree.On(p.Tree.Len()-1).ID)
}

// compareNow compares with the other branch if there is just one, or, if there is none, with the other run of
// the file; where there are more it lists them.
func (m *model) compareNow() tea.Cmd {
	branches, runs := m.branchRivals(), m.runRivals()
	switch {
	case len(branches) == 1:
		return m.compareWith(branches[0])
	case len(branches) == 0 && len(runs) == 1:
		return m.compareWith(runs[0])
	case len(branches) == 0 && len(m.player.Set) > 0 && m.player.ancestor != nil:
		return m.compareWith(runRival(m.player.ancestor))
	}
	return m.openRivals()
}

// openRivals lists what this line can be compared with.
func (m *model) openRivals() tea.Cmd {
	all := append(m.branchRivals(), m.runRivals()...)
	if len(all) == 0 {
		m.refuse(fmt.Errorf("there is nothing to compare with: strike in the past (%s) and a branch begins; this file has no other runs", m.by("f")))
		return nil
	}
	n := &menu{title: "compare " + m.ours().name + " with ..."}
	for _, r := range all {
		it := item{line: r.what, indent: 14, do: func(m *model) tea.Cmd { return m.compareWith(r) }}
		if line := compareLine(m.player.Scenario, r.of); r.of != m.player.Scenario && line != "" {
			it.preview = paint.Text(paint.Dim, "as the file has them, without a screen: ").Add(paint.Info, line)
		}
		n.items = append(n.items, it)
	}
	return m.open(n)
}

// compareCommand reads `compare NAME`.
func (m *model) compareCommand(name string) tea.Cmd {
	if name == "" {
		return m.openRivals()
	}
	var names []string
	for _, r := range append(m.branchRivals(), m.runRivals()...) {
		if r.name == name {
			return m.compareWith(r)
		}
		names = append(names, r.name)
	}
	m.refuse(fmt.Errorf("%q is nothing to compare with%s; %s lists what is", name, sim.DidYouMean(name, names), m.by("D")))
	return nil
}
