package tui

import (
	"slices"
	"strings"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/wire"
)

// strip is what is on its way, in so many rows at most: drawn between the nodes where there is room for that, else as
// a list.
func (m *model) strip(w, rows int) []paint.Line {
	s := m.player.scene
	all := s.traffic(m.player.motion.film)
	if l := s.roads(w); !m.plain && m.w >= TwoColumns && rows >= leastLanes && l.fit() {
		return l.draw(all, rows)
	}
	return s.flightLines(all, w, rows)
}

// roads are the nodes side by side; between them every packet has a row, oldest first.
type roads struct {
	*scene
	nodes []wire.NodeID
	w     int
	lane  int // cells a node
}

// What lanes need: rows, cells a node, and cells for what a packet carries. Nodes that are far from each other are hard
// to see together.
const (
	leastLanes             = 3
	leastLane, mostLane    = 5, 12
	cargoWidth, cargoInset = 20, 2
)

func (s *scene) roads(w int) *roads {
	l := &roads{scene: s, nodes: s.abreast(), w: w}
	l.lane = min((w-cargoWidth)/max(1, len(l.nodes)), mostLane)
	return l
}

func (l *roads) fit() bool {
	for _, id := range l.nodes {
		if paint.Width(l.names.Node(id))+2 > l.lane {
			return false
		}
	}
	return l.lane >= leastLane
}

// abreast are all nodes from left to right: who sends records, brokers, who reads them, who is in charge.
func (s *scene) abreast() []wire.NodeID {
	var out []wire.NodeID
	add := func(id wire.NodeID) {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	for _, n := range s.databases {
		add(n.Self)
	}
	for _, p := range s.producers {
		add(p.Self)
	}
	for i := range s.world.Nodes() {
		if b, ok := s.world.Node(wire.NodeID(i + 1)).(*broker.Broker); ok {
			add(b.Self)
		}
	}
	for _, c := range s.consumers {
		add(c.Self)
	}
	for _, k := range s.controllers {
		add(k.Self)
	}
	for i := range s.world.Nodes() {
		add(wire.NodeID(i + 1))
	}
	return out
}

// draw draws the names of the nodes, and below them the packets.
func (l *roads) draw(all []packet, rows int) []paint.Line {
	shown := slices.Clone(all[:min(len(all), rows-1)])
	slices.SortStableFunc(shown, func(a, b packet) int { return int(a.Origin) - int(b.Origin) })
	out := []paint.Line{l.heads(len(all), len(all)-len(shown))}
	for i := range shown {
		out = append(out, l.row(&shown[i]))
	}
	return out
}

// heads are the names of the nodes, and how many packets there are.
func (l *roads) heads(all, hidden int) paint.Line {
	var out paint.Line
	for _, id := range l.nodes {
		name := paint.Text(paint.Strong, l.names.Node(id))
		if state, ill := l.health(id); ill {
			name = name.Join(state.sign())
		}
		out = out.Join(name.Fit(l.lane))
	}
	out = out.Pad(l.cargo()).Add(paint.Title, "in flight")
	switch {
	case all == 0:
		out = out.Add(paint.Dim, "  nothing")
	case hidden > 0:
		out = out.Addf(paint.Dim, "  +%d more", hidden)
	}
	return out
}

// cargo is where it is written what packets carry.
func (l *roads) cargo() int { return len(l.nodes)*l.lane - l.lane + 1 + cargoInset }

// row is one packet: its arrow from lane to lane, where on it the packet is, and what it carries.
func (l *roads) row(f *packet) paint.Line {
	out := paint.Text(paint.Plain, "")
	for i := range l.nodes {
		out = out.Pad(i*l.lane).Add(paint.Frame, "│")
	}
	text, look, why := l.parcel(*f)
	from, to := l.place(f.From), l.place(f.To)
	arrow := l.shaft(f, look, from < to, max(from-to, to-from)-1)
	x := from + 1
	if to < from {
		x = from - arrow.Width()
	}
	out = out.Over(x, arrow)
	cargo := paint.Text(look, text).Add(look, why)
	if f.ends || f.runs > 0 {
		cargo = cargo.Lit()
	}
	return out.Pad(l.cargo()).Join(cargo.Fit(max(1, l.w-l.cargo())))
}

// shaft is the arrow of a packet to the right or to the left in so many cells; of one that is just being sent there
// is as much as has been drawn.
func (l *roads) shaft(f *packet, look paint.Look, right bool, cells int) paint.Line {
	head, tip := "▶", "◀"
	if right {
		tip = head
	}
	if f.lost {
		tip = "✗"
	}
	glyph := "○"
	if carries(f.Body) {
		glyph = "●"
	}
	signs := slices.Repeat([]string{"─"}, cells)
	signs[cells-1] = tip
	signs[min(cells-2, int(f.way*float64(cells)))] = glyph
	if f.runs > 0 && !f.ends {
		signs = signs[:max(1, int(f.runs*float64(cells)))]
	}
	if !right {
		slices.Reverse(signs)
	}
	out := paint.Text(look, strings.Join(signs, ""))
	if f.ends || f.runs > 0 {
		return out.Lit()
	}
	return out
}

// place is the cell of a node's lane.
func (l *roads) place(id wire.NodeID) int { return slices.Index(l.nodes, id) * l.lane }
