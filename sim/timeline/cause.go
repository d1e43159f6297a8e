package timeline

import "example.com/ksim/sim"

// Cause is one moment of the line that another one comes from.
type Cause struct {
	At  int // its index on the line
	How How
}

// How is in what way a moment comes from an earlier one.
type How uint8

// The ways.
const (
	Sent     How = iota // it sent the packet that arrives
	Set                 // it set the timer that rings
	Ordered             // it ordered the start
	LetGo               // it let go what was kept from happening: a pause, a partition or a busy server was over
	Silenced            // it silenced the node that the timer waited for
)

// hows are the ways of events of the world itself.
var hows = map[string]How{sim.Deliver: Sent, sim.Fire: Set, sim.Begin: Ordered}

// Causes are the moments that the i-th moment of the line comes from: where what happened was brought about, and,
// if it was kept from happening since, what let it go. Acts come from nothing, as do the root and what was so from the
// beginning.
func (t *Tree) Causes(i int) []Cause {
	if i < 1 {
		return nil
	}
	return t.CausesOf(t.BareOn(i).Event, i)
}

// CausesOf likewise are what an event would come from that happens, or may, as the i-th moment of the line.
func (t *Tree) CausesOf(e sim.Event, i int) []Cause {
	o, ok := t.On(i - 1).World.OriginOf(e)
	if !ok {
		return nil
	}
	from := t.index(o)
	var out []Cause
	if k := t.silenced(e, i, from); k > 0 {
		out = append(out, Cause{k, Silenced})
	}
	if from > 0 {
		out = append(out, Cause{from, hows[e.Verb]})
	}
	if k := t.letGo(e, i, from, o); k > 0 {
		out = append(out, Cause{k, LetGo})
	}
	return out
}

// index is where on the line something comes from; the root or before if it was so from the beginning.
func (t *Tree) index(o sim.Origin) int { return o.Step - t.On(0).Step }

// letGo is the moment between from and i that let an event happen, 0 if it only waited for its time, or for
// its turn on the connection.
func (t *Tree) letGo(e sim.Event, i, from int, o sim.Origin) int {
	for k := i - 1; k > max(from, 0) && t.BareOn(k).Event != e; k-- {
		if _, free := t.On(k - 1).World.Due(e); free {
			continue
		}
		if e.Verb == sim.Deliver && t.BareOn(k).At < o.Due {
			return 0
		}
		return k
	}
	return 0
}

// silenced is the moment between from and i since when the node can't be heard that a patience timer waits for, 0 if it
// can be, or could not be when the timer was set.
func (t *Tree) silenced(e sim.Event, i, from int) int {
	if e.Verb != sim.Fire || !t.On(i-1).World.Silent(e) {
		return 0
	}
	k := i - 1
	for k > 0 && t.On(k-1).World.Silent(e) {
		k--
	}
	if k <= max(from, 0) {
		return 0
	}
	return k
}
