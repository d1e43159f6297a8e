package tui

import (
	"slices"
	"strconv"
	"strings"

	"example.com/ksim/cmd/ksim/tui/paint"
)

// axis is the line that is being looked at, drawn to the scale of what it tells: the many steps
// that tell nothing take no room.
type axis struct {
	marks  []mark // of the moments that tell something, or that a person has marked
	places []int  // where on the line they are
	at     int    // how many of them have happened
	here   mark   // of the moment that is looked at

	branch, pins, seen int // the line and the pins it was made for, and how far the line was read
}

// newAxis reads what is new on the line, or all of it if it is another one.
func (p *player) newAxis() axis {
	a := &p.axis
	if branch := p.Tree.On(p.Tree.Len() - 1).Branch; a.branch != branch || a.pins != p.pins.changes {
		*a = axis{branch: branch, pins: p.pins.changes}
	}
	for ; a.seen < p.Tree.Len(); a.seen++ {
		m := p.Tree.BareOn(a.seen)
		if marks := p.marks(m) | p.pinned(a.seen); marks != 0 || p.tells(m) {
			a.marks, a.places = append(a.marks, marks), append(a.places, a.seen)
		}
	}
	a.at, _ = slices.BinarySearch(a.places, p.Tree.Index()+1)
	a.here = 0
	if a.at > 0 && a.places[a.at-1] == p.Tree.Index() {
		a.here = a.marks[a.at-1]
	}
	return *a
}

// signs are how marks are drawn, what matters most first: of several in one place it is shown.
var signs = []struct {
	mark  mark
	glyph string
	word  string
	look  paint.Look
}{
	{bookmarked, "◆", "bookmark", paint.Key},
	{acted, "✗", "act", paint.Bad},
	{lost, "▼", "lost", paint.Bad},
	{harmed, "▽", "harm", paint.Bad},
	{breaks, "◉", "breakpoint", paint.Info},
	{again, "²", "done again", paint.Bad},
	{fences, "F", "fenced", paint.Bad},
	{election, "♛", "election", paint.Leader},
	{cut, "┤", "log cut", paint.Warn},
	{failed, "!", "send failed", paint.Warn},
	{rebalance, "↻", "rebalance", paint.Warn},
	{aborts, "A", "aborted", paint.Warn},
	{commits, "C", "committed", paint.Good},
	{isr, "=", "ISR", paint.Info},
	{told, "●", "told", paint.Good},
}

// markWords are the words of the marks that a run makes by itself.
func markWords() string {
	var out []string
	for _, s := range signs {
		if s.mark&(bookmarked|breaks) == 0 {
			out = append(out, s.word)
		}
	}
	return strings.Join(out, ", ")
}

// timeline draws the line from the beginning to as far as it was played.
func (m *model) timeline() paint.Line {
	s := m.player.scene
	legend := s.axis.legend(m.w / 2)
	last := strconv.Itoa(m.player.Tree.Len() - 1)
	l := paint.Text(paint.Dim, " 0 ")
	l = l.Join(s.axis.draw(m.w - l.Width() - len(last) - 2 - legend.Width()))
	return l.Add(paint.Dim, " "+last+" ").Join(legend)
}

// cursor is where one is on the axis.
const cursor = "▲"

// legend says in at most w cells what the signs mean that are on the axis, what matters most first; before them those
// that the cursor hides.
func (a *axis) legend(w int) paint.Line {
	var all mark
	for _, m := range a.marks {
		all |= m
	}
	l := paint.Text(paint.Plain, "  ")
	for _, here := range []bool{true, false} {
		for _, sign := range signs {
			if all&sign.mark == 0 || a.here&sign.mark != 0 != here {
				continue
			}
			next := paint.Text(sign.look, sign.glyph).Add(paint.Dim, " "+sign.word+" ")
			if here {
				next = paint.Text(paint.Key, cursor).Join(next)
			}
			if l.Width()+next.Width() <= w {
				l = l.Join(next)
			}
		}
	}
	return l
}

// draw draws the axis w cells wide; every cell shows the most important mark of its part.
func (a *axis) draw(w int) paint.Line {
	cells := make([]mark, max(w, 1))
	for i, m := range a.marks {
		cells[a.column(i+1, w)] |= m
	}
	var l paint.Line
	places := a.placesOf(cells, w)
	plain := 0 // how many cells in a row show only that something was told
	for x, m := range cells {
		if shown(m) == told {
			plain++
		} else {
			plain = 0
		}
		cell := signOf(m, plain)
		if x == a.column(a.at, w) {
			cell = paint.Text(paint.Key|paint.Chosen, cursor)
		}
		l = append(l, cell.On(zoneTime.spot(places[x]))...)
	}
	return l
}

// thinned is which of the signs in a row are drawn that say only that something was told, so that others stand out.
const thinned = 4

// signOf draws the mark of a cell that matters most, where it is the n-th in a row that says only that something was told.
func signOf(m mark, n int) paint.Line {
	for i := range signs {
		switch {
		case m&signs[i].mark == 0:
		case n > 0 && n%thinned != 1:
			return paint.Text(paint.Frame, "·")
		default:
			return paint.Text(signs[i].look, signs[i].glyph)
		}
	}
	return paint.Text(paint.Frame, "─")
}

// placesOf are the places on the line that columns stand for: of the moment whose mark is shown there, or else of
// the last one before.
func (a *axis) placesOf(cells []mark, w int) []int {
	out := make([]int, len(cells))
	for i, m := range a.marks {
		x := a.column(i+1, w)
		if top := shown(cells[x]); top == 0 || m&top != 0 {
			out[x] = a.places[i]
		}
	}
	for x := 1; x < len(out); x++ {
		if out[x] == 0 {
			out[x] = out[x-1]
		}
	}
	return out
}

// shown is the mark that matters most of several.
func shown(all mark) mark {
	for i := range signs {
		if all&signs[i].mark != 0 {
			return signs[i].mark
		}
	}
	return 0
}

// column is where the moment after n told ones is drawn.
func (a *axis) column(n, w int) int {
	if len(a.marks) == 0 || w < 2 {
		return 0
	}
	return n * (w - 1) / len(a.marks)
}
