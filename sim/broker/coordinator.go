package broker

import (
	"cmp"
	"slices"

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
}

// appended is what a record of __consumer_offsets holds.
type appended uint8

const (
	commit     appended = iota // positions: the client is answered
	assignment                 // a generation's: it is handed out
	replaced                   // a static member's new id: it is answered
	beat                       // a member of the consumer protocol: it is answered
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
		at = b.txnPartition(r.Transaction)
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
func (b *Broker) appendOffsets(d DelayedAppend, entries []wire.Entry, out *sim.Out) {
	d.At = b.partitionOf(d.Group)
	r := b.replica(d.At)
	b.appendEntries(r, entries, out)
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
func (b *Broker) appendEntries(r *Replica, entries []wire.Entry, out *sim.Out) {
	records := make([]wire.Record, len(entries))
	for i := range entries {
		records[i] = wire.Record{Bytes: offsetRecordBytes, Entry: entries[i]}
	}
	l := b.log(r.At)
	b.appendBatch(r, l, wire.NewBatch(records).At(l.End(), r.LeaderEpoch), out)
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
	if len(entries) == 0 {
		out.Reply(c, &wire.OffsetCommitResponse{Err: unknown})
		return
	}
	b.appendOffsets(DelayedAppend{Conn: c, Group: r.Group, Unknown: unknown}, entries, out)
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
	g := b.group(r.Group)
	if r.Generation == wire.NoGeneration && (g == nil || g.State == Empty) {
		return wire.None
	}
	if g == nil {
		return wire.IllegalGeneration
	}
	m, err := g.identify(r.Member, r.Instance)
	switch {
	case err != wire.None:
		return err
	case r.Generation != g.Generation:
		return wire.IllegalGeneration
	case g.State == Completing:
		return wire.RebalanceInProgress
	}
	b.renew(m, out)
	return wire.None
}

// fetchOffsets gives what is committed: the last record of each below the high watermark.
func (b *Broker) fetchOffsets(r *wire.OffsetFetchRequest) *wire.OffsetFetchResponse {
	answer := &wire.OffsetFetchResponse{Err: b.coordinates(r.Group)}
	if g := b.modern(r.Group); g != nil && answer.Err == wire.None {
		answer.Err = mayFetchModern(g.Now, r)
	}
	if answer.Err != wire.None {
		return answer
	}
	for _, p := range r.Partitions {
		answer.Offsets = append(answer.Offsets, b.committed(r.Group, p))
	}
	return answer
}

// Committed is a group's position in a partition as a log of __consumer_offsets has it below
// limit; its offset is NoOffset if it has none.
func Committed(l *Log, limit int64, g wire.GroupID, p wire.Partition) wire.PartitionOffset {
	return l.lastCommitted(g, p, func(offset int64) bool { return offset < limit })
}

// lastCommitted is a group's position in a partition by the records that count.
func (l *Log) lastCommitted(
	g wire.GroupID, p wire.Partition, counts func(offset int64) bool,
) wire.PartitionOffset {
	for i := l.Batches.Len() - 1; i >= 0; i-- {
		batch := l.Batches.At(i)
		for j := len(batch.Records) - 1; j >= 0; j-- {
			o, ok := batch.Records[j].Entry.(*wire.CommittedOffset)
			if ok && o.Group == g && o.At == p && counts(batch.Base+int64(j)) {
				return wire.PartitionOffset{At: p, Offset: o.Offset, OffsetEpoch: o.OffsetEpoch}
			}
		}
	}
	return wire.PartitionOffset{At: p, Offset: wire.NoOffset, OffsetEpoch: wire.NoEpoch}
}

// forgetOffsets writes tombstones for what groups have committed in a topic that was deleted
// (OffsetMetadataManager.onPartitionsDeleted).
func (b *Broker) forgetOffsets(topic wire.TopicID, out *sim.Out) {
	for i := range b.Offsets {
		if o := &b.Offsets[i]; !o.Loading {
			b.expire(o.At, out, func(c *wire.CommittedOffset) bool { return c.At.Topic == topic })
		}
	}
}

// expire writes tombstones for some of the offsets that are committed in a partition of
// __consumer_offsets. Nobody waits for them.
func (b *Broker) expire(at wire.Partition, out *sim.Out, which func(*wire.CommittedOffset) bool) {
	var entries []wire.Entry
	for _, c := range b.log(at).committed() {
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
	b.appendEntries(r, entries, out)
	if !b.advance(r, out) {
		b.checkFetches(out)
	}
}

// committed are the last records of all positions in a log of __consumer_offsets, but tombstones.
func (l *Log) committed() []*wire.CommittedOffset {
	var last []*wire.CommittedOffset
	for _, batch := range l.Batches.All() {
		for i := range batch.Records {
			c, ok := batch.Records[i].Entry.(*wire.CommittedOffset)
			if !ok {
				continue
			}
			last = slices.DeleteFunc(last, func(o *wire.CommittedOffset) bool {
				return o.Group == c.Group && o.At == c.At
			})
			if c.Offset != wire.NoOffset {
				last = append(last, c)
			}
		}
	}
	return last
}
