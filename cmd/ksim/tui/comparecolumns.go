package tui

import (
	"fmt"

	"example.com/ksim/cmd/ksim/tui/paint"
)

// sideGap is what stands between the two columns.
const sideGap = 3

// columns draws the two stories in lock-step: side by side, or, where that has no room, as one column in which
// what is only in one of them has its sign.
func (c *compare) columns(m *model, picture []paint.Line, r rect) {
	if m.w < TwoColumns {
		lines := c.window(r.h-paint.BoxEdges, func(row int) [3][]paint.Line { return c.stacked(row, r.w-paint.BoxInset) })
		m.putTitled(picture, r, paint.Textf(paint.Title, "A %s < > B %s", c.of[0].name, c.of[1].name), lines[0], true)
		return
	}
	w := (r.w - sideGap) / 2
	left, right := rect{r.x, r.y, w, r.h}, rect{r.x + r.w - w, r.y, w, r.h}
	lines := c.window(r.h-paint.BoxEdges, func(row int) [3][]paint.Line { return c.beside(row, w-paint.BoxInset) })
	m.putTitled(picture, left, paint.Text(paint.Key, "A ").Add(paint.Title, c.of[0].name), lines[0], !c.right)
	m.putTitled(picture, right, paint.Text(paint.Key, "B ").Add(paint.Title, c.of[1].name), lines[2], c.right)
	paint.Put(picture, left.w, r.y+1, right.x-left.w, lines[1])
}

func (m *model) putTitled(picture []paint.Line, r rect, title paint.Line, lines []paint.Line, heavy bool) {
	box := paint.Box{Title: title, Body: lines, Heavy: heavy}
	paint.Put(picture, r.x, r.y, r.w, box.Lines(r.w, r.h))
}

// window is h lines of each column around the cursor. Only the rows that are in sight are drawn.
func (c *compare) window(h int, draw func(row int) [3][]paint.Line) [3][]paint.Line {
	if len(c.Rows) == 0 {
		return [3][]paint.Line{{paint.Text(paint.Dim, "neither run tells anything")}}
	}
	out := draw(c.at)
	above, first := 0, c.at // how many lines stand above the cursor's row
	up := func(until int) {
		for first > 0 && above < until {
			first--
			more := draw(first)
			above += len(more[0])
			for i := range out {
				out[i] = append(more[i], out[i]...)
			}
		}
	}
	up(h / 2)
	for last := c.at + 1; last < len(c.Rows) && len(out[0]) < above+h; last++ {
		more := draw(last)
		for i := range out {
			out[i] = append(out[i], more[i]...)
		}
	}
	up(above + h - len(out[0]))
	from := clamp(above-h/2, 0, max(0, len(out[0])-h))
	for i := range out {
		out[i] = out[i][min(from, len(out[i])):min(from+h, len(out[i]))]
	}
	return out
}

// firstWords stand above the first row that is not the same.
const firstWords = " the first difference "

// beside is a row as lines of the left column, of the gap, and of the right column, as many of each.
func (c *compare) beside(row, w int) [3][]paint.Line {
	out := [3][]paint.Line{c.cell(row, false, w), {paint.Text(paint.Warn, " "+c.Rows[row].Sign()+" ")}, c.cell(row, true, w)}
	if row == c.First {
		out[0] = append([]paint.Line{divider(firstWords, w)}, out[0]...)
		out[1] = append([]paint.Line{paint.Text(paint.Frame, "───")}, out[1]...)
		out[2] = append([]paint.Line{divider("", w)}, out[2]...)
	}
	for i := range out {
		for len(out[i]) < max(len(out[0]), len(out[2])) {
			out[i] = append(out[i], nil)
		}
	}
	return out
}

// stacked is a row as lines of one column.
func (c *compare) stacked(row, w int) [3][]paint.Line {
	var out []paint.Line
	if row == c.First {
		out = append(out, divider(firstWords, w))
	}
	same := c.Rows[row].Same
	for i, right := range []bool{false, true} {
		if c.told(row, right) == nil || same && right != c.meant() {
			continue
		}
		sign := string("<>"[i])
		if same {
			sign = " "
		}
		for k, l := range c.cell(row, right, w-2) {
			if k > 0 {
				sign = " "
			}
			out = append(out, paint.Text(paint.Warn, sign+" ").Join(l))
		}
	}
	return [3][]paint.Line{out, nil, nil}
}

// cell is what one side tells in a row.
func (c *compare) cell(row int, right bool, w int) []paint.Line {
	t := c.told(row, right)
	look, mark := paint.Plain, "  "
	if c.Rows[row].Same {
		look = paint.Dim
	}
	chosen := row == c.at && right == c.meant()
	if chosen {
		mark = "▶ "
	}
	l := paint.Text(paint.Key, mark)
	if t != nil {
		l = l.Addf(paint.Dim, "%*d  ", len(fmt.Sprint(c.lastStep())), t.Step).Add(look, t.Text)
	}
	lines := paint.Wrap(l, w, len(fmt.Sprint(c.lastStep()))+4)
	for k := range lines {
		if chosen {
			lines[k] = lines[k].Fit(w).With(paint.Chosen)
		}
	}
	return lines
}

// lastStep is the highest number of a step.
func (c *compare) lastStep() int {
	n := 0
	if len(c.A) > 0 {
		n = c.A[len(c.A)-1].Step
	}
	if len(c.B) > 0 {
		n = max(n, c.B[len(c.B)-1].Step)
	}
	return n
}
