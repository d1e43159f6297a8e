package tui

import (
	"cmp"
	"slices"
	"strings"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// stripRows is how many of h rows of the pane of the cluster always show what is on its way.
func stripRows(h int) int {
	const roomy = 10
	if h < roomy {
		return 1
	}
	return 2
}

// blockedLines say what is partitioned.
func (s *scene) blockedLines() []paint.Line {
	var out []paint.Line
	for a := range s.world.Nodes() {
		for b := range s.world.Nodes() {
			from, to := wire.NodeID(a+1), wire.NodeID(b+1)
			if s.world.Blocked(from, to) {
				out = append(out, paint.Textf(paint.Warn, "partitioned: nothing %s sends reaches %s",
					s.names.Node(from), s.names.Node(to)))
			}
		}
	}
	return out
}

// packet is something that is on its way, or was until this step.
type packet struct {
	*sim.Flight
	lost bool
}

// packets are those that say more than "still here", what one should see first in front: lost ones, new ones, those
// that can't go on, those with records.
func (s *scene) packets() []packet {
	var out []packet
	take := func(from []sim.Flight, lost bool) {
		for i := range from {
			if f := &from[i]; !f.Idle && !f.Fin() {
				out = append(out, packet{f, lost})
			}
		}
	}
	take(s.dropped, true)
	take(s.flights, false)
	slices.SortStableFunc(out, func(a, b packet) int { return cmp.Compare(s.rank(a), s.rank(b)) })
	return out
}

func (s *scene) rank(f packet) int {
	switch {
	case f.lost:
		return 0
	case s.isNew(f):
		return 1
	case f.Held || s.world.Blocked(f.From, f.To):
		return 2
	case carries(f.Body):
		return 3
	}
	return 4
}

// isNew tells whether a packet was sent in this step.
func (s *scene) isNew(f packet) bool { return s.moment.Step > 0 && int(f.Origin) == s.moment.Step }

// droppedSince are the packets that were on their way in another world, the one before, and now are not, though
// they have not arrived: a process or a connection has ended.
func (s *scene) droppedSince(before *sim.World) []sim.Flight {
	if before == nil {
		return nil
	}
	e, arrived := s.moment.Event, false
	var out []sim.Flight
	for _, f := range before.Flights() {
		back := f.From == f.Conn.Server
		on := f.Conn.Client == e.Node && f.Conn.Server == e.Peer && f.Conn.Lane == e.Lane && f.Conn.Gen == e.Gen && back == e.Back
		if e.Verb == sim.Deliver && on && !arrived {
			arrived = true
			continue
		}
		still := func(o sim.Flight) bool { return o.Conn == f.Conn && o.From == f.From && o.Origin == f.Origin }
		if !slices.ContainsFunc(s.flights, still) {
			out = append(out, f)
		}
	}
	return out
}

// before is the world before the step that is being looked at; nil at the beginning.
func (p *player) before() *sim.World {
	if i := p.Tree.Index(); i > 0 {
		return p.Tree.On(i - 1).World
	}
	return nil
}

// flightLines draw in so many rows at most what is on its way, and say how much more there is.
func (s *scene) flightLines(w, rows int) []paint.Line {
	const title = "in flight"
	const moreRoom = len("  +99 more")
	all := s.packets()
	out := []paint.Line{paint.Text(paint.Title, title)}
	if len(all) == 0 {
		out[0] = out[0].Add(paint.Dim, "  nothing")
	}
	for i, f := range all {
		row, room := len(out)-1, w
		if row == rows-1 && i < len(all)-1 {
			room -= moreRoom
		}
		one := s.arrow(f, w-len(title)-len("  ")-moreRoom)
		switch fits := out[row].Width()+len("  ")+one.Width() <= room; {
		case fits || i == 0:
		case row == rows-1:
			out[row] = out[row].Addf(paint.Dim, "  +%d more", len(all)-i)
			return out
		default:
			row++
			out = append(out, paint.Text(paint.Plain, "").Pad(len(title)))
		}
		out[row] = out[row].Add(paint.Plain, "  ").Join(one)
	}
	return out
}

// arrow is one packet, from whom to whom, in at most w cells.
func (s *scene) arrow(f packet, w int) paint.Line {
	t := teller{s.world, s.names}
	from, to := s.names.Node(f.From), s.names.Node(f.To)
	text, head, state, why := t.parcel(f.Body, f.From == f.Conn.Server), "▶", paint.Dim, ""
	if carries(f.Body) {
		state = paint.Plain
	}
	look := state
	switch {
	case f.lost:
		head, why, look, state = "✗", " (lost)", paint.Bad, paint.Bad
	case f.Held:
		why, look = " (held)", paint.Warn
	case s.world.Blocked(f.From, f.To):
		why, look = " (stalled)", paint.Warn
	case f.Waiting:
		why = " (the server is busy)"
	}
	if s.isNew(f) {
		look, state = look|paint.Changed, state|paint.Changed
	}
	room := w - paint.Width(from+" ──▶ "+to+why)
	if body := paint.Text(state, text); body.Width() > room {
		text = strings.TrimRight(body.Fit(max(room, 1)).String(), " ")
	}
	return paint.Text(paint.Plain, from+" ").Add(look, "─").Add(state, text).Add(look, "─"+head).
		Add(paint.Plain, " "+to).Add(look, why)
}

// carries tells whether a packet has records in it.
func carries(b wire.Body) bool {
	switch b := b.(type) {
	case *wire.ProduceRequest:
		return true
	case *wire.FetchResponse:
		for i := range b.Partitions {
			if len(b.Partitions[i].Batches) > 0 {
				return true
			}
		}
	}
	return false
}

// unbroken is a text that stays on one line if it can.
func unbroken(text string) string { return strings.ReplaceAll(text, " ", "\u00a0") }
