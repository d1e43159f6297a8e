package tui

import (
	"slices"
	"strings"

	"example.com/ksim/sim/timeline"
	"example.com/ksim/sim/wire"
)

// news is what was told last that has a place on the pane of the cluster.
type news struct {
	spot
	step int // when it was told
}

// latest finds the news, looking back from the moment that is shown. It does not matter how one came there, so a
// step back shows what the step there showed.
func (s *scene) latest(p *player) news {
	i := p.Tree.Index()
	for range min(i, lookBack) {
		m := p.Tree.BareOn(i)
		if k, ok := s.placeOf(m); ok {
			return news{k, m.Step}
		}
		i--
	}
	return news{}
}

// gauges are kinds of notes that only say how far others have come: of a moment, they are looked at last.
var gauges = []wire.NoteKind{wire.HWAdvanced, wire.HWLowered, wire.LSOAdvanced}

// placeOf is where on the pane that is which a moment told of; false if it told of nothing there.
func (s *scene) placeOf(m *timeline.Moment) (spot, bool) {
	for _, gauge := range []bool{false, true} {
		for i := range m.Notes {
			n := &m.Notes[i]
			if slices.Contains(gauges, n.Kind) != gauge || s.names.Minor(n) {
				continue
			}
			if k, ok := s.noted(n); ok {
				return k, true
			}
		}
	}
	return spot{}, false
}

// noted is where on the pane that is which a note tells of: the partition that it names or else, of a broker, the
// first that it is to lead, or has.
func (s *scene) noted(n *wire.Note) (spot, bool) {
	if placed(n) {
		i := slices.IndexFunc(s.partitions, func(p partition) bool { return p.at == n.At })
		return spot{n.Node, n.At}, i >= 0
	}
	for i := range s.partitions {
		if p := &s.partitions[i]; p.state.Leader == n.Node {
			return spot{n.Node, p.at}, true
		}
	}
	for _, k := range s.clusterSpots() {
		if k.node == n.Node {
			return k, true
		}
	}
	return spot{}, false
}

// placed tells whether a note names a partition.
func placed(n *wire.Note) bool { return strings.Contains(n.Kind.Row().Told, "{at}") }

// scrolledTo is how far a person has scrolled a pane that follows the news, and what the news was then.
type scrolledTo struct {
	row  int
	seen news
	by   bool // somebody has scrolled it
}

// top is the first line of a sheet that is shown in h rows. The person's choice holds until there is other news,
// and then as long as the news is in sight there; else it is the page that has the news.
func (s *sheet) top(at news, to scrolledTo, h int) int {
	row := s.rowOf(at)
	if chosen := min(to.row, max(0, len(s.lines)-h)); to.by && (at == to.seen || chosen <= row && row < chosen+h) {
		return chosen
	}
	return s.page(row, h)
}

// rowOf is the line that news is on: that of the replica, or where its partition begins; -1 if there is none.
func (s *sheet) rowOf(at news) int {
	if at == (news{}) {
		return -1
	}
	if i := slices.Index(s.spots, at.spot); i >= 0 {
		return s.rows[i]
	}
	for _, part := range s.parts {
		if part.of != nil && part.of.at == at.at {
			return part.row
		}
	}
	return -1
}

// page is the first line of the page that has a row. Pages are as many whole parts as there is room for, so that
// the pane stands still as long as the news is on the same one.
func (s *sheet) page(row, h int) int {
	top := 0
	for i, part := range s.parts {
		if part.row > row {
			break
		}
		end := len(s.lines)
		if i+1 < len(s.parts) {
			end = s.parts[i+1].row
		}
		if end > part.row && s.lines[end-1] == nil {
			end--
		}
		if end-top > h {
			top = part.row
		}
	}
	if row >= top+h {
		top = row - h/2
	}
	return clamp(top, 0, max(0, len(s.lines)-h))
}
