package broker

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// known finds a group and its member for a request that names a generation.
func (b *Broker) known(
	id wire.GroupID, member wire.MemberID, instance string, generation int32,
) (*Group, *Member, wire.Error) {
	if err := b.coordinates(id); err != wire.None {
		return nil, nil, err
	}
	g := b.group(id)
	if g == nil {
		return nil, nil, wire.UnknownMemberID
	}
	m, err := g.identify(member, instance)
	if err == wire.None && generation != g.Generation {
		err = wire.IllegalGeneration
	}
	return g, m, err
}

// onSync takes the leader's assignment, and answers a member when it is committed.
func (b *Broker) onSync(c sim.Conn, r *wire.SyncGroupRequest, out *sim.Out) {
	g, m, err := b.known(r.Group, r.Member, r.Instance, r.Generation)
	if err == wire.None && g.State == Preparing {
		err = wire.RebalanceInProgress
	}
	if err != wire.None {
		out.Reply(c, &wire.SyncGroupResponse{Err: err})
		return
	}
	g.heardSync(m, out)
	if g.State == Stable {
		out.Reply(c, &wire.SyncGroupResponse{Partitions: m.Partitions})
		return
	}
	m.Syncing, m.Conn = true, c
	out.StopTimer(memberTimerOf(m.ID))
	if m.ID != g.Leader {
		return
	}
	s := g.snapshot()
	for i := range s.Members {
		s.Members[i].Partitions = nil
		for _, a := range r.Assignments {
			if a.Member == s.Members[i].Member {
				s.Members[i].Partitions = a.Partitions
			}
		}
	}
	b.appendOffsets(DelayedAppend{
		Group: g.ID, Generation: g.Generation, What: assignment, Snapshot: s,
	}, entryBatch(s), out)
}

// heardSync notes that a member has asked for its partitions.
func (g *Group) heardSync(m *Member, out *sim.Out) {
	m.Unsynced = false
	if !slices.ContainsFunc(g.Members, func(m Member) bool { return m.Unsynced }) {
		out.StopTimer(g.timer(syncTimer))
	}
}

// assigned makes the group stable once its assignment is committed; if it could not be, the
// members are called to join again.
func (b *Broker) assigned(g *Group, d DelayedAppend, err wire.Error, out *sim.Out) {
	if g.State != Completing || g.Generation != d.Generation {
		return
	}
	if err != wire.None {
		b.prepare(g, err, out)
		return
	}
	g.State = Stable
	for i := range g.Members {
		m := &g.Members[i]
		for k := range d.Snapshot.Members {
			if s := &d.Snapshot.Members[k]; s.Member == m.ID {
				m.Partitions = s.Partitions
			}
		}
		if g.answerSync(m, &wire.SyncGroupResponse{Partitions: m.Partitions}, out) {
			b.renew(m, out)
		}
	}
}

// onMemberHeartbeat renews a session, and calls to a rebalance if there is one. A coordinator that
// still reads its groups can't say anything, and says that all is well
// (GroupCoordinatorService.heartbeat).
func (b *Broker) onMemberHeartbeat(c sim.Conn, r *wire.HeartbeatRequest, out *sim.Out) {
	g, m, err := b.known(r.Group, r.Member, r.Instance, r.Generation)
	switch {
	case err == wire.CoordinatorLoadInProgress:
		err = wire.None
	case err == wire.None:
		b.renew(m, out)
		if g.State == Preparing {
			err = wire.RebalanceInProgress
		}
	}
	if err != wire.None {
		out.Reply(c, &wire.HeartbeatResponse{Err: err})
		return
	}
	out.ReplyIdle(c, &wire.HeartbeatResponse{})
}

// onLeave takes a member out at once, which begins a rebalance for the others
// (classicGroupLeaveToClassicGroup).
func (b *Broker) onLeave(c sim.Conn, r *wire.LeaveGroupRequest, out *sim.Out) {
	err := b.coordinates(r.Group)
	g := b.group(r.Group)
	if err == wire.None && g == nil {
		err = wire.UnknownMemberID
	}
	if err == wire.None && !slices.Contains(g.Pending, r.Member) {
		_, err = g.identify(r.Member, r.Instance)
	}
	out.Reply(c, &wire.LeaveGroupResponse{Err: err})
	if err != wire.None {
		return
	}
	out.Tell(wire.Note{Kind: wire.LeftGroup, Node: r.Member.Client, Peer: b.Self,
		Text: "it said good-bye"})
	g.dismiss(r.Member, out)
	switch g.State {
	case Stable, Completing:
		b.rebalance(g, out)
	case Preparing:
		b.tryJoined(g, out)
	}
}

// dismiss takes a member off; if it waits to join it is told.
func (g *Group) dismiss(id wire.MemberID, out *sim.Out) {
	if m := g.member(id); m != nil {
		g.answerJoin(m, &wire.JoinGroupResponse{Err: wire.UnknownMemberID}, out)
	}
	g.drop(id, out)
}

// renew starts a member's session anew.
func (b *Broker) renew(m *Member, out *sim.Out) {
	if !m.Joining && !m.Syncing {
		out.Await(memberTimerOf(m.ID), m.Session, m.ID.Client)
	}
}

// groupTimeout handles the timers of groups and of __consumer_offsets; what is left is for transactions.
func (b *Broker) groupTimeout(t sim.Timer, out *sim.Out) {
	switch t.Kind {
	case offsetCommitTimer:
		b.expireCommit(t.Key, out)
	case consumerSessionTimer:
		b.fenceConsumer(t, "no heartbeat for group.consumer.session.timeout.ms", out)
	case revocationTimer:
		b.fenceConsumer(t, "it did not give up its partitions in time", out)
	case memberTimer:
		b.expireMember(t, out)
	case joinTimer, syncTimer:
		for i := range b.Groups {
			g := &b.Groups[i]
			if g.timer(t.Kind) != t {
				continue
			}
			if t.Kind == joinTimer {
				b.joinTimeout(g, out)
			} else {
				b.syncTimeout(g, out)
			}
			return
		}
	default:
		b.txnTimeout(t, out)
	}
}

// expireMember removes a member that was silent for its session.timeout.ms, or an id that nobody
// came back with (expireClassicGroupMemberHeartbeat).
func (b *Broker) expireMember(t sim.Timer, out *sim.Out) {
	rang := func(id wire.MemberID) bool { return memberTimerOf(id) == t }
	for i := range b.Groups {
		g := &b.Groups[i]
		if k := slices.IndexFunc(g.Pending, rang); k >= 0 {
			g.drop(g.Pending[k], out)
			if g.State == Preparing {
				b.endIfAllJoined(g, out)
			}
			return
		}
		k := slices.IndexFunc(g.Members, func(m Member) bool { return rang(m.ID) })
		if k < 0 {
			continue
		}
		id, why := g.Members[k].ID, "no heartbeat for session.timeout.ms"
		if g.Members[k].New {
			why = "it is new, and the group has not formed in five minutes"
		}
		out.Tell(wire.Note{Kind: wire.LeftGroup, Node: id.Client, Peer: b.Self, Text: why})
		g.dismiss(id, out)
		if g.State == Preparing {
			b.endIfAllJoined(g, out)
		} else {
			b.rebalance(g, out)
		}
		return
	}
}

// syncTimeout removes members that joined but never asked for their partitions (expirePendingSync).
func (b *Broker) syncTimeout(g *Group, out *sim.Out) {
	for _, m := range slices.Clone(g.Members) {
		if m.Unsynced {
			out.Tell(wire.Note{Kind: wire.LeftGroup, Node: m.ID.Client, Peer: b.Self,
				Text: "it never asked for its partitions"})
			g.drop(m.ID, out)
		}
	}
	b.prepare(g, wire.RebalanceInProgress, out)
}

// snapshot is the group as __consumer_offsets keeps it.
func (g *Group) snapshot() *wire.GroupSnapshot {
	s := &wire.GroupSnapshot{
		Group: g.ID, Generation: g.Generation, Protocol: g.Protocol, Leader: g.Leader,
	}
	for i := range g.Members {
		m := &g.Members[i]
		s.Members = append(s.Members, wire.MemberSnapshot{
			Member: m.ID, Instance: m.Instance, SessionTimeout: m.Session,
			RebalanceTimeout: m.Rebalance, Subscription: m.Subscription, Partitions: m.Partitions,
		})
	}
	return s
}

// restore makes the group what its record says; a later record replaces an earlier one. Of the
// members' assignors the record knows the chosen one only.
func (b *Broker) restore(at wire.Partition, s *wire.GroupSnapshot) {
	b.forgetModern(s.Group)
	g := Group{
		ID: s.Group, At: at, Generation: s.Generation, Protocol: s.Protocol, Leader: s.Leader,
	}
	for _, m := range s.Members {
		g.Members = append(g.Members, Member{
			ID: m.Member, Instance: m.Instance, Session: m.SessionTimeout,
			Rebalance: m.RebalanceTimeout, Protocols: []string{s.Protocol},
			Subscription: m.Subscription, Partitions: m.Partitions,
		})
		g.State = Stable
	}
	g.Read = g.subscribed()
	if old := b.group(s.Group); old != nil {
		g.Number = old.Number
		*old = g
		return
	}
	b.addGroup(g)
}
