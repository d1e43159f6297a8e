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
	way  float64 // how much of its way is behind it
	runs float64 // how much of its arrow a film has drawn; 0: it stands still
	ends bool    // of the film's arrow only what is ahead is left: it arrives
}

// packets are those that say more than "still here", what one should see first in front: lost ones, new ones, those
// that can't go on, those with records.
func (s *scene) packets(from []sim.Flight, sent func(uint32) sim.Time) []packet {
	var out []packet
	take := func(from []sim.Flight, lost bool) {
		for i := range from {
			if f := &from[i]; !f.Idle && !f.Fin() {
				out = append(out, packet{Flight: f, lost: lost, way: s.way(f, sent(f.Origin))})
			}
		}
	}
	take(s.dropped, true)
	take(from, false)
	slices.SortStableFunc(out, func(a, b packet) int { return cmp.Compare(s.rank(a), s.rank(b)) })
	return out
}

// way is how much of its way a packet has behind it that was sent at some time.
func (s *scene) way(f *sim.Flight, sent sim.Time) float64 {
	if f.Due <= sent || f.Waiting {
		return 1
	}
	return min(1, float64(s.world.Now().Sub(sent))/float64(f.Due.Sub(sent)))
}

// sentAt is when a step of the line was made.
func (p *player) sentAt(step uint32) sim.Time {
	return p.Tree.BareOn(clamp(int(step)-p.Tree.BareOn(0).Step, 0, p.Tree.Index())).At
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

// readFlights finds out what is on its way, what was until this step, and what has become of the latter: one may
// have arrived, and of some the process or the connection has ended, so that they never arrive.
func (s *scene) readFlights(p *player) {
	s.flights = s.world.Flights()
	var was []sim.Flight
	if i := p.Tree.Index(); i > 0 {
		was = p.Tree.On(i - 1).World.Flights()
	}
	arrived := -1
	for i := range was {
		switch f := &was[i]; {
		case arrived < 0 && s.delivered(f):
			arrived = i
		case !slices.ContainsFunc(s.flights, func(o sim.Flight) bool { return o.Conn == f.Conn && o.From == f.From && o.Origin == f.Origin }):
			s.dropped = append(s.dropped, *f)
		}
	}
	s.inFlight = s.packets(s.flights, p.sentAt)
	if arrived < 0 || was[arrived].Idle || was[arrived].Fin() {
		return
	}
	dropped := s.dropped
	s.dropped = nil
	s.arriving = s.packets(was, p.sentAt)
	s.dropped = dropped
	for i := range s.arriving {
		s.arriving[i].ends = s.arriving[i].Flight == &was[arrived]
	}
}

// delivered tells whether the step was that a packet arrives which was the first of its stream.
func (s *scene) delivered(f *sim.Flight) bool {
	e := s.moment.Event
	return e.Verb == sim.Deliver && f.Conn.Client == e.Node && f.Conn.Server == e.Peer &&
		f.Conn.Lane == e.Lane && f.Conn.Gen == e.Gen && (f.From == f.Conn.Server) == e.Back
}

// traffic is what is on its way as a film shows it: up to where something arrives what was on its way before, and
// then what is.
func (s *scene) traffic(f film) []packet {
	now := s.inFlight
	arriving, yet := f.arriving()
	leaving, set := f.leaving()
	if yet {
		now = s.arriving
	}
	out := slices.Clone(now)
	for i := range out {
		switch k := &out[i]; {
		case yet && k.ends:
			k.runs, k.way = arriving, k.way+(1-k.way)*arriving
		case set && s.isNew(*k):
			k.runs = leaving
		}
	}
	return out
}

// flightLines draw in so many rows at most what is on its way, and say how much more there is.
func (s *scene) flightLines(all []packet, w, rows int) []paint.Line {
	const title = "in flight"
	const moreRoom = len("  +99 more")
	out := []paint.Line{paint.Text(paint.Title, title)}
	if len(all) == 0 {
		out[0] = out[0].Add(paint.Dim, "  nothing")
	}
	for i, f := range all {
		row, room := len(out)-1, w
		if row == rows-1 && i < len(all)-1 {
			room -= moreRoom
		}
		one := f.sliding(s.arrow(f, w-len(title)-len("  ")-moreRoom))
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

// sliding is the arrow of a packet as far as a film has come: it grows out of who sent it, and goes into whom it is
// for. It takes the same cells all the time.
func (f *packet) sliding(arrow paint.Line) paint.Line {
	w := arrow.Width()
	x := int(f.runs * float64(w))
	switch {
	case f.ends:
		return paint.Text(paint.Plain, "").Pad(x).Join(arrow.Cut(x, w).Lit())
	case f.runs > 0:
		return arrow.Cut(0, x).Lit().Pad(w)
	}
	return arrow
}

// arrow is one packet, from whom to whom, in at most w cells.
func (s *scene) arrow(f packet, w int) paint.Line {
	from, to := s.names.Node(f.From), s.names.Node(f.To)
	text, look, why := s.parcel(f)
	state, head := look, "▶"
	switch {
	case f.lost:
		head = "✗"
	case why != "":
		state = look&paint.Changed | plainIf(carries(f.Body))
	}
	room := w - paint.Width(from+" ──▶ "+to+why)
	if body := paint.Text(state, text); body.Width() > room {
		text = strings.TrimRight(body.Fit(max(room, 1)).String(), " ")
	}
	return paint.Text(paint.Plain, from+" ").Add(look, "─").Add(state, text).Add(look, "─"+head).
		Add(paint.Plain, " "+to).Add(look, why)
}

// parcel is what a packet carries, how that is drawn, and what keeps it.
func (s *scene) parcel(f packet) (text string, look paint.Look, why string) {
	t := teller{s.world, s.names}
	look = plainIf(carries(f.Body))
	switch {
	case f.lost:
		why, look = " (lost)", paint.Bad
	case f.Held:
		why, look = " (held)", paint.Warn
	case s.world.Blocked(f.From, f.To):
		why, look = " (stalled)", paint.Warn
	case f.Waiting:
		why = " (the server is busy)"
	}
	if s.isNew(f) || f.ends {
		look |= paint.Changed
	}
	return t.parcel(f.Body, f.From == f.Conn.Server), look, why
}

// plainIf is how something is drawn that matters, or does not.
func plainIf(matters bool) paint.Look {
	if matters {
		return paint.Plain
	}
	return paint.Dim
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
