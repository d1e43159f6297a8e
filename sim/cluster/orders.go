package cluster

import (
	"fmt"
	"slices"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/wire"
)

// order is what a person asks of a running process: an operator of the cluster (kafka-topics,
// kafka-configs, kafka-delete-records), or a consumer's own application. A row of the table of orders, which become acts.
type order struct {
	verb, help string
	about      string // whom a menu puts it under
	usage      string // the kinds of its words, see wordKinds
	// offers are what a menu proposes.
	offers func(w *sim.World) []string
	// never says why it can't be in any world of this run, refuse why it can't be now.
	never  func(w *sim.World, o *words) error
	refuse func(w *sim.World, o *words) error
	// server is who carries it out; nil: nobody is asked, and what it adds comes to be.
	server func(w *sim.World, o *words) sim.NodeID
	adds   func(r *sim.Runner, o *words)
	// foresee lets what it will bring about be named; nil: nothing.
	foresee func(n *Names, o *words)
}

// What orders are about.
const (
	theTopics       = "topics"
	theApplications = "applications"
)

// maxPartitions is how many partitions a topic can have here.
const maxPartitions = 100

var orders = append([]order{
	{verb: "create-topic", about: theTopics, usage: "TOPIC", server: theController,
		help:   "create a deleted topic again, with its old settings and a new topic id",
		offers: eachTopic,
		refuse: func(w *sim.World, o *words) error {
			if existing(w, o.topic) != nil {
				return fmt.Errorf("%s exists (delete-topic %[1]s first)", o.topic.Name)
			}
			return mustHaveController(w)
		}},
	{verb: "delete-topic", about: theTopics, usage: "TOPIC", server: theController,
		help: "delete a topic with its records", offers: eachTopic, refuse: mustExist},
	{verb: "add-partitions", about: theTopics, usage: "TOPIC to=N", server: theController, foresee: foreseePartitions,
		help: "give a topic more partitions: keys get new homes, records stay where they are",
		offers: func(w *sim.World) []string {
			var out []string
			for _, t := range userTopics(w) {
				if now := existing(w, t); now != nil {
					t = now
				}
				out = append(out, fmt.Sprintf("%s to=%d", t.Name, t.Partitions+1))
			}
			return out
		},
		never: func(_ *sim.World, o *words) error {
			if o.n <= int64(o.topic.Partitions) || o.n > maxPartitions {
				return fmt.Errorf("%s begins with %d partitions: their number can only grow, up to %d",
					o.topic.Name, o.topic.Partitions, maxPartitions)
			}
			return nil
		},
		refuse: func(w *sim.World, o *words) error {
			if err := mustExist(w, o); err != nil {
				return err
			}
			if now := existing(w, o.topic); o.n <= int64(now.Partitions) {
				return fmt.Errorf("%s has %d partitions already, and their number can only grow",
					o.topic.Name, now.Partitions)
			}
			return nil
		}},
	{verb: "delete-records", about: theTopics, usage: "TOPIC-N before=OFFSET", server: theLeader,
		help: "delete the records of a partition below an offset", offers: offerRecords,
		never: func(_ *sim.World, o *words) error {
			if o.topic.Config.Compact {
				return fmt.Errorf("%s is compacted, so its records can't be deleted (POLICY_VIOLATION)", o.topic.Name)
			}
			return nil
		}, refuse: refuseRecords},
}, slices.Concat([]order{alterConfig, send}, seeks, []order{addConsumer})...)

func theController(w *sim.World, _ *words) sim.NodeID { return active(w) }

func theLeader(w *sim.World, o *words) sim.NodeID {
	s := Survey{world: w, Image: CommittedImage(w)}
	return s.LeaderOf(o.at)
}

func eachTopic(w *sim.World) []string {
	var out []string
	for _, t := range userTopics(w) {
		out = append(out, t.Name)
	}
	return out
}

func offerRecords(w *sim.World) []string {
	var out []string
	s := Survey{world: w, Image: CommittedImage(w)}
	for _, t := range userTopics(w) {
		if t.Config.Compact {
			continue
		}
		for _, p := range s.Image.Of(t.ID) {
			before := int64(0)
			if b, ok := leading(&s, p.At); ok {
				before = replicaOf(b, p.At).HW
			}
			out = append(out, fmt.Sprintf("%s-%d before=%d", t.Name, p.At.Index, before))
		}
	}
	return out
}

func refuseRecords(w *sim.World, o *words) error {
	s := Survey{world: w, Image: CommittedImage(w)}
	if s.Image.Partition(o.at) == nil {
		return fmt.Errorf("there is no %s now", o.part)
	}
	b, ok := leading(&s, o.at)
	switch {
	case !ok:
		return fmt.Errorf("%s has no leader", o.part)
	case o.n > replicaOf(b, o.at).HW:
		return fmt.Errorf("%d is above the high watermark of %s, %d", o.n, o.part, replicaOf(b, o.at).HW)
	case o.n <= logOf(b, o.at).Start:
		return fmt.Errorf("%s begins at %d already", o.part, logOf(b, o.at).Start)
	}
	return nil
}

// leading is the broker that leads a partition.
func leading(s *Survey, at wire.Partition) (*broker.Broker, bool) {
	id := s.LeaderOf(at)
	if id == wire.Nobody {
		return nil, false
	}
	return s.world.Node(id).(*broker.Broker), true
}

// existing is a topic as the cluster has it now, nil if it was deleted.
func existing(w *sim.World, t *metadata.Topic) *metadata.Topic { return CommittedImage(w).Topic(t.ID) }

func mustExist(w *sim.World, o *words) error {
	if existing(w, o.topic) == nil {
		return fmt.Errorf("%s was deleted (create-topic %[1]s first)", o.topic.Name)
	}
	return mustHaveController(w)
}

func mustHaveController(w *sim.World) error {
	if id := active(w); id == wire.Nobody || w.Paused(id) {
		return fmt.Errorf("there is no active controller to ask")
	}
	return nil
}

// act is the order as an act.
func (o *order) act() sim.Act {
	return sim.Act{
		Verb: o.verb, Help: o.help, Form: sim.Order, Usage: o.usage, About: o.about, Adds: o.adds != nil,
		Read: func(w *sim.World, said []string) (string, error) {
			if _, err := o.read(w, said); err != nil {
				return "", err
			}
			return strings.Join(said, " "), nil
		},
		Candidates: func(w *sim.World, buf []sim.Event) []sim.Event {
			for _, text := range o.offers(w) {
				buf = append(buf, sim.Event{Verb: o.verb, Text: text})
			}
			return buf
		},
		Refuse: func(w *sim.World, e sim.Event) error {
			said, err := o.read(w, strings.Fields(e.Text))
			if err == nil {
				err = w.Missing(said.client)
			}
			if err != nil {
				return err
			}
			return o.refuse(w, said)
		},
		Strike: func(r *sim.Runner, e sim.Event) {
			said, _ := o.read(r.Look(), strings.Fields(e.Text))
			if o.adds != nil {
				o.adds(r, said)
				return
			}
			r.Command(o.server(r.Look(), said), e.Verb+" "+said.ordered)
		},
	}
}

// userTopics are the topics of applications, deleted ones too.
func userTopics(w *sim.World) []*metadata.Topic {
	var out []*metadata.Topic
	for _, k := range controllersOf(w)[:1] {
		for i := range k.Config.Topics {
			if t := &k.Config.Topics[i].Topic; !Internal(t.Name) {
				out = append(out, t)
			}
		}
	}
	return out
}

// Vet says why an act can never find what it is about: a partition or a node that nobody brings about.
func (n *Names) Vet(e sim.Event) error {
	said, _ := n.ordered(e)
	if said != nil {
		e.Node = said.client
	}
	for _, id := range []sim.NodeID{e.Node, e.Peer} {
		if int(id) > n.nodes {
			return n.world.Missing(id)
		}
	}
	if said == nil || said.part == "" {
		return nil
	}
	_, err := n.ParsePartition(said.part)
	return err
}

// Foresee lets the partitions, messages and nodes be named that an act will bring about.
func (n *Names) Foresee(e sim.Event) {
	if said, o := n.ordered(e); said != nil && o.foresee != nil {
		o.foresee(n, said)
	}
}

func foreseePartitions(n *Names, o *words) {
	n.partitions[o.topic.ID] = max(n.partitions[o.topic.ID], int16(o.n))
}

// ordered are the words of an act that is an order, nil if it is none.
func (n *Names) ordered(e sim.Event) (*words, *order) {
	for i := range orders {
		if o := &orders[i]; o.verb == e.Verb {
			if said, err := o.read(n.world, strings.Fields(e.Text)); err == nil {
				return said, o
			}
		}
	}
	return nil, nil
}
