package tui

import (
	"cmp"
	"slices"
	"strings"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
)

// draw draws the comparison over the whole screen: what there is to say of all of it, the two stories, and
// how the ends differ.
func (c *compare) draw(m *model, picture []paint.Line) {
	put := func(row int, l paint.Line) { paint.Put(picture, 0, row, m.w, []paint.Line{l.Fit(m.w)}) }
	put(0, c.header(m))
	put(m.h-1, m.footer())
	if c.Comparison == nil {
		put(m.h/3, paint.Text(paint.Info, "  playing both runs to their end ...").Add(paint.Dim, "  esc gives it up"))
		m.drawAnswer(picture, m.h-2, func() paint.Line { return c.footing().Fit(m.w) })
		return
	}
	top := 1
	for _, l := range c.summary(m.w) {
		put(top, l)
		top++
	}
	ends := c.ends(m.w - paint.BoxInset)
	rows := min(len(ends), max(1, m.h/3-paint.BoxEdges))
	low := rows + paint.BoxEdges
	box := paint.Box{Title: paint.Text(paint.Title, "how they end"), Body: ends[:rows], Foot: more(len(ends) - rows)}
	paint.Put(picture, 0, m.h-2-low, m.w, box.Lines(m.w, low))
	c.columns(m, picture, rect{0, top, m.w, m.h - 2 - low - top})
	m.drawAnswer(picture, m.h-2, func() paint.Line { return c.footing().Fit(m.w) })
}

func (c *compare) header(m *model) paint.Line {
	return paint.Text(paint.Key, " ksim compare  ").Add(paint.Title, m.player.Document.Title)
}

// more says how many lines there are beside those that are shown; nothing if there are none.
func more(n int) paint.Line {
	if n <= 0 {
		return nil
	}
	return paint.Textf(paint.Dim, "+%d more", n)
}

// summary says how far the runs are the same, what comes then in each, and what is set otherwise.
func (c *compare) summary(w int) []paint.Line {
	var out []paint.Line
	for i, why := range c.cut {
		if why != "" {
			out = append(out, paint.Textf(paint.Warn, " %c was not finished: %s", 'A'+i, why))
		}
	}
	if len(c.settings) == 0 && c.Same() {
		return append(out, paint.Textf(paint.Good, " the same: all of %d steps", c.Common))
	}
	first := paint.Textf(paint.Good, " the same for all of %d steps", c.Common)
	if c.Parts != [2]*sim.Happened{} {
		first = paint.Textf(paint.Plain, " the same for %d steps, then ", c.Common)
		for i, text := range c.parts {
			first = first.Addf(paint.Key, "%c ", 'A'+i).Add(paint.Plain, text+strings.Repeat(between, 1-i))
		}
	}
	lines := paint.Wrap(first, w, 2)
	out = append(out, lines[:min(len(lines), 2)]...)
	if len(c.settings) > 0 {
		l := paint.Text(paint.Plain, " set otherwise: ")
		for i, d := range c.settings {
			if i > 0 {
				l = l.Add(paint.Dim, between)
			}
			l = l.Add(paint.Strong, d.What).Addf(paint.Plain, " A %s B %s", d.In(0), d.In(1))
		}
		out = append(out, l)
	}
	return out
}

// ends are the lines about what came of it: which guarantees were kept, what became of how many messages, and then
// the messages and accounts that differ, the worst first.
func (c *compare) ends(w int) []paint.Line { return append(c.kept(w), c.fates(w)...) }

// kept are the verdicts of both, and their tallies.
func (c *compare) kept(w int) []paint.Line {
	var out []paint.Line
	for i := range c.Verdicts {
		p := &c.Verdicts[i]
		out = append(out, bothEnds(p.Who(), verdictLook(p.A), p.A.Words(), verdictLook(p.B), p.B.Words(), w)...)
	}
	return append(out, bothEnds(c.Tally.What, paint.Plain, c.Tally.A, paint.Plain, c.Tally.B, w)...)
}

// fates are the messages and accounts that differ.
func (c *compare) fates(w int) []paint.Line {
	all := slices.Concat(c.Fates, c.Sinks)
	slices.SortStableFunc(all, func(p, q cluster.Beside) int { return cmp.Compare(q.Worst, p.Worst) })
	var out []paint.Line
	for _, p := range all {
		if !p.Same() {
			out = append(out, bothEnds(p.What, fateLook(p.A), p.A, fateLook(p.B), p.B, w)...)
		}
	}
	if len(out) == 0 {
		return []paint.Line{paint.Textf(paint.Dim, "the same for each of %s", paint.Count(len(c.Fates), "message", "messages"))}
	}
	return out
}

// bothEnds is how something stands in each run: side by side, where that has no room below each other, and only once
// if it is the same.
func bothEnds(what string, lookA paint.Look, a string, lookB paint.Look, b string, w int) []paint.Line {
	l := paint.Textf(paint.Strong, "%-12s ", what)
	if a == b {
		return paint.Wrap(l.Add(paint.Dim, "in both: ").Add(lookA, a), w, l.Width())
	}
	indent := paint.Text(paint.Plain, strings.Repeat(" ", l.Width()))
	left, right := l.Add(paint.Key, "A ").Add(lookA, a), paint.Text(paint.Key, "B ").Add(lookB, b)
	beside := left.Fit(max(left.Width(), (w+sideGap)/2)).Add(paint.Plain, "  ").Join(right)
	if beside.Width() <= w {
		return []paint.Line{beside}
	}
	below := indent.Width() + len("A ")
	return append(paint.Wrap(left, w, below), paint.Wrap(indent.Join(right), w, below)...)
}

// fateLook is how a fate is drawn, by the worst of its classes.
func fateLook(words string) paint.Look {
	worst, _, _ := strings.Cut(words, ",")
	if c, ok := cluster.ParseClass(worst); ok {
		return severity(c)
	}
	return paint.Plain
}

// verdictLook is good where no message was decided against a guarantee.
func verdictLook(v *cluster.Verdict) paint.Look {
	if v != nil && v.Missed+v.Doubled+v.Unwanted == 0 {
		return paint.Good
	}
	return paint.Warn
}
