package sim

// Origin is where something that a world may do by itself comes from.
type Origin struct {
	Step int  // that sent the packet, set the timer or ordered the start; 0: it was so from the beginning
	Due  Time // when it would happen if nothing kept it
}

// OriginOf is where an event comes from that is pending, be it enabled or kept from happening; false if there is
// no such packet, timer or start.
func (w *World) OriginOf(e Event) (Origin, bool) {
	switch e.Verb {
	case Deliver:
		if _, s := w.stream(e); s != nil && len(s.queue) > 0 {
			return Origin{int(s.queue[0].Origin), s.queue[0].Due}, true
		}
	case Fire:
		s := w.slot(e.Node)
		if i, ok := find(s.timers, e.Timer); ok {
			return Origin{int(s.timers[i].origin), s.timers[i].due}, true
		}
	case Begin:
		if s := w.slot(e.Node); s.health == Booting {
			return Origin{int(s.origin), s.boot}, true
		}
	}
	return Origin{}, false
}

// Left is how much of what a step has brought about is still to happen: packets that fly, timers that are set
// and starts.
func (w *World) Left(step int) (packets, others int) {
	for _, l := range w.links {
		for _, s := range [...]*stream{&l.up, &l.down} {
			for i := range s.queue {
				if int(s.queue[i].Origin) == step {
					packets++
				}
			}
		}
	}
	for _, s := range w.nodes {
		if s.health == Booting && int(s.origin) == step {
			others++
		}
		for i := range s.timers {
			if int(s.timers[i].origin) == step {
				others++
			}
		}
	}
	return packets, others
}
