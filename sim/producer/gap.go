package producer

import (
	"math"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// acknowledged notes how far the brokers have a partition's records. Even an answer for a batch that
// was given up meanwhile tells that (TransactionManager.handleCompletedBatch).
func (p *Producer) acknowledged(b *Batch, base int64) {
	if !b.numbered() || p.disowned(b) {
		return
	}
	s := &p.queue(b.At).Sequences
	s.LastAcked = max(s.LastAcked, b.lastSequence())
	if p.Config.CountsAcked {
		s.Next = wire.NextSequence(b.lastSequence(), 1)
	}
	if !p.Config.bumpsAlone() {
		s.LastOffset = max(s.LastOffset, base+int64(len(b.Records))-1)
	}
}

// disowned tells whether a batch has the numbers of a producer id that was given up.
func (p *Producer) disowned(b *Batch) bool {
	return p.Config.NewID && b.numbered() && b.Who != p.Numbers.Who
}

// mayRetry tells whether an error is one to try again after (TransactionManager.canRetry). What a batch
// of a producer id that was given up wrote would not be known again, so it is not sent again.
func (p *Producer) mayRetry(b *Batch, err wire.Error, start int64, out *sim.Out) bool {
	switch {
	case p.disowned(b):
		return false
	case p.Config.Idempotent && err == wire.OutOfOrderSequenceNumber:
		return p.early(b)
	case p.Config.Idempotent && err == wire.UnknownProducerID:
		return p.unknown(b, start, out)
	}
	return err.Retriable()
}

// early judges OUT_OF_ORDER_SEQUENCE_NUMBER. Mostly the batch was only too early; but if it was the next
// one, there is a gap that will not close. Since KIP-360 the partition then gets a new epoch to begin
// at 0 again, and the batch is tried once more; before, it failed.
func (p *Producer) early(b *Batch) bool {
	s := &p.queue(b.At).Sequences
	next := s.Unresolved == wire.NoSequence && !b.Reset && b.Sequence-s.LastAcked == 1
	switch {
	case !p.Config.bumpsAlone():
		return s.Unresolved == wire.NoSequence && !next
	case next, s.Unresolved == b.Sequence:
		p.gap(s)
	}
	return true
}

// unknown judges UNKNOWN_PRODUCER_ID: the log knows nothing of the producer, and the batch does not begin
// at 0. Before KIP-360 the client asked whether all that it had written is deleted: then it is no
// wonder, and the numbers begin at 0 again, in the same epoch. Else records were lost, and it failed. A batch
// that has got new numbers meanwhile was answered about its old ones; and a broker that no longer knows where the
// log begins is asked again.
func (p *Producer) unknown(b *Batch, start int64, out *sim.Out) bool {
	q := p.queue(b.At)
	switch {
	case start == wire.NoOffset, b.Reset:
	case p.Config.bumpsAlone():
		p.gap(&q.Sequences)
	case q.Sequences.LastOffset < start:
		p.renumber(q, out)
	default:
		return false
	}
	return true
}

// failed notes that a batch was given up for good. With retries left the broker has said no, and the
// gap is certain (TransactionManager.handleFailedBatch). Without any, or after delivery.timeout.ms, nobody
// knows whether it is in the log; then later batches show it.
func (p *Producer) failed(b *Batch, err wire.Error, out *sim.Out) {
	if !p.Config.Idempotent || p.disowned(b) {
		return
	}
	if p.Config.Transactional() {
		p.failedInTxn(b, err, out)
		return
	}
	lost := err == wire.OutOfOrderSequenceNumber || err == wire.UnknownProducerID
	switch q := p.queue(b.At); {
	case !lost && (b.Left == 0 || p.Config.CountsAcked):
	case !lost && p.Config.NewID:
		p.moveUp(q, b)
	default:
		p.gap(&q.Sequences)
	}
}

// moveUp closes the gap that a batch leaves which the broker has refused: the numbers of later ones fall
// by as many (TransactionManager.adjustSequencesDueToFailedBatch, before KIP-360).
func (p *Producer) moveUp(q *Queue, failed *Batch) {
	n := int32(len(failed.Records))
	q.Sequences.Next -= n
	for _, b := range p.unfinished(q.At) {
		if b.Sequence > failed.Sequence {
			b.Sequence, b.Reset = b.Sequence-n, true
		}
	}
}

// gap is what follows from a gap: a new epoch, for this partition, before anything else is sent
// (KIP-360). Before, the whole producer id was given up, with all numbers of all partitions
// (TransactionManager.resetProducerId).
func (p *Producer) gap(s *Sequences) {
	if !p.Config.NewID {
		s.Rewrite, p.Numbers.Bump = true, true
		return
	}
	p.Numbers.Who = Identity{}
	for i := range p.Queues {
		p.Queues[i].Sequences = p.fresh()
	}
}

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
		switch s.Unresolved = wire.NoSequence; {
		case s.Next-s.LastAcked == 1 && !p.Config.CountsAcked:
		case p.Config.Transactional():
			p.unsettled(out)
		default:
			p.gap(s)
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
		if q := &p.Queues[i]; q.Sequences.Rewrite || p.Config.BumpAll {
			q.Sequences.Unresolved, q.Sequences.Rewrite = wire.NoSequence, false
			p.renumber(q, out)
		}
	}
}

// renumber gives a partition's unfinished batches numbers from 0 on
// (TransactionManager.startSequencesAtBeginning).
func (p *Producer) renumber(q *Queue, out *sim.Out) {
	s, who := &q.Sequences, p.Numbers.Who
	batches := p.unfinished(q.At)
	if p.Config.HeapOrder {
		batches = p.heaped(q)
	}
	s.Who, s.Next, s.LastAcked = who, 0, wire.NoSequence
	for _, b := range batches {
		b.Who, b.Sequence, b.Reset = who, s.Next, true
		s.Next = wire.NextSequence(b.Sequence, len(b.Records))
	}
	out.Tell(wire.Note{Kind: wire.SequencesReset, Node: p.Self, At: q.At, Epoch: int32(who.Epoch)})
}
