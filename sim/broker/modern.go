package broker

import (
	"cmp"
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// ModernGroup is a group of the consumer protocol that the broker coordinates (ModernGroup, KIP-848).
// It is what its last record says.
type ModernGroup struct {
	At  wire.Partition // of __consumer_offsets
	Now *wire.ConsumerGroup
}

func (b *Broker) modern(id wire.GroupID) *ModernGroup {
	for i := range b.Modern {
		if b.Modern[i].Now.ID == id {
			return &b.Modern[i]
		}
	}
	return nil
}

// consumerMember is a member by its id, nil if there is none. It must not be changed.
func consumerMember(g *wire.ConsumerGroup, id wire.MemberID) *wire.ConsumerMember {
	for i := range g.Members {
		if g.Members[i].ID == id {
			return &g.Members[i]
		}
	}
	return nil
}

// staticMember is the member that goes by a group.instance.id, nil if there is none.
func staticMember(g *wire.ConsumerGroup, instance string) *wire.ConsumerMember {
	for i := range g.Members {
		if g.Members[i].Instance == instance {
			return &g.Members[i]
		}
	}
	return nil
}

// withMember is the group with a member as it is now, and without who had its place.
func withMember(g *wire.ConsumerGroup, m wire.ConsumerMember, was wire.MemberID) *wire.ConsumerGroup {
	next := *withoutMember(withoutMember(g, was), m.ID)
	at, _ := slices.BinarySearchFunc(next.Members, m.ID, func(m wire.ConsumerMember, id wire.MemberID) int {
		return byID(m.ID, id)
	})
	next.Members = slices.Insert(next.Members, at, m)
	return &next
}

func withoutMember(g *wire.ConsumerGroup, id wire.MemberID) *wire.ConsumerGroup {
	next := *g
	next.Members = slices.DeleteFunc(slices.Clone(g.Members), func(m wire.ConsumerMember) bool {
		return m.ID == id
	})
	return &next
}

// byID is the order of member ids. In Kafka they are random.
func byID(a, b wire.MemberID) int {
	return cmp.Or(cmp.Compare(a.Client, b.Client), cmp.Compare(a.Birth, b.Birth))
}

// owner is the member that a partition belongs to until it has given it up, nil if it is free
// (ConsumerGroup.currentPartitionEpoch).
func owner(g *wire.ConsumerGroup, at wire.Partition) *wire.ConsumerMember {
	for i := range g.Members {
		m := &g.Members[i]
		if slices.Contains(m.Assigned, at) || slices.Contains(m.Revoking, at) {
			return m
		}
	}
	return nil
}

// onConsumerHeartbeat is everything that a member of the consumer protocol asks for. The answer waits
// until what it rests on is committed (GroupMetadataManager.consumerGroupHeartbeat).
func (b *Broker) onConsumerHeartbeat(c sim.Conn, r *wire.ConsumerGroupHeartbeatRequest, out *sim.Out) {
	next, answer, err := b.consumerHeartbeat(r)
	if err != wire.None {
		out.Reply(c, &wire.ConsumerGroupHeartbeatResponse{Err: err, Member: r.Member, Epoch: r.Epoch})
		return
	}
	if r.Epoch < wire.JoinEpoch {
		out.Tell(wire.Note{Kind: wire.LeftGroup, Node: r.Member.Client, Peer: b.Self, Text: goodBye(r.Epoch)})
	}
	at := b.partitionOf(r.Group)
	b.watchMember(next, r.Member, out)
	d := DelayedAppend{Conn: c, Group: r.Group, What: beat, Beat: answer}
	switch {
	case b.record(next, d, out):
	case b.replica(at).HW < b.log(at).End(): // of an earlier change
		b.awaitOffsets(d, out)
	case answer.Assigns:
		out.Reply(c, answer)
	default:
		out.ReplyIdle(c, answer)
	}
}

func goodBye(epoch wire.MemberEpoch) string {
	if epoch == wire.StaticLeaveEpoch {
		return "it will be back with its group.instance.id"
	}
	return "it said good-bye"
}

// consumerHeartbeat works out what becomes of the group, and what the member is told.
func (b *Broker) consumerHeartbeat(
	r *wire.ConsumerGroupHeartbeatRequest,
) (*wire.ConsumerGroup, *wire.ConsumerGroupHeartbeatResponse, wire.Error) {
	g, err := b.modernFor(r)
	if err != wire.None {
		return nil, nil, err
	}
	if r.Epoch < wire.JoinEpoch {
		return b.leaveModern(g, r)
	}
	m, was, err := enlist(g, r)
	if err != wire.None {
		return nil, nil, err
	}
	joined := !slices.Equal(m.Topics, withNews(m, r).Topics)
	before := m.Assigned
	m = withNews(m, r)
	g = withMember(g, m, was)
	if topics := b.countTopics(g); joined || !slices.Equal(topics, g.Topics) {
		g.Topics, g.Epoch = topics, g.Epoch+1
	}
	if g.Epoch > g.AssignmentEpoch {
		g = b.retarget(g)
		m = *consumerMember(g, m.ID)
	}
	m = reconcile(g, m, r)
	answer := &wire.ConsumerGroupHeartbeatResponse{
		Member: m.ID, Epoch: m.Epoch, Interval: b.Config.ConsumerHeartbeat,
	}
	if r.Full() || !slices.Equal(before, m.Assigned) {
		answer.Assigns, answer.Partitions = true, m.Assigned
	}
	return withMember(g, m, wire.NoMember), answer, wire.None
}

// modernFor finds the group that a heartbeat is for. One that joins makes it, also in place of a
// classic group without members, whose committed offsets stay (getOrMaybeCreateConsumerGroup).
func (b *Broker) modernFor(r *wire.ConsumerGroupHeartbeatRequest) (*wire.ConsumerGroup, wire.Error) {
	err := b.coordinates(r.Group)
	classic, g := b.group(r.Group), b.modern(r.Group)
	switch {
	case err != wire.None:
		return nil, err
	case r.Assignor != "" && !slices.Contains(b.Config.ConsumerAssignors, r.Assignor):
		return nil, wire.UnsupportedAssignor
	case g != nil:
		return g.Now, wire.None
	case r.Epoch != wire.JoinEpoch || classic != nil && classic.State != Empty:
		return nil, wire.GroupIDNotFound
	}
	return &wire.ConsumerGroup{ID: r.Group}, wire.None
}

// enlist finds the member, or makes one that joins. A static member that left for a while gets its old
// place under its new id; who had that is named (getOrMaybeSubscribeDynamicConsumerGroupMember and
// getOrMaybeSubscribeStaticConsumerGroupMember).
func enlist(
	g *wire.ConsumerGroup, r *wire.ConsumerGroupHeartbeatRequest,
) (m wire.ConsumerMember, was wire.MemberID, err wire.Error) {
	known := consumerMember(g, r.Member)
	if r.Instance != "" {
		known = staticMember(g, r.Instance)
	}
	switch {
	case known == nil && r.Epoch == wire.JoinEpoch:
		return wire.ConsumerMember{ID: r.Member, Instance: r.Instance}, wire.NoMember, wire.None
	case known == nil:
		return m, was, wire.UnknownMemberID
	case r.Instance != "" && r.Epoch == wire.JoinEpoch:
		if known.Epoch != wire.StaticLeaveEpoch {
			return m, was, wire.UnreleasedInstanceID
		}
		m, was = *known, known.ID
		m.ID, m.Epoch, m.Previous = r.Member, wire.JoinEpoch, wire.JoinEpoch
		return m, was, wire.None
	case known.ID != r.Member:
		return m, was, wire.FencedInstanceID
	}
	return *known, wire.NoMember, checkEpoch(known, r)
}

// checkEpoch fences a member that comes with another epoch than the one it was told last. With the one
// before that it may come if it has nothing that is not its own: the answer may have been lost. It may
// always start anew (throwIfConsumerGroupMemberEpochIsInvalid, KAFKA-19233).
func checkEpoch(m *wire.ConsumerMember, r *wire.ConsumerGroupHeartbeatRequest) wire.Error {
	if r.Epoch == m.Epoch || r.Epoch == wire.JoinEpoch {
		return wire.None
	}
	subset := r.Reports && !slices.ContainsFunc(r.Owned, func(at wire.Partition) bool {
		return !slices.Contains(m.Assigned, at)
	})
	if r.Epoch < m.Epoch && r.Epoch == m.Previous && subset {
		return wire.None
	}
	return wire.FencedMemberEpoch
}

// withNews is a member with what its heartbeat says of it.
func withNews(m wire.ConsumerMember, r *wire.ConsumerGroupHeartbeatRequest) wire.ConsumerMember {
	if r.RebalanceTimeout > 0 {
		m.RebalanceTimeout = r.RebalanceTimeout
	}
	if r.Topics != nil {
		m.Topics = r.Topics
	}
	if r.Assignor != "" {
		m.Assignor = r.Assignor
	}
	return m
}

// leaveModern takes a member out, or marks a static one as gone for a while, so that whoever comes with
// its group.instance.id before its session ends gets its place (consumerGroupLeave).
func (b *Broker) leaveModern(
	g *wire.ConsumerGroup, r *wire.ConsumerGroupHeartbeatRequest,
) (*wire.ConsumerGroup, *wire.ConsumerGroupHeartbeatResponse, wire.Error) {
	m := consumerMember(g, r.Member)
	if r.Instance != "" {
		m = staticMember(g, r.Instance)
	}
	switch {
	case m == nil:
		return nil, nil, wire.UnknownMemberID
	case m.ID != r.Member:
		return nil, nil, wire.FencedInstanceID
	}
	answer := &wire.ConsumerGroupHeartbeatResponse{Member: r.Member, Epoch: r.Epoch}
	if r.Epoch == wire.StaticLeaveEpoch {
		away := *m
		away.Epoch, away.Revoking = wire.StaticLeaveEpoch, nil
		return withMember(g, away, wire.NoMember), answer, wire.None
	}
	return b.fenced(g, r.Member), answer, wire.None
}

// fenced is the group without a member. Its partitions are dealt out with the next heartbeat of
// somebody else (consumerGroupFenceMember).
func (b *Broker) fenced(g *wire.ConsumerGroup, id wire.MemberID) *wire.ConsumerGroup {
	next := withoutMember(g, id)
	next.Topics, next.Epoch = b.countTopics(next), g.Epoch+1
	return next
}

// countTopics is what a group's members want to read, as far as it exists, and how many partitions
// that has (ModernGroup.computeSubscriptionMetadata).
func (b *Broker) countTopics(g *wire.ConsumerGroup) []wire.TopicCount {
	var out []wire.TopicCount
	for i := range g.Members {
		for _, t := range g.Members[i].Topics {
			at, found := slices.BinarySearchFunc(out, t, func(c wire.TopicCount, t wire.TopicID) int {
				return cmp.Compare(c.Topic, t)
			})
			if n := len(b.Image.Of(t)); n > 0 && !found {
				out = slices.Insert(out, at, wire.TopicCount{Topic: t, Count: int16(n)})
			}
		}
	}
	return out
}
