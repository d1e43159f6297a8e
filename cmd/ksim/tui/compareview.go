package tui

import (
	"cmp"
	"fmt"
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
		put(m.h-2, m.answerOr(c.footing))
		return
	}
	put(m.h-2, m.answerOr(c.footing))
	top := 1
	for _, l := range c.summary(m.w) {
		put(top, l)
		top++
	}
	ends := c.ends(m.w - paint.BoxInset)
	ends = ends[:min(len(ends), max(1, m.h/4-paint.BoxEdges))]
	low := len(ends) + paint.BoxEdges
	m.putBox(picture, rect{0, m.h - 2 - low, m.w, low}, "how they end", ends, false)
	c.columns(m, picture, rect{0, top, m.w, m.h - 2 - low - top})
}

func (c *compare) header(m *model) paint.Line {
	l := paint.Text(paint.Key, " ksim compare  ").Add(paint.Title, m.player.Document.Title)
	return l.Add(paint.Plain, "  ")
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
			l = l.Add(paint.Strong, d.What).Addf(paint.Plain, " A %s B %s", orNotSet(d.A), orNotSet(d.B))
		}
		out = append(out, l)
	}
	return out
}

func orNotSet(text string) string {
	if text == "" {
		return "(not set)"
	}
	return text
}

// ends are the lines about what came of it: what differs, the worst first.
func (c *compare) ends(w int) []paint.Line {
	var out []paint.Line
	for _, p := range append(c.Fates[:len(c.Fates):len(c.Fates)], c.Sinks...) {
		if p.Same() {
			continue
		}
		out = append(out, endLine(p.What, fateLook(p.A), p.A, fateLook(p.B), p.B, w))
	}
	for _, p := range c.Verdicts {
		if !p.Same() {
			out = append(out, endLine(forWhom(cmp.Or(p.A, p.B)), paint.Plain, verdictWord(p.A), paint.Plain, verdictWord(p.B), w))
		}
	}
	if len(out) == 0 {
		return []paint.Line{paint.Textf(paint.Dim, "the same: each of %d messages, and the verdict", len(c.Fates))}
	}
	return out
}

func endLine(what string, lookA paint.Look, a string, lookB paint.Look, b string, w int) paint.Line {
	l := paint.Textf(paint.Strong, "%-12s ", what).Add(paint.Key, "A ").Add(lookA, a)
	return l.Fit(max(l.Width(), (w+sideGap)/2)).Add(paint.Key, "  B ").Add(lookB, b)
}

// fateLook is how a fate is drawn, by the worst of its classes.
func fateLook(words string) paint.Look {
	worst, _, _ := strings.Cut(words, ",")
	if c, ok := cluster.ParseClass(worst); ok {
		return severity(c)
	}
	return paint.Plain
}

func verdictWord(v *cluster.Verdict) string {
	if v == nil {
		return cluster.Missing
	}
	return fmt.Sprintf("%s (%d of %d missed, %d doubled)", v.SoFar(), v.Missed, v.Decided(), v.Doubled)
}
