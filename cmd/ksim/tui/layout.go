package tui

// rect is a part of the screen in cells.
type rect struct{ x, y, w, h int }

// layout says where everything is. Rows that are not shown are -1, panes that are not shown empty.
type layout struct {
	small    bool // too small to show anything
	header   int
	tabs     int
	now      int // what just happened, where the pane of events may be hidden
	tally    int
	timeline int
	footer   int
	panes    [paneCount]rect
}

// The smallest screen that something can be shown on, and from which widths on there is room for
// two and three columns.
const (
	leastWidth, leastHeight = 60, 16
	twoColumns              = 100
	threeColumns            = 140
)

// arrange lays out a screen. Narrow ones show only the pane in focus; with two columns, records
// and story share a place, and lower says which of them has it.
func arrange(w, h int, focus, lower paneID) layout {
	l := layout{tabs: -1, now: -1, header: 0, footer: h - 1, tally: h - 2, timeline: h - 3}
	body := rect{0, 1, w, h - 4}
	switch {
	case w < leastWidth || h < leastHeight:
		return layout{small: true}
	case w < twoColumns:
		l.tabs, l.now = 1, h-4
		l.panes[focus] = rect{0, 2, w, h - 6}
	case w < threeColumns:
		left, right := body.columns(w * 55 / 100)
		l.panes[paneCluster], l.panes[paneClients] = left.rows(left.h * 58 / 100)
		l.panes[paneEvents], l.panes[lower] = right.rows(right.h * 58 / 100)
	default:
		l.three(body)
	}
	return l
}

// three lays out three columns: what it is about and who is hurt, where everything is, what
// happens.
func (l *layout) three(body rect) {
	story, rest := body.columns(clamp(body.w*22/100, 34, 44))
	middle, right := rest.columns(rest.w * 56 / 100)
	l.panes[paneStory], l.panes[paneRecords] = story.rows(story.h / 2)
	l.panes[paneCluster], l.panes[paneClients] = middle.rows(middle.h * 58 / 100)
	l.panes[paneEvents] = right
}

func (r rect) columns(left int) (rect, rect) {
	return rect{r.x, r.y, left, r.h}, rect{r.x + left, r.y, r.w - left, r.h}
}

func (r rect) rows(upper int) (rect, rect) {
	return rect{r.x, r.y, r.w, upper}, rect{r.x, r.y + upper, r.w, r.h - upper}
}

// layout is that of the screen as it is.
func (m *model) layout() layout { return arrange(m.w, m.h, m.player.focus, m.player.lower) }
