package producer

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// batchOverhead is what a batch takes besides its records.
const batchOverhead = 61

// Queue is a partition's batches that wait to be sent, oldest first; retries come back to its
// front (the deque of RecordAccumulator).
type Queue struct {
	At      wire.Partition
	Batches []int32
	Muted   bool // with one request in flight at most: one is

	Sequences Sequences
}

// Batch is a batch of the accumulator (ProducerBatch).
type Batch struct {
	ID         int32 // also of its timers; the lowest that is free
	At         wire.Partition
	Records    []wire.Record `sim:"frozen"`
	Bytes      int32         // as estimated, until it is sent
	Raw        int32         `sim:"idle"` // bytes of its records before compression: it follows from them
	Ratio      int32         // what compression is expected to leave of them, in millionths; 0: no compression
	Memory     int32         // what it takes of buffer.memory
	Full       bool          // nothing more goes into it
	Lingered   bool          // linger.ms is over
	Left       int32         // retries left; noLimit: any number
	Retried    bool          // it was sent before
	Attempts   int32         `sim:"idle"` // how often it came back: it only sets how long to back off
	BackingOff bool
	SentEpoch  int32 // the leader epoch it was last sent in
	InFlight   bool
	Doubtful   bool // an attempt ended so that it may be in the log
	Done       bool // the application was told; kept while its request is unanswered

	Flushed  bool // flush() waits for it
	Who      Identity
	Sequence int32 // of its first record; NoSequence until it is drained
	Reset    bool  // numbered anew since it was last sent
}

// noLimit is Kafka's default for retries, Integer.MAX_VALUE.
const noLimit = 1<<31 - 1

// add puts a record at the end, and tells by how much the batch grew. Other worlds may hold the same
// records, so they are not appended in place.
func (b *Batch) add(r wire.Record, limit int32) int32 {
	before := b.Bytes
	b.Raw += b.sizeOf(&r)
	b.Records = append(slices.Clip(b.Records), r)
	b.Bytes = b.estimate()
	b.Full = b.Bytes >= limit
	return b.Bytes - before
}

// batch finds a batch that must be there.
func (p *Producer) batch(id int32) *Batch {
	for i := range p.Batches {
		if p.Batches[i].ID == id {
			return &p.Batches[i]
		}
	}
	panic("producer: a timer or a queue names a batch that is gone")
}

// last is the newest batch of a queue, nil if the queue is empty.
func (p *Producer) last(q *Queue) *Batch {
	if len(q.Batches) == 0 {
		return nil
	}
	return p.batch(q.Batches[len(q.Batches)-1])
}

func (p *Producer) freeID() int32 {
	taken := make([]bool, len(p.Batches)+1) // the lowest free one is among so many
	for i := range p.Batches {
		if id := p.Batches[i].ID; int(id) < len(taken) {
			taken[id] = true
		}
	}
	return int32(slices.Index(taken, false))
}

// forget lets go of a batch and its memory.
func (p *Producer) forget(id int32, out *sim.Out) {
	for _, kind := range [...]uint8{lingerTimer, backoffTimer, deliveryTimer} {
		out.StopTimer(sim.Timer{Kind: kind, Key: id})
	}
	p.untrack(p.batch(id))
	p.Batches = slices.DeleteFunc(p.Batches, func(b Batch) bool {
		if b.ID == id {
			p.Buffer -= b.Memory
		}
		return b.ID == id
	})
}

// sendable tells whether the head of a queue should go out: it or the queue is full, its linger
// is over, somebody waits for memory or in flush(), or the producer is being closed. A batch that lingered is
// sent half full; there is no second linger (RecordAccumulator.batchReady).
func (p *Producer) sendable(q *Queue, b *Batch) bool {
	full := b.Full || len(q.Batches) > 1
	return !q.Muted && !p.waits(b) &&
		(full || b.Lingered || p.Thread.Blocked >= NeedMemory || p.Closing)
}

// waits tells whether a batch backs off; not if its partition has a new leader since
// (KIP-951, RecordAccumulator.shouldBackoff).
func (p *Producer) waits(b *Batch) bool {
	if !b.BackingOff {
		return false
	}
	part := p.Net.Meta.Part(b.At)
	return part == nil || part.Epoch <= b.SentEpoch
}
