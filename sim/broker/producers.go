package broker

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// ProducerState is what a log knows of one idempotent producer: enough to tell a batch that comes
// again from a new one (ProducerStateEntry). It is made from the batches of the log alone, so every
// replica comes to have it, and a new leader knows what the old one knew.
type ProducerState struct {
	ID      int64
	Epoch   int16
	Timer   int32  // of its expiry
	Batches []Seen // the last few of this epoch, oldest first

	Txn         int64 // where its open transaction begins; NoOffset: it has none
	Coordinator int32 // epoch of the coordinator of its last marker; NoEpoch: none
}

// Seen is a batch that the log has (BatchMetadata).
type Seen struct {
	First, Last int32 // sequence numbers
	Base        int64
	Next        int64
}

// batchesKept is how many batches of a producer are remembered: as many as it may have in flight
// (ProducerStateEntry.NUM_BATCHES_TO_RETAIN).
const batchesKept = 5

// producer is what the log knows of a producer, nil if nothing.
func (l *Log) producer(id int64) *ProducerState {
	for i := range l.Producers {
		if l.Producers[i].ID == id {
			return &l.Producers[i]
		}
	}
	return nil
}

// lookUp compares a client's batch with what the log knows of its producer, in Kafka's order. It
// gives the batch's first coming if it is a duplicate, and an error if it must not be appended
// (UnifiedLog.analyzeAndValidateProducerState, ProducerAppendInfo.appendDataBatch).
func (l *Log) lookUp(b *wire.Batch, adds bool, c *Config) (*Seen, wire.Error) {
	if !b.Idempotent() {
		return nil, wire.None
	}
	p := l.producer(b.ProducerID)
	if p == nil {
		return nil, l.admit(b, adds, c.UnknownProducer)
	}
	if b.ProducerEpoch == p.Epoch {
		for i := max(0, len(p.Batches)-int(c.DedupWindow)); i < len(p.Batches); i++ {
			if s := &p.Batches[i]; s.First == b.BaseSequence && s.Last == b.LastSequence() {
				return s, wire.None
			}
		}
	}
	switch {
	case b.ProducerEpoch < p.Epoch:
		return nil, wire.InvalidProducerEpoch
	case b.ProducerEpoch > p.Epoch && b.BaseSequence != 0,
		b.ProducerEpoch == p.Epoch && b.BaseSequence != wire.NextSequence(p.last(), 1):
		return nil, wire.OutOfOrderSequenceNumber
	case p.open() && !b.Transactional:
		return nil, wire.InvalidTxnState
	}
	return nil, wire.None
}

// admit judges the first batch of a producer that is unknown, because it is new or was forgotten. Any
// sequence is taken (KIP-360); from 4.5 on not by a log that has never held a record: what comes first
// there was overtaken (KAFKA-15591). Before 2.5 only 0 was. With transaction.version 2, where the leader adds
// its partition to the transaction, only 0 is again, as every transaction begins with it (KAFKA-18202).
func (l *Log) admit(b *wire.Batch, adds bool, rule UnknownProducer) wire.Error {
	switch {
	case b.BaseSequence == 0:
	case rule == RejectNonzero:
		return wire.UnknownProducerID
	case rule == RejectAsGap, adds && b.Transactional, rule == RejectOnEmpty && l.End() == 0:
		return wire.OutOfOrderSequenceNumber
	}
	return wire.None
}

// last is the sequence number of the last record; NoSequence if a marker is all there is of this epoch.
func (p *ProducerState) last() int32 {
	if len(p.Batches) == 0 {
		return wire.NoSequence
	}
	return p.Batches[len(p.Batches)-1].Last
}

// note takes a batch that is in the log now.
func (l *Log) note(b *wire.Batch) {
	if b.Marker == wire.CleanedMarker {
		return // all of the transaction is gone (ProducerAppendInfo.append)
	}
	p := l.producer(b.ProducerID)
	if p == nil {
		l.Producers = append(l.Producers, ProducerState{ID: b.ProducerID, Timer: noTimer,
			Txn: wire.NoOffset, Coordinator: wire.NoEpoch})
		p = &l.Producers[len(l.Producers)-1]
	}
	if p.Epoch != b.ProducerEpoch {
		p.Epoch, p.Batches = b.ProducerEpoch, nil
	}
	if b.Marker != wire.NoMarker {
		l.end(p, b)
		return
	}
	if len(p.Batches) == batchesKept {
		p.Batches = slices.Delete(p.Batches, 0, 1)
	}
	p.Batches = append(p.Batches, Seen{b.BaseSequence, b.LastSequence(), b.Base, b.Next()})
	if b.Transactional && !p.open() {
		p.Txn = b.Base
	}
}

// snapshot writes to disk what is known of the producers, of each only the last batch
// (ProducerStateManager.writeSnapshot). Kafka does it on a clean stop, and when a segment is full.
func (l *Log) snapshot() {
	l.SnapshotAt, l.Snapshot = l.End(), nil
	for _, p := range l.Producers {
		p.Batches = slices.Clone(p.Batches[max(0, len(p.Batches)-1):])
		l.Snapshot = append(l.Snapshot, p)
	}
}

// reload makes anew what is known of the producers and their transactions: from the snapshot, if it is not
// beyond the log's end, and the batches after it (ProducerStateManager.truncateAndReload). It counts their
// time from now. A note with an error says that one of them does not fit, and then none of them is taken in.
func (b *Broker) reload(l *Log, hw int64, out *sim.Out) wire.Note {
	for i := range l.Producers {
		out.StopTimer(sim.Timer{Kind: producerTimer, Key: l.Producers[i].Timer})
	}
	if l.SnapshotAt > l.End() {
		l.SnapshotAt, l.Snapshot = 0, nil
	}
	l.Producers = nil
	for _, p := range l.Snapshot {
		if b.undated(&p) && !p.open() {
			continue
		}
		p.Timer, p.Batches = noTimer, slices.Clone(p.Batches)
		l.Producers = append(l.Producers, p)
	}
	from := l.SnapshotAt
	misfit := b.misfit(l, l.from(from))
	if misfit.Err != wire.None {
		from = l.End()
	}
	l.unwind(from)
	for batch := range l.from(from) {
		if batch.Idempotent() {
			l.note(batch)
		}
	}
	l.replicated(hw)
	for i := range l.Producers {
		b.keepProducer(&l.Producers[i], false, out)
	}
	b.evict(l, out)
	return misfit
}

// noTimer is the timer of a producer that has none yet.
const noTimer = -1

// noteProducer takes what a batch that was just written says of its producer.
func (b *Broker) noteProducer(l *Log, batch *wire.Batch, out *sim.Out) {
	if batch.Idempotent() {
		l.note(batch)
		if p := l.producer(batch.ProducerID); p != nil {
			b.keepProducer(p, batch.Marker != wire.NoMarker, out)
		}
		b.dropGuard(l.At, batch)
	}
}

// producerCheck is how often a broker looks which producers it may forget: it is the longest that one whose
// time is over stays known (LogManager.ProducerIdExpirationCheckIntervalMs).
const producerCheck = 600 * sim.Second

// keepProducer lets a producer's time begin anew: producer.id.expiration.ms after its last batch it is
// forgotten. Before 2.4.1 a marker is not heard of its producer: the time of the records goes on, and if it is
// over, or the marker is all there is of its epoch, the next look forgets the producer (KAFKA-9144).
func (b *Broker) keepProducer(p *ProducerState, marker bool, out *sim.Out) {
	if p.Timer == noTimer {
		p.Timer = b.freeTimer()
	}
	t := sim.Timer{Kind: producerTimer, Key: p.Timer}
	switch {
	case b.undated(p):
		out.SetTimer(t, producerCheck)
	case !marker || !b.Config.UndatedMarkers:
		out.SetTimer(t, b.Config.ProducerExpiration)
	case !out.Armed(t):
		out.SetTimer(t, producerCheck)
	}
}

// undated tells whether nothing says when a producer was heard of: of the records of its epoch none is left,
// or there were none (ProducerStateEntry.lastTimestamp of 2.4.0).
func (b *Broker) undated(p *ProducerState) bool {
	return b.Config.UndatedMarkers && len(p.Batches) == 0
}

// freeTimer is the lowest number that no producer's timer has.
func (b *Broker) freeTimer() int32 {
	for n := int32(0); ; n++ {
		if l, _ := b.timed(n); l == nil {
			return n
		}
	}
}

// timed finds the producer that a timer stands for.
func (b *Broker) timed(timer int32) (*Log, int) {
	for i := range b.Logs {
		for k := range b.Logs[i].Producers {
			if b.Logs[i].Producers[k].Timer == timer {
				return &b.Logs[i], k
			}
		}
	}
	return nil, 0
}

// forgetProducer drops a producer whose time is over (ProducerStateManager.removeExpiredProducers). One with an
// open transaction stays until its marker.
func (b *Broker) forgetProducer(timer int32, out *sim.Out) {
	l, i := b.timed(timer)
	if l.Producers[i].open() {
		return
	}
	why := "nothing from it for " + b.Config.ProducerExpiration.String()
	if b.undated(&l.Producers[i]) {
		why = onlyMarker
	}
	b.forget(l, i, why, out)
}

// onlyMarker is why a producer is forgotten of which nothing says when it was heard of.
const onlyMarker = "all it has of its epoch is a marker, whose time does not count"

// forgetUndated drops the producers that have no time: who recovers a log after a kill writes a snapshot at its end and
// loads that, without what has expired (Log.recoverSegment, ProducerStateManager.loadFromSnapshot of 2.4.0).
func (b *Broker) forgetUndated(l *Log, out *sim.Out) {
	for i := len(l.Producers) - 1; i >= 0; i-- {
		if p := &l.Producers[i]; b.undated(p) && !p.open() {
			b.forget(l, i, onlyMarker, out)
		}
	}
}

func (b *Broker) forget(l *Log, i int, why string, out *sim.Out) {
	p := &l.Producers[i]
	out.Tell(wire.Note{Kind: wire.ProducerExpired, Node: b.Self, At: l.At, Offset: p.ID, Text: why})
	out.StopTimer(sim.Timer{Kind: producerTimer, Key: p.Timer})
	l.Producers = slices.Delete(l.Producers, i, i+1)
}

// evict forgets the producers whose last record is deleted, and of the others the batches that are.
// Before KAFKA-7190 what a log knew of producers went with their records
// (ProducerStateManager.truncateHead, isProducerRetained).
func (b *Broker) evict(l *Log, out *sim.Out) {
	if !b.Config.EvictProducers {
		return
	}
	for i := 0; i < len(l.Producers); {
		p, why := &l.Producers[i], "its records are deleted"
		if len(p.Batches) == 0 {
			why = "all it has of its epoch is a marker"
		}
		p.Batches = slices.DeleteFunc(p.Batches, func(s Seen) bool { return s.Next <= l.Start })
		if len(p.Batches) > 0 {
			i++
			continue
		}
		b.forget(l, i, why, out)
	}
}

// idsOfAnEpoch is how many producer ids a broker may hand out after each registration.
const idsOfAnEpoch = 1_000_000

// newProducerID hands out a producer id that nobody has had: a broker's block begins at its broker
// epoch, which the controller gives to one registration only. In Kafka the controller hands out the
// blocks (AllocateProducerIds, KIP-730); here every broker has one as soon as it is registered.
func (b *Broker) newProducerID() int64 {
	b.ProducerIDs++
	return b.Life.Epoch*idsOfAnEpoch + b.ProducerIDs
}
