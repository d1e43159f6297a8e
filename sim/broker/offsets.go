package broker

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// onOffsetFetch gives a group's positions. Who asks for stable ones gets them as they are written, when all
// that is written is committed, and none while a transaction may still change one
// (GroupCoordinatorService.fetchOffsets, KIP-447).
func (b *Broker) onOffsetFetch(c sim.Conn, r *wire.OffsetFetchRequest, out *sim.Out) {
	answer := b.fetchOffsets(r)
	if answer.Err == wire.None && r.Stable && b.unsettled(r.Group) {
		b.awaitOffsets(DelayedAppend{Conn: c, Group: r.Group, What: fetched, Positions: answer}, out)
		return
	}
	out.Reply(c, answer)
}

// unsettled tells whether a group's partition has records that are not committed.
func (b *Broker) unsettled(g wire.GroupID) bool {
	at := b.partitionOf(g)
	return b.replica(at).HW < b.log(at).End()
}

func (b *Broker) fetchOffsets(r *wire.OffsetFetchRequest) *wire.OffsetFetchResponse {
	answer := &wire.OffsetFetchResponse{Err: b.coordinates(r.Group)}
	if g := b.modern(r.Group); g != nil && answer.Err == wire.None {
		answer.Err = mayFetchModern(g.Now, r)
	}
	if answer.Err != wire.None {
		return answer
	}
	for _, p := range r.Partitions {
		if r.Stable && b.log(b.partitionOf(r.Group)).unstable(r.Group, p) {
			return &wire.OffsetFetchResponse{Err: wire.UnstableOffsetCommit}
		}
		answer.Offsets = append(answer.Offsets, b.committed(r.Group, p, r.Stable))
	}
	return answer
}

// Committed is a group's position in a partition as a log of __consumer_offsets has it below
// limit; its offset is NoOffset if it has none.
func Committed(l *Log, limit int64, g wire.GroupID, p wire.Partition) wire.PartitionOffset {
	return l.lastCommitted(g, p, func(offset int64) bool { return offset < limit })
}

// forgetOffsets writes tombstones for what groups have committed in a topic that was deleted, or will with
// a transaction (OffsetMetadataManager.onPartitionsDeleted).
func (b *Broker) forgetOffsets(topic wire.TopicID, out *sim.Out) {
	gone := func(c *wire.CommittedOffset) bool { return c.At.Topic == topic }
	for i := range b.Offsets {
		if o := &b.Offsets[i]; !o.Loading {
			l := b.log(o.At)
			b.expire(o.At, append(l.present(holds), l.present(open)...), out, gone)
		}
	}
}

// expire writes tombstones for some of the offsets in a partition of __consumer_offsets. Nobody waits for them.
func (b *Broker) expire(
	at wire.Partition, offsets []*wire.CommittedOffset, out *sim.Out, which func(*wire.CommittedOffset) bool,
) {
	var entries []wire.Entry
	for _, c := range offsets {
		if which(c) {
			entries = append(entries, &wire.CommittedOffset{
				Group: c.Group, At: c.At, Offset: wire.NoOffset, OffsetEpoch: wire.NoEpoch,
			})
		}
	}
	if len(entries) == 0 {
		return
	}
	r := b.replica(at)
	b.appendEntries(r, entryBatch(entries...), out)
	if !b.advance(r, out) {
		b.checkFetches(out)
	}
}
