package tui

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/timeline"
)

// choice is something that may happen next.
type choice struct {
	event    sim.Event
	in       sim.Duration
	text     string
	next     bool // → does it
	scripted bool // because the script says so
	idle     bool // it only says "still here"
}

// choose lists what may happen next in the order of the clock. What → does comes first, even if a
// script or the line that was played before says something else than the clock.
func (p *player) choose(s *scene) []choice {
	w := s.world
	t := teller{w, s.names}
	var out []choice
	for _, e := range w.Enabled(nil) {
		due, _ := w.Due(e)
		out = append(out, choice{event: e, in: due.Sub(w.Now()), text: t.event(e, w.Body(e)), idle: s.idle(e)})
	}
	slices.SortStableFunc(out, func(a, b choice) int { return int(a.in - b.in) })
	next, scripted, ok := p.coming()
	if !ok {
		return out
	}
	if i := slices.IndexFunc(out, func(c choice) bool { return c.event == next }); i >= 0 {
		first := out[i]
		out = slices.Insert(slices.Delete(out, i, i+1), 0, first)
	} else {
		out = slices.Insert(out, 0, choice{event: next, text: w.Text(next)})
	}
	out[0].next, out[0].scripted = true, scripted
	return out
}

// coming is what → does.
func (p *player) coming() (e sim.Event, scripted, ok bool) {
	if next := p.following(); next != nil {
		return next.Event, p.Acted(next.ID), true
	}
	return p.Next()
}

// following is the next moment of the line, if it was played already.
func (p *player) following() *timeline.Moment {
	if i := p.Tree.Index() + 1; i < p.Tree.Len() {
		return p.Tree.On(i)
	}
	return nil
}

// idle tells whether an event only says "still here".
func (s *scene) idle(e sim.Event) bool {
	if e.Verb != sim.Deliver {
		return s.world.Class(e) == sim.Idle
	}
	for i := range s.flights {
		f := &s.flights[i]
		if f.Conn == (sim.Conn{Client: e.Node, Server: e.Peer, Lane: e.Lane, Gen: e.Gen}) && f.To == e.Receiver() {
			return f.Idle
		}
	}
	return false
}
