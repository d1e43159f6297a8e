package tui

import (
	"fmt"
	"slices"
	"sync/atomic"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
)

// compare is two runs side by side, in place of the panes.
type compare struct {
	*cluster.Comparison // nil while the runs are played
	of                  [2]*rival
	cut                 [2]string // what kept each from its end; empty: nothing did
	settings            []scenario.Difference
	parts               [2]string    // what each does in the first step that is not the same, in words
	at                  int          // the row that the cursor is on
	right               bool         // of which the second run is meant
	stopped             *atomic.Bool // nobody wants it any more
}

// comparedMsg is a comparison that is done.
type comparedMsg struct {
	asked *compare
	done  compare
}

// compareKeys open the comparison, and move in it beside the keys of lists.
func compareKeys() []binding {
	in := func(do func(*compare, *model)) func(*model) tea.Cmd {
		return func(m *model) tea.Cmd { do(m.compare, m); return nil }
	}
	return []binding{
		{keys: []string{"n"}, where: inCompare, short: "next difference", help: "on to the next difference",
			do: in(func(c *compare, m *model) { c.seek(m, 1) })},
		{keys: []string{"N"}, where: inCompare, short: "before", help: "back to the difference before",
			do: in(func(c *compare, m *model) { c.seek(m, -1) })},
		{keys: []string{"tab", "left", "right", "h", "l"}, where: inCompare, short: "other side", help: "to the same row of the other run",
			do: in(func(c *compare, _ *model) { c.right = !c.right })},
		{keys: []string{"enter"}, where: inCompare, short: "go there", help: "to this step of this run",
			do: func(m *model) tea.Cmd { return m.compare.enter(m) }},
		{keys: []string{"d"}, where: atPlay, help: "compare with another branch, or another run of the file, side by side",
			do: (*model).compareNow},
		{keys: []string{"D"}, where: atPlay | inCompare, help: "compare: list what this branch can be laid beside",
			do: (*model).openRivals},
	}
}

// compareCommands do the same for who types.
func compareCommands() []command {
	return []command{{names: []string{"compare"}, usage: "[RUN]", where: atPlay,
		help: "this line beside another branch, or another run of the file", do: (*model).compareCommand}}
}

// compareWith lays the line that is looked at beside another run. Both are played to their end meanwhile.
func (m *model) compareWith(r *rival) tea.Cmd {
	m.player.motion.stop()
	m.closeCompare()
	c := &compare{of: [2]*rival{m.ours(), r}, stopped: &atomic.Bool{}}
	m.compare = c
	first, second := c.of[0].play(), c.of[1].play()
	wanted := func() bool { return !c.stopped.Load() }
	return func() tea.Msg {
		a, b := first(wanted), second(wanted)
		if !wanted() {
			return nil
		}
		return comparedMsg{c, c.made(a, b)}
	}
}

// closeCompare leaves the comparison. If the runs are still being played, that ends.
func (m *model) closeCompare() {
	if m.compare != nil {
		m.compare.stopped.Store(true)
		m.compare = nil
	}
}

// made is the comparison with all that there is to it.
func (c *compare) made(a, b finished) compare {
	out := compare{Comparison: cluster.Compare(a.Side, b.Side), of: c.of, stopped: c.stopped, cut: [2]string{a.cut, b.cut},
		settings: scenario.Differences(c.of[0].of, c.of[1].of)}
	out.parts = [2]string{partText(&a.Side, &b.Side, out.Parts[0], out.Parts[1]), partText(&b.Side, &a.Side, out.Parts[1], out.Parts[0])}
	out.at = clamp(out.First, 0, max(0, len(out.Rows)-1))
	return out
}

// partText says what a run does in its first step that is not the other's: what it tells and the other does not,
// or else what happens.
func partText(s, other *cluster.Side, h, instead *sim.Happened) string {
	if h == nil {
		return "nothing more"
	}
	t := teller{s.World, s.Names}
	text := t.event(h.Event, h.Body)
	var theirs []string
	if instead != nil {
		theirs = other.Notes(instead)
	}
	for _, note := range s.Notes(h) {
		if !slices.Contains(theirs, note) {
			text = note
			break
		}
	}
	return fmt.Sprintf("step %d: %s", h.Step, text)
}

// onCompared shows a comparison, with the first difference in sight.
func (m *model) onCompared(msg comparedMsg) {
	if msg.asked == m.compare {
		*m.compare, m.said = msg.done, nil
	}
}

func (c *compare) move(_ *model, n int) {
	if c.Comparison != nil {
		c.at = clamp(c.at+n, 0, max(0, len(c.Rows)-1))
	}
}

// seek goes to the beginning of the next rows that differ, in either direction.
func (c *compare) seek(m *model, by int) {
	if c.Comparison == nil {
		return
	}
	for i := c.at + by; i >= 0 && i < len(c.Rows); i += by {
		if !c.Rows[i].Same && (i == 0 || c.Rows[i-1].Same) {
			c.at = i
			return
		}
	}
	m.say(paint.Dim, "no difference further that way")
}

// told is what a side tells in a row; nil if it has a gap there.
func (c *compare) told(row int, right bool) *cluster.Telling {
	r := c.Rows[row]
	switch {
	case right && r.InB():
		return &c.B[r.B]
	case !right && r.InA():
		return &c.A[r.A]
	}
	return nil
}

// enter leaves the comparison for the step under the cursor; where its side has a gap, for the other's. It is left once one is
// there: a question may come first.
func (c *compare) enter(m *model) tea.Cmd {
	switch {
	case c.Comparison == nil:
		m.say(paint.Dim, "wait: the runs are still being played")
		return nil
	case len(c.Rows) == 0:
		m.say(paint.Dim, "there is nothing to go to")
		return nil
	}
	to, step := c.goal()
	return c.of[to].open(m, step)
}

// meant tells which of the runs is meant by the cursor: where the one that was chosen has a gap, the other.
func (c *compare) meant() (right bool) {
	return (c.told(c.at, c.right) == nil) != c.right
}

// goal is where enter leads: to which of the runs, and to which step.
func (c *compare) goal() (to, step int) {
	if c.meant() {
		to = 1
	}
	return to, c.told(c.at, c.meant()).Step
}

// footing says where enter leads, and where the cursor is.
func (c *compare) footing() paint.Line {
	if c.Comparison == nil || len(c.Rows) == 0 {
		return nil
	}
	to, step := c.goal()
	l := paint.Textf(paint.Info, " enter goes to step %d of %s", step, c.of[to].name)
	for i, right := range []bool{false, true} {
		if t := c.told(c.at, right); t != nil {
			l = l.Add(paint.Dim, between).Addf(paint.Key, "%c ", 'A'+i).Addf(paint.Plain, "step %d at %s", t.Step, t.At)
		}
	}
	return l.Addf(paint.Dim, "%srow %d of %d", between, c.at+1, len(c.Rows))
}
