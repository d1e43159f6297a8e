package consumer

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Sink is what a record does outside of Kafka. A record says which account it is about, how its value
// changes, and what the new value is.
type Sink uint8

// What a record can do.
const (
	Append    Sink = iota // it is put at the end of a list
	Set                   // the account := the new value
	Increment             // the account := the account + the change
)

// Dedupe is how a sink knows what it has applied already.
type Dedupe uint8

// What a sink can know again.
const (
	DedupeNothing Dedupe = iota
	DedupeKey            // the message, by an id that its producer has given it
	DedupeOffset         // the record, by partition and offset
)

// known tells whether the sink has applied the record before. It looks in the same transaction in
// which it applies, so nothing comes in between.
func (c *Consumer) known(item Item, out *sim.Out) bool {
	q := wire.Note{Kind: wire.EffectApplied, Node: c.Self, Text: string(c.Config.Reads)}
	switch c.Config.App.Dedupe {
	case DedupeKey:
		q.Message = item.Message
	case DedupeOffset:
		q.At, q.Offset = item.At, item.Offset
	default:
		return false
	}
	return out.Recall(q) > 0
}

// apply lets the record's effect happen; the sink keeps the offset with it if it is told to.
func (c *Consumer) apply(item Item, out *sim.Out) {
	kind, next := wire.EffectApplied, int64(0)
	if c.known(item, out) {
		kind = wire.EffectKnown
	}
	if c.Config.App.Offsets == InSink {
		next = item.Offset + 1
	}
	out.Tell(wire.Note{Kind: kind, Node: c.Self, At: item.At, Offset: item.Offset, To: next,
		Message: item.Message, Attempt: item.Attempt, Text: string(c.Config.Reads)})
}

// seekStored seeks, in partitions that are new, to the offsets that the sink has kept: what an application does in
// onPartitionsAssigned() that stores its offsets outside of Kafka (KafkaConsumer's javadoc).
func (c *Consumer) seekStored(added []wire.Partition, out *sim.Out) {
	if c.Config.App.Offsets != InSink {
		return
	}
	for _, at := range added {
		p := c.part(at)
		offset := out.Recall(wire.Note{Kind: wire.Positioned, Node: c.Self, At: p.At,
			Text: string(c.Config.Reads)})
		if offset != wire.NoOffset {
			c.place(p, offset, "the offset in its sink", out)
		}
	}
}
