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
	Read       []wire.TopicID  `sim:"frozen"` // by the members of the last generation
	Pending    []wire.MemberID // were given an id and have not come back with it yet
	Initial    bool            // the first generation waits for more members
	Newcomer   bool            // one joined since that wait was last extended
	Left       sim.Duration    // how much longer that wait may become
}

// Member is a member of a group (ClassicGroupMember).
type Member struct {
	ID           wire.MemberID
	Instance     string // group.instance.id; "": a dynamic member
	Session      sim.Duration
	Rebalance    sim.Duration
	Protocols    []string `sim:"frozen"`
	Subscription wire.Subscription
	Partitions   []wire.Partition `sim:"frozen"`
	New          bool             // has not been in a generation yet
	Joining      bool             // its JoinGroup is parked on Conn
	Syncing      bool             // its SyncGroup is parked on Conn
	Unsynced     bool             // is in the generation and has not asked for its partitions
	Conn         sim.Conn
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

// static is the member that goes by a group.instance.id, nil if there is none.
func (g *Group) static(instance string) *Member {
	for i := range g.Members {
		if instance != "" && g.Members[i].Instance == instance {
			return &g.Members[i]
		}
	}
	return nil
}

// identify finds a member by what it says of itself. Who goes by the group.instance.id of another
// is fenced (ClassicGroup.validateMember, KIP-345).
func (g *Group) identify(id wire.MemberID, instance string) (*Member, wire.Error) {
	if instance != "" {
		switch m := g.static(instance); {
		case m == nil:
			return nil, wire.UnknownMemberID
		case m.ID != id:
			return nil, wire.FencedInstanceID
		}
	}
	if m := g.member(id); m != nil {
		return m, wire.None
	}
	return nil, wire.UnknownMemberID
}

// supports tells whether a member that knows these assignors fits in: all members must know one of
// them (ClassicGroup.supportsProtocols).
func (g *Group) supports(protocols []string) bool {
	if g.State == Empty {
		return len(protocols) > 0
	}
	return slices.ContainsFunc(protocols, g.common)
}

// common tells whether all members know an assignor.
func (g *Group) common(protocol string) bool {
	for i := range g.Members {
		if !slices.Contains(g.Members[i].Protocols, protocol) {
			return false
		}
	}
	return true
}

// elect chooses the assignor: each member votes for the first in its list that all know, and the one
// with the most votes wins (ClassicGroup.selectProtocol). Of equals Kafka takes any; here it is the
// one that was voted for first.
func (g *Group) elect() string {
	var names []string
	var votes []int
	for i := range g.Members {
		list := g.Members[i].Protocols
		vote := list[slices.IndexFunc(list, g.common)]
		at := slices.Index(names, vote)
		if at < 0 {
			at, names, votes = len(names), append(names, vote), append(votes, 0)
		}
		votes[at]++
	}
	best := 0
	for i := range votes {
		if votes[i] > votes[best] {
			best = i
		}
	}
	return names[best]
}

// patience is the rebalance time-out: the longest max.poll.interval.ms of all members.
func (g *Group) patience() sim.Duration {
	d := sim.Duration(0)
	for i := range g.Members {
		d = max(d, g.Members[i].Rebalance)
	}
	return d
}

// drop takes a member or a pending id off the list; the next in line leads if it was the leader
// (ClassicGroup.remove).
func (g *Group) drop(id wire.MemberID, out *sim.Out) {
	out.StopTimer(memberTimerOf(id))
	g.Members = slices.DeleteFunc(g.Members, func(m Member) bool { return m.ID == id })
	g.Pending = slices.DeleteFunc(g.Pending, func(p wire.MemberID) bool { return p == id })
	if g.Leader == id {
		g.Leader = wire.NoMember
		if len(g.Members) > 0 {
			g.Leader = g.Members[0].ID
		}
	}
}

// joined is the answer that a member gets when the join phase is over.
func (g *Group) joined(m *Member) *wire.JoinGroupResponse {
	a := &wire.JoinGroupResponse{
		Generation: g.Generation, Protocol: g.Protocol, Leader: g.Leader, Member: m.ID,
	}
	if m.ID == g.Leader {
		for i := range g.Members {
			other := &g.Members[i]
			a.Members = append(a.Members, wire.JoinedMember{
				Member: other.ID, Instance: other.Instance, Subscription: other.Subscription,
			})
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
		g.answerJoin(m, &wire.JoinGroupResponse{Err: wire.NotCoordinator, Member: m.ID}, out)
		g.answerSync(m, &wire.SyncGroupResponse{Err: wire.NotCoordinator}, out)
	}
}

// answerJoin answers a parked JoinGroup, if there is one.
func (g *Group) answerJoin(m *Member, r *wire.JoinGroupResponse, out *sim.Out) {
	if m.Joining {
		m.Joining = false
		out.Reply(m.Conn, r)
	}
}

// answerSync answers a parked SyncGroup; it tells whether there was one.
func (g *Group) answerSync(m *Member, r *wire.SyncGroupResponse, out *sim.Out) bool {
	if !m.Syncing {
		return false
	}
	m.Syncing = false
	out.Reply(m.Conn, r)
	return true
}

func (g *Group) timer(kind uint8) sim.Timer {
	return sim.Timer{Kind: kind, Key: g.Number}
}

func memberTimerOf(id wire.MemberID) sim.Timer {
	return sim.Timer{Kind: memberTimer, Key: memberKey(id)}
}

func memberKey(id wire.MemberID) int32 { return int32(id.Client)<<16 | id.Birth }
