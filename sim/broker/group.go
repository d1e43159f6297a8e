package broker

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// GroupState is a classic group's state (ClassicGroupState).
type GroupState uint8

// The states of a group.
const (
	Empty      GroupState = iota
	Preparing             // members are called to join the next generation
	Completing            // joined; the leader works out who reads what
	Stable
)

func (s GroupState) String() string {
	return [...]string{"empty", "preparing rebalance", "completing rebalance", "stable"}[s]
}

// Group is a consumer group as its coordinator knows it (ClassicGroup).
type Group struct {
	ID         wire.GroupID
	Number     int32          // of its timers
	At         wire.Partition // of __consumer_offsets
	State      GroupState
	Generation int32
	Protocol   string
	Leader     wire.MemberID
	Members    []Member
	Pending    []wire.MemberID // were given an id and have not come back with it yet
	Initial    bool            // the first generation waits for more members
	Newcomer   bool            // one joined since that wait was last extended
	Left       sim.Duration    // how much longer that wait may become
}

// Member is a member of a group (ClassicGroupMember).
type Member struct {
	ID         wire.MemberID
	Session    sim.Duration
	Rebalance  sim.Duration
	Protocols  []string       `sim:"frozen"`
	Topics     []wire.TopicID `sim:"frozen"`
	Partitions []wire.Partition
	Joining    bool // its JoinGroup is parked on Conn
	Syncing    bool // its SyncGroup is parked on Conn
	Conn       sim.Conn
}

func (b *Broker) group(id wire.GroupID) *Group {
	for i := range b.Groups {
		if b.Groups[i].ID == id {
			return &b.Groups[i]
		}
	}
	return nil
}

func (b *Broker) addGroup(g Group) *Group {
	for g.Number = 0; slices.ContainsFunc(b.Groups, func(h Group) bool {
		return h.Number == g.Number
	}); g.Number++ {
	}
	b.Groups = append(b.Groups, g)
	return &b.Groups[len(b.Groups)-1]
}

func (g *Group) member(id wire.MemberID) *Member {
	for i := range g.Members {
		if g.Members[i].ID == id {
			return &g.Members[i]
		}
	}
	return nil
}

// onJoin takes a member into the next generation (GroupMetadataManager.classicGroupJoin).
func (b *Broker) onJoin(c sim.Conn, r *wire.JoinGroupRequest, out *sim.Out) {
	err := b.coordinates(r.Group)
	if err == wire.None &&
		(r.SessionTimeout < b.Config.MinGroupSession || r.SessionTimeout > b.Config.MaxGroupSession) {
		err = wire.InvalidSessionTimeout
	}
	if err != wire.None {
		out.Reply(c, &wire.JoinGroupResponse{Err: err, Member: r.Member})
		return
	}
	g := b.group(r.Group)
	if g == nil {
		g = b.addGroup(Group{ID: r.Group, At: b.partitionOf(r.Group)})
	}
	if r.Member == wire.NoMember {
		id := wire.MemberID{Client: r.Client, Birth: r.Birth}
		g.Pending = append(g.Pending, id)
		out.Await(memberTimerOf(id), r.SessionTimeout, id.Client)
		out.Reply(c, &wire.JoinGroupResponse{Err: wire.MemberIDRequired, Member: id})
		return
	}
	if i := slices.Index(g.Pending, r.Member); i >= 0 {
		g.Pending = append(g.Pending[:i], g.Pending[i+1:]...)
		b.welcome(g, c, r, out)
		return
	}
	if m := g.member(r.Member); m != nil {
		b.rejoin(g, m, c, r, out)
		return
	}
	out.Reply(c, &wire.JoinGroupResponse{Err: wire.UnknownMemberID, Member: r.Member})
}

// welcome adds a new member, which always begins a rebalance.
func (b *Broker) welcome(g *Group, c sim.Conn, r *wire.JoinGroupRequest, out *sim.Out) {
	g.Members = append(g.Members, Member{ID: r.Member})
	m := &g.Members[len(g.Members)-1]
	if g.Leader == wire.NoMember {
		g.Leader = r.Member
	}
	g.Newcomer = true
	b.parkJoin(m, c, r, out)
	b.rebalance(g, out)
}

// rejoin takes a member that is known. In a stable group only its leader, or one that wants
// something else now, begins a rebalance; others are told what they missed.
func (b *Broker) rejoin(g *Group, m *Member, c sim.Conn, r *wire.JoinGroupRequest, out *sim.Out) {
	same := slices.Equal(m.Protocols, r.Protocols) && slices.Equal(m.Topics, r.Topics)
	missed := same && (g.State == Completing || g.State == Stable && m.ID != g.Leader)
	if missed {
		out.Reply(c, g.joined(m))
		return
	}
	b.parkJoin(m, c, r, out)
	b.rebalance(g, out)
}

// parkJoin holds a member's answer back until the join phase is over. Meanwhile it can't expire.
func (b *Broker) parkJoin(m *Member, c sim.Conn, r *wire.JoinGroupRequest, out *sim.Out) {
	m.Session, m.Rebalance = r.SessionTimeout, r.RebalanceTimeout
	m.Protocols, m.Topics = r.Protocols, r.Topics
	m.Joining, m.Syncing, m.Conn = true, false, c
	out.StopTimer(memberTimerOf(m.ID))
}

// rebalance begins the join phase, or lets it end if all have come.
func (b *Broker) rebalance(g *Group, out *sim.Out) {
	if g.State == Preparing {
		b.tryJoined(g, out)
		return
	}
	for i := range g.Members {
		if m := &g.Members[i]; m.Syncing {
			m.Syncing = false
			out.Reply(m.Conn, &wire.SyncGroupResponse{Err: wire.RebalanceInProgress})
			b.renew(m, out)
		}
	}
	out.StopTimer(g.timer(syncTimer))
	g.Initial = g.State == Empty && b.Config.InitialDelay > 0
	g.State = Preparing
	if g.Initial {
		delay := min(b.Config.InitialDelay, g.patience())
		g.Newcomer, g.Left = false, g.patience()-delay
		out.SetTimer(g.timer(joinTimer), delay)
		return
	}
	out.SetTimer(g.timer(joinTimer), g.patience())
	b.tryJoined(g, out)
}

// patience is the rebalance time-out: the longest max.poll.interval.ms of all members.
func (g *Group) patience() sim.Duration {
	d := sim.Duration(0)
	for i := range g.Members {
		d = max(d, g.Members[i].Rebalance)
	}
	return d
}

// tryJoined ends the join phase early if every member has joined and no new id is outstanding.
func (b *Broker) tryJoined(g *Group, out *sim.Out) {
	if g.Initial || len(g.Pending) > 0 {
		return
	}
	for i := range g.Members {
		if !g.Members[i].Joining {
			return
		}
	}
	b.allJoined(g, out)
}

// joinTimeout ends the join phase, or extends the first one while new members keep coming
// (InitialDelayedJoin).
func (b *Broker) joinTimeout(g *Group, out *sim.Out) {
	if g.Initial && g.Newcomer && g.Left > 0 {
		delay := min(b.Config.InitialDelay, g.Left)
		g.Newcomer, g.Left = false, g.Left-delay
		out.SetTimer(g.timer(joinTimer), delay)
		return
	}
	b.allJoined(g, out)
}

// allJoined drops who did not come and begins the next generation.
func (b *Broker) allJoined(g *Group, out *sim.Out) {
	out.StopTimer(g.timer(joinTimer))
	g.Initial = false
	g.Members = slices.DeleteFunc(g.Members, func(m Member) bool {
		if !m.Joining {
			out.StopTimer(memberTimerOf(m.ID))
		}
		return !m.Joining
	})
	g.Generation++
	if len(g.Members) == 0 {
		b.emptied(g, out)
		return
	}
	if g.member(g.Leader) == nil {
		g.Leader = g.Members[0].ID
	}
	g.State, g.Protocol = Completing, g.elect()
	for i := range g.Members {
		m := &g.Members[i]
		m.Joining = false
		out.Reply(m.Conn, g.joined(m))
		b.renew(m, out)
	}
	out.SetTimer(g.timer(syncTimer), g.patience())
}

// emptied writes down that the group has no members any more.
func (b *Broker) emptied(g *Group, out *sim.Out) {
	g.State, g.Leader, g.Protocol = Empty, wire.NoMember, ""
	b.appendOffsets(DelayedAppend{Group: g.ID, Sync: true}, []wire.Entry{g.snapshot()}, out)
}

// elect chooses the assignor that all support and most prefer.
func (g *Group) elect() string {
	best, votes := "", -1
	for _, candidate := range g.Members[0].Protocols {
		n := 0
		for i := range g.Members {
			if !slices.Contains(g.Members[i].Protocols, candidate) {
				n = -1
				break
			}
			if g.Members[i].Protocols[0] == candidate {
				n++
			}
		}
		if n > votes {
			best, votes = candidate, n
		}
	}
	return best
}

// joined is the answer that a member gets when the join phase is over.
func (g *Group) joined(m *Member) *wire.JoinGroupResponse {
	a := &wire.JoinGroupResponse{
		Generation: g.Generation, Protocol: g.Protocol, Leader: g.Leader, Member: m.ID,
	}
	if m.ID == g.Leader {
		for i := range g.Members {
			other := &g.Members[i]
			a.Members = append(a.Members, wire.Subscription{Member: other.ID, Topics: other.Topics})
		}
	}
	return a
}

// dissolve sends everybody who waits to look for the new coordinator.
func (g *Group) dissolve(out *sim.Out) {
	out.StopTimer(g.timer(joinTimer))
	out.StopTimer(g.timer(syncTimer))
	for _, id := range g.Pending {
		out.StopTimer(memberTimerOf(id))
	}
	for i := range g.Members {
		m := &g.Members[i]
		out.StopTimer(memberTimerOf(m.ID))
		if m.Joining {
			out.Reply(m.Conn, &wire.JoinGroupResponse{Err: wire.NotCoordinator, Member: m.ID})
		}
		if m.Syncing {
			out.Reply(m.Conn, &wire.SyncGroupResponse{Err: wire.NotCoordinator})
		}
	}
}

func (g *Group) timer(kind uint8) sim.Timer {
	return sim.Timer{Kind: kind, Key: g.Number}
}

func memberTimerOf(id wire.MemberID) sim.Timer {
	return sim.Timer{Kind: memberTimer, Key: memberKey(id)}
}

func memberKey(id wire.MemberID) int32 { return int32(id.Client)<<16 | id.Birth }
