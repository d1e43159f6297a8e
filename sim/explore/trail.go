package explore

import (
	"slices"

	"example.com/ksim/sim"
)

// hop is the way into a world: from which, by the how-manieth of its choices.
type hop struct {
	from uint32
	via  uint16
}

const hopBytes = 8

// way turns the hops into a world into events, all that there were: after each choice everything
// that tells nobody anything arrives too. It tells what the choices cost together.
func (x *exhaustion) way(id uint32) (path []sim.Event, cost int) {
	var vias []uint16
	for ; id != 0; id = x.trail[id].from {
		vias = append(vias, x.trail[id].via)
	}
	s, w := &x.workers[0], x.root
	for _, via := range slices.Backward(vias) {
		s.choose(w, x.lim.Faults-cost)
		c := s.choices[via]
		path, cost = append(path, c.event), cost+int(c.cost)
		w = follow(w, []sim.Event{c.event})
		path = append(path, unheard(w)...)
		s.run.Restart(w)
		s.run.Silence()
		w = s.run.World()
	}
	return path, cost
}

// unheard is what arrives in a world without telling anybody anything, in turn.
func unheard(w *sim.World) []sim.Event {
	var out []sim.Event
	for r := w.Run(); ; {
		e, ok := r.Look().Unheard()
		if !ok {
			return out
		}
		must(r.Apply(e))
		out = append(out, e)
	}
}

// follow applies events in turn.
func follow(w *sim.World, path []sim.Event) *sim.World {
	r := w.Run()
	for _, e := range path {
		must(r.Apply(e))
	}
	return r.World()
}

// must is for events that happened once already, or are on offer.
func must(err error) {
	if err != nil {
		panic("explore: " + err.Error())
	}
}
