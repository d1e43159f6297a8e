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
// written, are still to come. What nobody leads can't get any.
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
			stuck := t.Dropped || !t.Writing && len(t.Left) > 0 && !slices.ContainsFunc(t.Left, led)
			if t.Next != nil && !stuck {
				return true
			}
		}
	}
	return false
}
