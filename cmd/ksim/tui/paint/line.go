// Package paint draws with cells: lines of styled text that know how wide they are, boxes, layers,
// and a little Markdown. It knows nothing of what is drawn.
package paint

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Line is one line of a screen: pieces of text, each with its look. Lines are values: no method
// changes the line it is called on.
type Line []Span

// Span is a piece of text with one look.
type Span struct {
	Text  string
	Look  Look
	cells int
	spot  Spot
}

// Spot is what a piece of text stands for when somebody points at it: a row of a zone. The zones are the drawer's
// own; zone 0 is nothing.
type Spot struct {
	Zone int16
	Row  int32
}

// On makes the whole line stand for a spot.
func (l Line) On(s Spot) Line {
	out := make(Line, len(l))
	for i := range l {
		out[i] = l[i]
		out[i].spot = s
	}
	return out
}

// SpotAt is what a cell stands for.
func (l Line) SpotAt(x int) Spot {
	for i := range l {
		if x -= l[i].cells; x < 0 {
			return l[i].spot
		}
	}
	return Spot{}
}

// ellipsis ends a line that was clipped.
const ellipsis = "…"

// Text is a line of one piece.
func Text(look Look, text string) Line { return Line(nil).Add(look, text) }

// Textf is Text with a format.
func Textf(look Look, format string, args ...any) Line {
	return Text(look, fmt.Sprintf(format, args...))
}

// Add puts a piece of text at the end.
func (l Line) Add(look Look, text string) Line {
	if text == "" {
		return l
	}
	text = clean(text)
	return append(l[:len(l):len(l)], Span{Text: text, Look: look, cells: Width(text)})
}

// Addf is Add with a format.
func (l Line) Addf(look Look, format string, args ...any) Line {
	return l.Add(look, fmt.Sprintf(format, args...))
}

// Join puts other lines at the end.
func (l Line) Join(others ...Line) Line {
	l = l[:len(l):len(l)]
	for _, o := range others {
		l = append(l, o...)
	}
	return l
}

// With adds marks to the whole line.
func (l Line) With(marks Look) Line {
	out := make(Line, len(l))
	for i, s := range l {
		s.Look |= marks
		out[i] = s
	}
	return out
}

// Lit is the line in which everything that was not so a moment ago is lit.
func (l Line) Lit() Line {
	for i := range l {
		if l[i].Look&Changed != 0 {
			l = slices.Clone(l)
			for ; i < len(l); i++ {
				if l[i].Look&Changed != 0 {
					l[i].Look |= Lit
				}
			}
			break
		}
	}
	return l
}

// Width is how many cells the line takes.
func (l Line) Width() int {
	n := 0
	for i := range l {
		n += l[i].cells
	}
	return n
}

// String is the text without its looks.
func (l Line) String() string {
	var b strings.Builder
	for i := range l {
		b.WriteString(l[i].Text)
	}
	return b.String()
}

// Pad makes the line at least w cells wide.
func (l Line) Pad(w int) Line { return l.Add(Plain, strings.Repeat(" ", max(0, w-l.Width()))) }

// Fit makes the line exactly w cells wide: it is filled up, or clipped with an ellipsis.
func (l Line) Fit(w int) Line {
	if l.Width() <= w {
		return l.Pad(w)
	}
	if w < 1 {
		return nil
	}
	return l.Cut(0, w-1).Add(Dim, ellipsis)
}

// Cut is the part of the line from one cell to another, exactly to-from cells wide as long as the
// line reaches that far. A wide character that an edge cuts in half becomes a space.
func (l Line) Cut(from, to int) Line {
	var out Line
	x := 0
	for _, s := range l {
		a, b := max(from-x, 0), min(to-x, s.cells)
		x += s.cells
		if a >= b {
			continue
		}
		if a > 0 || b < s.cells {
			s = s.cut(a, b)
		}
		out = append(out, s)
	}
	return out
}

func (s Span) cut(from, to int) Span {
	if len(s.Text) == s.cells { // one byte a cell
		return Span{s.Text[from:to], s.Look, to - from, s.spot}
	}
	var b strings.Builder
	x := 0
	for rest := s.Text; rest != "" && x < to; {
		cluster, cells := ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth)
		if from <= x && x+cells <= to {
			b.WriteString(cluster)
		} else {
			b.WriteString(strings.Repeat(" ", max(0, min(x+cells, to)-max(x, from))))
		}
		x += cells
		rest = rest[len(cluster):]
	}
	return Span{b.String(), s.Look, to - from, s.spot}
}

// Over is the line with another one laid over it from a cell on.
func (l Line) Over(x int, top Line) Line {
	out := l.Cut(0, x).Pad(x)
	return out.Join(top, l.Cut(x+top.Width(), l.Width()))
}

// Width is how many cells a text takes.
func Width(text string) int {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return ansi.StringWidth(text)
		}
	}
	return len(text)
}

// clean takes out what would move the cursor, talk to the terminal, or hide: control characters and
// broken encodings become spaces, invisible characters go.
func clean(text string) string {
	if strings.IndexFunc(text, unclean) < 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case unclean(r):
			return ' '
		}
		return r
	}, text)
}

func unclean(r rune) bool {
	return r >= 0x7f && (r < 0xa0 || r == utf8.RuneError || unicode.Is(unicode.Cf, r)) || r < ' '
}

// Map is the line with each of its texts changed.
func (l Line) Map(change func(string) string) Line {
	out := make(Line, len(l))
	for i, p := range l {
		p.Text = change(p.Text)
		p.cells = Width(p.Text)
		out[i] = p
	}
	return out
}
