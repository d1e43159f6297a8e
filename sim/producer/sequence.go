package producer

import (
	"math"
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
	LastAcked  int32 // NoSequence: none of these
	Unresolved int32 // the number after a batch that was given up in doubt; NoSequence: there is none
	Rewrite    bool  // the next epoch bump is about this partition
}

// numbered tells whether a batch has its numbers. They are frozen: a retry has the same.
func (b *Batch) numbered() bool { return b.Sequence != wire.NoSequence }

// lastSequence is the number of the last record.
func (b *Batch) lastSequence() int32 { return wire.NextSequence(b.Sequence, len(b.Records)-1) }

// unfinished are a partition's batches that have numbers and are not done, be they in flight or
// waiting to be retried, in the order of their numbers (TxnPartitionEntry.inflightBatchesBySequence).
func (p *Producer) unfinished(at wire.Partition) []*Batch {
	var out []*Batch
	for i := range p.Batches {
		if b := &p.Batches[i]; b.At == at && b.numbered() && !b.Done {
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
		return first[0] == head
	case len(first) > 0 && s.Who != p.Numbers.Who:
		return false
	}
	return s.Unresolved == wire.NoSequence
}

// number gives a batch its numbers when it is drained for the first time.
func (p *Producer) number(q *Queue, b *Batch) {
	if b.Reset = false; b.numbered() {
		return
	}
	if s := &q.Sequences; s.Who != p.Numbers.Who { // nothing is in flight, see mayDrain
		*s = p.fresh()
	}
	b.Who, b.Sequence = p.Numbers.Who, q.Sequences.Next
	q.Sequences.Next = wire.NextSequence(b.Sequence, len(b.Records))
}

// fresh are the numbers of a partition that begins at 0.
func (p *Producer) fresh() Sequences {
	return Sequences{Who: p.Numbers.Who, LastAcked: wire.NoSequence, Unresolved: wire.NoSequence}
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

// acknowledged notes how far the brokers have a partition's records. Even an answer for a batch that
// was given up meanwhile tells that (TransactionManager.handleCompletedBatch).
func (p *Producer) acknowledged(b *Batch) {
	if s := &p.queue(b.At).Sequences; b.numbered() {
		s.LastAcked = max(s.LastAcked, b.lastSequence())
	}
}

// mayRetry tells whether an error is one to try again after. OUT_OF_ORDER_SEQUENCE_NUMBER always is: the
// batch was only too early; but if it was the next one, there is a gap that will not close, and
// the partition needs a new epoch to begin at 0 again (TransactionManager.canRetry, KIP-360).
func (p *Producer) mayRetry(b *Batch, err wire.Error) bool {
	if !p.Config.Idempotent || err != wire.OutOfOrderSequenceNumber {
		return err.Retriable()
	}
	s := &p.queue(b.At).Sequences
	switch {
	case s.Unresolved == b.Sequence:
		p.bump(s)
	case s.Unresolved == wire.NoSequence && !b.Reset && b.Sequence-s.LastAcked == 1:
		p.bump(s)
	}
	return true
}

// failed notes that a batch was given up for good. With retries left the broker has said no, and the
// gap is certain (TransactionManager.handleFailedBatch). Without any, or after delivery.timeout.ms, nobody
// knows whether it is in the log; then later batches show it.
func (p *Producer) failed(b *Batch, err wire.Error) {
	if p.Config.Idempotent && (b.Left > 0 || err == wire.OutOfOrderSequenceNumber) {
		p.bump(&p.queue(b.At).Sequences)
	}
}

func (p *Producer) bump(s *Sequences) { s.Rewrite, p.Numbers.Bump = true, true }

// doubt keeps new batches of a partition back until those before them are settled, because one
// that was sent again was given up (TransactionManager.markSequenceUnresolved).
func (p *Producer) doubt(b *Batch) {
	if s := &p.queue(b.At).Sequences; b.numbered() && b.Retried {
		s.Unresolved = max(s.Unresolved, wire.NextSequence(b.lastSequence(), 1))
	}
}

// settleNumbers is what the sender thread does before it sends anything (TransactionManager
// .maybeResolveSequences, .bumpIdempotentEpochAndResetIdIfNeeded).
func (p *Producer) settleNumbers(out *sim.Out) {
	for i := range p.Queues {
		s := &p.Queues[i].Sequences
		if s.Unresolved == wire.NoSequence || len(p.unfinished(p.Queues[i].At)) > 0 {
			continue
		}
		if s.Unresolved = wire.NoSequence; s.Next-s.LastAcked != 1 {
			p.bump(s)
		}
	}
	if p.Numbers.Bump {
		p.bumpEpoch(out)
	}
	p.identify(out)
}

// bumpEpoch counts up the producer's epoch, by itself and without asking anybody. Only the
// partitions that need it number their batches anew, from 0 on; the others go on as they were until
// nothing of theirs is in flight. After the last epoch comes another producer id.
func (p *Producer) bumpEpoch(out *sim.Out) {
	n := &p.Numbers
	n.Bump = false
	if n.Who.Epoch == math.MaxInt16 {
		n.Who = Identity{}
	} else {
		n.Who.Epoch++
	}
	for i := range p.Queues {
		q := &p.Queues[i]
		if !q.Sequences.Rewrite && !p.Config.BumpAll {
			continue
		}
		q.Sequences = p.fresh()
		for _, b := range p.unfinished(q.At) {
			b.Who, b.Sequence, b.Reset = n.Who, q.Sequences.Next, true
			q.Sequences.Next = wire.NextSequence(b.Sequence, len(b.Records))
		}
		out.Tell(wire.Note{Kind: wire.SequencesReset, Node: p.Self, At: q.At, Epoch: int32(n.Who.Epoch)})
	}
}

// identify asks any broker for a producer id, if there is none. Until it is answered nothing is sent.
func (p *Producer) identify(out *sim.Out) {
	n := &p.Numbers
	if !p.Config.Idempotent || n.Who.ID != 0 || n.Asking || n.Waiting {
		return
	}
	id := p.Net.Any(&p.Config.Client)
	if id == wire.Nobody || !p.Net.Ready(&p.Config.Client, id, wire.MainLane, out) {
		return
	}
	n.Asking = true
	p.Net.Send(&p.Config.Client, id, wire.MainLane,
		client.Call{What: identifyCall, Body: &wire.InitProducerIDRequest{}}, out)
}

// identified takes the producer id.
func (p *Producer) identified(from wire.NodeID, r *wire.InitProducerIDResponse, out *sim.Out) {
	p.Numbers.Asking, p.Numbers.Who = false, Identity{ID: r.ID}
	out.Tell(wire.Note{Kind: wire.Identified, Node: p.Self, Peer: from, Offset: r.ID})
}

// notIdentified asks again a little later.
func (p *Producer) notIdentified(out *sim.Out) {
	p.Numbers.Asking, p.Numbers.Waiting = false, true
	out.SetTimer(sim.Timer{Kind: identifyTimer}, p.Config.Client.RetryBackoff)
}
