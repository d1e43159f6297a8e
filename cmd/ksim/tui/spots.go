package tui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/wire"
)

// spot is a node on a pane that the cursor can be on; a broker is there once for each of its replicas.
type spot struct {
	node wire.NodeID
	at   wire.Partition
}

// sheet is all lines of a pane, and which of them its spots are on, from top to bottom.
type sheet struct {
	lines []paint.Line
	spots []spot
	rows  []int // of the spots
	parts []part
	seen  []sights // in the lines, as far as it was told
}

// part is where something begins on a sheet that should be seen as a whole.
type part struct {
	row int
	of  *partition // nil: of none
}

// part says that a part begins with the line that is added next.
func (s *sheet) part(of *partition) { s.parts = append(s.parts, part{len(s.lines), of}) }

func (s *sheet) add(lines ...paint.Line) { s.lines = append(s.lines, lines...) }

// join puts another sheet below.
func (s *sheet) join(o *sheet) {
	for i, row := range o.rows {
		s.spots, s.rows = append(s.spots, o.spots[i]), append(s.rows, len(s.lines)+row)
	}
	for _, p := range o.parts {
		s.parts = append(s.parts, part{len(s.lines) + p.row, p.of})
	}
	s.saw(&sights{})
	s.add(o.lines...)
	s.seen = append(s.seen, o.seen...)
}

// here says that a spot is on the line that is added next.
func (s *sheet) here(k spot) {
	s.spots, s.rows = append(s.spots, k), append(s.rows, len(s.lines))
}

// marked is a line that begins with a name, with the cursor on it. The cursor takes the place of a blank that
// stands behind the name, in so many cells.
func marked(l paint.Line, cells int) paint.Line {
	name := paint.Text(paint.Key, "▶").Join(l.Cut(0, cells-1)).With(paint.Chosen)
	return name.Join(l.Cut(cells, l.Width()))
}

// spotOn is the spot of a pane under its cursor: the first as long as there is no other.
func (p *player) spotOn(id paneID) (spot, bool) {
	all := p.scene.spots(id)
	if slices.Contains(all, p.spot[id]) {
		return p.spot[id], true
	}
	if len(all) == 0 {
		return spot{}, false
	}
	return all[0], true
}

// pointed tells whether the cursor is drawn on a spot.
func (p *player) pointed(id paneID, k spot) bool {
	if p.focus() != id {
		return false
	}
	on, ok := p.spotOn(id)
	return ok && on == k
}

// spots are the nodes of a pane from top to bottom.
func (s *scene) spots(id paneID) []spot {
	switch id {
	case paneCluster:
		return s.clusterSpots()
	case paneClients:
		return s.clientSpots()
	}
	return nil
}

func (s *scene) clusterSpots() []spot {
	var out []spot
	for i := range s.partitions {
		for j := range s.partitions[i].replicas {
			out = append(out, spot{s.partitions[i].replicas[j].id, s.partitions[i].at})
		}
	}
	for _, k := range s.controllers {
		out = append(out, spot{node: k.Self})
	}
	if s.zookeeper != nil {
		out = append(out, spot{node: s.zookeeper.Self})
	}
	return out
}

func (s *scene) clientSpots() []spot {
	var out []spot
	for _, p := range s.producers {
		out = append(out, spot{node: p.Self})
	}
	for _, c := range s.consumers {
		out = append(out, spot{node: c.Self})
	}
	for _, n := range s.writers {
		out = append(out, spot{node: n.Self})
	}
	for _, n := range s.databases {
		out = append(out, spot{node: n.Self})
	}
	for _, n := range s.relays {
		out = append(out, spot{node: n.Self})
	}
	return out
}

// point moves the cursor of a pane by n spots. Where the next one is out of sight the lines move instead, one at
// a time, so that all of them come by.
func (m *model) point(id paneID, n int, s *sheet, h int) {
	p := m.player
	hidden := max(0, len(s.lines)-h)
	top := min(p.row[id], hidden)
	on, _ := p.spotOn(id)
	at := max(0, slices.Index(s.spots, on))
	by := 1
	if n < 0 {
		by, n = -1, -n
	}
	at = s.behind(at, by, top, h)
	for ; n > 0; n-- {
		next := at + by
		exists := next >= 0 && next < len(s.spots)
		switch {
		case exists && inSight(s.rows[at], by, top, h) && s.rows[next] >= top && s.rows[next] < top+h:
			at = next
		case by > 0 && top < hidden, by < 0 && top > 0:
			top += by
		default:
			n = 1
		}
	}
	p.row[id] = top
	if at < len(s.spots) {
		p.spot[id] = s.spots[at]
	}
}

// behind is where the cursor moves on from: the last spot that lies behind what is shown, where the lines have
// moved away under it.
func (s *sheet) behind(at, by, top, h int) int {
	for next := at + by; next >= 0 && next < len(s.spots) && !inSight(s.rows[next], -by, top, h); next += by {
		at = next
	}
	return at
}

// inSight tells whether a row is not behind what is shown, for who moves on in a direction.
func inSight(row, by, top, h int) bool { return by > 0 && row < top+h || by < 0 && row >= top }

// enterSpot opens what can be done to the node under the cursor of a pane.
func (m *model) enterSpot(id paneID) tea.Cmd {
	if on, ok := m.player.spotOn(id); ok {
		return m.openNode(on.node)
	}
	return m.openNodes()
}
