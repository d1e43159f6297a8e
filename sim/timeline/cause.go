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
	Sent    How = iota // it sent the packet that arrives
	Set                // it set the timer that rings
	Ordered            // it ordered the start
	LetGo              // it let go what was kept from happening: a pause, a partition or a busy server was over
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
	e := t.On(i).Event
	o, ok := t.On(i - 1).World.OriginOf(e)
	if !ok {
		return nil
	}
	from := o.Step - t.On(0).Step
	var out []Cause
	if from > 0 {
		out = append(out, Cause{from, hows[e.Verb]})
	}
	if k := t.letGo(i, from, o); k > 0 {
		out = append(out, Cause{k, LetGo})
	}
	return out
}

// letGo is the moment after from that let happen what the i-th one is, 0 if it only waited for its time, or for
// its turn on the connection.
func (t *Tree) letGo(i, from int, o sim.Origin) int {
	e := t.On(i).Event
	for k := i - 1; k > max(from, 0) && t.On(k).Event != e; k-- {
		if _, free := t.On(k - 1).World.Due(e); free {
			continue
		}
		if e.Verb == sim.Deliver && t.On(k).At < o.Due {
			return 0
		}
		return k
	}
	return 0
}

// Effects is what came of a moment, as far as the line goes.
type Effects struct {
	Happened []int // what it brought about and the line has seen happen, by index
	Lost     []int // where packets that it sent were lost, one entry a packet
	Dropped  int   // timers that it set and that were stopped, or set anew, before they rang
	Packets  int   // that still fly where the line ends
	Waits    int   // timers and starts that are still to come where the line ends
}

// Effects follows what the i-th moment of the line has brought about to the end of the line.
func (t *Tree) Effects(i int) Effects {
	var out Effects
	step := t.On(i).Step
	packets, waits := t.On(i).World.Left(step)
	for j := i + 1; j < t.Len() && packets+waits > 0; j++ {
		e := t.On(j).Event
		o, ok := t.On(j - 1).World.OriginOf(e)
		mine := ok && o.Step == step
		if mine {
			out.Happened = append(out.Happened, j)
		}
		p, w := t.On(j).World.Left(step)
		lost, gone := packets-p, waits-w
		switch {
		case mine && e.Verb == sim.Deliver:
			lost--
		case mine:
			gone--
		}
		for ; lost > 0; lost-- {
			out.Lost = append(out.Lost, j)
		}
		out.Dropped += gone
		packets, waits = p, w
	}
	out.Packets, out.Waits = packets, waits
	return out
}
