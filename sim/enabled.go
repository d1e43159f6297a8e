package sim

import "example.com/ksim/sim/wire"

// Enabled appends what the world may do next by itself, in an order that is always the same:
// deliveries by connection, then timers and starts by node. Acts are listed by Acts.
func (w *World) Enabled(buf []Event) []Event {
	for _, l := range w.links {
		if w.delivers(l, false) {
			buf = append(buf, l.event(false))
		}
		if w.delivers(l, true) {
			buf = append(buf, l.event(true))
		}
	}
	for i, s := range w.nodes {
		id := NodeID(i + 1)
		if s.health == Booting {
			buf = append(buf, Event{Verb: Begin, Node: id})
		}
		for j := range s.timers {
			if a := &s.timers[j]; s.rings(a) {
				buf = append(buf, Event{Verb: Fire, Node: id, Timer: a.Timer})
			}
		}
	}
	return buf
}

// Earliest is what the clock would choose: the first due of all that is enabled, and the first
// in Enabled's order among equals. It is false when nothing is.
func (w *World) Earliest() (Event, Time, bool) {
	var best Event
	at, found := Time(0), false
	for _, l := range w.links {
		for _, down := range [2]bool{false, true} {
			if !w.delivers(l, down) {
				continue
			}
			if due := l.head(down).Due; !found || due < at {
				best, at, found = l.event(down), due, true
			}
		}
	}
	for i, s := range w.nodes {
		id := NodeID(i + 1)
		if s.health == Booting && (!found || s.boot < at) {
			best, at, found = Event{Verb: Begin, Node: id}, s.boot, true
		}
		for j := range s.timers {
			if a := &s.timers[j]; (!found || a.due < at) && s.rings(a) {
				best, at, found = Event{Verb: Fire, Node: id, Timer: a.Timer}, a.due, true
			}
		}
	}
	return best, max(at, w.now), found
}

// Due is when the clock would let an enabled event happen; false if it is not enabled.
func (w *World) Due(e Event) (Time, bool) {
	switch e.Verb {
	case Deliver:
		if i, ok := w.find(e.conn()); ok && w.delivers(w.links[i], e.Back) {
			return max(w.links[i].head(e.Back).Due, w.now), true
		}
	case Fire:
		s := w.slot(e.Node)
		if i, ok := find(s.timers, e.Timer); ok && s.rings(&s.timers[i]) {
			return max(s.timers[i].due, w.now), true
		}
	case Begin:
		if s := w.slot(e.Node); s.health == Booting {
			return max(s.boot, w.now), true
		}
	}
	return 0, false
}

// Body is what a delivery would bring; nil for the end of a connection and for other events.
func (w *World) Body(e Event) wire.Body {
	if _, s := w.stream(e); e.Verb == Deliver && s != nil && len(s.queue) > 0 {
		return s.queue[0].Body
	}
	return nil
}

// Class tells of a Fire event what kind of timer it is; other events count as Pace.
func (w *World) Class(e Event) TimerClass {
	if e.Verb != Fire {
		return Pace
	}
	return w.timerKind(e.Node, e.Timer).Class
}

// Speed is how slow an enabled event is: 0 for a packet and for a timer that was set to ring within
// the time of packets, more the longer a timer was set for or a process boots.
func (w *World) Speed(e Event) uint8 {
	switch e.Verb {
	case Begin:
		return speed(w.nodes[e.Node-1].boot.Sub(w.now))
	case Fire:
		if i, ok := find(w.nodes[e.Node-1].timers, e.Timer); ok {
			return w.nodes[e.Node-1].timers[i].speed
		}
	}
	return 0
}

// Silent tells of a patience timer whether the node it waits for cannot be heard: then it is
// bound to ring, and a search need not pay for it.
func (w *World) Silent(e Event) bool {
	i, ok := find(w.nodes[e.Node-1].timers, e.Timer)
	if !ok {
		return false
	}
	of := w.nodes[e.Node-1].timers[i].of
	if of == wire.Nobody {
		return false
	}
	if !w.nodes[of-1].runs() || w.blocked[of].Has(e.Node) || w.blocked[e.Node].Has(of) {
		return true
	}
	for _, l := range w.links {
		if (l.up.held || l.down.held) && l.on(e.Node, of) {
			return true
		}
	}
	return false
}

// Silence lets everything arrive that tells nobody anything: idle packets, and to servers the end
// of connections that nobody talks on. A search that ignores time does so after every step, so
// that it need not try them in every order.
func (r *Runner) Silence() {
	for e, ok := r.w.Unheard(); ok; e, ok = r.w.Unheard() {
		r.own()
		r.deliver(e)
	}
}

// Unheard is a delivery that tells nobody anything, if there is one.
func (w *World) Unheard() (Event, bool) {
	for _, l := range w.links {
		if len(l.up.queue) > 0 && (l.up.queue[0].idle || l.lingers()) && w.delivers(l, false) {
			return l.event(false), true
		}
		if len(l.down.queue) > 0 && l.down.queue[0].idle && w.delivers(l, true) {
			return l.event(true), true
		}
	}
	return Event{}, false
}

// delivers tells whether the oldest packet of one direction of l can arrive.
func (w *World) delivers(l *link, down bool) bool {
	s, from, to := &l.up, l.Client, l.Server
	if down {
		s, from, to = &l.down, l.Server, l.Client
	}
	if len(s.queue) == 0 || s.held || w.blocked[from].Has(to) || !w.nodes[to-1].runs() {
		return false
	}
	return down || !l.unserved
}

func (l *link) head(down bool) *Packet {
	if down {
		return &l.down.queue[0]
	}
	return &l.up.queue[0]
}

func (l *link) event(down bool) Event {
	return Event{
		Verb: Deliver, Node: l.Client, Peer: l.Server, Lane: l.Lane, Gen: l.Gen, Back: down,
	}
}
