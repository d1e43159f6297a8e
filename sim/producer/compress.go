package producer

import (
	"fmt"

	"example.com/ksim/sim"
	"example.com/ksim/sim/codec"
	"example.com/ksim/sim/wire"
)

// Kafka compresses while it appends, and so does not know how large a batch is before it is closed.
// batch.size is compared with an estimate, made from how well earlier batches were compressed
// (MemoryRecordsBuilder.estimatedBytesWritten, CompressionRatioEstimator). Ratios are what is left,
// in millionths.
const (
	whole        = 1_000_000
	safety       = 105    // COMPRESSION_RATE_ESTIMATION_FACTOR, in hundredths
	improves     = 5_000  // COMPRESSION_RATIO_IMPROVING_STEP
	deteriorates = 50_000 // COMPRESSION_RATIO_DETERIORATE_STEP
)

// expected is the ratio a new batch is begun with; 0 if nothing is compressed.
func (p *Producer) expected() int32 {
	switch {
	case p.Config.Compression.Codec == wire.Uncompressed:
		return 0
	case p.Ratio == 0:
		return whole
	}
	return p.Ratio
}

// learn moves the estimate: down in small steps, up at once (CompressionRatioEstimator.updateEstimation).
func (p *Producer) learn(observed int32) {
	switch now := p.expected(); {
	case observed > now:
		p.Ratio = max(now+deteriorates, observed)
	case observed < now:
		p.Ratio = max(now-improves, observed)
	}
}

// sizeOf is what a record adds before compression (DefaultRecord.sizeInBytes; without compression
// the model counts key and value only).
func (b *Batch) sizeOf(r *wire.Record) int32 {
	if b.Ratio == 0 {
		return r.Bytes
	}
	return codec.Bytes(b.Records, r)
}

// estimate is how large the batch is thought to be.
func (b *Batch) estimate() int32 {
	if b.Ratio == 0 {
		return batchOverhead + b.Raw
	}
	return batchOverhead + int32(int64(b.Raw)*int64(b.Ratio)*safety/(whole*100))
}

// pack makes what goes over the wire. From then on the batch's size is known (ProducerBatch.close).
func (p *Producer) pack(b *Batch, out *sim.Out) *wire.Batch {
	sent := wire.NewBatch(append([]wire.Record(nil), b.Records...))
	sent.Payload = p.Config.App.Payload
	if b.Ratio == 0 {
		return sent
	}
	sent = codec.Pack(sent, p.Config.Compression)
	b.Bytes = sent.Bytes
	p.learn(b.observed())
	out.Tell(wire.Note{Kind: wire.Compressed, Node: p.Self, At: b.At, Batch: sent,
		Text: fmt.Sprintf("%s, %d bytes for %d", sent.Codec, sent.Bytes-batchOverhead, sent.Raw)})
	return sent
}

// pace is the time from one send() to the next: the application's own, and what compressing a record
// takes of its thread, inside send().
func (p *Producer) pace() sim.Duration {
	packing := p.Config.Speeds.Packing(p.Config.Compression.Codec, int64(p.Config.App.Bytes))
	return p.Config.App.Every + packing
}
