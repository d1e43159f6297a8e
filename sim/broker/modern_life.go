package broker

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// record makes a group what it has become and writes that down; d is answered when it is committed. It
// tells whether anything has changed at all.
func (b *Broker) record(next *wire.ConsumerGroup, d DelayedAppend, out *sim.Out) bool {
	g := b.modern(next.ID)
	if g != nil && g.Now.Sum(0, true) == next.Sum(0, true) {
		return false
	}
	if g == nil {
		g = b.replaceGroup(b.partitionOf(next.ID), &wire.ConsumerGroup{ID: next.ID})
	}
	old := g.Now
	g.Now = next
	for i := range old.Members {
		if id := old.Members[i].ID; consumerMember(next, id) == nil {
			stopWatching(id, out)
		}
	}
	b.tellTargets(old, next, out)
	b.appendOffsets(d, entryBatch(next), out)
	return true
}

// replaceGroup puts a group in the place of whatever group had its id.
func (b *Broker) replaceGroup(at wire.Partition, now *wire.ConsumerGroup) *ModernGroup {
	b.Groups = slices.DeleteFunc(b.Groups, func(g Group) bool { return g.ID == now.ID })
	if g := b.modern(now.ID); g != nil {
		g.Now = now
		return g
	}
	b.Modern = append(b.Modern, ModernGroup{At: at, Now: now})
	return &b.Modern[len(b.Modern)-1]
}

// hasModernMembers tells whether a group is one of the consumer protocol, and at work. Kafka would let
// a classic member in (KIP-848's upgrade); here it is refused.
func (b *Broker) hasModernMembers(id wire.GroupID) bool {
	g := b.modern(id)
	return g != nil && len(g.Now.Members) > 0
}

// forgetModern makes way for a classic group (maybeDeleteEmptyConsumerGroup).
func (b *Broker) forgetModern(id wire.GroupID) {
	b.Modern = slices.DeleteFunc(b.Modern, func(g ModernGroup) bool { return g.Now.ID == id })
}

// tellTargets tells which partitions are to go to whom.
func (b *Broker) tellTargets(old, next *wire.ConsumerGroup, out *sim.Out) {
	for i := range next.Members {
		m := &next.Members[i]
		for _, at := range m.Target {
			if was := consumerMember(old, m.ID); was == nil || !slices.Contains(was.Target, at) {
				out.Tell(wire.Note{Kind: wire.Dealt, Node: b.Self, Peer: m.ID.Client, At: at,
					Epoch: int32(next.AssignmentEpoch)})
			}
		}
	}
}

// watchMember starts a member's session anew after a heartbeat, and, from when it is told to give
// something up, the time it may take for that, which is its max.poll.interval.ms.
func (b *Broker) watchMember(next *wire.ConsumerGroup, id wire.MemberID, out *sim.Out) {
	m := consumerMember(next, id)
	if m == nil {
		return
	}
	revocation := sim.Timer{Kind: revocationTimer, Key: memberKey(id)}
	if m.State != wire.UnrevokedPartitions || m.Epoch == wire.StaticLeaveEpoch {
		out.StopTimer(revocation)
	} else if g := b.modern(next.ID); g == nil || movedOn(consumerMember(g.Now, id), m) {
		out.Await(revocation, m.RebalanceTimeout, id.Client)
	}
	if m.Epoch != wire.StaticLeaveEpoch {
		b.renewConsumer(id, out)
	}
}

// movedOn tells whether a member's current assignment has changed.
func movedOn(old, m *wire.ConsumerMember) bool {
	return old == nil || old.Epoch != m.Epoch || old.Previous != m.Previous || old.State != m.State ||
		!slices.Equal(old.Assigned, m.Assigned) || !slices.Equal(old.Revoking, m.Revoking)
}

func (b *Broker) renewConsumer(id wire.MemberID, out *sim.Out) {
	t := sim.Timer{Kind: consumerSessionTimer, Key: memberKey(id)}
	out.Await(t, b.Config.ConsumerSession, id.Client)
}

func stopWatching(id wire.MemberID, out *sim.Out) {
	out.StopTimer(sim.Timer{Kind: consumerSessionTimer, Key: memberKey(id)})
	out.StopTimer(sim.Timer{Kind: revocationTimer, Key: memberKey(id)})
}

// fenceConsumer takes out a member that was silent for its session, or that has not given up in time
// what it was told to (scheduleConsumerGroupSessionTimeout, scheduleConsumerGroupRebalanceTimeout).
func (b *Broker) fenceConsumer(t sim.Timer, why string, out *sim.Out) {
	for i := range b.Modern {
		g := b.Modern[i].Now
		k := slices.IndexFunc(g.Members, func(m wire.ConsumerMember) bool {
			return memberKey(m.ID) == t.Key
		})
		if k < 0 {
			continue
		}
		id := g.Members[k].ID
		out.Tell(wire.Note{Kind: wire.LeftGroup, Node: id.Client, Peer: b.Self, Text: why})
		b.record(b.fenced(g, id), DelayedAppend{Group: g.ID, What: silent}, out)
		return
	}
}

// loadedModern begins the sessions of the members of a partition's groups afresh.
func (b *Broker) loadedModern(at wire.Partition, out *sim.Out) {
	for i := range b.Modern {
		if b.Modern[i].At != at {
			continue
		}
		for _, m := range b.Modern[i].Now.Members {
			b.renewConsumer(m.ID, out)
			if m.State == wire.UnrevokedPartitions {
				t := sim.Timer{Kind: revocationTimer, Key: memberKey(m.ID)}
				out.Await(t, m.RebalanceTimeout, m.ID.Client)
			}
		}
	}
}

// unloadModern forgets the groups of a partition.
func (b *Broker) unloadModern(at wire.Partition, out *sim.Out) {
	b.Modern = slices.DeleteFunc(b.Modern, func(g ModernGroup) bool {
		if g.At == at {
			for _, m := range g.Now.Members {
				stopWatching(m.ID, out)
			}
		}
		return g.At == at
	})
}

// mayCommitModern lets a member commit with its epoch, and anybody without one while the group has no
// members (ConsumerGroup.validateOffsetCommit).
func mayCommitModern(g *wire.ConsumerGroup, r *wire.OffsetCommitRequest) wire.Error {
	if r.Generation < 0 && len(g.Members) == 0 {
		return wire.None
	}
	return holdsEpoch(g, r.Member, wire.MemberEpoch(r.Generation))
}

// mayFetchModern lets a member see committed offsets with its epoch, and anybody who names no member
// (ConsumerGroup.validateOffsetFetch).
func mayFetchModern(g *wire.ConsumerGroup, r *wire.OffsetFetchRequest) wire.Error {
	if r.Member == wire.NoMember {
		return wire.None
	}
	return holdsEpoch(g, r.Member, r.Epoch)
}

func holdsEpoch(g *wire.ConsumerGroup, id wire.MemberID, epoch wire.MemberEpoch) wire.Error {
	m := consumerMember(g, id)
	switch {
	case m == nil:
		return wire.UnknownMemberID
	case m.Epoch != epoch:
		return wire.StaleMemberEpoch
	}
	return wire.None
}
