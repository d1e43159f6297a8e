package sim

import (
	"fmt"
	"slices"

	"example.com/ksim/sim/wire"
)

// Act is something that the environment does or that a person orders: one row of the table of
// acts. Menus, scripts, searches and the README read the rows; no act is known anywhere else.
type Act struct {
	Verb string
	Help string
	Form Form
	// Cost is what a search pays for it: 1 for a fault, 0 for what mends or administers.
	Cost int
	// Keeps tells whether keep=... may follow: how much survives.
	Keeps bool
	// Mends marks the acts that undo faults: all of them together bring the world to rest.
	Mends bool
	// Adds marks the act that gives the next seat to a node.
	Adds bool
	// Candidates appends the events that a menu would offer, refused ones too.
	Candidates func(w *World, buf []Event) []Event
	// Never says why an event can't be in any world of a run; nil if it can, and for acts that always may.
	Never func(w *World, e Event) error
	// Refuse says why an event can't be now, and what to do instead; nil if it can.
	Refuse func(w *World, e Event) error
	// About, Usage and Read belong to the form Order: what it is about, how the words after the verb are
	// written, and what reads them; it gives them back as they are always written, or says what is wrong.
	About string
	Usage string
	Read  func(w *World, words []string) (string, error)
	// Strike makes it so. It is called only when Refuse says nil.
	Strike func(r *Runner, e Event)
}

// Refusal says why an event can't be now, if it can't.
func (a *Act) Refusal(w *World, e Event) error {
	if a.Never != nil {
		if err := a.Never(w, e); err != nil {
			return err
		}
	}
	if err := w.Missing(e.Node, e.Peer); err != nil {
		return err
	}
	return a.Refuse(w, e)
}

// Subject is what the act is done to, in words: what menus put it under.
func (a *Act) Subject() string {
	if a.Form == Order {
		return a.About
	}
	return subjects[a.Form]
}

// subjects are what acts of each form are done to.
var subjects = [...]string{
	OneNode: "processes", TwoNodes: "connections", Direction: "connections", Connection: "connections", Words: "processes",
}

// act is the row of a verb.
func (r *Roster) act(verb string) *Act {
	for i := range r.Acts {
		if r.Acts[i].Verb == verb {
			return &r.Acts[i]
		}
	}
	return nil
}

// Act is the row of a verb, and whether there is one.
func (r *Roster) Act(verb string) (Act, bool) {
	if a := r.act(verb); a != nil {
		return *a, true
	}
	return Act{}, false
}

// Strikes appends the events of an act that are possible now.
func (w *World) Strikes(a *Act, buf []Event) []Event {
	from := len(buf)
	buf = a.Candidates(w, buf)
	kept := buf[:from]
	for _, e := range buf[from:] {
		if a.Refusal(w, e) == nil {
			kept = append(kept, e)
		}
	}
	return kept
}

// EachNode offers an act for every node, for use as Candidates.
func EachNode(verb string) func(w *World, buf []Event) []Event {
	return func(w *World, buf []Event) []Event {
		for i := range w.nodes {
			buf = append(buf, Event{Verb: verb, Node: NodeID(i + 1)})
		}
		return buf
	}
}

// eachPair offers an act for every two nodes between which there is a connection.
func eachPair(verb string, directions bool) func(w *World, buf []Event) []Event {
	return func(w *World, out []Event) []Event {
		seen := make([]wire.NodeSet, len(w.nodes)+1)
		for _, l := range w.links {
			a, b := min(l.Client, l.Server), max(l.Client, l.Server)
			if seen[a].Has(b) {
				continue
			}
			seen[a] = seen[a].With(b)
			out = append(out, Event{Verb: verb, Node: a, Peer: b, Both: directions})
			if directions {
				out = append(out, Event{Verb: verb, Node: a, Peer: b},
					Event{Verb: verb, Node: b, Peer: a})
			}
		}
		return out
	}
}

// eachBlocked offers to heal every direction that is partitioned.
func eachBlocked(w *World, out []Event) []Event {
	for a := range w.blocked {
		for b := range w.blocked[a].All() {
			out = append(out, Event{Verb: "heal", Node: NodeID(a), Peer: b})
		}
	}
	return out
}

// eachStream offers an act for every direction of a link that has something in flight.
func eachStream(verb string) func(w *World, buf []Event) []Event {
	return func(w *World, out []Event) []Event {
		for _, l := range w.links {
			for _, down := range [2]bool{false, true} {
				e := l.event(down)
				e.Verb = verb
				if len(l.to(e.Receiver()).queue) > 0 {
					out = append(out, e)
				}
			}
		}
		return out
	}
}

// Hangs tells whether anything that a client has sent is held.
func (w *World) Hangs() bool {
	return slices.ContainsFunc(w.links, func(l *link) bool { return l.up.held })
}

// Strays appends what would release the requests that are held on connections which their clients have given up: it
// makes a difference when they arrive, as nobody waits for them any more.
func (w *World) Strays(out []Event) []Event {
	for _, l := range w.links {
		if l.up.held && !l.open {
			e := l.event(false)
			e.Verb = "release"
			out = append(out, e)
		}
	}
	return out
}

// stream is the direction of a link that a Connection act names.
func (w *World) stream(e Event) (int, *stream) {
	if i, ok := w.find(e.conn()); ok {
		return i, w.links[i].to(e.Receiver())
	}
	return 0, nil
}

func (w *World) isUp(id NodeID) error {
	switch h := w.nodes[id-1].health; h {
	case Up:
		return nil
	case Booting:
		return fmt.Errorf("%s is %s (start %[1]s first)", w.Name(id), h)
	default:
		return fmt.Errorf("%s is %s (restart %[1]s first)", w.Name(id), h)
	}
}
