package broker

import (
	"fmt"
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/codec"
	"example.com/ksim/sim/wire"
)

// validate looks at the records of a batch, for which it has to decompress them, and gives the batch
// as the log keeps it: as it came if the topic's compression.type is producer or the codec it came
// with, on whatever level; else compressed anew, after which it may be too large. A topic that is compacted takes no record without a key
// (LogValidator.validateMessagesAndAssignOffsetsCompressed, UnifiedLog.append).
func (b *Broker) validate(p *wire.ProducePart, out *sim.Out) (*wire.Batch, wire.Error) {
	topic, came := &b.Image.Topic(p.At.Topic).Config, p.Batch
	out.Busy(b.Config.Speeds.Unpacking(came.Codec, int64(came.Raw)))
	if topic.Compact && slices.ContainsFunc(came.Records, func(r wire.Record) bool { return !r.Keyed }) {
		return came, wire.InvalidRecord
	}
	if !topic.Recompress || topic.Codec == came.Codec {
		return came, wire.None
	}
	kept := codec.Pack(came, wire.Compression{Codec: topic.Codec, Level: topic.Level})
	out.Busy(b.Config.Speeds.Packing(kept.Codec, int64(kept.Raw)))
	out.Tell(wire.Note{Kind: wire.Recompressed, Node: b.Self, At: p.At, Batch: kept,
		Text: fmt.Sprintf("%s, %d bytes, to %s, %d bytes", came.Codec, came.Bytes, kept.Codec, kept.Bytes)})
	if kept.Bytes > topic.MaxMessageBytes {
		return kept, wire.MessageTooLarge
	}
	return kept, wire.None
}
