package cluster

import (
	"fmt"
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/wire"
)

// TransactionPromises are what a transactional producer, and groups that read only what is committed, are promised
// (KIP-98). With transaction.version 2 they hold whatever the network does (N06, KIP-890); a transaction that its
// coordinator aborts because it took too long was never committed, so nothing is lost with it (N09). They hold as
// long as no message is sent in two transactions, or in none.
func TransactionPromises() []sim.Property {
	return []sim.Property{
		neverIn("whole-or-not-at-all", Torn), neverIn("committed-is-kept", AckedLost),
		neverIn("aborted-is-unread", AbortedRead),
		{Name: "only-committed-is-read", When: sim.Always, Check: onlyCommittedIsRead},
		{Name: "one-transaction-a-marker", When: sim.Always, Check: oneTransactionAMarker},
	}
}

// neverIn: no message is ever in a class.
func neverIn(name string, c Class) sim.Property {
	return sim.Property{Name: name, When: sim.Always, Check: func(w *sim.World) error {
		s := SurveyOf(w)
		for i, f := range s.Fates() {
			if f.Has(c) {
				return s.wrong(i, "is %s", c)
			}
		}
		return nil
	}}
}

// onlyCommittedIsRead: what a group has applied is committed: where it stands in the log of its partition's leader,
// its producer's next marker says so.
func onlyCommittedIsRead(w *sim.World) error {
	s := SurveyOf(w)
	committed := map[wire.MessageID]bool{} // of those in a transaction; looked up, never ranged
	err := onLeaders(s, func(batch, next *wire.Batch) error {
		for i := range batch.Records {
			r := &batch.Records[i]
			committed[r.Message] = committed[r.Message] || next.Marker == wire.CommitMarker || s.elsewhere(r)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i, f := range s.Fates() {
		if ok, there := committed[f.Message]; there && !ok && f.Row.applied() {
			return s.wrong(i, "was applied by a group, and its transaction is not committed")
		}
	}
	return nil
}

// oneTransactionAMarker: what a marker ends was sent in one transaction: nothing that comes late joins the next one.
func oneTransactionAMarker(w *sim.World) error {
	s := SurveyOf(w)
	first := map[*wire.Batch]wire.MessageID{} // that was seen before a marker; looked up, never ranged
	return onLeaders(s, func(batch, next *wire.Batch) error {
		for i := range batch.Records {
			m := batch.Records[i].Message
			if s.at(m) == nil {
				continue
			}
			o, there := first[next]
			if there && (o.Producer != m.Producer || s.ledger.Row(o).Txn != s.ledger.Row(m).Txn) {
				names := NamesOf(w)
				return fmt.Errorf("%s and %s are of two transactions, and one marker ends both", names.Message(m), names.Message(o))
			}
			first[next] = m
		}
		return nil
	})
}

// onLeaders is inTransactions for the logs of all leaders.
func onLeaders(s *Survey, check func(b, next *wire.Batch) error) error {
	return each(s.world, func(b *broker.Broker, r *broker.Replica, l *broker.Log) error {
		if s.LeaderOf(r.At) != b.Self {
			return nil
		}
		return inTransactions(l, check)
	})
}

// NothingHangs: where nothing is under way any more, who reads only what is committed waits for nobody: a
// transaction that is open in a partition is open at its coordinator, too, which ends it sooner or later.
func NothingHangs() sim.Property {
	return sim.Property{Name: "nothing-hangs", When: sim.Finally, Check: func(w *sim.World) error {
		s := SurveyOf(w)
		return each(w, func(b *broker.Broker, r *broker.Replica, l *broker.Log) error {
			if s.LeaderOf(r.At) != b.Self {
				return nil
			}
			for i := range l.Producers {
				if p := &l.Producers[i]; p.Txn != wire.NoOffset && !coordinated(w, p.ID, r.At) {
					return fmt.Errorf("the transaction of producer id %d is open in %v from offset %d on, and nobody will end it",
						p.ID, r.At, p.Txn)
				}
			}
			return nil
		})
	}}
}

// coordinated tells whether some coordinator will write a marker of a producer into a partition.
func coordinated(w *sim.World, id int64, at wire.Partition) bool {
	for n := range ids(w) {
		b, ok := w.Node(n).(*broker.Broker)
		if ok && w.Health(n) == sim.Up && slices.ContainsFunc(b.Txns, func(t broker.Txn) bool {
			return t.Now.ID == id && !t.Dropped && slices.Contains(t.Now.Partitions, at)
		}) {
			return true
		}
	}
	return false
}
