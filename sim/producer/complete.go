package producer

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/client"
	"example.com/ksim/sim/wire"
)

// answered takes an answer to one of the producer's own requests.
func (p *Producer) answered(from wire.NodeID, call client.Call, body wire.Body, out *sim.Out) {
	if call.What == txnCall {
		p.onTxnAnswer(from, call, body, out)
		return
	}
	switch r := body.(type) {
	case *wire.ProduceResponse:
		p.onProduced(call, r, out)
	case *wire.InitProducerIdResponse:
		p.identified(from, r, out)
	}
}

// onProduced takes a broker's answer, partition by partition (Sender.handleProduceResponse).
func (p *Producer) onProduced(call client.Call, answer *wire.ProduceResponse, out *sim.Out) {
	for i, id := range p.take(call.Ref) {
		r := &answer.Partitions[i]
		if r.Err.InvalidMetadata() {
			p.Net.Meta.Stale = true
		}
		p.Net.Meta.Hint(r.At, r.Leader, r.Epoch, out)
		p.settle(id, r, out)
	}
}

// fail ends requests that will not be answered, oldest first.
func (p *Producer) fail(calls []client.Call, err wire.Error, out *sim.Out) {
	for _, call := range calls {
		switch call.What {
		case identifyCall:
			p.notIdentified(out)
			continue
		case txnCall:
			p.unanswered(call)
			continue
		}
		for _, id := range p.take(call.Ref) {
			p.settle(id, &wire.ProduceResult{Err: err, Base: wire.NoOffset, Start: wire.NoOffset}, out)
		}
	}
}

// settle ends one attempt of a batch: done, to be tried again, or failed (Sender.completeBatch).
func (p *Producer) settle(id int32, r *wire.ProduceResult, out *sim.Out) {
	b, err := p.batch(id), r.Err
	b.InFlight = false
	p.unmute(b.At)
	switch {
	case b.Done: // it expired meanwhile
		if err == wire.None {
			p.acknowledged(b, r.Base)
		}
		p.forget(id, out)
	case err == wire.None:
		p.acknowledged(b, r.Base)
		p.complete(b, r.Base, out)
		p.forget(id, out)
	case err == wire.MessageTooLarge && len(b.Records) > 1:
		p.split(b, out)
	case b.Left > 0 && p.mayRetry(b, err, r.Start, out):
		b.Doubtful = b.Doubtful || doubtful(err)
		p.retry(b, err, out)
	default:
		b.Doubtful = b.Doubtful || doubtful(err)
		p.failed(b, err, out)
		p.tellFailure(b, p.reason(b, err), out)
		p.forget(id, out)
	}
}

// reason is the error that the application is told: OutOfOrderSequenceException if the batch could have been
// tried again, had its producer id not been given up meanwhile (Sender.completeBatch, before KIP-360).
func (p *Producer) reason(b *Batch, err wire.Error) wire.Error {
	if p.disowned(b) && b.Left > 0 && err.Retriable() {
		return wire.OutOfOrderSequenceNumber
	}
	return err
}

// doubtful tells whether a batch may be in the log after this error: the answer was lost, or the
// leader wrote it and then could not say that it is committed.
func doubtful(err wire.Error) bool {
	switch err {
	case wire.NetworkException, wire.RequestTimedOut, wire.NotEnoughReplicasAfter,
		wire.NotLeaderOrFollower:
		return true
	}
	return false
}

// retry puts a batch back into its queue. Without idempotence it goes to the front, and that is all
// that is done for order: two batches whose requests fail together come back in reverse
// (RecordAccumulator.reenqueue).
func (p *Producer) retry(b *Batch, err wire.Error, out *sim.Out) {
	b.Attempts++
	b.Retried = b.numbered()
	if b.Left != noLimit {
		b.Left--
	}
	b.Lingered = false
	b.BackingOff = true
	p.requeue(p.queue(b.At), b)
	c := &p.Config.Client
	d := client.Backoff(c.RetryBackoff, c.RetryBackoffMax, int(b.Attempts))
	d = out.Jitter(d, 20, "retry", uint64(b.ID)<<16|uint64(b.Attempts))
	out.SetTimer(sim.Timer{Kind: backoffTimer, Key: b.ID}, d)
	out.SetTimer(sim.Timer{Kind: lingerTimer, Key: b.ID}, p.Config.Linger)
	out.Tell(wire.Note{Kind: wire.Retrying, Node: p.Self, At: b.At, Err: err, Records: b.Records})
}

// complete runs the callbacks of a batch that is in the log, or, with acks=0, on its way: of each
// record first the interceptors', then the application's. A callback may send() again, and so change
// the batches.
func (p *Producer) complete(b *Batch, base int64, out *sim.Out) {
	at, records := b.At, b.Records
	for i := range records {
		r := &records[i]
		p.intercept("onAcknowledgement", r.Message, out)
		n := wire.Note{Kind: wire.Acked, Node: p.Self, Message: r.Message, Attempt: r.Attempt,
			At: at, Offset: base + int64(i)}
		if base == wire.NoOffset {
			n.Kind, n.Offset = wire.SentOK, wire.NoOffset
		}
		out.Tell(n)
		p.succeeded(Call{r.Message.N, r.Attempt}, out)
	}
}

// tellFailure runs the callbacks of a batch that is given up. Whether it is in the log is open if
// any attempt ended in doubt.
func (p *Producer) tellFailure(b *Batch, err wire.Error, out *sim.Out) {
	kind := wire.Failed
	if b.Doubtful {
		kind = wire.Unknown
	}
	at, records := b.At, b.Records
	for i := range records {
		r := &records[i]
		p.intercept("onAcknowledgement", r.Message, out)
		p.tellFailed(wire.Note{Kind: kind, Node: p.Self, Message: r.Message, Attempt: r.Attempt,
			At: at, Err: err}, Call{r.Message.N, r.Attempt}, out)
	}
}

// expire gives a batch up because delivery.timeout.ms is over, wherever it is
// (Sender.sendProducerData, failExpiredBatches).
func (p *Producer) expire(id int32, out *sim.Out) {
	b := p.batch(id)
	p.spoil(wire.ClientTimeout, out)
	p.doubt(b)
	if b.InFlight {
		b.Doubtful, b.Done = true, true
		p.untrack(b)
		p.tellFailure(b, wire.ClientTimeout, out)
		return
	}
	q := p.queue(b.At)
	q.Batches = slices.DeleteFunc(q.Batches, func(other int32) bool { return other == id })
	p.tellFailure(b, wire.ClientTimeout, out)
	p.forget(id, out)
}
