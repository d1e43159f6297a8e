package tui

import (
	"strconv"

	"example.com/ksim/cmd/ksim/tui/paint"
)

// paneID names a pane; it is also its place in the order of panes.
type paneID int

const (
	paneCluster paneID = iota
	paneClients
	paneEvents
	paneRecords
	paneStory
	paneAccumulator
	paneGroup
	paneSink
	paneTxns
	paneMetrics
	paneCount
)

// pane is a part of the screen. It draws what the player shows and keeps nothing itself.
type pane interface {
	list
	// draw gives at most h lines for w cells, and what stands on the lower edge.
	draw(m *model, w, h int) (lines []paint.Line, foot paint.Line)
}

// panes are the panes with their names, and what they show.
var panes = [paneCount]struct {
	name  string
	short string // where there is little room
	shows string
	pane
}{
	paneCluster:     {"Cluster", "Cluster", "where every copy of every record is", clusterPane{}},
	paneClients:     {"Clients", "Clients", "producers and consumers in short", clientsPane{}},
	paneEvents:      {"Events", "Events", "what happened, and what may happen next", eventsPane{}},
	paneRecords:     {"Records", "Recs", "what became of every message", recordsPane{}},
	paneStory:       {"Story", "Story", "what the scenario wants to tell", storyPane{}},
	paneAccumulator: {"Accumulator", "Accum", "the batches that a producer holds", accumulatorPane{}},
	paneGroup:       {"Group", "Group", "members, who owns what, positions, commits, lag", groupPane{}},
	paneSink:        {"Sink", "Sink", "what applications did with the records", sinkPane{}},
	paneTxns: {"Transactions", "Txn", "how far transactions are: coordinators' word, producers' belief, markers",
		txnPane{}},
	paneMetrics: {"Metrics", "Metr", "what an operator sees: Kafka's own metrics, was and now", metricsPane{}},
}

// key is the digit that gives the pane the keys; that of the tenth is 0.
func (id paneID) key() string { return strconv.Itoa((int(id) + 1) % 10) }

// box is a pane in its box; its title names those that share its place.
func (m *model) box(id paneID, r rect, hidden []paneID) paint.Box {
	title := titleOf(id, hidden, fullName)
	if title.Width() > r.w-titleInset {
		title = titleOf(id, hidden, shortName)
	}
	lines, foot := panes[id].draw(m, r.w-paint.BoxInset, r.h-paint.BoxEdges)
	return paint.Box{Title: title, Body: lines, Foot: foot, Heavy: m.player.focus() == id}
}

// titleInset is what the title of a box has no room for.
const titleInset = 8

// titleOf names a pane and those that share its place.
func titleOf(id paneID, hidden []paneID, called func(paneID) string) paint.Line {
	title := paint.Text(paint.Key, id.key()+" ").Add(paint.Title, called(id))
	for _, other := range hidden {
		name := paint.Text(paint.Key, other.key()).Add(paint.Dim, " "+called(other))
		title = title.Add(paint.Frame, " · ").Join(name.On(zoneTab.spot(int(other))))
	}
	return title
}

func fullName(id paneID) string  { return panes[id].name }
func shortName(id paneID) string { return panes[id].short }

// scrolled is the part of lines that h rows show from a row on, and a word on what is hidden.
func scrolled(lines []paint.Line, from, h int) ([]paint.Line, paint.Line) {
	from = max(0, min(from, len(lines)-h))
	return lines[from:min(len(lines), from+max(h, 0))], hiddenRows(from, len(lines)-from-h)
}

// hiddenRows says how many rows are above and below those that are shown; nothing if there are none.
func hiddenRows(above, below int) paint.Line {
	if above <= 0 && below <= 0 {
		return nil
	}
	return paint.Textf(paint.Dim, "↑%d ↓%d", max(0, above), max(0, below))
}

// window is the first of h rows out of n so that a row is among them, with some before it.
func window(row, n, h int) int { return max(0, min(row-h/2, n-h)) }

// clamp keeps a number between two others.
func clamp(n, low, high int) int { return max(low, min(n, high)) }

// scroll moves a pane that has no cursor, as far as it has lines.
func (m *model) scroll(id paneID, n int, lines func(w int) []paint.Line) {
	r := m.layout().panes[id]
	hidden := max(0, len(lines(r.w-paint.BoxInset))-(r.h-paint.BoxEdges))
	m.player.row[id] = clamp(min(m.player.row[id], hidden)+n, 0, hidden)
}
