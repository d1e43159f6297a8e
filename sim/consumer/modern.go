package consumer

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/client"
	"example.com/ksim/sim/wire"
)

// Modern is the consumer's place in a group of the consumer protocol (AbstractMembershipManager,
// ConsumerHeartbeatRequestManager, KIP-848). What it says to the coordinator and what it commits belongs
// to a thread of its own; the application's thread runs the listener.
type Modern struct {
	State  ModernState
	Told   Assignment // what the coordinator wants it to read
	Has    Assignment // what it has taken over
	Goal   Assignment // what it is taking over, if Taking
	Said   int32      // the version of Has in its last heartbeat
	Again  bool       // something went wrong: the next heartbeat leaves nothing out
	Term   int32      // counts good-byes: what was asked before one is not heard any more
	Due    bool       // it is time for a heartbeat
	Taking bool       // it is taking over Goal
	Every  sim.Duration
}

// Assignment is a version of an assignment; what is equal can be another one all the same
// (AbstractMembershipManager.LocalAssignment).
type Assignment struct {
	Version    int32            // NoVersion: there is none
	Partitions []wire.Partition `sim:"frozen"`
}

// NoVersion is the version of no assignment.
const NoVersion int32 = -1

var noAssignment = Assignment{Version: NoVersion}

// ModernState is how far a member has come (consumer.internals.MemberState).
type ModernState uint8

// The states of a member.
const (
	Unsubscribed  ModernState = iota
	JoiningGroup              // it says everything, with epoch 0
	Reconciling               // it takes over what it was told
	Acknowledging             // it has, and says so
	Settled                   // STABLE
	Fenced                    // it is out of the group, and gives up what it has
	Departing                 // PREPARE_LEAVING: it gives up what it has, to say good-bye
	Stale                     // it has said good-bye, as the application has not polled for too long
)

func (s ModernState) String() string {
	return [...]string{
		"unsubscribed", "joining", "reconciling", "acknowledging", "stable", "fenced", "leaving", "stale",
	}[s]
}

// in tells whether the coordinator counts on heartbeats of a member in this state.
func (s ModernState) in() bool { return s >= JoiningGroup && s <= Settled || s == Departing }

// modern tells whether the consumer is a member by the consumer protocol.
func (c *Consumer) modern() bool { return c.Config.Modern && c.subscribes() && c.Config.Group != "" }

// startModern makes up the member's id, which it keeps as long as it lives, and has it join.
func (c *Consumer) startModern() {
	c.Births++
	c.Member.ID = wire.MemberID{Client: c.Self, Birth: c.Births}
	c.Member.Modern = Modern{State: JoiningGroup, Told: noAssignment, Has: noAssignment}
}

// runBackground is one round of the thread that talks to the coordinator: it goes on with what the
// member takes over, as far as that needs no listener, and sends a heartbeat if one is due
// (ConsumerNetworkThread.runOnce).
func (c *Consumer) runBackground(out *sim.Out) {
	if !c.modern() || c.App.State == Stopped {
		return
	}
	c.reconcile(false, out)
	c.releaseLost(false, out)
	c.beat(out)
}

// beat sends a heartbeat if there is something to say at once, or else in time
// (AbstractHeartbeatRequestManager.poll).
func (c *Consumer) beat(out *sim.Out) {
	m := &c.Member.Modern
	if c.Member.Coordinator == wire.Nobody {
		c.find(out)
		return
	}
	now := m.State == JoiningGroup || m.State == Acknowledging
	if c.asking() || !m.State.in() || !now && (!m.Due || c.Member.Waiting) ||
		!c.Net.Ready(&c.Config.Client, c.Member.Coordinator, wire.CoordinatorLane, out) {
		return
	}
	r := c.heartbeatBody()
	m.Due, m.Again, m.Said = false, false, m.Has.Version
	if m.State == Acknowledging {
		m.State = Settled
		if m.Told.Version != m.Has.Version {
			m.State = Reconciling
		}
	}
	if m.Every > 0 {
		out.SetTimer(sim.Timer{Kind: heartbeatTimer}, m.Every)
	}
	c.Net.Send(&c.Config.Client, c.Member.Coordinator, wire.CoordinatorLane, client.Call{
		What: heartbeatCall, Ref: m.Term, Idle: !r.Reports, Body: r,
	}, out)
}

// asking tells whether a heartbeat is under way.
func (c *Consumer) asking() bool {
	return slices.ContainsFunc(c.Net.Peers, func(p client.Peer) bool {
		return slices.ContainsFunc(p.InFlight, func(call client.Call) bool {
			return call.What == heartbeatCall && call.Ref == c.Member.Modern.Term
		})
	})
}

// heartbeatBody is what the member says: everything when it joins and after something went wrong, else
// only what is new (ConsumerHeartbeatRequestManager.HeartbeatState).
func (c *Consumer) heartbeatBody() *wire.ConsumerGroupHeartbeatRequest {
	m := &c.Member.Modern
	r := &wire.ConsumerGroupHeartbeatRequest{
		Group: c.Config.Group, Member: c.Member.ID, Epoch: c.memberEpoch(), Instance: c.Config.Instance,
	}
	all := m.Again || m.State == JoiningGroup
	if all {
		r.RebalanceTimeout, r.Topics = c.Config.MaxPollInterval, c.Config.Topics
		r.Assignor = c.Config.RemoteAssignor
	}
	if all || m.Said != m.Has.Version {
		r.Reports, r.Owned = true, m.Has.Partitions
	}
	return r
}

// memberEpoch is the epoch that the member was told last; 0 if it has to join.
func (c *Consumer) memberEpoch() wire.MemberEpoch {
	if c.Member.Generation == wire.NoGeneration {
		return wire.JoinEpoch
	}
	return wire.MemberEpoch(c.Member.Generation)
}

// onModernHeartbeat takes the coordinator's word (AbstractHeartbeatRequestManager.onResponse).
func (c *Consumer) onModernHeartbeat(
	call client.Call, r *wire.ConsumerGroupHeartbeatResponse, out *sim.Out,
) {
	m := &c.Member.Modern
	if call.What == leaveCall {
		c.left(out)
		return
	}
	if call.Ref != m.Term {
		return
	}
	if r.Err != wire.None {
		c.heartbeatRefused(r.Err, out)
		return
	}
	c.atOnce(out)
	if c.Member.Generation == wire.NoGeneration {
		out.Tell(wire.Note{Kind: wire.Joined, Node: c.Self, Peer: c.Member.Coordinator, Epoch: int32(r.Epoch)})
	}
	c.Member.Generation = int32(r.Epoch)
	if m.Every != r.Interval {
		m.Every = r.Interval
		out.SetTimer(sim.Timer{Kind: heartbeatTimer}, m.Every)
	}
	if r.Assigns && m.State != Departing {
		c.toldAssignment(r.Partitions)
	}
}

// toldAssignment notes what the member is to read (processAssignmentReceived).
func (c *Consumer) toldAssignment(parts []wire.Partition) {
	m := &c.Member.Modern
	if m.Told.Version == NoVersion || !slices.Equal(m.Told.Partitions, parts) {
		m.Told = Assignment{Version: m.Told.Version + 1, Partitions: parts}
	}
	switch {
	case m.Told.Version != m.Has.Version:
		m.State = Reconciling
	case m.State == Reconciling || m.State == JoiningGroup:
		m.State = Settled
	}
}

// heartbeatRefused takes an error (AbstractHeartbeatRequestManager.onErrorResponse).
func (c *Consumer) heartbeatRefused(err wire.Error, out *sim.Out) {
	c.heartbeatFailed(out)
	switch err {
	case wire.NotCoordinator, wire.CoordinatorNotAvailable:
		c.Member.Coordinator = wire.Nobody
		c.atOnce(out)
	case wire.CoordinatorLoadInProgress:
	case wire.FencedMemberEpoch, wire.UnknownMemberID:
		c.atOnce(out)
		c.fencedOut(Fenced)
	default:
		c.Member.Fatal = err
		c.fencedOut(Fenced)
	}
}

// atOnce lets the next heartbeat go out when it is due.
func (c *Consumer) atOnce(out *sim.Out) {
	c.Member.Waiting = false
	out.StopTimer(sim.Timer{Kind: rejoinTimer})
}

// heartbeatFailed has the next heartbeat say everything, after a while.
func (c *Consumer) heartbeatFailed(out *sim.Out) {
	m := &c.Member.Modern
	m.Again, m.Due, c.Member.Waiting = true, true, true
	d := out.Jitter(c.Config.Client.RetryBackoff, 20, "heartbeat", 0)
	out.SetTimer(sim.Timer{Kind: rejoinTimer}, d)
}

// signature is who commits: the member and its epoch, or, while it has none, nobody
// (CommitRequestManager.MemberInfo).
func (c *Consumer) signature() (wire.MemberID, int32) {
	if c.modern() && !c.inModernGroup() {
		return wire.NoMember, wire.NoGeneration
	}
	return c.Member.ID, c.Member.Generation
}

// inModernGroup tells whether the consumer is a member with an epoch.
func (c *Consumer) inModernGroup() bool {
	return c.modern() && c.Member.Generation != wire.NoGeneration
}

// inGroup tells whether what the consumer has is still its own.
func (c *Consumer) inGroup() bool { return c.inModernGroup() || c.Member.State == Member }

// heartbeatDue lets the next heartbeat go out.
func (c *Consumer) heartbeatDue(out *sim.Out) {
	if !c.modern() {
		c.heartbeat(out)
		return
	}
	c.Member.Modern.Due = true
}

// heartbeatLost takes a heartbeat that will not be answered.
func (c *Consumer) heartbeatLost(call client.Call, out *sim.Out) {
	if c.modern() && call.Ref == c.Member.Modern.Term {
		c.heartbeatFailed(out)
	}
}

// Steady tells whether the member has taken over all that it was told.
func (m *Modern) Steady() bool { return m.State == Settled && !m.Taking }
