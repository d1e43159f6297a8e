package broker

import (
	"iter"
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// onTxnOffsetCommit stores positions that are part of a transaction: they hold once it is committed. First the
// transaction's coordinator is asked, as for a produce request, or told that the group's partition is part of it
// (KafkaApis.handleTxnOffsetCommitRequest, CoordinatorRuntime.scheduleTransactionalWriteOperation).
func (b *Broker) onTxnOffsetCommit(c sim.Conn, r *wire.TxnOffsetCommitRequest, out *sim.Out) {
	entries, unknown := b.positions(committing(r), out)
	if len(entries) == 0 {
		out.Reply(c, &wire.TxnOffsetCommitResponse{Err: unknown})
		return
	}
	batch := entryBatch(entries...).Numbered(r.ID, r.Epoch, wire.NoSequence).InTransaction()
	u := Unverified{Conn: c, Offsets: r, Request: &wire.ProduceRequest{
		Transaction: r.Transaction, Adds: r.Adds,
		Partitions: []wire.ProducePart{{At: b.partitionOf(r.Group), Batch: batch}},
	}}
	if !b.mustVerify(u.Request) {
		b.commitInTxn(&u, out)
		return
	}
	b.verify(b.numbered(u), out)
}

// committing is the commit that a transaction makes, in the words of one that none makes.
func committing(r *wire.TxnOffsetCommitRequest) *wire.OffsetCommitRequest {
	return &wire.OffsetCommitRequest{Group: r.Group, Generation: r.Generation, Member: r.Member,
		Instance: r.Instance, Offsets: r.Offsets}
}

// commitInTxn writes the positions, if they may be written.
func (b *Broker) commitInTxn(u *Unverified, out *sim.Out) {
	r, at, batch := u.Offsets, u.Request.Partitions[0].At, u.producer()
	err := b.coordinates(r.Group)
	if err == wire.None {
		err = commitError(u.refused(at))
	}
	if err == wire.None {
		err = b.mayCommitInTxn(committing(r))
	}
	if err == wire.None && b.log(at).outdated(batch) {
		err = wire.InvalidProducerEpoch
	}
	if err == wire.None {
		err = b.mayOpen(b.log(at), batch, &u.Verification, wire.None)
	}
	if err != wire.None {
		out.Reply(u.Conn, &wire.TxnOffsetCommitResponse{Err: err})
		return
	}
	unknown := wire.None
	if len(batch.Records) < len(r.Offsets) {
		unknown = wire.UnknownTopicOrPartition
	}
	b.appendOffsets(DelayedAppend{Conn: u.Conn, Group: r.Group, What: txnCommit, Unknown: unknown}, batch, out)
}

// commitError is what a transaction coordinator's error means to who commits positions
// (AddPartitionsToTxnManager, GroupCoordinatorService.handleOperationException).
func commitError(err wire.Error) wire.Error {
	switch err {
	case wire.ProducerFenced:
		return wire.InvalidProducerEpoch
	case wire.NetworkException:
		return wire.CoordinatorLoadInProgress
	case wire.UnknownTopicOrPartition, wire.NotEnoughReplicas, wire.RequestTimedOut:
		return wire.CoordinatorNotAvailable
	case wire.NotLeaderOrFollower:
		return wire.NotCoordinator
	}
	return err
}

// mayCommitInTxn: only who says what member it is, is checked (KIP-447): a producer before 2.5, or an
// application that has no group metadata to give, says nothing (OffsetMetadataManager.
// validateTransactionalOffsetCommit, ClassicGroup.validateOffsetCommit, KAFKA-18060). Such a commit does
// not keep the member's session, and is welcome while the group rebalances.
func (b *Broker) mayCommitInTxn(r *wire.OffsetCommitRequest) wire.Error {
	if r.Generation == wire.NoGeneration && r.Member == wire.NoMember && r.Instance == "" {
		return wire.None
	}
	if m := b.modern(r.Group); m != nil {
		if err := mayCommitModern(m.Now, r); err != wire.StaleMemberEpoch {
			return err
		}
		return wire.IllegalGeneration
	}
	_, err := b.committer(r)
	return err
}

// outdated tells whether a log has had something of a later epoch of a producer (ProducerAppendInfo.
// checkProducerEpoch). What a coordinator appends has no sequence numbers to check.
func (l *Log) outdated(batch *wire.Batch) bool {
	p := l.producer(batch.ProducerID)
	return p != nil && batch.ProducerEpoch < p.Epoch
}

// standing is how it stands with an offset that was written to __consumer_offsets.
type standing uint8

const (
	void  standing = iota // its transaction was aborted
	open                  // it is part of a transaction that is not over
	holds                 // it was committed, by itself or with its transaction
)

// backwards yields the offsets in a log of __consumer_offsets by the records that count, the last first.
// Of several that hold for a partition the last that was written counts, whichever was committed last. A
// tombstone holds at once, and what is older does not come back (OffsetMetadataManager.replay,
// .replayEndTransactionMarker).
func (l *Log) backwards(counts func(offset int64) bool) iter.Seq2[*wire.CommittedOffset, standing] {
	return func(yield func(*wire.CommittedOffset, standing) bool) {
		var over []*wire.Batch // of each producer the marker that was met last
		for i := l.Batches.Len() - 1; i >= 0; i-- {
			batch := l.Batches.At(i)
			if batch.Marker != wire.NoMarker {
				if counts(batch.Base) {
					over = append(over, batch)
				}
				continue
			}
			s := holds
			if batch.Transactional {
				s = outcome(over, batch.ProducerID)
			}
			for j := len(batch.Records) - 1; j >= 0; j-- {
				o, ok := batch.Records[j].Entry.(*wire.CommittedOffset)
				if ok && counts(batch.Offset(j)) && !yield(o, s) {
					return
				}
			}
		}
	}
}

// outcome is how it stands with the records of a producer's transaction by the markers behind them, the
// next one last.
func outcome(markers []*wire.Batch, id int64) standing {
	for i := len(markers) - 1; i >= 0; i-- {
		if m := markers[i]; m.ProducerID == id {
			if m.Marker == wire.CommitMarker {
				return holds
			}
			return void
		}
	}
	return open
}

// lastCommitted is a group's position in a partition by the records that count.
func (l *Log) lastCommitted(
	g wire.GroupID, p wire.Partition, counts func(offset int64) bool,
) wire.PartitionOffset {
	for o, s := range l.backwards(counts) {
		if s == holds && o.Group == g && o.At == p {
			return wire.PartitionOffset{At: p, Offset: o.Offset, OffsetEpoch: o.OffsetEpoch}
		}
	}
	return wire.PartitionOffset{At: p, Offset: wire.NoOffset, OffsetEpoch: wire.NoEpoch}
}

// written is everything in a log, committed or not: what its leader has in memory.
func written(int64) bool { return true }

// unstable tells whether a transaction that is not over has a group's position in a partition
// (OffsetMetadataManager.hasPendingTransactionalOffsets).
func (l *Log) unstable(g wire.GroupID, p wire.Partition) bool {
	for o, s := range l.backwards(written) {
		if o.Group == g && o.At == p && (s == open || o.Offset == wire.NoOffset) {
			return s == open
		}
	}
	return false
}

// present are all positions in a log, by the last record of each that has a standing, in the order of the
// records; tombstones are none.
func (l *Log) present(which standing) []*wire.CommittedOffset {
	var last []*wire.CommittedOffset
	for o, s := range l.backwards(written) {
		known := slices.ContainsFunc(last, func(k *wire.CommittedOffset) bool {
			return k.Group == o.Group && k.At == o.At
		})
		if !known && (s == which || o.Offset == wire.NoOffset) {
			last = append(last, o)
		}
	}
	slices.Reverse(last)
	return slices.DeleteFunc(last, func(o *wire.CommittedOffset) bool { return o.Offset == wire.NoOffset })
}
