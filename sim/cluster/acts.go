package cluster

import (
	"fmt"
	"iter"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Acts is the table of everything that can be done to a cluster: what can befall any world, and
// what operators of Kafka do. Nodes from first on are clients.
func Acts(first sim.NodeID) []sim.Act {
	stop := sim.Act{
		Verb: "stop", Form: sim.OneNode, Candidates: sim.EachNode("stop"),
		Help: "stop gracefully (SIGTERM): clients flush, commit and leave; brokers hand over first",
		Never: func(w *sim.World, e sim.Event) error {
			if k := KindOf(w, e.Node); e.Node < first && k != "broker" {
				return fmt.Errorf("%s is a %s: crash it instead", w.Name(e.Node), k)
			}
			return nil
		},
		Refuse: func(w *sim.World, e sim.Event) error { return refuseUnlessAwake(w, e.Node) },
		Strike: func(r *sim.Runner, e sim.Event) {
			r.Tell(wire.Note{Kind: wire.ShuttingDown, Node: e.Node, Text: "it was told to stop"})
			r.Command(e.Node, "stop")
		},
	}
	acts := append(sim.Faults(), stop,
		ending(first, "panic", wire.Panicked,
			"an exception that nobody catches ends a client (a panic without recover): like crash"),
		ending(first, "exit", wire.Quit,
			"a client calls exit, without close() or a shutdown hook: like crash"))
	for i := range orders {
		acts = append(acts, orders[i].act())
	}
	return acts
}

// ending is an act that ends a client's process from inside. It equals a kill: no finally, no close()
// and no shutdown hook runs, the threads of Kafka's clients are daemons and end with the process. A
// search need not try it beside the crash, so it has no price there.
func ending(first sim.NodeID, verb string, told wire.NoteKind, help string) sim.Act {
	return sim.Act{
		Verb: verb, Form: sim.OneNode, Help: help,
		Candidates: func(w *sim.World, buf []sim.Event) []sim.Event {
			for id := first; int(id) <= w.Nodes(); id++ {
				buf = append(buf, sim.Event{Verb: verb, Node: id})
			}
			return buf
		},
		Never: func(w *sim.World, e sim.Event) error {
			if e.Node < first {
				return fmt.Errorf("%s is no client: crash it instead", w.Name(e.Node))
			}
			return nil
		},
		Refuse: func(w *sim.World, e sim.Event) error { return refuseUnlessAwake(w, e.Node) },
		Strike: func(r *sim.Runner, e sim.Event) {
			r.Tell(wire.Note{Kind: told, Node: e.Node})
			r.Kill(e.Node)
		},
	}
}

// refuseUnlessAwake: only a process that runs can do anything itself.
func refuseUnlessAwake(w *sim.World, id sim.NodeID) error {
	switch {
	case w.Health(id) == sim.Booting:
		return fmt.Errorf("%s has not started yet", w.Name(id))
	case w.Health(id) != sim.Up:
		return fmt.Errorf("%s is %s: it does not run", w.Name(id), w.Health(id))
	case w.Paused(id):
		return fmt.Errorf("%s is paused (resume %[1]s first)", w.Name(id))
	}
	return nil
}

// Mend is an act that undoes what faults did to brokers, controllers and the network, if any is
// left. Clients that are gone stay gone: nobody restarts an application only to look at its topics.
func Mend(w *sim.World) (sim.Event, bool) {
	for i := range w.Acts {
		a := &w.Acts[i]
		if !a.Mends {
			continue
		}
		for _, e := range w.Strikes(a, nil) {
			if a.Form != sim.OneNode || !isClient(w, e.Node) || w.Paused(e.Node) {
				return e, true
			}
		}
	}
	return sim.Event{}, false
}

// ids yields all nodes.
func ids(w *sim.World) iter.Seq[sim.NodeID] {
	return func(yield func(sim.NodeID) bool) {
		for i := range w.Nodes() {
			if !yield(sim.NodeID(i + 1)) {
				return
			}
		}
	}
}
