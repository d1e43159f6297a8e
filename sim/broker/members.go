package broker

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// known finds a group and its member for a request that names a generation.
func (b *Broker) known(
	id wire.GroupID, member wire.MemberID, generation int32,
) (*Group, *Member, wire.Error) {
	if err := b.coordinates(id); err != wire.None {
		return nil, nil, err
	}
	g := b.group(id)
	if g == nil {
		return nil, nil, wire.UnknownMemberID
	}
	m := g.member(member)
	switch {
	case m == nil:
		return nil, nil, wire.UnknownMemberID
	case generation != g.Generation:
		return nil, nil, wire.IllegalGeneration
	}
	return g, m, wire.None
}

// onSync takes the leader's assignment, and answers a member when it is committed.
func (b *Broker) onSync(c sim.Conn, r *wire.SyncGroupRequest, out *sim.Out) {
	g, m, err := b.known(r.Group, r.Member, r.Generation)
	if err == wire.None && g.State == Preparing {
		err = wire.RebalanceInProgress
	}
	if err != wire.None {
		out.Reply(c, &wire.SyncGroupResponse{Err: err})
		return
	}
	if g.State == Stable {
		b.renew(m, out)
		out.Reply(c, &wire.SyncGroupResponse{Partitions: m.Partitions})
		return
	}
	m.Syncing, m.Conn = true, c
	out.StopTimer(memberTimerOf(m.ID))
	if m.ID != g.Leader {
		return
	}
	for i := range g.Members {
		g.Members[i].Partitions = nil
	}
	for _, a := range r.Assignments {
		if to := g.member(a.Member); to != nil {
			to.Partitions = a.Partitions
		}
	}
	b.appendOffsets(DelayedAppend{Group: g.ID, Sync: true}, []wire.Entry{g.snapshot()}, out)
}

// assigned makes the group stable once its assignment is committed; if it could not be, the
// members are called to join again.
func (b *Broker) assigned(g *Group, err wire.Error, out *sim.Out) {
	if g.State != Completing {
		return
	}
	if err != wire.None {
		b.rebalance(g, out)
		return
	}
	g.State = Stable
	for i := range g.Members {
		if m := &g.Members[i]; m.Syncing {
			m.Syncing = false
			out.Reply(m.Conn, &wire.SyncGroupResponse{Partitions: m.Partitions})
			b.renew(m, out)
		}
	}
}

// onMemberHeartbeat renews a session, and calls to a rebalance if there is one.
func (b *Broker) onMemberHeartbeat(c sim.Conn, r *wire.HeartbeatRequest, out *sim.Out) {
	g, m, err := b.known(r.Group, r.Member, r.Generation)
	if err == wire.None {
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

func (b *Broker) onLeave(c sim.Conn, r *wire.LeaveGroupRequest, out *sim.Out) {
	err := b.coordinates(r.Group)
	if g := b.group(r.Group); err == wire.None && g != nil && g.member(r.Member) != nil {
		out.Tell(wire.Note{Kind: wire.LeftGroup, Node: r.Member.Client, Peer: b.Self,
			Text: "it said good-bye"})
		b.remove(g, r.Member, out)
	}
	out.Reply(c, &wire.LeaveGroupResponse{Err: err})
}

// remove takes a member out, which begins a rebalance for the others.
func (b *Broker) remove(g *Group, id wire.MemberID, out *sim.Out) {
	out.StopTimer(memberTimerOf(id))
	g.Members = slices.DeleteFunc(g.Members, func(m Member) bool { return m.ID == id })
	if len(g.Members) > 0 && g.member(g.Leader) == nil {
		g.Leader = g.Members[0].ID
	}
	switch {
	case g.State == Preparing:
		b.tryJoined(g, out)
	case len(g.Members) == 0:
		out.StopTimer(g.timer(syncTimer))
		g.Generation++
		b.emptied(g, out)
	default:
		b.rebalance(g, out)
	}
}

// renew starts a member's session anew.
func (b *Broker) renew(m *Member, out *sim.Out) {
	if !m.Joining && !m.Syncing {
		out.Await(memberTimerOf(m.ID), m.Session, m.ID.Client)
	}
}

// groupTimeout handles the timers of groups and of __consumer_offsets.
func (b *Broker) groupTimeout(t sim.Timer, out *sim.Out) {
	switch t.Kind {
	case loadTimer:
		b.loaded(t.Key, out)
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
	}
}

// expireMember removes a member that was silent for its session.timeout.ms.
func (b *Broker) expireMember(t sim.Timer, out *sim.Out) {
	for i := range b.Groups {
		g := &b.Groups[i]
		for j, id := range g.Pending {
			if memberTimerOf(id) == t {
				g.Pending = append(g.Pending[:j], g.Pending[j+1:]...)
				if g.State == Preparing {
					b.tryJoined(g, out)
				}
				return
			}
		}
		for j := range g.Members {
			if id := g.Members[j].ID; memberTimerOf(id) == t {
				out.Tell(wire.Note{Kind: wire.LeftGroup, Node: id.Client, Peer: b.Self,
					Text: "no heartbeat for session.timeout.ms"})
				b.remove(g, id, out)
				return
			}
		}
	}
}

// syncTimeout removes members that joined but never asked for their partitions.
func (b *Broker) syncTimeout(g *Group, out *sim.Out) {
	var late []wire.MemberID
	for i := range g.Members {
		if !g.Members[i].Syncing {
			late = append(late, g.Members[i].ID)
		}
	}
	if g.State == Completing {
		for _, id := range late {
			b.remove(g, id, out)
		}
	}
}

// snapshot is the group as __consumer_offsets keeps it.
func (g *Group) snapshot() *wire.GroupSnapshot {
	s := &wire.GroupSnapshot{
		Group: g.ID, Generation: g.Generation, Protocol: g.Protocol, Leader: g.Leader,
	}
	for i := range g.Members {
		m := &g.Members[i]
		s.Members = append(s.Members, wire.MemberSnapshot{
			Member: m.ID, SessionTimeout: m.Session, RebalanceTimeout: m.Rebalance,
			Protocols: m.Protocols, Topics: m.Topics, Partitions: m.Partitions,
		})
	}
	return s
}

// restore makes the group what its record says; a later record replaces an earlier one.
func (b *Broker) restore(at wire.Partition, s *wire.GroupSnapshot) {
	g := Group{
		ID: s.Group, At: at, Generation: s.Generation, Protocol: s.Protocol, Leader: s.Leader,
	}
	for _, m := range s.Members {
		g.Members = append(g.Members, Member{
			ID: m.Member, Session: m.SessionTimeout, Rebalance: m.RebalanceTimeout,
			Protocols: m.Protocols, Topics: m.Topics, Partitions: m.Partitions,
		})
		g.State = Stable
	}
	if old := b.group(s.Group); old != nil {
		g.Number = old.Number
		*old = g
		return
	}
	b.addGroup(g)
}
