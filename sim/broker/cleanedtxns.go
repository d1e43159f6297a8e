package broker

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// cleanedTxns follows the transactions of a log from its first batch on, for the cleaner: what was aborted may go,
// and a marker may once nothing is left of its transaction (CleanedTransactionMetadata).
type cleanedTxns struct {
	coming    []Ended // aborted ones, as the index has them, by their first offsets
	aborted   []abortedTxn
	committed []int64 // producers of which a batch was seen that is not known to be aborted
	index     []Ended // aborted ones that still have batches: the new index
}

// abortedTxn is an aborted transaction whose marker is still to come.
type abortedTxn struct {
	Ended
	seen bool // a batch of it is there
}

// expect adds aborted transactions to those to come.
func (t *cleanedTxns) expect(ended []Ended) {
	t.coming = append(t.coming, ended...)
	slices.SortStableFunc(t.coming, func(a, b Ended) int { return int(a.First - b.First) })
}

// over tells of a batch whether its transaction was aborted, and of a marker whether it has nothing to say of any
// batch that is there.
func (t *cleanedTxns) over(b *wire.Batch) bool {
	for len(t.coming) > 0 && t.coming[0].First < b.Next() {
		if t.of(t.coming[0].ID) == nil {
			t.aborted = append(t.aborted, abortedTxn{Ended: t.coming[0]})
		}
		t.coming = t.coming[1:]
	}
	a := t.of(b.ProducerID)
	switch {
	case b.Marker == wire.AbortMarker:
		if a == nil || !a.seen {
			t.end(b.ProducerID)
			return true
		}
		t.index = append(t.index, a.Ended)
		t.end(b.ProducerID)
		return false
	case b.Marker == wire.CommitMarker:
		n := len(t.committed)
		t.committed = slices.DeleteFunc(t.committed, func(id int64) bool { return id == b.ProducerID })
		return len(t.committed) == n
	case b.Marker == wire.CleanedMarker:
		return true
	case b.Transactional && a != nil:
		a.seen = true
		return true
	case b.Transactional && !slices.Contains(t.committed, b.ProducerID):
		t.committed = append(t.committed, b.ProducerID)
	}
	return false
}

func (t *cleanedTxns) of(id int64) *abortedTxn {
	i := slices.IndexFunc(t.aborted, func(a abortedTxn) bool { return a.ID == id })
	if i < 0 {
		return nil
	}
	return &t.aborted[i]
}

func (t *cleanedTxns) end(id int64) {
	t.aborted = slices.DeleteFunc(t.aborted, func(a abortedTxn) bool { return a.ID == id })
}

// Horizon is the delete horizon of a marker that may go: delete.retention.ms after a cleaner found that nothing is
// left of its transaction (RecordBatch.deleteHorizonMs, KIP-534). Until then who reads slowly still gets it.
type Horizon struct {
	Base  int64 // of its batch
	Timer int32 // noTimer: it is past
}

// keepUntilHorizon lets a marker's time begin, if it has not begun.
func (b *Broker) keepUntilHorizon(l *Log, base int64, out *sim.Out) {
	if l.horizon(base) != nil {
		return
	}
	h := Horizon{Base: base}
	for b.horizonOf(h.Timer) != nil {
		h.Timer++
	}
	l.Horizons = append(l.Horizons, h)
	b.countToHorizon(l, h.Timer, out)
}

func (b *Broker) countToHorizon(l *Log, timer int32, out *sim.Out) {
	if d := b.Image.Topic(l.At.Topic).Config.DeleteRetention; d > 0 {
		out.SetTimer(sim.Timer{Kind: horizonTimer, Key: timer}, d)
	}
}

// horizon is that of the batch at an offset, nil if it has none.
func (l *Log) horizon(base int64) *Horizon {
	for i := range l.Horizons {
		if l.Horizons[i].Base == base {
			return &l.Horizons[i]
		}
	}
	return nil
}

func (l *Log) pastHorizon(base int64) bool {
	h := l.horizon(base)
	return h != nil && h.Timer == noTimer
}

// horizonOf is the horizon that a timer stands for, nil if there is none.
func (b *Broker) horizonOf(timer int32) *Horizon {
	for i := range b.Logs {
		for k := range b.Logs[i].Horizons {
			if h := &b.Logs[i].Horizons[k]; h.Timer == timer {
				return h
			}
		}
	}
	return nil
}

// passHorizon marks a horizon as past. Like the age of records it counts while the process is down, too.
func (b *Broker) passHorizon(timer int32) {
	if h := b.horizonOf(timer); h != nil {
		h.Timer = noTimer
	}
}

// pruneHorizons forgets those of batches that are gone.
func (l *Log) pruneHorizons() {
	l.Horizons = slices.DeleteFunc(l.Horizons, func(h Horizon) bool {
		i := l.find(h.Base)
		return i == l.Batches.Len() || l.Batches.At(i).Base != h.Base || len(l.Batches.At(i).Records) == 0
	})
}
