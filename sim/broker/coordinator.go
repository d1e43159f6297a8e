package broker

import (
	"cmp"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// offsetRecordBytes is a round figure for a record of __consumer_offsets.
const offsetRecordBytes = 60

// DelayedAppend is what waits until a record of __consumer_offsets is committed.
type DelayedAppend struct {
	ID         int32 // of its timer
	At         wire.Partition
	Required   int64
	What       appended
	Conn       sim.Conn   // of the commit
	Unknown    wire.Error // of a commit: that some of it was for partitions which do not exist
	Group      wire.GroupID
	Generation int32                                // that the record is of
	Snapshot   *wire.GroupSnapshot                  // the assignment
	Member     wire.MemberID                        // who took its old place
	Was        wire.MemberID                        // who had it
	Beat       *wire.ConsumerGroupHeartbeatResponse // what a member of the consumer protocol is told
	Positions  *wire.OffsetFetchResponse            // what is told of them
}

// appended is what a record of __consumer_offsets holds.
type appended uint8

const (
	commit     appended = iota // positions: the client is answered
	txnCommit                  // positions that are part of a transaction: it is answered
	assignment                 // a generation's: it is handed out
	replaced                   // a static member's new id: it is answered
	beat                       // a member of the consumer protocol: it is answered
	fetched                    // nothing new: positions that were asked for are given
	silent                     // a group without members, or what nobody waits for
)

// partitionOf is the partition of __consumer_offsets that holds a group: Java's hash of its name
// (GroupCoordinatorService.partitionFor).
func (b *Broker) partitionOf(g wire.GroupID) wire.Partition {
	return wire.Partition{
		Topic: b.Config.OffsetsTopic,
		Index: wire.GroupPartition(g, b.Config.OffsetsPartitions),
	}
}

// findCoordinator names the leader of the partition that holds a group or a transactional.id, as far as
// this broker has heard.
func (b *Broker) findCoordinator(r *wire.FindCoordinatorRequest) *wire.FindCoordinatorResponse {
	at := b.partitionOf(r.Group)
	if r.Transaction != "" {
		at = b.TxnPartition(r.Transaction)
	}
	leader := b.leaderOf(at)
	if leader == wire.Nobody {
		return &wire.FindCoordinatorResponse{Err: wire.CoordinatorNotAvailable}
	}
	return &wire.FindCoordinatorResponse{Node: leader}
}

// leaderOf is the broker that leads a partition and lives, as far as this one has heard; Nobody: there is
// none.
func (b *Broker) leaderOf(at wire.Partition) wire.NodeID {
	p := b.Image.Partition(at)
	if p == nil || !b.Image.Alive().Has(p.Leader) {
		return wire.Nobody
	}
	return p.Leader
}

// coordinates tells whether this broker can serve a group now.
func (b *Broker) coordinates(g wire.GroupID) wire.Error {
	at := b.partitionOf(g)
	for i := range b.Offsets {
		if o := &b.Offsets[i]; o.At == at {
			if o.Loading {
				return wire.CoordinatorLoadInProgress
			}
			return wire.None
		}
	}
	return wire.NotCoordinator
}

// unloadGroups forgets the groups of a partition that is led by another now; who waits is sent
// to look for the new coordinator.
func (b *Broker) unloadGroups(at wire.Partition, out *sim.Out) {
	for i := range b.Offsets {
		if b.Offsets[i].At == at {
			b.Offsets = append(b.Offsets[:i], b.Offsets[i+1:]...)
			break
		}
	}
	commits := b.Commits
	b.Commits = nil
	for _, d := range commits {
		if d.At != at {
			b.Commits = append(b.Commits, d)
			continue
		}
		b.settleAppend(d, wire.NotCoordinator, out)
	}
	b.unloadModern(at, out)
	b.uncount(at, out)
	groups := b.Groups
	b.Groups = nil
	for i := range groups {
		if groups[i].At != at {
			b.Groups = append(b.Groups, groups[i])
			continue
		}
		groups[i].dissolve(out)
	}
}

// appendOffsets writes a batch to the group's partition, as an acks=1 append that is answered
// only when it is committed (CoordinatorPartitionWriter).
func (b *Broker) appendOffsets(d DelayedAppend, batch *wire.Batch, out *sim.Out) {
	d.At = b.partitionOf(d.Group)
	r := b.replica(d.At)
	b.appendEntries(r, batch, out)
	b.awaitOffsets(d, out)
	if !b.advance(r, out) {
		b.checkFetches(out)
	}
}

// awaitOffsets holds an answer back until all that is written to the group's partition is committed.
func (b *Broker) awaitOffsets(d DelayedAppend, out *sim.Out) {
	d.At = b.partitionOf(d.Group)
	d.Required = b.log(d.At).End()
	for b.committing(d.ID) {
		d.ID++
	}
	b.Commits = append(b.Commits, d)
	out.SetTimer(sim.Timer{Kind: offsetCommitTimer, Key: d.ID}, b.Config.CommitTimeout)
}

// appendEntries writes records to a partition of __consumer_offsets.
func (b *Broker) appendEntries(r *Replica, batch *wire.Batch, out *sim.Out) {
	l := b.log(r.At)
	b.appendBatch(r, l, batch.At(l.End(), r.LeaderEpoch), out)
}

// entryBatch is a batch of records of __consumer_offsets.
func entryBatch(entries ...wire.Entry) *wire.Batch {
	records := make([]wire.Record, len(entries))
	for i := range entries {
		records[i] = wire.Record{Bytes: offsetRecordBytes, Entry: entries[i]}
	}
	return wire.NewBatch(records)
}

func (b *Broker) committing(id int32) bool {
	for i := range b.Commits {
		if b.Commits[i].ID == id {
			return true
		}
	}
	return false
}

// checkCommits answers what waited for a record that is committed now.
func (b *Broker) checkCommits(out *sim.Out) {
	for i := 0; i < len(b.Commits); {
		d := b.Commits[i]
		if b.replica(d.At).HW < d.Required {
			i++
			continue
		}
		b.Commits = append(b.Commits[:i], b.Commits[i+1:]...)
		b.settleAppend(d, wire.None, out)
	}
}

// expireCommit gives up on a record that was not committed in time; it stays in the log.
func (b *Broker) expireCommit(id int32, out *sim.Out) {
	for i := range b.Commits {
		if d := b.Commits[i]; d.ID == id {
			b.Commits = append(b.Commits[:i], b.Commits[i+1:]...)
			b.settleAppend(d, wire.CoordinatorNotAvailable, out)
			return
		}
	}
}

func (b *Broker) settleAppend(d DelayedAppend, err wire.Error, out *sim.Out) {
	out.StopTimer(sim.Timer{Kind: offsetCommitTimer, Key: d.ID})
	g := b.group(d.Group)
	switch {
	case d.What == commit:
		out.Reply(d.Conn, &wire.OffsetCommitResponse{Err: cmp.Or(err, d.Unknown)})
	case d.What == txnCommit:
		out.Reply(d.Conn, &wire.TxnOffsetCommitResponse{Err: cmp.Or(err, d.Unknown)})
	case d.What == fetched && err == wire.None:
		out.Reply(d.Conn, d.Positions)
	case d.What == fetched:
		out.Reply(d.Conn, &wire.OffsetFetchResponse{Err: err})
	case d.What == beat && err == wire.None:
		out.Reply(d.Conn, d.Beat)
	case d.What == beat:
		out.Reply(d.Conn, &wire.ConsumerGroupHeartbeatResponse{Err: err, Member: d.Beat.Member})
	case g == nil:
	case d.What == assignment:
		b.assigned(g, d, err, out)
	case d.What == replaced:
		b.tookPlace(g, d, err, out)
	}
}

// onOffsetCommit stores positions for a member of the present generation, or, without a
// generation, for a group that has no members (ClassicGroup.validateOffsetCommit). Those in partitions that
// this broker has not heard of are refused, and the others stored (KafkaApis.handleOffsetCommitRequest).
func (b *Broker) onOffsetCommit(c sim.Conn, r *wire.OffsetCommitRequest, out *sim.Out) {
	err := b.coordinates(r.Group)
	if err == wire.None {
		err = b.mayCommit(r, out)
	}
	if err != wire.None {
		out.Reply(c, &wire.OffsetCommitResponse{Err: err})
		return
	}
	entries, unknown := b.positions(r, out)
	if len(entries) == 0 {
		out.Reply(c, &wire.OffsetCommitResponse{Err: unknown})
		return
	}
	b.appendOffsets(DelayedAppend{Conn: c, Group: r.Group, Unknown: unknown}, entryBatch(entries...), out)
}

// positions are the records of a commit: of the partitions that this broker has heard of.
func (b *Broker) positions(r *wire.OffsetCommitRequest, out *sim.Out) ([]wire.Entry, wire.Error) {
	var entries []wire.Entry
	unknown := wire.None
	for _, o := range r.Offsets {
		if b.Image.Partition(o.At) == nil {
			unknown = wire.UnknownTopicOrPartition
			continue
		}
		entries = append(entries, &wire.CommittedOffset{
			Group: r.Group, At: o.At, Offset: o.Offset, OffsetEpoch: o.OffsetEpoch,
		})
		b.countFrom(r.Group, o.At, out)
		b.tellLowered(r.Group, o, out)
	}
	return entries, unknown
}

// tellLowered tells that a group goes back. Kafka takes a lower offset as it takes any, and says nothing.
func (b *Broker) tellLowered(g wire.GroupID, o wire.PartitionOffset, out *sim.Out) {
	l := b.log(b.partitionOf(g))
	if had := Committed(l, l.End(), g, o.At); had.Offset > o.Offset {
		out.Tell(wire.Note{Kind: wire.CommitLowered, Node: b.Self, At: o.At, Offset: had.Offset,
			To: o.Offset, Text: string(g)})
	}
}

func (b *Broker) mayCommit(r *wire.OffsetCommitRequest, out *sim.Out) wire.Error {
	if m := b.modern(r.Group); m != nil {
		return mayCommitModern(m.Now, r)
	}
	m, err := b.committer(r)
	switch {
	case err != wire.None || m == nil:
		return err
	case b.group(r.Group).State == Completing:
		return wire.RebalanceInProgress
	}
	b.renew(m, out)
	return wire.None
}

// committer is the member of the present generation that commits; nil: nobody in particular, to a group
// that has no members.
func (b *Broker) committer(r *wire.OffsetCommitRequest) (*Member, wire.Error) {
	g := b.group(r.Group)
	switch {
	case r.Generation == wire.NoGeneration && (g == nil || g.State == Empty):
		return nil, wire.None
	case g == nil:
		return nil, wire.IllegalGeneration
	}
	m, err := g.identify(r.Member, r.Instance)
	if err == wire.None && r.Generation != g.Generation {
		err = wire.IllegalGeneration
	}
	return m, err
}
