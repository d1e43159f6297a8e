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
	client  sim.NodeID // whose application is asked
	topic   *metadata.Topic
	at      wire.Partition
	part    string // its name
	n       int64  // of the option
	setting string // of a topic, and its value: name=value
	ordered string // the words for who carries it out: all but its own name
}

// wordKinds are the kinds of words that an order can be made of, and who reads them. What else there is in a
// usage is an option, with a number: "to=N".
var wordKinds = []struct {
	kind string
	read func(w *sim.World, o *words, said string) error
}{
	{"TOPIC", readTopic}, {"TOPIC-N", readPart}, {"CONSUMER", readConsumer}, {"NAME=VALUE", readSetting},
	{"PRODUCER", readProducer}, {"key=KEY", readKey}, {"like=CONSUMER", readModel},
}

// read reads an order's words against the names of the world.
func (o *order) read(w *sim.World, said []string) (*words, error) {
	want := strings.Fields(o.usage)
	out := &words{ordered: strings.Join(said, " ")}
	for _, kind := range want {
		kind, optional := strings.CutPrefix(strings.TrimSuffix(kind, "]"), "[")
		if optional && (len(said) == 0 || isOption(said[0]) != isOption(kind)) {
			continue
		}
		if len(said) == 0 {
			return nil, o.wrongCount()
		}
		if err := out.take(w, kind, said[0]); err != nil {
			return nil, err
		}
		said = said[1:]
	}
	if len(said) > 0 {
		return nil, o.wrongCount()
	}
	if out.client != wire.Nobody {
		_, out.ordered, _ = strings.Cut(out.ordered, " ")
	}
	if o.never == nil || w.Missing(out.client) != nil {
		return out, nil // who is not there yet may come to be anything
	}
	return out, o.never(w, out)
}

// wrongCount says how many words there are to be.
func (o *order) wrongCount() error {
	most := len(strings.Fields(o.usage))
	if least := most - strings.Count(o.usage, "["); least < most {
		return fmt.Errorf("want %d to %d words", least, most)
	}
	return fmt.Errorf("want %d words", most)
}

// isOption tells whether a word is written "name=value".
func isOption(word string) bool { return strings.Contains(word, "=") }

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
	return o.readClient(w, said, "consumer", func(id sim.NodeID) bool { return IsA(w, id, "consumer") })
}

// readProducer finds a producer whose application can be asked: not one that is a part of another node.
func readProducer(w *sim.World, o *words, said string) error {
	return o.readClient(w, said, "producer", func(id sim.NodeID) bool { return KindOf(w, id) == "producer" })
}

func (o *words) readClient(w *sim.World, said, kind string, is func(sim.NodeID) bool) error {
	var names []string
	if id, ok := w.ID(said); ok && is(id) {
		o.client = id
		return nil
	}
	for id := range ids(w) {
		if is(id) {
			names = append(names, w.Name(id))
		}
	}
	return fmt.Errorf("unknown %s %q%s (%[1]ss: %[4]s)", kind, said, sim.DidYouMean(said, names), strings.Join(names, ", "))
}

func readKey(_ *sim.World, _ *words, said string) error {
	if said == "key=" {
		return fmt.Errorf("%q: want a key, like key=k; leave it out for none", said)
	}
	return nil
}
