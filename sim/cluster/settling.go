package cluster

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/wire"
)

// settling tells whether a group of the consumer protocol is still on its way to its targets, or has a
// member whose process is gone, so that its partitions wait for its session to end.
func settling(w *sim.World) bool {
	for id := range ids(w) {
		b, ok := w.Node(id).(*broker.Broker)
		if !ok || w.Health(id) != sim.Up {
			continue
		}
		for i := range b.Modern {
			g := b.Modern[i].Now
			if slices.ContainsFunc(g.Members, func(m wire.ConsumerMember) bool {
				return w.Health(m.ID.Client) != sim.Up || m.State != wire.Reconciled ||
					m.Epoch != g.Epoch && m.Epoch != wire.StaticLeaveEpoch
			}) {
				return true
			}
		}
	}
	return false
}

// deciding tells whether a coordinator has decided about a transaction and its markers, or the record that all are
// written, are still to come, or whether it will decide by itself, as the producer is gone. What nobody leads can't
// get any markers.
func deciding(w *sim.World) bool {
	s := Survey{world: w, Image: CommittedImage(w)}
	led := func(at wire.Partition) bool { return s.LeaderOf(at) != wire.Nobody }
	for id := range ids(w) {
		b, ok := w.Node(id).(*broker.Broker)
		if !ok || w.Health(id) != sim.Up {
			continue
		}
		for i := range b.Txns {
			t := &b.Txns[i]
			if s.LeaderOf(b.TxnPartition(t.Now.Name)) != id {
				continue // another broker coordinates it, and this one has not heard of that
			}
			if t.Now.State == wire.TxnOngoing && !lives(w, t.Now.Name) {
				return true // until transaction.timeout.ms are over
			}
			stuck := t.Dropped || !t.Writing && len(t.Left) > 0 && !slices.ContainsFunc(t.Left, led)
			if t.Next != nil && !stuck {
				return true
			}
		}
	}
	return false
}

// lives tells whether a process runs that goes by a transactional.id.
func lives(w *sim.World, name wire.TransactionalID) bool {
	for id := range ids(w) {
		p := producerOf(w.Node(id))
		if p != nil && p.Config.Transaction == name && w.Health(id) == sim.Up {
			return true
		}
	}
	return false
}
