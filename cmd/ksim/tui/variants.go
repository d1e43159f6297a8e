package tui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/internal/scenario"
)

// runs are the runs of the file that is played, or that is under the cursor, and which of them that is.
func (m *model) runs() (all []*scenario.Scenario, at int, err error) {
	var now *scenario.Scenario
	if m.player != nil {
		now = m.player.Scenario
	} else if now, err = m.home.chosen().load(); err != nil {
		return nil, 0, firstOf(err)
	}
	all = now.Runs()
	if m.player != nil {
		all = append(all, m.player.made...)
	}
	return all, slices.IndexFunc(all, func(s *scenario.Scenario) bool { return s.Run() == now.Run() }), nil
}

// varies tells whether there is more than one run.
func (m *model) varies() bool {
	if m.player == nil {
		e := m.home.chosen()
		return e != nil && len(e.Variants) > 0
	}
	return len(m.player.runs()) > 1
}

// unvaried says why V does nothing.
func (m *model) unvaried() string {
	if m.varies() {
		return ""
	}
	return "this scenario has no variants (:set p1.acks=all makes a run of its own)"
}

// openVariants lists the runs of a file. Choosing one plays it from its beginning.
func (m *model) openVariants() tea.Cmd {
	all, at, err := m.runs()
	if err != nil {
		m.refuse(err)
		return nil
	}
	wide := 0
	for _, s := range all {
		wide = max(wide, paint.Width(s.Run())+2)
	}
	n := &menu{title: "which run of " + all[0].Name + "?"}
	for _, s := range all {
		what := paint.Text(paint.Plain, s.Document.Title)
		if s.Variant != "" {
			what = paint.Text(paint.Plain, "").Join(paint.Markdown(s.Why, far)...)
		}
		it := item{line: paint.Text(paint.Strong, s.Run()).Fit(wide).Join(what), indent: wide,
			do: func(m *model) tea.Cmd { return m.turnTo(s, 0) }}
		if len(s.Changed) > 0 {
			it.preview = paint.Text(paint.Dim, "with ").Add(paint.Info, strings.Join(s.Changed, ", "))
		}
		n.items = append(n.items, it)
	}
	m.open(n)
	n.at = at
	return nil
}

// turnTo plays another run in the same panes, from a step on. It asks first if something would be lost.
func (m *model) turnTo(s *scenario.Scenario, step int) tea.Cmd {
	if m.player == nil {
		m.player = newPlayer(s)
		return m.home.keep(m, *m.home.chosen(), s)
	}
	play := func(m *model) tea.Cmd {
		next := newPlayer(s)
		m.player.motion.stop()
		next.looked, next.alone = m.player.looked, m.player.alone
		next.inherit(m.player)
		next.keepRun(m.player)
		next.turned(m, m.player)
		m.closeCompare()
		m.player = next
		return next.toStep(m, step)
	}
	if !m.wouldLose() {
		return play(m)
	}
	return m.openLeave(m.player.losing(), "play "+s.Run(), m.saveAll, play)
}

// otherRuns are the names of the file's runs but this one.
func (p *player) otherRuns() []string {
	var names []string
	for _, other := range p.runs() {
		if other.Run() != p.Run() {
			names = append(names, other.Run())
		}
	}
	return names
}

// otherRuns names a file's other runs, and the key that leads to them.
func otherRuns(names []string, w int) []paint.Line {
	if len(names) == 0 {
		return nil
	}
	l := paint.Text(paint.Key, "V").Add(paint.Plain, " other runs: ").Add(paint.Strong, strings.Join(names, ", "))
	return paint.Wrap(l, w, 2)
}
