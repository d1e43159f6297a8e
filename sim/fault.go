package sim

import (
	"fmt"

	"example.com/ksim/sim/wire"
)

// Faults is the table of what an environment can do to any world, and how it is undone.
func Faults() []Act {
	return append(processFaults(), networkFaults()...)
}

func processFaults() []Act {
	return []Act{
		{Verb: "crash", Form: OneNode, Cost: 1, Candidates: EachNode("crash"),
			Help:   "kill the process (SIGKILL, out of memory): disk and page cache stay",
			Refuse: refuseCrash,
			Strike: func(r *Runner, e Event) {
				r.Tell(wire.Note{Kind: wire.Crashed, Node: e.Node})
				r.Kill(e.Node)
			}},
		{Verb: "power", Form: OneNode, Keeps: true, Cost: 1, Candidates: EachNode("power"),
			Help:   "pull the power: what was not flushed or sent is gone; keep=N saves N records a log",
			Refuse: refusePower,
			Strike: func(r *Runner, e Event) {
				r.Tell(wire.Note{Kind: wire.LostPower, Node: e.Node})
				r.end(e.Node, Off, CrashKind{Power: true, Keep: int(e.Keep[0])})
			}},
		{Verb: "restart", Form: OneNode, Mends: true, Candidates: EachNode("restart"),
			Help: "start the process again",
			Refuse: func(w *World, e Event) error {
				switch h := w.nodes[e.Node-1].health; h {
				case Up, Booting:
					return fmt.Errorf("%s is %s already", w.Name(e.Node), h)
				}
				return nil
			},
			Strike: func(r *Runner, e Event) {
				s := r.slot(e.Node)
				s.health, s.boot, s.origin = Booting, r.w.now.Add(r.w.Costs.Boot[e.Node]), r.w.step
				r.Tell(wire.Note{Kind: wire.Restarted, Node: e.Node})
			}},
		{Verb: "pause", Form: OneNode, Cost: 1, Candidates: EachNode("pause"),
			Help: "stop the process for a while (long GC, SIGSTOP): its connections stay",
			Refuse: func(w *World, e Event) error {
				if w.nodes[e.Node-1].paused {
					return fmt.Errorf("%s is paused already (resume %[1]s first)", w.Name(e.Node))
				}
				return w.isUp(e.Node)
			},
			Strike: func(r *Runner, e Event) {
				s := r.slot(e.Node)
				s.paused, s.pause = true, r.w.now
				r.Tell(wire.Note{Kind: wire.Paused, Node: e.Node})
			}},
		{Verb: "resume", Form: OneNode, Mends: true, Candidates: EachNode("resume"),
			Help: "let a paused process go on",
			Refuse: func(w *World, e Event) error {
				if !w.nodes[e.Node-1].paused {
					return fmt.Errorf("%s is not paused", w.Name(e.Node))
				}
				return nil
			},
			Strike: func(r *Runner, e Event) {
				r.slot(e.Node).resume(r.w.now)
				r.Tell(wire.Note{Kind: wire.Resumed, Node: e.Node})
			}},
	}
}

func refuseCrash(w *World, e Event) error {
	switch h := w.nodes[e.Node-1].health; h {
	case Up, Booting:
		return nil
	default:
		return fmt.Errorf("%s is %s already (restart %[1]s first)", w.Name(e.Node), h)
	}
}

func refusePower(w *World, e Event) error {
	if w.nodes[e.Node-1].health == Off {
		return fmt.Errorf("%s has no power already (restart %[1]s first)", w.Name(e.Node))
	}
	return nil
}

func networkFaults() []Act {
	return []Act{
		{Verb: "cut", Form: TwoNodes, Keeps: true, Cost: 1, Candidates: eachPair("cut", false),
			Help:   "reset the connections between two nodes; keep=i,j lets that many packets arrive",
			Refuse: refuseCut,
			Strike: func(r *Runner, e Event) {
				r.cut(e.Node, e.Peer, e.Keep)
				r.Tell(wire.Note{Kind: wire.WasCut, Node: e.Node, Peer: e.Peer})
			}},
		{Verb: "partition", Form: Direction, Cost: 1, Candidates: eachPair("partition", true),
			Help: "stall all that one node sends another; nobody is told",
			Refuse: func(w *World, e Event) error {
				if w.blocked[e.Node].Has(e.Peer) && (!e.Both || w.blocked[e.Peer].Has(e.Node)) {
					return fmt.Errorf("%s and %s are partitioned already (heal them first)",
						w.Name(e.Node), w.Name(e.Peer))
				}
				return nil
			},
			Strike: func(r *Runner, e Event) { r.block(e, true, wire.Partitioned) }},
		{Verb: "heal", Form: Direction, Mends: true, Candidates: eachBlocked,
			Help: "end a partition: what is stalled goes on",
			Refuse: func(w *World, e Event) error {
				if w.blocked[e.Node].Has(e.Peer) || e.Both && w.blocked[e.Peer].Has(e.Node) {
					return nil
				}
				return fmt.Errorf("%s and %s are not partitioned", w.Name(e.Node), w.Name(e.Peer))
			},
			Strike: func(r *Runner, e Event) { r.block(e, false, wire.Healed) }},
		{Verb: "hold", Form: Connection, Cost: 1, Candidates: eachStream("hold"),
			Help: "let one direction of one connection hang, even after its ends gave it up",
			Refuse: func(w *World, e Event) error {
				if _, s := w.stream(e); s == nil || len(s.queue) == 0 || s.held {
					return fmt.Errorf("nothing moves there that could be held")
				}
				return nil
			},
			Strike: func(r *Runner, e Event) { r.hold(e, true, wire.Held) }},
		{Verb: "release", Form: Connection, Mends: true, Candidates: eachStream("release"),
			Help: "let a held direction of a connection move again",
			Refuse: func(w *World, e Event) error {
				if _, s := w.stream(e); s == nil || !s.held {
					return fmt.Errorf("nothing is held there")
				}
				return nil
			},
			Strike: func(r *Runner, e Event) { r.hold(e, false, wire.Released) }},
	}
}

func refuseCut(w *World, e Event) error {
	for _, l := range w.links {
		if (l.Client == e.Node || l.Server == e.Node) && l.Peer(e.Node) == e.Peer {
			return nil
		}
	}
	return fmt.Errorf("there is no connection between %s and %s", w.Name(e.Node), w.Name(e.Peer))
}

func (r *Runner) block(e Event, on bool, kind wire.NoteKind) {
	pairs := [][2]NodeID{{e.Node, e.Peer}, {e.Peer, e.Node}}
	if !e.Both {
		pairs = pairs[:1]
	}
	blocked := append([]wire.NodeSet(nil), r.w.blocked...)
	for _, p := range pairs {
		if blocked[p[0]].Has(p[1]) == on {
			continue
		}
		blocked[p[0]] ^= wire.Nodes(p[1])
		r.Tell(wire.Note{Kind: kind, Node: p[0], Peer: p[1]})
	}
	r.w.blocked = blocked
}

func (r *Runner) hold(e Event, on bool, kind wire.NoteKind) {
	i, _ := r.w.stream(e)
	r.link(i).to(e.Receiver()).held = on
	r.Tell(wire.Note{Kind: kind, Node: e.conn().Peer(e.Receiver()), Peer: e.Receiver()})
}

// resume moves frozen work on by the length of the pause, and lets what became overdue meanwhile
// ring after it, in the order of its dues: a process that wakes up goes on with what it was at
// before it looks at its clock.
func (s *slot) resume(now Time) {
	s.paused = false
	after := now
	for i := range s.timers {
		if a := &s.timers[i]; a.class == Work {
			a.due = a.due.Add(now.Sub(s.pause))
			after = max(after, a.due+1)
		}
	}
	var overdue []*armed
	for i := range s.timers {
		if a := &s.timers[i]; a.class != Work && a.due <= now {
			overdue = append(overdue, a)
		}
	}
	for rank := Time(0); len(overdue) > 0; rank++ {
		first := 0
		for i := range overdue {
			if overdue[i].due < overdue[first].due {
				first = i
			}
		}
		overdue[first].due = after + rank
		overdue = append(overdue[:first], overdue[first+1:]...)
	}
}
