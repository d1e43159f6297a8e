package broker

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// OffsetsLog is a partition of __consumer_offsets that the broker leads, and so the groups that
// hash to it (CoordinatorRuntime).
type OffsetsLog struct {
	At      wire.Partition
	Loading bool  // the log is being read; requests are refused until it is
	Loaded  int64 // with Config.LoadFirstChunk: where the log ended when it had been read
}

// loadTime is what reading a partition of __consumer_offsets takes.
const loadTime = sim.Millisecond

// loadGroups begins to read a partition that the broker has come to lead.
func (b *Broker) loadGroups(at wire.Partition, out *sim.Out) {
	b.unloadGroups(at, out)
	b.Offsets = append(b.Offsets, OffsetsLog{At: at, Loading: true})
	out.SetTimer(sim.Timer{Kind: loadTimer, Key: partitionKey(at, 0)}, loadTime)
}

// loaded brings the groups back as their last records say; their members' sessions start afresh.
func (b *Broker) loaded(key int32, out *sim.Out) {
	at := keyPartition(key)
	o := b.offsetsLog(at)
	o.Loading = false
	if b.Config.LoadFirstChunk {
		o.Loaded = b.log(at).End()
	}
	for offset, r := range b.log(at).Records() {
		switch e := r.Entry.(type) {
		case *wire.GroupSnapshot:
			if !b.passedOver(at, e.Group, offset, r, out) {
				b.restore(at, e)
			}
		case *wire.CommittedOffset:
			b.passedOver(at, e.Group, offset, r, out)
		case *wire.ConsumerGroup:
			b.replaceGroup(at, e)
		}
	}
	b.loadedModern(at, out)
	b.countLoaded(at, out)
	for i := range b.Groups {
		g := &b.Groups[i]
		for j := range g.Members {
			if g.At == at {
				b.renew(&g.Members[j], out)
			}
		}
	}
}

// unread are the offsets of the records, to exclusive, that loading has passed over for a group, which
// is nothing but in 0.11.0.0: there a group is put into the cache after the first chunk that says anything
// of it, and what later chunks say is refused as being there already (GroupMetadataManager.loadGroup,
// KAFKA-5600).
func (b *Broker) unread(at wire.Partition, g wire.GroupID) (from, to int64) {
	l, o := b.log(at), b.offsetsLog(at)
	if !b.Config.LoadFirstChunk {
		return l.End(), l.End()
	}
	from = l.Start
	for from < o.Loaded {
		chunk := l.read(from, o.Loaded, b.Config.LoadBuffer)
		from = chunk[len(chunk)-1].Next()
		if slices.ContainsFunc(chunk, func(batch *wire.Batch) bool { return tellsOf(batch, g) }) {
			break
		}
	}
	return from, o.Loaded
}

// passedOver tells, to everybody too, whether loading has passed over a record of a group.
func (b *Broker) passedOver(
	at wire.Partition, g wire.GroupID, offset int64, r *wire.Record, out *sim.Out,
) bool {
	from, to := b.unread(at, g)
	if offset < from || offset >= to {
		return false
	}
	out.Tell(wire.Note{Kind: wire.PassedOver, Node: b.Self, At: at, Offset: offset, Records: []wire.Record{*r}})
	return true
}

// tellsOf tells whether a batch of __consumer_offsets has anything of a group.
func tellsOf(batch *wire.Batch, g wire.GroupID) bool {
	return slices.ContainsFunc(batch.Records, func(r wire.Record) bool {
		switch e := r.Entry.(type) {
		case *wire.GroupSnapshot:
			return e.Group == g
		case *wire.CommittedOffset:
			return e.Group == g
		}
		return false
	})
}

// committed is a group's position in a partition as its coordinator knows it.
func (b *Broker) committed(g wire.GroupID, p wire.Partition) wire.PartitionOffset {
	at := b.partitionOf(g)
	from, to := b.unread(at, g)
	hw := b.replica(at).HW
	return b.log(at).lastCommitted(g, p, func(offset int64) bool {
		return offset < hw && (offset < from || offset >= to)
	})
}

// offsetsLog is what the broker keeps of a partition of __consumer_offsets that it leads.
func (b *Broker) offsetsLog(at wire.Partition) *OffsetsLog {
	i := slices.IndexFunc(b.Offsets, func(o OffsetsLog) bool { return o.At == at })
	return &b.Offsets[i]
}
