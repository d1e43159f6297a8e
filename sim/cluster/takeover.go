package cluster

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/wire"
)

// heritage is what members of groups had when they died or stopped running, and how long it took until
// somebody of the group read it again.
type heritage struct {
	owned   [][]wire.Partition // by consumer
	orphans []orphan           // not read again yet
	spans   [][]sim.Duration   // by consumer: how long each of its partitions was not read
}

// orphan is a partition whose owner is gone.
type orphan struct {
	at    wire.Partition
	owner wire.NodeID
	since sim.Time
}

func newHeritage(w *sim.World) *heritage {
	return &heritage{
		owned: make([][]wire.Partition, w.Nodes()+1), spans: make([][]sim.Duration, w.Nodes()+1),
	}
}

// heed takes in a note about a consumer.
func (h *heritage) heed(w *sim.World, n *wire.Note, at sim.Time) {
	c, ok := ConsumerOf(w, n.Node)
	if !ok {
		return
	}
	mine := &h.owned[n.Node]
	switch n.Kind {
	case wire.Assigned:
		*mine = append(*mine, n.At)
	case wire.Revoked, wire.PartitionsLost:
		*mine = slices.DeleteFunc(*mine, func(p wire.Partition) bool { return p == n.At })
	case wire.Crashed, wire.Panicked, wire.Quit, wire.LostPower, wire.Paused:
		for _, p := range *mine {
			h.orphans = append(h.orphans, orphan{p, n.Node, at})
		}
		if n.Kind != wire.Paused {
			*mine = nil
		}
	case wire.Polled:
		h.orphans = slices.DeleteFunc(h.orphans, func(o orphan) bool {
			was, _ := ConsumerOf(w, o.owner)
			heir := o.at == n.At && was.Config.Group == c.Config.Group
			if heir {
				h.spans[o.owner] = append(h.spans[o.owner], at.Sub(o.since))
			}
			return heir
		})
	}
}

// close gives each consumer its spans; nothing, if one of its partitions is still not read.
func (h *heritage) close(books []logbook) {
	for i := range books {
		id := wire.NodeID(i + 1)
		if !slices.ContainsFunc(h.orphans, func(o orphan) bool { return o.owner == id }) {
			books[i].takeover = h.spans[id]
		}
	}
}

// folklore is R, the folk formula for the worst time until the partitions of a dead member are read again: how
// long its silence goes unnoticed, and how long the others are not told. Groups of the consumer protocol take
// both times from the brokers (KIP-848).
func folklore(w *sim.World, id wire.NodeID) sim.Duration {
	c, ok := ConsumerOf(w, id)
	if !ok || c.Config.Group == "" || len(c.Config.Assign) > 0 {
		return 0
	}
	session, heartbeat, latency := c.Config.SessionTimeout, c.Config.HeartbeatInterval, sim.Duration(0)
	for other := range ids(w) {
		b, ok := w.Node(other).(*broker.Broker)
		if !ok {
			continue
		}
		latency = max(latency, w.Costs.Latency[id][other])
		if c.Config.Modern {
			session, heartbeat = b.Config.ConsumerSession, b.Config.ConsumerHeartbeat
		}
	}
	return session + heartbeat + latency*sim.Duration(100+w.Costs.LatencyPercent)/100
}
