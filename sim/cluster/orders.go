package cluster

import (
	"fmt"
	"strconv"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/wire"
)

// order is what an operator asks of the cluster (kafka-topics, kafka-delete-records): a row of the
// table of orders, which become acts.
type order struct {
	verb, help, usage string
	option            string // the name of its number, if it takes one
	records           bool   // it is about a partition, whose leader does it, not about a topic
	// offers are what a menu proposes for a topic or a partition.
	offers func(w *sim.World, t *metadata.Topic) []string
	// refuse says why it can't be now.
	refuse func(w *sim.World, o words) error
}

// words are an order's words, read.
type words struct {
	about string // a topic, or a partition
	n     int64  // its option's
}

// maxPartitions is how many partitions a topic can have here.
const maxPartitions = 100

var orders = []order{
	{verb: "create-topic", usage: "TOPIC",
		help:   "create a deleted topic again, with its old settings and a new topic id",
		offers: func(_ *sim.World, t *metadata.Topic) []string { return []string{t.Name} },
		refuse: func(w *sim.World, o words) error {
			if existing(w, o.about) != nil {
				return fmt.Errorf("%s exists (delete-topic %[1]s first)", o.about)
			}
			return nil
		}},
	{verb: "delete-topic", usage: "TOPIC", help: "delete a topic with its records",
		offers: func(_ *sim.World, t *metadata.Topic) []string { return []string{t.Name} },
		refuse: func(w *sim.World, o words) error { return mustExist(w, o.about) }},
	{verb: "add-partitions", usage: "TOPIC to=N", option: "to",
		help: "give a topic more partitions: keys get new homes, records stay where they are",
		offers: func(w *sim.World, t *metadata.Topic) []string {
			n := t.Partitions
			if now := existing(w, t.Name); now != nil {
				n = now.Partitions
			}
			return []string{fmt.Sprintf("%s to=%d", t.Name, n+1)}
		},
		refuse: func(w *sim.World, o words) error {
			if err := mustExist(w, o.about); err != nil {
				return err
			}
			if now := existing(w, o.about); o.n <= int64(now.Partitions) {
				return fmt.Errorf("%s has %d partitions already, and their number can only grow",
					o.about, now.Partitions)
			}
			return nil
		}},
	{verb: "delete-records", usage: "TOPIC-N before=OFFSET", option: "before", records: true,
		help: "delete the records of a partition below an offset", offers: offerRecords, refuse: refuseRecords},
}

func offerRecords(w *sim.World, t *metadata.Topic) []string {
	var out []string
	s := Survey{world: w, Image: CommittedImage(w)}
	for _, p := range s.Image.Of(t.ID) {
		before := int64(0)
		if b, ok := leading(&s, p.At); ok {
			before = replicaOf(b, p.At).HW
		}
		out = append(out, fmt.Sprintf("%s-%d before=%d", t.Name, p.At.Index, before))
	}
	return out
}

func refuseRecords(w *sim.World, o words) error {
	s := Survey{world: w, Image: CommittedImage(w)}
	at, ok := s.Image.Find(o.about)
	if !ok {
		return fmt.Errorf("there is no %s now", o.about)
	}
	b, ok := leading(&s, at)
	switch {
	case !ok:
		return fmt.Errorf("%s has no leader", o.about)
	case o.n > replicaOf(b, at).HW:
		return fmt.Errorf("%d is above the high watermark of %s, %d", o.n, o.about, replicaOf(b, at).HW)
	case o.n <= logOf(b, at).Start:
		return fmt.Errorf("%s begins at %d already", o.about, logOf(b, at).Start)
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
func existing(w *sim.World, name string) *metadata.Topic {
	return CommittedImage(w).Topic(TopicOf(w, name).ID)
}

func mustExist(w *sim.World, name string) error {
	if existing(w, name) == nil {
		return fmt.Errorf("%s was deleted (create-topic %[1]s first)", name)
	}
	return nil
}

// act is the order as an act.
func (o *order) act() sim.Act {
	return sim.Act{
		Verb: o.verb, Help: o.help, Form: sim.Order, Usage: o.usage,
		Read: func(w *sim.World, said []string) (string, error) {
			if _, err := o.read(w, said); err != nil {
				return "", err
			}
			return strings.Join(said, " "), nil
		},
		Candidates: func(w *sim.World, buf []sim.Event) []sim.Event {
			for _, t := range userTopics(w) {
				for _, text := range o.offers(w, t) {
					buf = append(buf, sim.Event{Verb: o.verb, Text: text})
				}
			}
			return buf
		},
		Refuse: func(w *sim.World, e sim.Event) error {
			said, err := o.read(w, strings.Fields(e.Text))
			if err == nil {
				err = o.refuse(w, said)
			}
			if err == nil && !o.records && runs(w, active(w)) != nil {
				err = fmt.Errorf("there is no active controller to ask")
			}
			return err
		},
		Strike: func(r *sim.Runner, e sim.Event) { r.Command(o.server(r.Look(), e), e.Verb+" "+e.Text) },
	}
}

// server is who carries an order out: the active controller, or the partition's leader.
func (o *order) server(w *sim.World, e sim.Event) sim.NodeID {
	if !o.records {
		return active(w)
	}
	s := Survey{world: w, Image: CommittedImage(w)}
	at, _ := s.Image.Find(strings.Fields(e.Text)[0])
	return s.LeaderOf(at)
}

// runs says why a node can't be asked anything.
func runs(w *sim.World, id sim.NodeID) error {
	if id == wire.Nobody || w.Paused(id) {
		return fmt.Errorf("it does not run")
	}
	return nil
}

// read reads an order's words against the names of the world.
func (o *order) read(w *sim.World, said []string) (words, error) {
	want := len(strings.Fields(o.usage))
	if len(said) != want {
		return words{}, fmt.Errorf("want %d words", want)
	}
	out := words{about: said[0]}
	topic, index := said[0], int16(0)
	if o.records {
		topic, index = wire.SplitPartition(said[0])
	}
	t := TopicOf(w, topic)
	switch {
	case t == nil || t.Name == OffsetsTopic:
		var names []string
		for _, t := range userTopics(w) {
			names = append(names, t.Name)
		}
		return out, fmt.Errorf("unknown topic %q%s (topics: %s)", topic, sim.DidYouMean(topic, names),
			strings.Join(names, ", "))
	case index < 0:
		return out, fmt.Errorf("%q is no partition: write one like %s-0", said[0], t.Name)
	case o.option == "":
		return out, nil
	}
	number, ok := strings.CutPrefix(said[1], o.option+"=")
	n, err := strconv.ParseInt(number, 10, 64)
	if !ok || err != nil || n < 0 {
		return out, fmt.Errorf("%q: want %s= and a number of 0 or more", said[1], o.option)
	}
	out.n = n
	if !o.records && (n <= int64(t.Partitions) || n > maxPartitions) {
		return out, fmt.Errorf("%s begins with %d partitions: their number can only grow, up to %d",
			t.Name, t.Partitions, maxPartitions)
	}
	return out, nil
}

// userTopics are the topics of applications, deleted ones too.
func userTopics(w *sim.World) []*metadata.Topic {
	var out []*metadata.Topic
	for _, k := range controllersOf(w)[:1] {
		for i := range k.Config.Topics {
			if t := &k.Config.Topics[i].Topic; t.Name != OffsetsTopic {
				out = append(out, t)
			}
		}
	}
	return out
}

// Foresee lets the partitions be named that an act will bring about.
func (n *Names) Foresee(e sim.Event) {
	for i := range orders {
		if o := &orders[i]; o.verb == e.Verb && o.option == "to" {
			if said, err := o.read(n.world, strings.Fields(e.Text)); err == nil {
				id := TopicOf(n.world, said.about).ID
				n.partitions[id] = max(n.partitions[id], int16(said.n))
			}
		}
	}
}
