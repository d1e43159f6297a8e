package cluster

import (
	"fmt"
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/wire"
)

// transactionsDecided: what a log says has become of a transaction is what its marker says, which is the next one
// of its producer; and who reads only what is committed comes to no batch of which nothing is decided.
func transactionsDecided(w *sim.World) error {
	return each(w, func(_ *broker.Broker, r *broker.Replica, l *broker.Log) error {
		stable := l.LastStable(r.HW)
		return inTransactions(l, func(b, next *wire.Batch) error {
			if err := rightly(l.Outcome(b), next.Marker, b.Base < stable); err != nil {
				return fmt.Errorf("partition %v: batch of producer %d at %d %w (stable up to %d)",
					r.At, b.ProducerID, b.Base, err, stable)
			}
			return nil
		})
	})
}

// coordinatorsAscend: behind a coordinator's marker no earlier one has ended a transaction of the same producer.
func coordinatorsAscend(w *sim.World) error {
	return each(w, func(_ *broker.Broker, r *broker.Replica, l *broker.Log) error {
		return andNextMarkers(l, func(b, next *wire.Batch) error {
			if b.Marker == wire.NoMarker || next.Marker == wire.NoMarker || b.CoordinatorEpoch <= next.CoordinatorEpoch {
				return nil
			}
			return fmt.Errorf("partition %v: marker of producer %d at %d of coordinator epoch %d, after one of %d",
				r.At, b.ProducerID, next.Base, next.CoordinatorEpoch, b.CoordinatorEpoch)
		})
	})
}

// inTransactions calls check for every batch of records that is part of a transaction, the last first, with the
// next marker of its producer; if there is none, with a batch that is no marker.
func inTransactions(l *broker.Log, check func(b, next *wire.Batch) error) error {
	return andNextMarkers(l, func(b, next *wire.Batch) error {
		if b.Marker != wire.NoMarker {
			return nil
		}
		return check(b, next)
	})
}

// andNextMarkers is inTransactions for markers, too.
func andNextMarkers(l *broker.Log, check func(b, next *wire.Batch) error) error {
	var next []*wire.Batch // of each producer
	for i := l.Batches.Len() - 1; i >= 0; i-- {
		b := l.Batches.At(i)
		if !b.Transactional || len(b.Records) == 0 { // nothing is left of it to read, or to end
			continue
		}
		its := slices.IndexFunc(next, func(m *wire.Batch) bool { return m.ProducerID == b.ProducerID })
		if its < 0 {
			its, next = len(next), append(next, &wire.Batch{ProducerID: b.ProducerID})
		}
		if err := check(b, next[its]); err != nil {
			return err
		}
		if b.Marker != wire.NoMarker {
			next[its] = b
		}
	}
	return nil
}

// rightly tells whether an outcome is what a marker says, or is still open where nobody reads it.
func rightly(is broker.Outcome, says wire.Marker, read bool) error {
	switch {
	case is == broker.Undecided && !read,
		is == broker.Counts && says == wire.CommitMarker, is == broker.Discarded && says == wire.AbortMarker:
		return nil
	case says == wire.NoMarker:
		return fmt.Errorf("has no marker and is %s", is)
	}
	return fmt.Errorf("has the marker %s and is %s", says, is)
}
