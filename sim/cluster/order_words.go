package cluster

import (
	"fmt"
	"strconv"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/wire"
)

// words are an order's words, read.
type words struct {
	consumer sim.NodeID
	topic    *metadata.Topic
	at       wire.Partition
	part     string // its name
	n        int64  // of the option
	ordered  string // the words for who carries it out: all but its own name
}

// wordKinds are the kinds of words that an order can be made of, and who reads them. What else there is in a
// usage is an option, with a number: "to=N".
var wordKinds = []struct {
	kind string
	read func(w *sim.World, o *words, said string) error
}{
	{"TOPIC", readTopic}, {"TOPIC-N", readPart}, {"CONSUMER", readConsumer},
}

// read reads an order's words against the names of the world.
func (o *order) read(w *sim.World, said []string) (*words, error) {
	want := strings.Fields(o.usage)
	if len(said) != len(want) {
		return nil, fmt.Errorf("want %d words", len(want))
	}
	out := &words{}
	for i, kind := range want {
		if err := out.take(w, kind, said[i]); err != nil {
			return nil, err
		}
	}
	out.ordered = strings.Join(said, " ")
	if out.consumer != wire.Nobody {
		_, out.ordered, _ = strings.Cut(out.ordered, " ")
	}
	if o.never != nil {
		return out, o.never(w, out)
	}
	return out, nil
}

// take reads one word.
func (o *words) take(w *sim.World, kind, said string) error {
	for _, k := range wordKinds {
		if k.kind == kind {
			return k.read(w, o, said)
		}
	}
	option, _, _ := strings.Cut(kind, "=")
	number, ok := strings.CutPrefix(said, option+"=")
	n, err := strconv.ParseInt(number, 10, 64)
	if !ok || err != nil || n < 0 {
		return fmt.Errorf("%q: want %s= and a number of 0 or more", said, option)
	}
	o.n = n
	return nil
}

func readTopic(w *sim.World, o *words, said string) error {
	o.topic = TopicOf(w, said)
	if o.topic != nil && !Internal(o.topic.Name) {
		return nil
	}
	names := eachTopic(w)
	return fmt.Errorf("unknown topic %q%s (topics: %s)", said, sim.DidYouMean(said, names), strings.Join(names, ", "))
}

func readPart(w *sim.World, o *words, said string) error {
	topic, index := wire.SplitPartition(said)
	if err := readTopic(w, o, topic); err != nil {
		return err
	}
	if index < 0 {
		return fmt.Errorf("%q is no partition: write one like %s-0", said, o.topic.Name)
	}
	o.at, o.part = wire.Partition{Topic: o.topic.ID, Index: index}, said
	return nil
}

func readConsumer(w *sim.World, o *words, said string) error {
	var names []string
	for id := range ids(w) {
		if !IsA(w, id, "consumer") {
			continue
		}
		if names = append(names, w.Name(id)); w.Name(id) == said {
			o.consumer = id
			return nil
		}
	}
	return fmt.Errorf("unknown consumer %q%s (consumers: %s)", said, sim.DidYouMean(said, names), strings.Join(names, ", "))
}
