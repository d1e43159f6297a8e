package cluster_test

import (
	"fmt"
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/wire"
)

// watermarks remembers the high watermarks and the last stable offsets of leaders, to see that none falls
// within its epoch. It is a promise about two worlds, so no Property can make it.
type watermarks map[leadership]marks

type marks struct{ high, stable int64 }

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
			term := leadership{id, r.At, logOf(b, r.At).Creation, r.LeaderEpoch, b.Starts}
			now, was := marks{r.HW, logOf(b, r.At).LastStable(r.HW)}, m[term]
			if now.high < was.high || now.stable < was.stable {
				return fmt.Errorf("%s leads %v in epoch %d: high watermark %d after %d, last stable offset %d after %d",
					w.Name(id), r.At, r.LeaderEpoch, now.high, was.high, now.stable, was.stable)
			}
			m[term] = now
		}
	}
	return nil
}

// logOf is a broker's log of a partition of which it has a replica.
func logOf(b *broker.Broker, at wire.Partition) *broker.Log {
	i := slices.IndexFunc(b.Logs, func(l broker.Log) bool { return l.At == at })
	return &b.Logs[i]
}
