package cluster_test

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/wire"
)

// failovers watches who coordinates transactions. One fail-over leaves all promises whole, and so do many, as long as
// each new coordinator stays until all that it has loaded is committed. If one is deposed before, one walk in some
// thousand comes to a torn transaction, with two faults, too: it goes by records that are not committed
// (TransactionStateManager reads up to the log's end, as was decided in the review of Kafka's pull request 2849),
// answers for what is in them at once (TransactionCoordinator.handleAddPartitionsToTransaction), and the next one
// knows nothing of a partition that was added. The scenario coordinator-deposed-twice shows it.
type failovers struct {
	latest map[wire.Partition]coordination // looked up, never ranged
	hasty  bool                            // one was deposed before it was: nothing is promised from then on
}

// coordination is what a broker has begun.
type coordination struct {
	by     wire.NodeID
	epoch  int32
	loaded int64 // the end of what it has loaded; 0: all of that is committed
}

// see takes in what a step told.
func (f *failovers) see(w *sim.World, told []wire.Note) {
	for i := range told {
		n := &told[i]
		b, ok := w.Node(n.Node).(*broker.Broker)
		if !ok || n.At.Topic != b.Config.TxnTopic {
			continue
		}
		c := f.latest[n.At]
		switch {
		case n.Kind == wire.BecameLeader:
			late := n.Epoch < c.epoch // it does not know yet that it is deposed
			f.hasty = f.hasty || c.loaded > 0 || late && uncommitted(b, n) > 0
			if !late {
				f.latest[n.At] = coordination{n.Node, n.Epoch, uncommitted(b, n)}
			}
		case n.Kind == wire.HWAdvanced && n.Node == c.by && n.To >= c.loaded:
			f.latest[n.At] = coordination{c.by, c.epoch, 0}
		}
	}
}

// uncommitted is the end of what a new leader has, if not all of it is committed; else 0.
func uncommitted(b *broker.Broker, n *wire.Note) int64 {
	i := slices.IndexFunc(b.Replicas, func(r broker.Replica) bool { return r.At == n.At })
	if b.Replicas[i].HW >= n.Offset {
		return 0
	}
	return n.Offset
}
