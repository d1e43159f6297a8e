package cluster

import (
	"fmt"

	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/wire"
)

// Invariants are the promises that no fault may break, whatever the settings: the inner rules of
// replication (kafka-specification's and kafka-tlaplus's invariants).
func Invariants() []sim.Property {
	return []sim.Property{
		{Name: "log-order", When: sim.Always, Check: logOrder},
		{Name: "epochs-ascend", When: sim.Always, Check: epochsAscend},
		{Name: "one-leader-an-epoch", When: sim.Always, Check: oneLeaderAnEpoch},
		{Name: "quorum-superset", When: sim.Always, Check: quorumSuperset},
		{Name: "position-in-bounds", When: sim.Always, Check: positionInBounds},
		{Name: "transactions-decided", When: sim.Always, Check: transactionsDecided},
		{Name: "coordinators-ascend", When: sim.Always, Check: coordinatorsAscend},
	}
}

// SafeInvariants hold as long as elections are clean and no power is lost.
func SafeInvariants() []sim.Property {
	return append(Invariants(),
		sim.Property{Name: "log-match", When: sim.Always, Check: logMatch},
		sim.Property{Name: "leader-complete", When: sim.Always, Check: leaderComplete})
}

// each calls check for every replica of every broker, until one is wrong.
func each(w *sim.World, check func(b *broker.Broker, r *broker.Replica, l *broker.Log) error) error {
	for id := range ids(w) {
		b, ok := w.Node(id).(*broker.Broker)
		if !ok {
			continue
		}
		for i := range b.Replicas {
			if err := check(b, &b.Replicas[i], logOf(b, b.Replicas[i].At)); err != nil {
				return fmt.Errorf("%s: %w", w.Name(id), err)
			}
		}
	}
	return nil
}

func logOf(b *broker.Broker, at wire.Partition) *broker.Log {
	for i := range b.Logs {
		if b.Logs[i].At == at {
			return &b.Logs[i]
		}
	}
	return nil
}

// logOrder: logStart <= HW <= LEO, flushed <= LEO.
func logOrder(w *sim.World) error {
	return each(w, func(_ *broker.Broker, r *broker.Replica, l *broker.Log) error {
		if l.Start > r.HW || r.HW > l.End() || l.Flushed > l.End() {
			return fmt.Errorf("partition %v: log start %d, high watermark %d, flushed %d, end %d",
				r.At, l.Start, r.HW, l.Flushed, l.End())
		}
		return nil
	})
}

// epochsAscend: batches follow each other, without a gap unless a cleaner may have left one, and their epochs never
// fall.
func epochsAscend(w *sim.World) error {
	return each(w, func(c *broker.Broker, r *broker.Replica, l *broker.Log) error {
		next, epoch := l.Start, int32(0)
		if l.Batches.Len() > 0 && l.Batches.At(0).Next() > l.Start {
			next = min(next, l.Batches.At(0).Base) // the log begins inside its first batch
		}
		for _, b := range l.Batches.All() {
			if b.Base < next || b.Base > next && !compacts(c, r) || b.Epoch < epoch || b.Epoch > r.LeaderEpoch {
				return fmt.Errorf("partition %v: batch at %d of epoch %d after offset %d of epoch %d",
					r.At, b.Base, b.Epoch, next, epoch)
			}
			next, epoch = b.Next(), b.Epoch
		}
		return nil
	})
}

// oneLeaderAnEpoch: no two brokers lead a partition in the same epoch.
func oneLeaderAnEpoch(w *sim.World) error {
	return each(w, func(b *broker.Broker, r *broker.Replica, l *broker.Log) error {
		if r.Role != broker.Leads {
			return nil
		}
		return each(w, func(c *broker.Broker, q *broker.Replica, m *broker.Log) error {
			if c != b && q.At == r.At && l.Creation == m.Creation && q.Role == broker.Leads && q.LeaderEpoch == r.LeaderEpoch {
				return fmt.Errorf("leads %v in epoch %d, and so does %s",
					r.At, r.LeaderEpoch, w.Name(b.Self))
			}
			return nil
		})
	})
}

// quorumSuperset: what a leader counts with as its maximal ISR has every member that the
// controller may elect: a record is committed only when all of them have it (KIP-497).
func quorumSuperset(w *sim.World) error {
	img := CommittedImage(w)
	return each(w, func(b *broker.Broker, r *broker.Replica, l *broker.Log) error {
		p := img.Partition(r.At)
		if r.Role != broker.Leads || p == nil || img.Topic(r.At.Topic).Creation != l.Creation || p.Leader != b.Self || p.LeaderEpoch != r.LeaderEpoch {
			return nil
		}
		shrunk := p.PartitionEpoch > r.PartitionEpoch // the answer is on its way
		if !shrunk && !p.ISR.Subset(r.MaximalISR()) {
			return fmt.Errorf("leads %v with maximal ISR %b, but the controller's ISR is %b",
				r.At, r.MaximalISR(), p.ISR)
		}
		return nil
	})
}

// positionInBounds: an application never gets a record twice from one poll, nor goes beyond what
// any log has ever held.
func positionInBounds(w *sim.World) error {
	for id := range ids(w) {
		c, ok := ConsumerOf(w, id)
		if !ok {
			continue
		}
		for i := range c.Parts {
			if c.Parts[i].Position < 0 {
				return fmt.Errorf("%s: position %d", w.Name(id), c.Parts[i].Position)
			}
		}
	}
	return nil
}

// logMatch: two logs agree on every offset below both high watermarks.
func logMatch(w *sim.World) error {
	return each(w, func(b *broker.Broker, r *broker.Replica, l *broker.Log) error {
		return each(w, func(c *broker.Broker, q *broker.Replica, m *broker.Log) error {
			if c.Self <= b.Self || q.At != r.At || l.Creation != m.Creation {
				return nil
			}
			if compacts(b, r) {
				return recordsMatch(l, m, min(r.HW, q.HW))
			}
			for i, j := 0, 0; i < l.Batches.Len() && j < m.Batches.Len(); i, j = i+1, j+1 {
				x, y := l.Batches.At(i), m.Batches.At(j)
				switch { // one of the two may begin later
				case x.Base >= r.HW || y.Base >= q.HW:
					return nil
				case x.Next() <= m.Start:
					j--
				case y.Next() <= l.Start:
					i--
				case x.Sum(0, true) != y.Sum(0, true):
					return fmt.Errorf("%v differs from %s at offset %d below both high watermarks",
						r.At, w.Name(b.Self), x.Base)
				}
			}
			return nil
		})
	})
}

// compacts tells whether a replica's topic is compacted.
func compacts(b *broker.Broker, r *broker.Replica) bool {
	t := b.Image.Topic(r.At.Topic)
	return t != nil && t.Config.Compact
}

// recordsMatch: what two logs that are cleaned each for itself both have at an offset is the same.
func recordsMatch(l, m *broker.Log, below int64) error {
	there := map[int64]wire.MessageID{} // looked up, never ranged
	for offset, r := range l.Records() {
		there[offset] = r.Message
	}
	for offset, r := range m.Records() {
		if other, both := there[offset]; both && other != r.Message && offset < below {
			return fmt.Errorf("%v differs at offset %d below both high watermarks", l.At, offset)
		}
	}
	return nil
}

// leaderComplete: the leader that the controller means has everything below any high watermark.
func leaderComplete(w *sim.World) error {
	s := Survey{world: w, Image: CommittedImage(w)}
	return each(w, func(_ *broker.Broker, r *broker.Replica, l *broker.Log) error {
		leader := s.LeaderOf(r.At)
		if leader == wire.Nobody {
			return nil
		}
		if led := logOf(w.Node(leader).(*broker.Broker), r.At); led.End() < r.HW && led.Creation == l.Creation {
			end := led.End()
			return fmt.Errorf("high watermark of %v is %d, but the log of its leader %s ends at %d",
				r.At, r.HW, w.Name(leader), end)
		}
		return nil
	})
}

// Never are the properties that a search for a class of messages tries to break. The first is
// looked at everywhere: it is broken by what can't be mended any more. The second is looked at when
// everything is mended and has settled.
func Never(c Class) []sim.Property {
	return []sim.Property{
		{Name: c.String(), When: sim.Always, Check: func(w *sim.World) error { return beyondMending(w, c) }},
		{Name: c.String(), When: sim.Finally, Check: func(w *sim.World) error { return inTheEnd(w, c) }},
	}
}

// beyondMending finds a message that is in the class for good.
func beyondMending(w *sim.World, c Class) error {
	switch c {
	case AckedLost:
		return ackedGone(w)
	case Duplicated:
		return appliedTwice(w)
	}
	return nil
}

// inTheEnd finds a message that is in the class after all is mended. An acked message is lost
// then if nobody can read it, whatever the reason (ACK-UNREAD). What is pending is so for ever behind
// a transaction that nobody will end.
func inTheEnd(w *sim.World, c Class) error {
	s := SurveyOf(w)
	names := NamesOf(w)
	for _, f := range s.Fates() {
		bad := f.Has(c)
		switch c {
		case AckedLost:
			bad = f.told == kept && !f.removed && s.at(f.Message).readable == 0
		case Pending:
			bad = bad && f.OnLog && s.hanging(f.Where.At)
		}
		if bad {
			return fmt.Errorf("%s is %s", names.Message(f.Message), c)
		}
	}
	return nil
}

// ackedGone finds an acked message that is in no log, on no disk, and in no packet any more.
func ackedGone(w *sim.World) error {
	l := LedgerOf(w)
	for i := range l.Accounts {
		rows := &l.Accounts[i].Rows
		for n := range rows.Len() {
			m, row := wire.MessageID{Producer: l.First + wire.NodeID(i), N: int32(n) + 1}, rows.At(n)
			if l.promised(m) == kept && !row.removed() && !onAnyLog(w, m) && SurveyOf(w).nowhere(m) {
				return fmt.Errorf("%s was acked and is gone for good", NamesOf(w).Message(m))
			}
		}
	}
	return nil
}

func (s *Survey) nowhere(m wire.MessageID) bool {
	g := s.at(m)
	return !g.anywhere && !g.flying
}

func onAnyLog(w *sim.World, m wire.MessageID) bool {
	for id := range ids(w) {
		b, ok := w.Node(id).(*broker.Broker)
		if !ok {
			continue
		}
		for i := range b.Logs {
			for _, r := range b.Logs[i].Records() {
				if r.Message == m {
					return true
				}
			}
		}
	}
	return false
}

func appliedTwice(w *sim.World) error {
	l := LedgerOf(w)
	for i := range l.Accounts {
		rows := &l.Accounts[i].Rows
		for n := range rows.Len() {
			for _, effects := range rows.At(n).Effects {
				if effects > 1 {
					m := wire.MessageID{Producer: l.First + wire.NodeID(i), N: int32(n) + 1}
					return fmt.Errorf("%s was applied %d times", NamesOf(w).Message(m), effects)
				}
			}
		}
	}
	return nil
}
