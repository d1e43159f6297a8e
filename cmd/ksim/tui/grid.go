package tui

import (
	"fmt"
	"strconv"
	"strings"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/wire"
)

// grid draws the logs of one partition under one another, an offset a column.
type grid struct {
	*scene
	p      *partition
	chosen wire.MessageID
	tight  bool  // no rulers
	label  int   // cells for the brokers' names
	cell   int   // cells for a record
	room   int   // cells for all records
	first  int64 // the first offset that is shown
	leader []entry
	seen   *sights
}

// entry is a record in a log.
type entry struct {
	offset  int64
	epoch   int32
	message wire.MessageID
	marker  wire.Marker
}

// What stands behind a log takes more or fewer cells: more, as long as there is room for some
// records.
const (
	longTail      = len("LEO 1234 - cut off, out of ISR")
	shortTail     = len("LEO 1234 - out of sync")
	tightTail     = len("HW 1234")
	enoughColumns = 8
)

// grid is the logs of a partition in w cells. Tight ones have no ruler, so the high watermark stands
// behind them.
func (m *model) grid(p *partition, w int, tight bool, seen *sights) *grid {
	g := &grid{scene: m.player.scene, p: p, chosen: m.player.chosen(), tight: tight,
		label: 3, cell: 4, seen: seen}
	for i := range p.replicas {
		g.label = max(g.label, paint.Width(g.names.Node(p.replicas[i].id))+3)
	}
	g.cell = max(g.cell, g.longestName()+2)
	g.cell = max(g.cell, len(strconv.FormatInt(p.end, 10))+1)
	if tight {
		w -= tightTail
	}
	g.fit(w, longTail)
	if wanted := min(int(p.end-p.first), enoughColumns); g.columns() < wanted {
		g.fit(w, shortTail)
	}
	g.first = max(p.first, p.end-int64(g.columns())-int64(m.player.shift))
	if r := p.replica(p.leader); r != nil {
		g.leader = g.entries(r)
	}
	return g
}

// fit gives the records the room that a tail of some length leaves.
func (g *grid) fit(w, tail int) { g.room = max(0, w-g.label-tail-2) / g.cell * g.cell }

// columns is how many offsets are shown.
func (g *grid) columns() int { return g.room / g.cell }

// replica is what a broker is to the partition, nil if it is nothing.
func (p *partition) replica(id wire.NodeID) *replica {
	for i := range p.replicas {
		if p.replicas[i].id == id {
			return &p.replicas[i]
		}
	}
	return nil
}

// entries are the records of a log that are shown.
func (g *grid) entries(r *replica) []entry {
	var out []entry
	if r.log == nil {
		return nil
	}
	n := r.log.Batches.Len()
	for n > 0 && r.log.Batches.At(n-1).Next() > g.first {
		n--
	}
	for ; n < r.log.Batches.Len(); n++ {
		b := r.log.Batches.At(n)
		for offset, record := range b.All() {
			if offset >= max(g.first, r.log.Start) && offset < g.first+int64(g.columns()) {
				out = append(out, entry{offset, b.Epoch, record.Message, b.Marker})
			}
		}
	}
	return out
}

// head names the partition and its leader.
func (g *grid) head(w int) []paint.Line {
	l := paint.Text(paint.Title, g.names.Partition(g.p.at)).Add(paint.Dim, " · ").
		Join(g.leadership(g.p)).Add(paint.Dim, " · ").
		Add(paint.Plain, unbroken("ISR "+g.names.Set(g.p.state.ISR)))
	if needed := g.p.minISR(); needed > 1 {
		l = l.Addf(paint.Dim, " · acks=all needs %d", needed)
	}
	return paint.Wrap(l, w, 2)
}

// offsets numbers the columns.
func (g *grid) offsets() paint.Line {
	lead := strings.Repeat(" ", g.label)
	if hidden := g.first - g.p.first; hidden > 0 {
		lead = fmt.Sprintf("%*s ", g.label-1, "‹"+strconv.FormatInt(hidden, 10))
	}
	l := paint.Text(paint.Dim, lead)
	for i := range g.columns() {
		if o := g.first + int64(i); o <= g.p.end {
			l = l.Addf(paint.Dim, " %-*d", g.cell-1, o)
		}
	}
	if hidden := g.p.end - g.first - int64(g.columns()); hidden > 0 {
		l = l.Addf(paint.Dim, " %d›", hidden)
	}
	if r := g.p.replica(g.p.leader); g.tight && r != nil && g.unstable(r) {
		l = l.Pad(g.label+g.room+1).Add(paint.Plain, " ").Join(g.lastStable(r))
	}
	return l
}
