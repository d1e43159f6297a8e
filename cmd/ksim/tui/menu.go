package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
)

// menu is a list that lies over the screen and takes the keys until something is chosen or it is
// closed.
type menu struct {
	title string
	items []item
	at    int
	stays bool // when something is chosen
	// search narrows the rows down to those that hold a text; nil: to those in which all its words are.
	search func(m *model, text string)
	hint   string // what to search for
	back   *menu
	// closed is called when it is closed and nothing chosen.
	closed func(*model)
	// low makes it a strip at the lower edge: something was chosen in it that is to be seen behind it.
	low bool

	all   []item // before they were searched
	query string
}

// item is a row of a menu. One that is refused says so and can't be chosen.
type item struct {
	line    paint.Line
	indent  int        // of its second line, if it needs one
	means   string     // below it where there is room for that of all rows, else as a preview
	preview paint.Line // what choosing it means
	trace   paint.Line // the same for experts, below it
	refused bool
	step    int  // that the row is about; 0: none
	stays   bool // the menu, when this is chosen
	heading bool // over other rows
	sought  bool // only shown to who searches for it
	do      func(*model) tea.Cmd
	drop    func(*model) tea.Cmd // removes what the row stands for; nil: it can't be removed
}

// open shows a menu with the cursor on the first row that can be chosen. What it is about must not
// move meanwhile.
func (m *model) open(n *menu) tea.Cmd {
	if m.player != nil {
		m.player.motion.stop()
	}
	m.menu = n
	n.at = max(0, n.next(-1, 1))
	if n.search == nil {
		n.all = n.items
		n.search = func(_ *model, text string) { n.find(text) }
		n.find("")
	}
	return nil
}

// next is the nearest row after from, in steps of by, that can be chosen; -1 if there is none.
func (n *menu) next(from, by int) int {
	for i := from + by; i >= 0 && i < len(n.items); i += by {
		if !n.items[i].refused {
			return i
		}
	}
	return -1
}

func (n *menu) move(_ *model, by int) {
	step := 1
	if by < 0 {
		step, by = -1, -by
	}
	for ; by > 0; by-- {
		i := n.next(n.at, step)
		if i < 0 && (step > 0 || n.at < len(n.items) && n.items[n.at].refused) {
			i = n.beside(n.at, step)
		}
		if i < 0 {
			return
		}
		n.at = i
	}
}

// beside is the nearest row after from, in steps of by: where none can be chosen one can still read why.
func (n *menu) beside(from, by int) int {
	for i := from + by; i >= 0 && i < len(n.items); i += by {
		if !n.items[i].heading {
			return i
		}
	}
	return -1
}

func (n *menu) enter(m *model) tea.Cmd {
	if n.at >= len(n.items) || n.items[n.at].refused {
		return nil
	}
	do := n.items[n.at].do
	if !n.stays && !n.items[n.at].stays {
		m.menu = nil
	}
	if do == nil {
		return nil
	}
	return do(m)
}

// draw lays the menu over the lower part of a picture, so that what it is about stays visible.
func (n *menu) draw(m *model, picture []paint.Line) {
	w := n.width(m.w - 2)
	lines := n.lines(w, max(1, m.h-4))
	paint.Put(picture, (m.w-w)/2, m.h-3-len(lines), w, lines)
}

// lowRows is how many rows a menu has that is a strip: those around the cursor, and what the one under it means.
const lowRows = 4 + paint.BoxEdges

// lines are the menu in its box, at most h of them.
func (n *menu) lines(w, h int) []paint.Line {
	inner := w - paint.BoxInset
	rows, first := n.rows(inner, true)
	meant := !n.low && len(rows) <= h*2/3
	if !meant {
		rows, first = n.rows(inner, false)
	}
	preview := n.preview(inner, h/4, meant)
	if n.low {
		h = min(h, lowRows)
	}
	most := max(1, h-paint.BoxEdges-len(preview))
	from := window(first, len(rows), most)
	body := rows[from:min(len(rows), from+most)]
	body = append(body[:len(body):len(body)], preview...)
	title := paint.Text(paint.Strong, n.title)
	if n.query != "" {
		title = title.Add(paint.Info, " /"+n.query)
	}
	box := paint.Box{Title: title, Body: body, Foot: hiddenRows(from, len(rows)-from-most), Heavy: true}
	return box.Lines(w, len(body)+paint.BoxEdges)
}

// rows are all rows in w cells, with what they mean or without it, and the one that the cursor's item begins at.
func (n *menu) rows(w int, meant bool) (rows []paint.Line, first int) {
	for i := range n.items {
		if i == n.at {
			first = len(rows)
		}
		lines := paint.Wrap(n.items[i].line, w-2, n.items[i].indent)
		if means := n.items[i].means; meant && means != "" {
			lead := paint.Text(paint.Plain, "").Pad(n.items[i].indent)
			lines = append(lines, paint.Wrap(lead.Add(paint.Dim, means), w-2, n.items[i].indent)...)
		}
		for k, l := range lines {
			rows = append(rows, n.row(i, k, l, w))
		}
	}
	if len(rows) == 0 {
		rows = append(rows, paint.Textf(paint.Dim, "  no row has %q in it", n.query))
	}
	return rows, first
}

// preview is what the row under the cursor means, unless its own lines say it, in at most h lines for each of the two who
// may ask. Of a strip it is the one that has room, if any.
func (n *menu) preview(w, h int, meant bool) []paint.Line {
	if n.at >= len(n.items) {
		return nil
	}
	it := &n.items[n.at]
	all := []paint.Line{it.preview, it.trace}
	if !meant {
		all = append(all, paint.Text(paint.Dim, it.means))
	}
	var out []paint.Line
	for _, l := range all {
		if len(l) == 0 {
			continue
		}
		switch lines := paint.Wrap(l, w, 2); {
		case !n.low:
			out = append(out, lines[:min(len(lines), max(h, 1))]...)
		case len(lines) == 1 && len(out) == 0:
			out = lines
		}
	}
	return out
}

// row is the k-th line of the i-th item.
func (n *menu) row(i, k int, l paint.Line, w int) paint.Line {
	if n.items[i].heading {
		return l
	}
	if i != n.at {
		return paint.Text(paint.Plain, "  ").Join(l).Fit(w).On(zoneMenu.spot(i))
	}
	cursor := "▶ "
	if k > 0 {
		cursor = "  "
	}
	return paint.Text(paint.Key, cursor).Join(l).Fit(w).With(paint.Chosen).On(zoneMenu.spot(i))
}

// width is what the menu needs, up to a limit.
func (n *menu) width(most int) int {
	w := paint.Width(n.title) + 30
	for i := range n.items {
		w = max(w, n.items[i].line.Width()+2, n.items[i].preview.Width(), n.items[i].trace.Width())
	}
	return min(w+paint.BoxInset, most)
}
