package broker

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// newMemberTimeout is how long a member that has not been in a generation yet may wait in JoinGroup
// (GroupCoordinatorConfig.CLASSIC_GROUP_NEW_MEMBER_JOIN_TIMEOUT_MS).
const newMemberTimeout = 300 * sim.Second

// onJoin takes a member into the next generation (GroupMetadataManager.classicGroupJoin).
func (b *Broker) onJoin(c sim.Conn, r *wire.JoinGroupRequest, out *sim.Out) {
	err := b.coordinates(r.Group)
	g := b.group(r.Group)
	switch {
	case err != wire.None:
	case r.SessionTimeout < b.Config.MinGroupSession || r.SessionTimeout > b.Config.MaxGroupSession:
		err = wire.InvalidSessionTimeout
	case b.hasModernMembers(r.Group):
		err = wire.InconsistentGroupProtocol
	case g == nil && r.Member != wire.NoMember:
		err = wire.UnknownMemberID
	case g == nil:
		b.forgetModern(r.Group)
		g = b.addGroup(Group{ID: r.Group, At: b.partitionOf(r.Group)})
	case !g.supports(r.Protocols):
		err = wire.InconsistentGroupProtocol
	}
	switch {
	case err != wire.None:
		out.Reply(c, &wire.JoinGroupResponse{Err: err, Member: r.Member})
	case r.Member != wire.NoMember:
		b.joinAgain(g, c, r, out)
	case r.Instance != "":
		b.joinStatic(g, c, r, out)
	default:
		b.handOut(g, c, r, out)
	}
}

// handOut gives a new member an id to come back with (KIP-394).
func (b *Broker) handOut(g *Group, c sim.Conn, r *wire.JoinGroupRequest, out *sim.Out) {
	id := newID(r)
	g.Pending = append(g.Pending, id)
	out.Await(memberTimerOf(id), r.SessionTimeout, id.Client)
	out.Reply(c, &wire.JoinGroupResponse{Err: wire.MemberIDRequired, Member: id})
}

func newID(r *wire.JoinGroupRequest) wire.MemberID {
	return wire.MemberID{Client: r.Client, Birth: r.Birth}
}

// joinAgain takes a member that comes with an id (classicGroupJoinExistingMember).
func (b *Broker) joinAgain(g *Group, c sim.Conn, r *wire.JoinGroupRequest, out *sim.Out) {
	if slices.Contains(g.Pending, r.Member) {
		b.welcome(g, r.Member, c, r, out)
		return
	}
	m, err := g.identify(r.Member, r.Instance)
	if err == wire.None && g.State == Empty {
		err = wire.UnknownMemberID
	}
	if err != wire.None {
		out.Reply(c, &wire.JoinGroupResponse{Err: err, Member: r.Member})
		return
	}
	b.rejoin(g, m, c, r, out)
}

// welcome adds a new member, which always begins a rebalance.
func (b *Broker) welcome(
	g *Group, id wire.MemberID, c sim.Conn, r *wire.JoinGroupRequest, out *sim.Out,
) {
	g.Pending = slices.DeleteFunc(g.Pending, func(p wire.MemberID) bool { return p == id })
	g.Members = append(g.Members, Member{ID: id, Instance: r.Instance, New: true})
	m := &g.Members[len(g.Members)-1]
	if g.Leader == wire.NoMember {
		g.Leader = id
	}
	g.Newcomer = true
	parkJoin(m, c, r, out)
	b.rebalance(g, out)
}

// rejoin takes a member that is known. In a stable group only its leader, or one that says something
// else now, begins a rebalance; others are told what they missed.
func (b *Broker) rejoin(g *Group, m *Member, c sim.Conn, r *wire.JoinGroupRequest, out *sim.Out) {
	missed := m.says(r) && (g.State == Completing || g.State == Stable && m.ID != g.Leader)
	if missed {
		out.Reply(c, g.joined(m))
		return
	}
	parkJoin(m, c, r, out)
	b.rebalance(g, out)
}

// says tells whether a request has the assignors and metadata that the member joined with, byte by
// byte (ClassicGroupMember.matches).
func (m *Member) says(r *wire.JoinGroupRequest) bool {
	return slices.Equal(m.Protocols, r.Protocols) &&
		m.Subscription.Sum(0, true) == r.Subscription.Sum(0, true)
}

// parkJoin holds a member's answer back until the join phase is over. Meanwhile it can't expire,
// unless it is new.
func parkJoin(m *Member, c sim.Conn, r *wire.JoinGroupRequest, out *sim.Out) {
	m.Session, m.Rebalance = r.SessionTimeout, r.RebalanceTimeout
	m.Protocols, m.Subscription = r.Protocols, r.Subscription
	m.Joining, m.Syncing, m.Conn = true, false, c
	if m.New {
		out.Await(memberTimerOf(m.ID), newMemberTimeout, m.ID.Client)
		return
	}
	out.StopTimer(memberTimerOf(m.ID))
}

// joinStatic takes a member that has lost its id but goes by a group.instance.id. Within its session
// it takes its old place: in a stable group nobody else notices, it only gets a new id, and whoever
// has the old one is fenced (updateStaticMemberThenRebalanceOrCompleteJoin, KIP-345).
func (b *Broker) joinStatic(g *Group, c sim.Conn, r *wire.JoinGroupRequest, out *sim.Out) {
	m := g.static(r.Instance)
	if m == nil {
		b.welcome(g, newID(r), c, r, out)
		return
	}
	was := m.ID
	g.fence(m, newID(r), out)
	parkJoin(m, c, r, out)
	switch {
	case g.State == Completing || g.State == Stable && g.elect() != g.Protocol:
		b.rebalance(g, out)
	case g.State == Stable:
		b.appendOffsets(DelayedAppend{
			Group: g.ID, Generation: g.Generation, Member: m.ID, Was: was, What: replaced,
		}, entryBatch(g.snapshot()), out)
	default:
		b.tryJoined(g, out)
	}
}

// fence gives a static member's place to a new id; who waits under the old one is told
// (ClassicGroup.replaceStaticMember).
func (g *Group) fence(m *Member, id wire.MemberID, out *sim.Out) {
	out.StopTimer(memberTimerOf(m.ID))
	g.answerJoin(m, &wire.JoinGroupResponse{Err: wire.FencedInstanceID, Member: m.ID}, out)
	g.answerSync(m, &wire.SyncGroupResponse{Err: wire.FencedInstanceID}, out)
	if g.Leader == m.ID {
		g.Leader = id
	}
	m.ID, m.Unsynced = id, false
}

// tookPlace answers a static member that came back, once its new id is committed; if that could not
// be, the old id holds. A leader is told not to deal out anything (KIP-814).
func (b *Broker) tookPlace(g *Group, d DelayedAppend, err wire.Error, out *sim.Out) {
	m := g.member(d.Member)
	if m == nil || !m.Joining {
		return
	}
	if err != wire.None {
		g.answerJoin(m, &wire.JoinGroupResponse{Err: err}, out)
		g.fence(m, d.Was, out)
	} else {
		a := g.joined(m)
		a.Skip = m.ID == g.Leader
		g.answerJoin(m, a, out)
	}
	b.renew(m, out)
}
