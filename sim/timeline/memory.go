package timeline

import "example.com/ksim/sim"

// How much a tree remembers: all worlds of as many moments, and of those after them every sparse-th
// of a line. What is not kept is made again from the world before it, by the events that led there,
// and stays at hand until as many others were needed.
const (
	keepsAll = 1 << 15
	sparse   = 16
	atHand   = 1 << 10
)

// memory says which worlds of a tree may be forgotten.
type memory struct {
	all  int   // the worlds of so many moments are kept
	room int   // for the worlds of so many others there is room at hand
	hand []int // moments whose worlds are not kept, but there for now
	next int   // the place in hand of the one that goes first
}

// Bare is a moment by its id, maybe without its world: for whoever only wants to know what happened.
func (t *Tree) Bare(id int) *Moment { return t.moments[id] }

// BareOn is the same of the i-th moment of the line.
func (t *Tree) BareOn(i int) *Moment { return t.moments[t.line[i]] }

// whole gives a moment its world, if it was forgotten.
func (t *Tree) whole(id int) *Moment {
	m := t.moments[id]
	if m.World != nil || t.Forgets {
		return m
	}
	var way []*Moment
	from := m
	for ; from.World == nil; from = t.moments[from.Parent] {
		way = append(way, from)
	}
	w := from.World
	for i := len(way) - 1; i >= 0; i-- {
		w = again(w, way[i])
		way[i].World = w
		t.lend(way[i])
	}
	return m
}

// again makes the world of a moment from the one before it. What could happen then can happen now.
func again(w *sim.World, m *Moment) *sim.World {
	step, err := w.Later(m.At).Apply(m.Event)
	if err != nil {
		panic("timeline: what happened does not happen again: " + err.Error())
	}
	return step.World
}

// lend keeps the world of a moment at hand, and forgets the one that was needed longest ago;
// it stays for good if it is one of those that are kept.
func (t *Tree) lend(m *Moment) {
	k := &t.memory
	if m.ID < k.all || m.Step%sparse == 0 {
		return
	}
	if len(k.hand) < k.room {
		k.hand = append(k.hand, m.ID)
		return
	}
	t.moments[k.hand[k.next]].World = nil
	k.hand[k.next] = m.ID
	k.next = (k.next + 1) % k.room
}
