package converse

import (
	"fmt"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Room is a world with one real node, its first; all others are dummies.
type Room struct {
	Nodes  []string // by NodeID; Nodes[0] is nobody's
	Topics []string // by TopicID; Topics[0] is no topic's
	// Verbs are lines that only this kind of node knows. They get what follows the verb and the
	// lines below it, and give what there is to print besides what happened.
	Verbs map[string]func(words, lines []string) (string, error)
	// Key writes the key of a timer; "" stands for nothing worth writing.
	Key func(timer string, key int32) string

	run    *sim.Runner
	peers  []*peer // by NodeID
	said   []string
	rang   []sim.Timer
	hushed bool
}

// subject is the real node.
const subject sim.NodeID = 1

// New makes a room. The names are separated by spaces; the first is the real node's.
func New(nodes, topics string, real func(self sim.NodeID) sim.Node) *Room {
	r := &Room{
		Nodes:  append([]string{"nobody"}, strings.Fields(nodes)...),
		Topics: append([]string{"-"}, strings.Fields(topics)...),
		Verbs:  map[string]func(words, lines []string) (string, error){},
		Key:    func(string, int32) string { return "" },
		peers:  make([]*peer, 2),
	}
	all := []sim.Node{real(subject)}
	for id := subject + 1; int(id) < len(r.Nodes); id++ {
		p := &peer{self: id}
		r.peers = append(r.peers, p)
		all = append(all, p)
	}
	w := sim.New(r.roster(), all, make([]sim.Time, len(all)), nil)
	r.run = w.Run()
	for i := range all[1:] {
		r.mustApply(sim.Event{Verb: sim.Begin, Node: sim.NodeID(i + 2)})
	}
	r.said = nil
	return r
}

// roster is that of a world in which nothing takes any time.
func (r *Room) roster() *sim.Roster {
	n := len(r.Nodes)
	free := make([]sim.Duration, n)
	latency := make([][]sim.Duration, n)
	for i := range latency {
		latency[i] = free
	}
	return &sim.Roster{
		Names: r.Nodes, Lanes: wire.LaneNames,
		Costs: sim.Costs{Latency: latency, Request: free, Boot: free},
		Acts: append(sim.Faults(), commanding("tell"), sim.Act{
			Verb: say, Form: sim.OneNode, Candidates: sim.EachNode(say),
			Refuse: never,
			Strike: func(run *sim.Runner, e sim.Event) { run.Command(e.Node, "") },
		}),
	}
}

// say makes a dummy speak.
const say = "say"

// commanding is the act that tells the real node an operator's words.
func commanding(verb string) sim.Act {
	return sim.Act{
		Verb: verb, Form: sim.Words, Candidates: sim.EachNode(verb), Refuse: never,
		Strike: func(run *sim.Runner, e sim.Event) { run.Command(e.Node, e.Text) },
	}
}

func never(*sim.World, sim.Event) error { return nil }

// Node is the real node as it stands.
func (r *Room) Node() sim.Node { return r.run.Look().Node(subject) }

// happen makes an event happen and lets every packet arrive that follows from it.
func (r *Room) happen(e sim.Event) error {
	if err := r.apply(e); err != nil {
		return err
	}
	for range 1000 {
		next, ok := r.delivery()
		if !ok {
			return nil
		}
		if err := r.apply(next); err != nil {
			return err
		}
	}
	return fmt.Errorf("packets never stop flying")
}

// delivery is a packet that can arrive now.
func (r *Room) delivery() (sim.Event, bool) {
	for _, e := range r.run.Look().Enabled(nil) {
		if e.Verb == sim.Deliver {
			return e, true
		}
	}
	return sim.Event{}, false
}

// apply takes one step and writes down what it told and what the real node sent in it.
func (r *Room) apply(e sim.Event) error {
	if err := r.run.Apply(e); err != nil {
		return err
	}
	if e.Verb == sim.Fire {
		r.rang = append(r.rang, e.Timer)
	}
	w := r.run.Look()
	for i := range r.run.Notes() {
		r.write("%s", r.note(&r.run.Notes()[i]))
	}
	for _, f := range w.Flights() {
		if f.From == subject && int(f.Origin) == w.Steps() {
			r.write("%s", r.flight(f))
		}
	}
	return nil
}

func (r *Room) mustApply(e sim.Event) {
	if err := r.apply(e); err != nil {
		panic(err)
	}
}

func (r *Room) flight(f sim.Flight) string {
	from, to := r.Nodes[f.From], r.Nodes[f.To]
	switch {
	case f.Fin():
		return from + " hangs up on " + to
	case f.From == f.Conn.Client:
		return from + " asks " + to + ": " + r.body(f.Body)
	}
	return from + " answers " + to + ": " + r.body(f.Body)
}

func (r *Room) write(format string, args ...any) {
	r.said = append(r.said, fmt.Sprintf(format, args...))
}
