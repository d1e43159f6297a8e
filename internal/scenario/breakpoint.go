package scenario

import (
	"fmt"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/timeline"
	"example.com/ksim/sim/wire"
)

// Breakpoint is a moment to stop at: what a script's `when` waits for, or what becomes of a message,
// "m3 is acked-lost". Unless a number says which one is meant, it comes up every time.
type Breakpoint struct {
	Text    string
	line         // what it waits for, unless it is about a fate
	fate    bool // it is
	class   cluster.Class
	message wire.MessageID // of the fate; zero: of anything
	tree    *timeline.Tree
	counts  []int // by moment: one more than how often it had come up by then; 0: not known yet
}

// anything stands for any message in a breakpoint.
const anything = "anything"

// Breakpoint reads one: what a `when` says, or "anything is lost", "m3 is delivered".
func (s *Session) Breakpoint(text string) (*Breakpoint, error) {
	words := strings.Fields(text)
	b := &Breakpoint{Text: strings.Join(words, " "), tree: s.Tree}
	read := b.readWhen
	if len(words) > 1 && words[1] == "is" {
		read = b.readFate
	}
	if err := read(s.Names, text); err != nil {
		return nil, err
	}
	return b, nil
}

// readFate reads "MESSAGE is FATE".
func (b *Breakpoint) readFate(names *cluster.Names, text string) error {
	words := strings.Fields(text)
	b.fate = true
	if words[0] != anything {
		m, err := names.ParseMessage(words[0])
		if err != nil {
			return fmt.Errorf("%w (want a message, or %q)", err, anything)
		}
		b.message = m
	}
	fate, known := strings.Join(words[2:], " "), false
	if b.class, known = cluster.ParseClass(fate); !known {
		note := cluster.Anybody + " " + fate
		if b.message != (wire.MessageID{}) {
			note += " " + words[0]
		}
		if _, err := names.ParsePattern(note); err == nil {
			return fmt.Errorf("%q is told, it is no fate: did you mean %q?", fate, note)
		}
		all := cluster.ClassNames()
		return fmt.Errorf("unknown fate %q%s (fates: %s)", fate, sim.DidYouMean(fate, all), strings.Join(all, ", "))
	}
	return nil
}

// Before tells whether it stops right before its note. Only what comes next shows that.
func (b *Breakpoint) Before() bool { return b.moment == beforeNote }

// OfFate tells whether it is about what becomes of a message, which takes a survey to find out.
func (b *Breakpoint) OfFate() bool { return b.fate }

// At tells whether to stop at the i-th moment of the line.
func (b *Breakpoint) At(i int) bool { return b.at(i, b.count) }

// Known is At as far as it was found out already; for notes that is cheap, so they always are.
func (b *Breakpoint) Known(i int) bool {
	if !b.fate {
		return b.At(i)
	}
	return b.at(i, func(id int) int { return b.counts[id] - 1 })
}

func (b *Breakpoint) at(i int, count func(id int) int) bool {
	if b.Before() {
		i++
	}
	if i < 1 || i >= b.tree.Len() {
		return false
	}
	m := b.tree.BareOn(i)
	b.grow(m.ID)
	was, is := count(m.Parent), count(m.ID)
	if b.nth > 0 {
		return 0 <= was && was < b.nth && b.nth <= is
	}
	return 0 <= was && was < is
}

func (b *Breakpoint) grow(id int) {
	for len(b.counts) <= id {
		b.counts = append(b.counts, 0)
	}
}

// count is how often it had come up by a moment: of a note how often it was told on the way there, of a
// fate how many messages have it.
func (b *Breakpoint) count(id int) int {
	var way []*timeline.Moment // what has to be counted first
	for m := b.tree.Bare(id); b.counts[m.ID] == 0; m = b.tree.Bare(m.Parent) {
		way = append(way, m)
		if m.Parent < 0 || b.fate && !m.Idle {
			break
		}
	}
	for k := len(way) - 1; k >= 0; k-- {
		m, before := way[k], 0
		if m.Parent >= 0 {
			before = max(0, b.counts[m.Parent]-1)
		}
		b.counts[m.ID] = b.tally(m, before) + 1
	}
	return b.counts[id] - 1
}

// tally is the count of a moment after the one before it. What is idle changes no fate.
func (b *Breakpoint) tally(m *timeline.Moment, before int) int {
	switch {
	case !b.fate:
		return before + matches(&b.pattern, m.Notes)
	case m.Idle:
		return before
	}
	n := 0
	fates := cluster.SurveyOf(b.tree.Moment(m.ID).World).Fates()
	for i := range fates {
		if f := &fates[i]; f.Has(b.class) && (b.message == wire.MessageID{} || f.Message == b.message) {
			n++
		}
	}
	return n
}
