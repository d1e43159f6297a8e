package broker

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// elected begins to coordinate what a partition of an internal topic holds, which is to read it first
// (BrokerMetadataPublisher.updateCoordinator, .onElection).
func (b *Broker) elected(at wire.Partition, out *sim.Out) {
	b.resigned(at, out)
	switch at.Topic {
	case b.Config.OffsetsTopic:
		b.Offsets = append(b.Offsets, OffsetsLog{At: at, Loading: true})
	case b.Config.TxnTopic:
		b.TxnLogs = append(b.TxnLogs, TxnLog{At: at, Epoch: b.replica(at).LeaderEpoch, Loading: true})
	default:
		return
	}
	out.SetTimer(sim.Timer{Kind: loadTimer, Key: partitionKey(at, 0)}, loadTime)
}

// resigned forgets it; who waits is sent to look for the new coordinator.
func (b *Broker) resigned(at wire.Partition, out *sim.Out) {
	out.StopTimer(sim.Timer{Kind: loadTimer, Key: partitionKey(at, 0)})
	switch at.Topic {
	case b.Config.OffsetsTopic:
		b.unloadGroups(at, out)
	case b.Config.TxnTopic:
		b.unloadTxns(at, out)
	}
}

// loaded is when such a partition has been read.
func (b *Broker) loaded(at wire.Partition, out *sim.Out) {
	if at.Topic == b.Config.TxnTopic {
		b.loadTxns(at, out)
		return
	}
	b.loadGroups(at, out)
}

// Loading tells whether the broker has still to read what it coordinates.
func (b *Broker) Loading() bool {
	return slices.ContainsFunc(b.Offsets, func(o OffsetsLog) bool { return o.Loading }) ||
		slices.ContainsFunc(b.TxnLogs, func(l TxnLog) bool { return l.Loading })
}

// OffsetsLog is a partition of __consumer_offsets that the broker leads, and so the groups that
// hash to it (CoordinatorRuntime).
type OffsetsLog struct {
	At      wire.Partition
	Loading bool  // the log is being read; requests are refused until it is
	Loaded  int64 // with Config.LoadFirstChunk: where the log ended when it had been read
}

// loadTime is what reading a partition of an internal topic takes.
const loadTime = sim.Millisecond

// loadGroups brings the groups back as their last records say; their members' sessions start afresh.
func (b *Broker) loadGroups(at wire.Partition, out *sim.Out) {
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

// committed is a group's position in a partition as its coordinator knows it: by what is committed, or by all
// that it has written.
func (b *Broker) committed(g wire.GroupID, p wire.Partition, all bool) wire.PartitionOffset {
	at := b.partitionOf(g)
	from, to := b.unread(at, g)
	hw := b.replica(at).HW
	return b.log(at).lastCommitted(g, p, func(offset int64) bool {
		return (all || offset < hw) && (offset < from || offset >= to)
	})
}

// offsetsLog is what the broker keeps of a partition of __consumer_offsets that it leads.
func (b *Broker) offsetsLog(at wire.Partition) *OffsetsLog {
	i := slices.IndexFunc(b.Offsets, func(o OffsetsLog) bool { return o.At == at })
	return &b.Offsets[i]
}
