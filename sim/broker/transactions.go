package broker

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Ended is a transaction whose marker is in the log (TxnMetadata, AbortedTxn). Its records are those of the
// producer from First on, up to the marker at Last.
type Ended struct {
	ID    int64
	First int64
	Last  int64
}

// holds tells whether a batch is part of the transaction.
func (e Ended) holds(b *wire.Batch) bool {
	return e.ID == b.ProducerID && e.First <= b.Base && b.Base < e.Last
}

// open tells whether the producer has a transaction in this log that no marker has ended.
func (p *ProducerState) open() bool { return p.Txn != wire.NoOffset }

// end takes a marker of the producer that is in the log now. A marker without a transaction, which an
// earlier one has ended, changes nothing (ProducerAppendInfo.appendEndTxnMarker, ProducerStateManager.completeTxn).
func (l *Log) end(p *ProducerState, marker *wire.Batch) {
	p.Coordinator = marker.CoordinatorEpoch
	if !p.open() {
		return
	}
	e := Ended{p.ID, p.Txn, marker.Base}
	p.Txn = wire.NoOffset
	l.Unreplicated = append(l.Unreplicated, e)
	if marker.Marker == wire.AbortMarker {
		l.Aborted = append(l.Aborted, e)
	}
}

// replicated takes in that everything below the high watermark is committed, markers too
// (ProducerStateManager.removeUnreplicatedTransactions).
func (l *Log) replicated(hw int64) {
	l.Unreplicated = slices.DeleteFunc(l.Unreplicated, func(e Ended) bool { return e.Last < hw })
}

// unwind takes back what markers said that the batches from an offset on will tell again, and forgets
// transactions that ended below the log's start.
func (l *Log) unwind(offset int64) {
	l.Unreplicated = nil
	l.Aborted = slices.DeleteFunc(l.Aborted, func(e Ended) bool {
		return e.Last >= offset || e.Last < l.Start
	})
}

// LastStable is the last stable offset of a log with a high watermark: below it every transaction is over,
// and its marker is below the high watermark, too (UnifiedLog.lastStableOffset,
// ProducerStateManager.firstUnstableOffset).
func (l *Log) LastStable(hw int64) int64 {
	stable := hw
	for i := range l.Producers {
		if p := &l.Producers[i]; p.open() {
			stable = min(stable, p.Txn)
		}
	}
	for _, e := range l.Unreplicated {
		stable = min(stable, e.First)
	}
	return max(stable, l.Start)
}

// abortedIn are the aborted transactions that overlap what lies between two offsets, the second exclusive
// (TransactionIndex.collectAbortedTxns).
func (l *Log) abortedIn(from, to int64) []wire.AbortedTxn {
	var out []wire.AbortedTxn
	for _, e := range l.endedIn(from, to) {
		out = append(out, wire.AbortedTxn{ID: e.ID, First: e.First})
	}
	return out
}

// endedIn are the same as the index has them.
func (l *Log) endedIn(from, to int64) []Ended {
	var out []Ended
	for _, e := range l.Aborted {
		if e.Last >= from && e.First < to {
			out = append(out, e)
		}
	}
	return out
}

// Outcome is what has become of a batch.
type Outcome uint8

// The outcomes of a batch.
const (
	Counts    Outcome = iota // it is part of no transaction, or of one that is committed
	Undecided                // its transaction is open, or the marker is not below the high watermark yet
	Discarded                // its transaction was aborted: readers of what is committed leave it out
)

func (o Outcome) String() string { return [...]string{"counts", "undecided", "discarded"}[o] }

// Outcome is what has become of a batch of the log, as far as the replica's high watermark tells.
func (l *Log) Outcome(b *wire.Batch) Outcome {
	if !b.Transactional || b.Marker != wire.NoMarker {
		return Counts
	}
	holds := func(e Ended) bool { return e.holds(b) }
	p := l.producer(b.ProducerID)
	switch {
	case p != nil && p.open() && b.Base >= p.Txn, slices.ContainsFunc(l.Unreplicated, holds):
		return Undecided
	case slices.ContainsFunc(l.Aborted, holds):
		return Discarded
	}
	return Counts
}

// tellStable tells that a leader's last stable offset has risen, if transactions have a part in it: else it
// is the high watermark. hw and stable are what they were.
func (b *Broker) tellStable(r *Replica, hw, stable int64, out *sim.Out) {
	now := b.log(r.At).LastStable(r.HW)
	if r.Role == Leads && now > stable && (stable < hw || now < r.HW) {
		out.Tell(wire.Note{Kind: wire.LSOAdvanced, Node: b.Self, At: r.At, Offset: stable, To: now})
	}
}
