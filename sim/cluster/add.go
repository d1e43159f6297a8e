package cluster

import (
	"fmt"
	"slices"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/wire"
)

// mostAdded is how many consumers can be added to a run.
const mostAdded = 4

// seats are the places of consumers that may be added: the next names c1, c2, ... that nobody has.
func (p *plan) seats() []sim.Seat {
	if len(p.Consumers) == 0 {
		return nil
	}
	var out []sim.Seat
	for n := 1; len(out) < mostAdded && p.roster.Size()+len(out) <= wire.MaxNodes; n++ {
		if name := fmt.Sprintf("c%d", n); !slices.Contains(p.roster.Names, name) {
			self := sim.NodeID(p.roster.Size() + len(out))
			out = append(out, sim.Seat{Name: name, Node: consumer.New(self, &consumer.Config{})})
		}
	}
	return out
}

// addConsumer starts one more process of a consuming application: the same program with the same settings, which
// begins with nothing but them.
var addConsumer = order{verb: "add-consumer", about: theApplications, usage: "like=CONSUMER",
	help: "start one more process of a consumer's application, which joins its group",
	offers: func(w *sim.World) []string {
		var out []string
		for id := range ids(w) {
			if KindOf(w, id) == "consumer" {
				out = append(out, "like="+w.Name(id))
			}
		}
		return out
	},
	never: neverAdd,
	refuse: func(w *sim.World, _ *words) error {
		if w.Vacancy() == wire.Nobody {
			return fmt.Errorf("no seat is left: %d consumers were added to this run", len(w.Seats))
		}
		return nil
	},
	adds: func(r *sim.Runner, o *words) {
		c, _ := ConsumerOf(r.Look(), o.client)
		r.Add(consumer.New(r.Look().Vacancy(), c.Config), o.client)
	},
	foresee: func(n *Names, _ *words) { n.nodes = min(n.nodes+1, n.roster.Size()-1) }}

// neverAdd: who is told what to read shares nothing with another process, and a static member (KIP-345) is one process:
// another one with its group.instance.id would fence it.
func neverAdd(w *sim.World, o *words) error {
	name := w.Name(o.client)
	c, ok := w.Node(o.client).(*consumer.Consumer)
	switch {
	case !ok:
		return fmt.Errorf("%s is a %s: add another one in the file", name, KindOf(w, o.client))
	case len(c.Config.Assign) > 0:
		return fmt.Errorf("%s was assigned its partitions: another process would read the same ones, not share them", name)
	case c.Config.Instance != "":
		return fmt.Errorf("%s has the group.instance.id %s: another process with it would fence the first"+
			" (FENCED_INSTANCE_ID); add one with an id of its own in the file", name, c.Config.Instance)
	}
	return nil
}

func readModel(w *sim.World, o *words, said string) error {
	name, ok := strings.CutPrefix(said, "like=")
	if !ok {
		return fmt.Errorf("%q: want like= and the name of a consumer", said)
	}
	return readConsumer(w, o, name)
}

// open opens the account of a consumer that was added: it writes to the sink of its group.
func (l *Ledger) open(n *wire.Note) {
	like := l.Accounts[n.Peer-l.First]
	l.Accounts = append(l.Accounts, Account{Group: like.Group, ByOffset: like.ByOffset})
}
