package cluster_test

import (
	"fmt"

	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/wire"
)

// watermarks remembers the high watermarks of leaders, to see that none falls within its epoch. It
// is a promise about two worlds, so no Property can make it.
type watermarks map[leadership]int64

// leadership is one term of one life of a leader: who restarts may lead on in the same epoch, from
// the high watermark that its disk has.
type leadership struct {
	node     wire.NodeID
	at       wire.Partition
	creation wire.Creation
	epoch    int32
	life     int32
}

// advance takes in a world.
func (m watermarks) advance(w *sim.World) error {
	for id := sim.NodeID(1); int(id) <= w.Nodes(); id++ {
		b, ok := w.Node(id).(*broker.Broker)
		if !ok {
			continue
		}
		for i := range b.Replicas {
			r := &b.Replicas[i]
			if r.Role != broker.Leads {
				continue
			}
			term := leadership{id, r.At, creation(b, r.At), r.LeaderEpoch, b.Starts}
			if r.HW < m[term] {
				return fmt.Errorf("%s leads %v in epoch %d: high watermark back from %d to %d",
					w.Name(id), r.At, r.LeaderEpoch, m[term], r.HW)
			}
			m[term] = r.HW
		}
	}
	return nil
}

// creation is which creation of its topic a broker's replica belongs to.
func creation(b *broker.Broker, at wire.Partition) wire.Creation {
	for i := range b.Logs {
		if b.Logs[i].At == at {
			return b.Logs[i].Creation
		}
	}
	return wire.AnyCreation
}
