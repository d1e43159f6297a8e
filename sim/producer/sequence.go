package producer

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/client"
	"example.com/ksim/sim/wire"
)

// Identity is the producer id that a broker gave out, and the epoch that the client itself counts up
// (ProducerIdAndEpoch). ID 0: none.
type Identity struct {
	ID    int64
	Epoch int16
}

// Numbering is how an idempotent producer numbers what it has for the brokers: who it is, and what
// it has yet to do about that (TransactionManager).
type Numbering struct {
	Who     Identity
	Asking  bool // InitProducerId is under way
	Waiting bool // it failed, and is asked again after retry.backoff.ms
	Bump    bool // the epoch is to be counted up before anything else is sent
}

// Sequences are the sequence numbers of one partition (TxnPartitionEntry).
type Sequences struct {
	Who        Identity // whose numbers they are; not the producer's, once its epoch was bumped
	Next       int32
	LastAcked  int32   // NoSequence: none of these
	LastOffset int64   // of what was acknowledged; NoOffset: nothing was, or nobody asks
	Unresolved int32   // the number after a batch that was given up in doubt; NoSequence: there is none
	Rewrite    bool    // the next epoch bump is about this partition
	Heap       []int32 // the unfinished batches as a heap; empty if Config.HeapOrder is off
}

// numbered tells whether a batch has its numbers. They are frozen: a retry has the same.
func (b *Batch) numbered() bool { return b.Sequence != wire.NoSequence }

// lastSequence is the number of the last record.
func (b *Batch) lastSequence() int32 { return wire.NextSequence(b.Sequence, len(b.Records)-1) }

// unfinished are a partition's batches that have numbers and are not done, be they in flight or
// waiting to be retried, in the order of their numbers (TxnPartitionEntry.inflightBatchesBySequence).
// Before KIP-360 those of a producer id that was given up count no more.
func (p *Producer) unfinished(at wire.Partition) []*Batch {
	var out []*Batch
	for i := range p.Batches {
		if b := &p.Batches[i]; b.At == at && b.numbered() && !b.Done && !p.disowned(b) {
			out = append(out, b)
		}
	}
	slices.SortFunc(out, func(a, b *Batch) int {
		switch {
		case a.Who.ID != b.Who.ID:
			return int(a.Who.ID - b.Who.ID)
		case a.Who.Epoch != b.Who.Epoch:
			return int(a.Who.Epoch - b.Who.Epoch)
		}
		return int(a.Sequence - b.Sequence)
	})
	return out
}

// mayDrain tells whether the numbers allow to send the head of a queue: there must be a producer id;
// a new batch waits until batches of an older epoch, or in doubt, are settled; a retry waits until it
// is the first that is not (RecordAccumulator.shouldStopDrainBatchesForPartition).
func (p *Producer) mayDrain(q *Queue, head *Batch) bool {
	if !p.Config.Idempotent {
		return true
	}
	s := &q.Sequences
	first := p.unfinished(q.At)
	switch {
	case p.Numbers.Who.ID == 0:
		return false
	case head.numbered():
		return len(first) == 0 || first[0] == head
	case len(first) > 0 && s.Who != p.Numbers.Who:
		return false
	}
	return s.Unresolved == wire.NoSequence
}

// number gives a batch its numbers when it is drained for the first time. Before 1.0 the next batch got
// the same ones if this was given up, were they in the log or not (Sender.completeBatch of 0.11).
func (p *Producer) number(q *Queue, b *Batch) {
	if b.Reset = false; b.numbered() {
		return
	}
	if s := &q.Sequences; s.Who != p.Numbers.Who { // nothing is in flight, see mayDrain
		*s = p.fresh()
	}
	b.Who, b.Sequence = p.Numbers.Who, q.Sequences.Next
	if !p.Config.CountsAcked {
		q.Sequences.Next = wire.NextSequence(b.Sequence, len(b.Records))
	}
	p.track(q, b)
}

// fresh are the numbers of a partition that begins at 0.
func (p *Producer) fresh() Sequences {
	return Sequences{Who: p.Numbers.Who, LastAcked: wire.NoSequence, LastOffset: wire.NoOffset,
		Unresolved: wire.NoSequence}
}

// requeue puts a batch back into its queue: in the order of the numbers if there are any, else to
// the front (RecordAccumulator.reenqueue, insertInSequenceOrder).
func (p *Producer) requeue(q *Queue, b *Batch) {
	i := 0
	for p.Config.Idempotent && i < len(q.Batches) {
		if other := p.batch(q.Batches[i]); !other.numbered() || other.Sequence >= b.Sequence {
			break
		}
		i++
	}
	q.Batches = slices.Insert(q.Batches, i, b.ID)
}

// identify asks any broker for a producer id, if there is none. Until it is answered nothing is sent.
func (p *Producer) identify(out *sim.Out) {
	n := &p.Numbers
	if !p.Config.Idempotent || p.Config.Transactional() || n.Who.ID != 0 || n.Asking || n.Waiting {
		return
	}
	id := p.Net.Any(&p.Config.Client)
	if id == wire.Nobody || !p.Net.Ready(&p.Config.Client, id, p.Config.Client.Lane, out) {
		return
	}
	n.Asking = true
	p.Net.Send(&p.Config.Client, id, p.Config.Client.Lane,
		client.Call{What: identifyCall, Body: &wire.InitProducerIdRequest{ID: wire.NoProducerID, Epoch: wire.NoProducerEpoch}}, out)
}

// identified takes the producer id.
func (p *Producer) identified(from wire.NodeID, r *wire.InitProducerIdResponse, out *sim.Out) {
	p.Numbers.Asking, p.Numbers.Who = false, Identity{ID: r.ID}
	out.Tell(wire.Note{Kind: wire.Identified, Node: p.Self, Peer: from, Offset: r.ID})
}

// notIdentified asks again a little later.
func (p *Producer) notIdentified(out *sim.Out) {
	p.Numbers.Asking, p.Numbers.Waiting = false, true
	out.SetTimer(sim.Timer{Kind: identifyTimer}, p.Config.Client.RetryBackoff)
}
