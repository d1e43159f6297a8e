package tui

import (
	"slices"

	"example.com/ksim/cmd/ksim/tui/paint"
)

// rect is a part of the screen in cells.
type rect struct{ x, y, w, h int }

// layout says where everything is. Rows that are not shown are -1, panes that are not shown empty.
type layout struct {
	small    bool // too small to show anything
	header   int
	tabs     int
	news     int // how many rows below the pane tell what just happened, where the pane of events may be hidden
	tally    int
	timeline int
	footer   int
	panes    [paneCount]rect
	hidden   [paneCount][]paneID // of a pane that is shown: those that share its place
}

// The smallest screen that something can be shown on, and from which sizes on there is room for two
// and three columns, and for a pane below the events.
const (
	leastWidth, leastHeight = 60, 16
	roomyWidth, roomyHeight = 72, 24 // the footer says how to quit, the news has a second row
	TwoColumns              = 100    // also of what is printed
	threeColumns            = 140
	wideWidth, wideHeight   = 180, 44
)

// recency is the panes in the order in which they were looked at, the latest first. The first of them
// has the keys; of panes that share a place the one that was looked at last is shown.
type recency [paneCount]paneID

// neverLookedAt is the order to begin with.
func neverLookedAt() recency {
	return recency{paneCluster, paneClients, paneEvents, paneStory, paneGroup, paneRecords, paneAccumulator, paneSink, paneTxns, paneMetrics}
}

// lookAt puts a pane first.
func (r *recency) lookAt(id paneID) {
	at := slices.Index(r[:], id)
	copy(r[1:at+1], r[:at])
	r[0] = id
}

// wish is what a layout should heed beside the size of the screen.
type wish struct {
	looked recency
	alone  bool            // only the pane that has the keys
	groups bool            // there are groups, so their pane is worth a place of its own
	story  func(w int) int // how many rows the story needs
	logs   int             // how many rows the logs of all partitions need
}

// arrange lays out a screen. Narrow ones show only the pane that has the keys.
func arrange(w, h int, wish wish) layout {
	looked := wish.looked
	l := layout{tabs: -1, header: 0, footer: h - 1, tally: h - 2, timeline: h - 3}
	body := rect{0, 1, w, h - 4}
	switch {
	case w < leastWidth || h < leastHeight:
		return layout{small: true}
	case w < TwoColumns || wish.alone:
		l.tabs, l.news = 1, 1
		if h >= roomyHeight {
			l.news = 2
		}
		l.panes[looked[0]] = rect{0, 2, w, h - 5 - l.news}
	case w < threeColumns:
		left, right := body.columns(w * 55 / 100)
		l.rows(looked, left, []paneID{paneCluster}, []paneID{paneClients, paneAccumulator, paneGroup, paneSink, paneTxns})
		l.rows(looked, right, []paneID{paneEvents}, []paneID{paneRecords, paneStory, paneMetrics})
	default:
		l.three(wish, body, w >= wideWidth && h >= wideHeight)
	}
	return l
}

// three lays out three columns: what it is about and who is hurt, where everything is, what happens.
func (l *layout) three(wish wish, body rect, wide bool) {
	looked := wish.looked
	story, rest := body.columns(clamp(body.w*22/100, 34, 44))
	middle, right := rest.columns(rest.w * 56 / 100)
	upper, lower := story.rows(story.h / 2)
	if wide {
		upper, lower = story.rows(clamp(wish.story(story.w-paint.BoxInset)+paint.BoxEdges, story.h/4, story.h-leastRecords))
	}
	l.panes[paneStory] = upper
	l.share(looked, lower, []paneID{paneRecords, paneMetrics})
	clients := []paneID{paneClients, paneAccumulator, paneGroup, paneSink, paneTxns}
	if !wide {
		l.rows(looked, middle, []paneID{paneCluster}, clients)
		l.panes[paneEvents] = right
		return
	}
	upper, lower = middle.rows(clamp(wish.logs+besideLogs, middle.h/2, middle.h*7/10))
	l.share(looked, upper, []paneID{paneCluster})
	if !wish.groups {
		l.share(looked, lower, clients)
		l.panes[paneEvents] = right
		return
	}
	l.share(looked, lower, clients[:2:2])
	l.rows(looked, right, []paneID{paneEvents}, clients[2:])
}

// Where there is much room the story and the logs have as many rows as they need, and what shares their column the
// rest: the records at least some, and the logs some for what stands below them.
const leastRecords, besideLogs = 14, 14

// rows puts panes above others into a column.
func (l *layout) rows(looked recency, column rect, upper, lower []paneID) {
	up, low := column.rows(column.h * 58 / 100)
	l.share(looked, up, upper)
	l.share(looked, low, lower)
}

// share gives a place to the pane that was looked at last.
func (l *layout) share(looked recency, r rect, ids []paneID) {
	for _, id := range looked {
		if i := slices.Index(ids, id); i >= 0 {
			l.panes[id], l.hidden[id] = r, slices.Delete(ids, i, i+1)
			return
		}
	}
}

func (r rect) columns(left int) (rect, rect) {
	return rect{r.x, r.y, left, r.h}, rect{r.x + left, r.y, r.w - left, r.h}
}

func (r rect) rows(upper int) (rect, rect) {
	return rect{r.x, r.y, r.w, upper}, rect{r.x, r.y + upper, r.w, r.h - upper}
}

// scriptRows are kept for what the script waits for, so that nothing moves when that changes.
const scriptRows = 3

// layout is that of the screen as it is.
func (m *model) layout() layout {
	p := m.player
	logs := 0
	for i := range p.scene.partitions {
		logs += 3 + 2*len(p.scene.partitions[i].replicas)
	}
	return arrange(m.w, m.h, wish{looked: p.looked, alone: p.alone, groups: len(p.scene.groups) > 0, logs: logs,
		story: func(w int) int { return len(m.told(w)) + scriptRows }})
}
