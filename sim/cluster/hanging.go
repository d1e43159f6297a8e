package cluster

import (
	"slices"

	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/wire"
)

// hanging tells whether a partition has an open transaction that no coordinator knows of: nobody will ever end it, and
// who reads what is committed waits for ever (`kafka-transactions.sh find-hanging`).
func (s *Survey) hanging(at wire.Partition) bool {
	leader := s.LeaderOf(at)
	if leader == wire.Nobody {
		return false
	}
	l := logOf(s.world.Node(leader).(*broker.Broker), at)
	return slices.ContainsFunc(l.Producers, func(p broker.ProducerState) bool {
		return p.Txn != wire.NoOffset && !s.coordinated(p.ID, at)
	})
}

// coordinated tells whether a coordinator knows of a producer's transaction in a partition, or may come to.
func (s *Survey) coordinated(id int64, at wire.Partition) bool {
	for n := range ids(s.world) {
		b, ok := s.world.Node(n).(*broker.Broker)
		if !ok {
			continue
		}
		loading := slices.ContainsFunc(b.TxnLogs, func(l broker.TxnLog) bool { return l.Loading })
		if loading || slices.ContainsFunc(b.Txns, func(t broker.Txn) bool {
			return t.Now.ID == id && slices.Contains(t.Now.Partitions, at)
		}) {
			return true
		}
	}
	return false
}
