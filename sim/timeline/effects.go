package timeline

import "example.com/ksim/sim"

// Effects is what came of a moment, as far as the line goes, or as far as one looks.
type Effects struct {
	Happened []int // what it brought about and the line has seen happen, by index
	Missed   []int // the timers that rang because it silenced a node
	Lost     []int // where packets that it sent were lost, one entry a packet
	Dropped  int   // timers that it set and that were stopped, or set anew, before they rang
	Packets  int   // that still fly at the moment Until
	Waits    int   // timers and starts that are still to come then
	Until    int   // how far the line was followed, by index
}

// sight is how many moments ahead effects are looked for: a long line need not be gone through for a timer of hours.
const sight = 1 << 14

// Effects follows what the i-th moment of the line has brought about.
func (t *Tree) Effects(i int) Effects {
	out := Effects{Until: min(t.Len()-1, i+sight)}
	if t.silences(i) {
		out.Missed = t.missed(i, out.Until)
	}
	step := t.On(i).Step
	out.Packets, out.Waits = t.On(i).World.Left(step)
	for j := i + 1; j <= out.Until && out.Packets+out.Waits > 0; j++ {
		e := t.BareOn(j).Event
		o, ok := t.On(j - 1).World.OriginOf(e)
		mine := ok && o.Step == step
		if mine {
			out.Happened = append(out.Happened, j)
		}
		packets, waits := t.On(j).World.Left(step)
		lost, gone := out.Packets-packets, out.Waits-waits
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
		out.Packets, out.Waits = packets, waits
	}
	return out
}

// silences tells whether the i-th moment can have silenced anybody: an act can, and a step in which a process ends.
func (t *Tree) silences(i int) bool {
	if i == 0 {
		return false
	}
	if _, own := hows[t.BareOn(i).Event.Verb]; !own {
		return true
	}
	before, after := t.On(i-1).World, t.On(i).World
	for id := sim.NodeID(1); int(id) <= after.Nodes(); id++ {
		if before.Health(id) == sim.Up && after.Health(id) != sim.Up {
			return true
		}
	}
	return false
}

// missed are the timers that rang up to a moment because the i-th one silenced a node.
func (t *Tree) missed(i, until int) []int {
	var out []int
	for j := i + 1; j <= until; j++ {
		e := t.BareOn(j).Event
		if e.Verb != sim.Fire {
			continue
		}
		o, _ := t.On(j - 1).World.OriginOf(e)
		if t.silenced(e, j, t.index(o)) == i {
			out = append(out, j)
		}
	}
	return out
}
