package cluster

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/copier"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// ConsumerOf is the consumer that a node is, or is made of.
func ConsumerOf(w *sim.World, id wire.NodeID) (*consumer.Consumer, bool) {
	switch n := w.Node(id).(type) {
	case *consumer.Consumer:
		return n, true
	case *copier.Copier:
		return &n.In, true
	}
	return nil, false
}

// ProducerOf is the producer that a node is, or, of a copier, is made of.
func ProducerOf(w *sim.World, id wire.NodeID) (*producer.Producer, bool) {
	switch n := w.Node(id).(type) {
	case *producer.Producer:
		return n, true
	case *copier.Copier:
		return &n.Out, true
	}
	return nil, false
}

// IdempotenceOff are the settings of a producer that have switched its idempotence off though nobody asked for that.
func IdempotenceOff(w *sim.World, name string) []string {
	for id := sim.NodeID(1); int(id) <= w.Nodes(); id++ {
		if p, ok := w.Node(id).(*producer.Producer); ok && NamesOf(w).Node(id) == name {
			return slices.Clone(p.Config.SwitchedOff)
		}
	}
	return nil
}

// IsA tells whether a node is of a kind; a copier is a producer and a consumer, too.
func IsA(w *sim.World, id wire.NodeID, kind string) bool {
	is := KindOf(w, id)
	return kind == is || is == "copier" && (kind == "producer" || kind == "consumer")
}

// copierOf is the copier that a note is about, if it tells of a send() of a copy; else Nobody.
func copierOf(w *sim.World, n *wire.Note) wire.NodeID {
	switch n.Kind {
	case wire.Sent, wire.TooLarge, wire.Acked, wire.SentOK, wire.Failed, wire.Unknown, wire.Unheard, wire.Blocked,
		wire.Unblocked, wire.Intercepted:
		if _, copies := w.Node(n.Node).(*copier.Copier); copies {
			return n.Node
		}
	}
	return wire.Nobody
}
