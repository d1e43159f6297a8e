package producer

import (
	"strconv"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// split puts the records of a batch that the broker found too large into new ones and those to the
// front of the queue, as if none had been tried (Sender.completeBatch, RecordAccumulator.splitAndReenqueue,
// ProducerBatch.split). A new one is full at batch.size, by an estimate that trusts in no compression
// any more. So a batch gets smaller only if compression had made it larger than that; else the
// same one is sent again at once, and again, until delivery.timeout.ms (KAFKA-8350).
func (p *Producer) split(big *Batch, out *sim.Out) {
	if big.Ratio > 0 {
		p.Ratio = max(whole, big.observed())
	}
	parts := p.cut(big)
	out.Tell(wire.Note{Kind: wire.Split, Node: p.Self, At: big.At, Records: big.Records,
		Text: pieces(len(parts))})
	q, from := p.queue(big.At), sim.Timer{Kind: deliveryTimer, Key: big.ID}
	p.untrack(big)
	for i := len(parts) - 1; i >= 0; i-- {
		b := parts[i]
		b.ID = p.freeID()
		p.Batches = append(p.Batches, b)
		out.CopyTimer(from, sim.Timer{Kind: deliveryTimer, Key: b.ID})
		p.requeue(q, &b)
		if b.numbered() {
			p.track(q, &b)
		}
	}
	p.forget(from.Key, out)
}

// cut makes the new batches. They go on with the numbers of the old one, and their memory is not taken
// from buffer.memory.
func (p *Producer) cut(big *Batch) []Batch {
	var parts []Batch
	number := big.Sequence
	for i := range big.Records {
		r := &big.Records[i]
		n := len(parts) - 1
		if n < 0 || parts[n].Bytes+parts[n].sizeOf(r) > p.Config.BatchSize {
			parts = append(parts, Batch{At: big.At, Bytes: batchOverhead, Ratio: p.expected(),
				Left: p.Config.Retries, Full: true, Doubtful: big.Doubtful, Flushed: big.Flushed,
				Who: big.Who, Sequence: number})
			n++
		}
		parts[n].add(*r, 0)
		if big.numbered() {
			number = wire.NextSequence(number, 1)
		}
	}
	return parts
}

// observed is what compression has left of a batch that was packed, in millionths.
func (b *Batch) observed() int32 {
	return int32(int64(b.Bytes-batchOverhead) * whole / int64(b.Raw))
}

func pieces(n int) string {
	if n == 1 {
		return "into one, the same again"
	}
	return "into " + strconv.Itoa(n)
}
