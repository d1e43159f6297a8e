package cluster

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/database"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/outbox"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// Settled tells whether a world has come to rest: every partition led, every replica in sync and equal
// to its leader, everything readable, no client with anything left to do. What is down or cut off can't
// take part and is not waited for, once the others have noticed.
func Settled(w *sim.World) bool {
	s := Survey{world: w, Image: CommittedImage(w)}
	for i := range s.Image.Partitions {
		if !s.rests(s.Image.Partitions[i]) {
			return false
		}
	}
	return quiet(w)
}

// rests tells whether nothing is to be done about a partition by those who can.
func (s *Survey) rests(p *metadata.Partition) bool {
	if p.Leader == wire.Nobody {
		anybody := s.Image.Topic(p.At.Topic).Config.Unclean
		return !slices.ContainsFunc(p.Replicas, func(id wire.NodeID) bool {
			return (anybody || (p.ISR | p.ELR | p.LastKnownELR).Has(id)) && s.takesPart(id, id)
		})
	}
	leader := s.LeaderOf(p.At)
	if leader == wire.Nobody {
		return false
	}
	end := logOf(s.world.Node(leader).(*broker.Broker), p.At).End()
	for _, id := range p.Replicas {
		b := s.world.Node(id).(*broker.Broker)
		r := replicaOf(b, p.At)
		equal := r != nil && logOf(b, p.At).End() == end && (id != leader || r.HW == end || !s.accepts(p))
		switch takesPart := s.takesPart(id, leader); {
		case takesPart && !(p.ISR.Has(id) && equal):
			return false
		case !takesPart && p.ISR.Has(id) && !(s.runs(id) && equal):
			return false // a leader that has nothing new keeps who is cut off, but the dead are fenced
		}
	}
	return true
}

// runs tells whether a broker does.
func (s *Survey) runs(id wire.NodeID) bool {
	return s.world.Health(id) == sim.Up && !s.world.Paused(id)
}

// takesPart tells whether a broker runs, or is about to, and can reach another one.
func (s *Survey) takesPart(id, other wire.NodeID) bool {
	return (s.runs(id) || s.world.Health(id) == sim.Booting) &&
		!s.world.Blocked(id, other) && !s.world.Blocked(other, id)
}

// accepts tells whether so many replicas are in sync that the high watermark goes on.
func (s *Survey) accepts(p *metadata.Partition) bool {
	return p.ISR.Len() >= p.EffectiveMinISR(s.Image.Topic(p.At.Topic))
}

func replicaOf(b *broker.Broker, at wire.Partition) *broker.Replica {
	for i := range b.Replicas {
		if b.Replicas[i].At == at {
			return &b.Replicas[i]
		}
	}
	return nil
}

// quiet tells whether no client that runs has work before it: producers have sent everything,
// consumers have read everything.
func quiet(w *sim.World) bool {
	if settling(w) || deciding(w) {
		return false
	}
	for _, f := range w.Flights() {
		if !f.Idle && !stranded(w, &f) {
			return false
		}
	}
	for id := range ids(w) {
		if w.Health(id) == sim.Booting {
			return false
		}
		if w.Health(id) != sim.Up {
			continue
		}
		switch n := w.Node(id).(type) {
		case *producer.Producer:
			if n.HasToSend() {
				return false
			}
		case *database.Database:
			if len(n.Open) > 0 {
				return false
			}
		case *outbox.Writer:
			if dead := w.Health(n.Config.Database) != sim.Up; !dead && (n.Next < n.Config.Records || n.Work.N > 0) {
				return false
			}
		case *outbox.Relay:
			if dead := w.Health(n.Config.Database) != sim.Up; !dead && (waiting(w, n) > 0 || n.Doing > outbox.Polling) {
				return false
			}
		}
		if c, ok := ConsumerOf(w, id); ok && !idleConsumer(w, c) {
			return false
		}
		if p := producerOf(w.Node(id)); p != nil && (len(p.Batches) > 0 || len(p.Again) > 0 || !p.Idle() || p.Txn.Open()) {
			return false
		}
	}
	return true
}

// stranded tells whether nothing will come of a packet: its receiver is gone, or its sender has
// given up the connection while the server sits on an earlier request, which it may have forgotten.
func stranded(w *sim.World, f *sim.Flight) bool {
	return w.Health(f.To) != sim.Up || f.Waiting && !slices.Contains(w.Conns(), f.Conn)
}

// idleConsumer: it is in poll(), in its group, and at the end of everything it reads.
func idleConsumer(w *sim.World, c *consumer.Consumer) bool {
	if c.App.State != consumer.Polling || !c.Steady() || len(c.Commits) > 0 ||
		len(c.InHand()) > 0 || len(c.Seeks) > 0 {
		return false
	}
	s := Survey{world: w, Image: CommittedImage(w)}
	for i := range c.Parts {
		p := &c.Parts[i]
		leader := s.LeaderOf(p.At)
		if part := s.Image.Partition(p.At); leader == wire.Nobody && part != nil && s.rests(part) {
			continue // nobody will ever lead it, so there is nothing to wait for
		}
		if leader == wire.Nobody || p.Need != consumer.NeedNothing {
			return false
		}
		if p.Position < readable(w.Node(leader).(*broker.Broker), p.At, c.Config.Isolation) {
			return false
		}
	}
	return true
}

// readable is how far a consumer can read a partition at its leader.
func readable(leader *broker.Broker, at wire.Partition, level wire.Isolation) int64 {
	hw := replicaOf(leader, at).HW
	if level == wire.ReadCommitted {
		return logOf(leader, at).LastStable(hw)
	}
	return hw
}
