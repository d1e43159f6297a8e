package cluster

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/controller"
	"example.com/ksim/sim/copier"
	"example.com/ksim/sim/database"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/outbox"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
	"example.com/ksim/sim/zookeeper"
)

// Names turns ids into what people call things. It is made from a world and holds for all worlds
// of the same run.
type Names struct {
	roster *sim.Roster
	topics []string // by TopicID
	single bool     // only one node has messages of its own: a message is just "m4"
	world  *sim.World
	// partitions are how many each topic may come to have, by TopicID.
	partitions []int16
	// more are how many messages each node may come to say beside its own, by NodeID.
	more []int32
	// nodes is how many there may come to be.
	nodes int
}

// NamesOf are the names of a run.
func NamesOf(w *sim.World) *Names {
	n := &Names{roster: w.Roster, topics: []string{"?"}, partitions: []int16{0}, more: make([]int32, w.Size()), world: w, nodes: w.Nodes()}
	speakers := 0
	for id := range ids(w) {
		if k, ok := w.Node(id).(*controller.Controller); ok && len(n.topics) == 1 {
			n.addTopics(k.Config.Topics)
		}
		if _, ok := speakerOf(w, id); ok {
			speakers++
		}
	}
	n.single = speakers < 2
	return n
}

func (n *Names) addTopics(topics []controller.Topic) {
	for i := range topics {
		n.topics = append(n.topics, topics[i].Name)
		n.partitions = append(n.partitions, topics[i].Topic.Partitions)
	}
}

// Nodes is how many nodes there may come to be.
func (n *Names) Nodes() int { return n.nodes }

// ID finds a node that is there, or may come to be, by its name.
func (n *Names) ID(name string) (wire.NodeID, bool) {
	id, ok := n.roster.ID(name)
	return id, ok && int(id) <= n.nodes
}

// Node is a node's name.
func (n *Names) Node(id wire.NodeID) string { return n.roster.Name(id) }

// Topic is a topic's name.
func (n *Names) Topic(id wire.TopicID) string {
	if int(id) >= len(n.topics) {
		return "?"
	}
	return n.topics[id]
}

// Partition is a partition's name, "orders-0".
func (n *Names) Partition(p wire.Partition) string {
	return n.Topic(p.Topic) + "-" + strconv.Itoa(int(p.Index))
}

// Message is a message's name: "m4", or "p1.m4" where there are several producers.
func (n *Names) Message(m wire.MessageID) string {
	if m.Producer == wire.Nobody {
		return "-"
	}
	s := "m" + strconv.Itoa(int(m.N))
	if !n.single {
		s = n.Node(m.Producer) + "." + s
	}
	return s
}

// Set lists nodes, "b1 b2 b3".
func (n *Names) Set(s wire.NodeSet) string {
	var out []string
	for id := range s.All() {
		out = append(out, n.Node(id))
	}
	if len(out) == 0 {
		return "(nobody)"
	}
	return strings.Join(out, " ")
}

// Records lists the messages of records: "m1 m2", or what internal topics hold.
func (n *Names) Records(records []wire.Record) string {
	if len(records) == 0 {
		return "no records"
	}
	var out []string
	for i := range records {
		out = append(out, n.Record(&records[i]))
	}
	if len(out) > 8 {
		return fmt.Sprintf("%s ... %s (%d records)", out[0], out[len(out)-1], len(out))
	}
	return strings.Join(out, " ")
}

// Record names what a record holds.
func (n *Names) Record(r *wire.Record) string {
	switch e := r.Entry.(type) {
	case *wire.CommittedOffset:
		if e.Offset == wire.NoOffset {
			return fmt.Sprintf("%s:%s=(deleted)", e.Group, n.Partition(e.At))
		}
		return fmt.Sprintf("%s:%s=%d", e.Group, n.Partition(e.At), e.Offset)
	case *wire.GroupSnapshot:
		return fmt.Sprintf("%s:generation=%d", e.Group, e.Generation)
	case wire.Marker:
		return e.String()
	case *wire.Transaction:
		return fmt.Sprintf("%s:%s", e.Name, e.State)
	}
	return n.copy(r.Copier, n.attempt(r.Message, r.Attempt))
}

// copy is the name of what a copier has made of a message: "c1(m4)"; Nobody: of the message.
func (n *Names) copy(copier wire.NodeID, message string) string {
	if copier == wire.Nobody {
		return message
	}
	return n.Node(copier) + "(" + message + ")"
}

// attempt is a message's name, with the number of the send() if the application has sent it before.
func (n *Names) attempt(m wire.MessageID, attempt int16) string {
	if attempt < 2 {
		return n.Message(m)
	}
	return n.Message(m) + "#" + strconv.Itoa(int(attempt))
}

// Note tells a note in words.
func (n *Names) Note(note *wire.Note) string {
	return expand(note.Kind.Row().Told, func(field string) string { return n.field(note, field) })
}

// field is the text of one field of a note.
func (n *Names) field(note *wire.Note, field string) string {
	switch field {
	case "node":
		return n.Node(note.Node)
	case "peer":
		return n.Node(note.Peer)
	case "at":
		return n.Partition(note.At)
	case "offset":
		return strconv.FormatInt(note.Offset, 10)
	case "to":
		return strconv.FormatInt(note.To, 10)
	case "epoch":
		return strconv.Itoa(int(note.Epoch))
	case "err":
		if note.Err == wire.None {
			return "ok"
		}
		return note.Err.String()
	case "msg":
		return n.copy(copierOf(n.world, note), n.attempt(note.Message, note.Attempt))
	case "msgs":
		return n.Records(note.Carried())
	case "sequence":
		return sequence(note.Batch)
	case "set":
		return n.Set(note.Set)
	case "text":
		return note.Text
	case "unclean":
		if note.Unclean {
			return ", unclean"
		}
		return ""
	}
	panic("cluster: NoteTable names an unknown field: " + field)
}

// sequence tells how a batch's producer has numbered it, if it has.
func sequence(b *wire.Batch) string {
	switch {
	case b == nil || !b.Idempotent():
		return ""
	case len(b.Records) == 1:
		return fmt.Sprintf(" (sequence %d%s)", b.BaseSequence, bumped(b.ProducerEpoch))
	}
	return fmt.Sprintf(" (sequence %d to %d%s)", b.BaseSequence, b.LastSequence(), bumped(b.ProducerEpoch))
}

// bumped tells a producer epoch that is not the first.
func bumped(epoch int16) string {
	if epoch == 0 {
		return ""
	}
	return fmt.Sprintf(" of producer epoch %d", epoch)
}

// expand replaces every {field} of a template.
func expand(template string, field func(string) string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		b.WriteString(field(name))
		template = after
	}
}

// KindOf is what a node is: broker, controller, database, producer, consumer, copier, writer or relay.
func KindOf(w *sim.World, id wire.NodeID) string {
	switch w.Node(id).(type) {
	case *broker.Broker:
		return "broker"
	case *controller.Controller:
		return "controller"
	case *producer.Producer:
		return "producer"
	case *consumer.Consumer:
		return "consumer"
	case *zookeeper.Server:
		return "zookeeper"
	case *copier.Copier:
		return "copier"
	case *database.Database:
		return "database"
	case *outbox.Writer:
		return "writer"
	case *outbox.Relay:
		return "relay"
	}
	return "node"
}

func isClient(w *sim.World, id wire.NodeID) bool {
	return slices.Contains([]string{"producer", "consumer", "copier", "writer", "relay"}, KindOf(w, id))
}

// TopicOf is a topic's definition by name, nil if there is none.
func TopicOf(w *sim.World, name string) *metadata.Topic {
	for id := range ids(w) {
		if k, ok := w.Node(id).(*controller.Controller); ok {
			for i := range k.Config.Topics {
				if k.Config.Topics[i].Name == name {
					return &k.Config.Topics[i].Topic
				}
			}
		}
	}
	return nil
}
