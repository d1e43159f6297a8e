package paint

import "strings"

// Box is a frame with a title, something on its bottom edge, and lines inside.
type Box struct {
	Title Line
	Foot  Line
	Body  []Line
	Heavy bool // drawn so that it stands out
}

// BoxInset is how many cells a box takes from the width of its lines; it takes BoxEdges lines.
const (
	BoxInset = 4
	BoxEdges = 2
)

// edges are the characters of a frame: corners, then horizontal and vertical.
type edges struct{ nw, ne, sw, se, h, v string }

var (
	light = edges{"╭", "╮", "╰", "╯", "─", "│"}
	heavy = edges{"┏", "┓", "┗", "┛", "━", "┃"}
)

// Lines draws the box, h lines of w cells each.
func (b *Box) Lines(w, h int) []Line {
	if w < BoxInset || h < BoxEdges {
		return Blank(w, h)
	}
	e, look, title := light, Frame, Text(Plain, " ").Join(b.Title).Add(Plain, " ")
	if b.Heavy {
		e, look = heavy, Focus
		title = Text(Focus, " ▶").Join(title)
	}
	if b.Title == nil {
		title = nil
	}
	foot := b.Foot
	if foot != nil {
		foot = Text(Plain, " ").Join(foot).Add(Plain, " ")
	}
	out := []Line{edge(look, e.nw, e.ne, e.h, title, true, w)}
	left, right := Text(look, e.v).Add(Plain, " "), Text(Plain, " ").Add(look, e.v)
	for i := range h - BoxEdges {
		var l Line
		if i < len(b.Body) {
			l = b.Body[i]
		}
		out = append(out, left.Join(l.Fit(w-BoxInset), right))
	}
	return append(out, edge(look, e.sw, e.se, e.h, foot, false, w))
}

// Empty is how many of the last lines are blank where the box is h lines high.
func (b *Box) Empty(h int) int {
	last := min(len(b.Body), max(0, h-BoxEdges))
	for last > 0 && strings.TrimSpace(b.Body[last-1].String()) == "" {
		last--
	}
	return max(0, h-BoxEdges-last)
}

// edge is an upper or lower edge with a text in it, near its left or its right end.
func edge(look Look, begin, end, dash string, text Line, left bool, w int) Line {
	text = text.Cut(0, max(0, w-4))
	rest := max(0, w-2-text.Width())
	before := min(1, rest)
	if !left {
		before = max(0, rest-1)
	}
	l := Text(look, begin+strings.Repeat(dash, before)).Join(text)
	return l.Add(look, strings.Repeat(dash, rest-before)+end)
}

// Blank is h empty lines of w cells.
func Blank(w, h int) []Line {
	out := make([]Line, max(0, h))
	for i := range out {
		out[i] = Text(Plain, strings.Repeat(" ", max(0, w)))
	}
	return out
}

// Put lays lines over a picture, clipping what does not fit.
func Put(picture []Line, x, y, w int, lines []Line) {
	for i, l := range lines {
		if y+i >= 0 && y+i < len(picture) {
			picture[y+i] = picture[y+i].Over(x, l.Cut(0, w).Pad(w))
		}
	}
}
