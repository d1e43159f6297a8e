package tui

import (
	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/wire"
)

// office is who coordinates a group, or a transactional.id: whoever leads its partition of an internal topic.
type office struct {
	topic       string
	at          wire.Partition
	coordinator wire.NodeID   // who leads the partition, runs and knows it; else Nobody
	loading     bool          // the coordinator is still reading that partition
	pretenders  []wire.NodeID // other brokers that believe to be the coordinator
}

// empty tells that there is nobody to ask.
func (o *office) empty() bool { return o.coordinator == wire.Nobody || o.loading }

// readOffice finds the coordinator by its topic and the index of its partition, which depends on how many there
// are; keeps tells whether a broker believes that the partition is its own, and whether it is still reading it.
func (s *scene) readOffice(
	topic string, index func(partitions int32) int16, keeps func(*broker.Broker, wire.Partition) (loading, ok bool),
) office {
	o := office{topic: topic}
	for i := range s.internal {
		p := &s.internal[i]
		if p.topic.Name != topic || p.at.Index != index(int32(p.topic.Partitions)) {
			continue
		}
		o.at, o.coordinator = p.at, p.leader
		for _, r := range p.replicas {
			loading, ok := keeps(r.broker, p.at)
			switch {
			case !ok || s.world.Health(r.id) != sim.Up:
			case r.id != p.leader:
				o.pretenders = append(o.pretenders, r.id)
			default:
				o.loading = loading
			}
		}
	}
	return o
}

// vacancy says why there is nobody to ask.
func (s *scene) vacancy(o *office) paint.Line {
	if o.coordinator == wire.Nobody {
		return paint.Textf(paint.Bad, "✗ no coordinator: nobody leads its part of %s", o.topic)
	}
	return paint.Textf(paint.Warn, "⋯ coordinator %s is reading %s", s.names.Node(o.coordinator), o.topic)
}

// pretenders are brokers that believe to be the coordinator and are not.
func (s *scene) pretenders(o *office, w int) []paint.Line {
	var out []paint.Line
	for _, id := range o.pretenders {
		l := paint.Textf(paint.Warn, "! zombie coordinator: %s still believes that it is the one", s.names.Node(id))
		out = append(out, paint.Wrap(paint.Text(paint.Plain, "  ").Join(l), w, 4)...)
	}
	return out
}
