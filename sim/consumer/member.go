package consumer

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/client"
	"example.com/ksim/sim/wire"
)

// Membership is the consumer's place in its group (AbstractCoordinator, ConsumerCoordinator).
type Membership struct {
	Coordinator wire.NodeID // Nobody: to be found
	Finding     bool        // asked, or waiting to ask again
	ID          wire.MemberID
	Generation  int32
	Protocol    string // the generation's assignor
	State       MemberState
	Rejoin      bool // it has to join again, in the next poll()
	Pending     bool // a JoinGroup or SyncGroup is under way, or what came of it waits for poll()
	Prepared    bool // what must be given up before the next JoinGroup is
	Waiting     bool // it is too early for another JoinGroup
	Leaving     bool // a LeaveGroup is under way
	Fatal       wire.Error

	Joined   *wire.JoinGroupResponse // not acted on yet
	Assigned *wire.SyncGroupResponse // likewise
	Listener Listener
	Modern   Modern         // in a group of the consumer protocol
	Watched  []TopicCount   // of a leader: what it has dealt out, by its metadata of then
	Said     []wire.TopicID `sim:"frozen"` // of one that goes by a pattern: what it joined for
	Look     Look           // likewise: for topics, before it joins

	// What the sticky assignor remembers, whatever the member has given up since (StickyAssignor).
	Sticky           []wire.Partition `sim:"frozen"`
	StickyGeneration int32
}

// MemberState is how far a member has come (AbstractCoordinator.MemberState).
type MemberState uint8

// The states of a member.
const (
	Unjoined MemberState = iota
	Joining              // JoinGroup is sent
	Syncing              // it is in the generation and has asked for its partitions
	Member
)

// outside is the membership of a consumer that has never joined.
func outside() Membership {
	return Membership{Generation: wire.NoGeneration, Rejoin: true, StickyGeneration: wire.NoGeneration}
}

// Steady tells whether the consumer is in its group and has no reason to join again.
func (m *Membership) Steady() bool { return m.State == Member && !m.Rejoin && !m.Pending }

// Steady tells whether the consumer needs nothing from its group before it can go on.
func (c *Consumer) Steady() bool {
	if c.modern() {
		return c.Member.Modern.Steady()
	}
	return !c.subscribes() || c.Member.Steady()
}

// ensureMember finds the coordinator and joins the group; it tells whether there is nothing left to do
// for that (ConsumerCoordinator.poll).
func (c *Consumer) ensureMember(out *sim.Out) bool {
	if c.modern() {
		c.ensureModern(out)
		return true
	}
	m := &c.Member
	if m.Coordinator == wire.Nobody {
		c.find(out)
		return false
	}
	c.watch()
	if m.Joined != nil {
		c.joined(out)
	}
	if m.Assigned != nil {
		c.complete(out)
	}
	if m.Pending || !m.Rejoin {
		return !m.Pending
	}
	if !m.Prepared && c.looked() {
		m.Prepared = c.prepareJoin(out)
	}
	if m.Prepared && !m.Waiting && c.Net.Ready(&c.Config.Client, m.Coordinator, wire.CoordinatorLane, out) {
		c.join(out)
	}
	return false
}

// find asks any broker for the group's coordinator.
func (c *Consumer) find(out *sim.Out) {
	m := &c.Member
	if m.Finding {
		return
	}
	id := c.Net.Any(&c.Config.Client)
	if id == wire.Nobody || !c.Net.Ready(&c.Config.Client, id, wire.MainLane, out) {
		return
	}
	m.Finding = true
	c.Net.Send(&c.Config.Client, id, wire.MainLane, client.Call{
		What: findCall, Body: &wire.FindCoordinatorRequest{Group: c.Config.Group},
	}, out)
}

// lookUp is what the heartbeat thread does about a lost coordinator, whatever the application is at: it
// notices within retry.backoff.ms. A member at work must not fall silent
// (AbstractCoordinator.HeartbeatThread.run).
func (c *Consumer) lookUp(out *sim.Out) {
	if t := (sim.Timer{Kind: lookupTimer}); c.orphaned() && !c.Member.Finding && !out.Armed(t) {
		out.SetTimer(t, c.Config.Client.RetryBackoff)
	}
}

// orphaned tells whether the consumer is in a generation and knows no coordinator.
func (c *Consumer) orphaned() bool {
	m := &c.Member
	return c.subscribes() && (m.State == Syncing || m.State == Member) && m.Coordinator == wire.Nobody
}

func (c *Consumer) onCoordinator(r *wire.FindCoordinatorResponse, out *sim.Out) {
	if r.Err != wire.None {
		c.findLater(out)
		return
	}
	m := &c.Member
	m.Finding, m.Coordinator = false, r.Node
	if t := (sim.Timer{Kind: sessionTimer}); out.Armed(t) {
		out.Await(t, c.Config.SessionTimeout, m.Coordinator)
	}
}

func (c *Consumer) findLater(out *sim.Out) {
	c.Member.Finding = true
	c.Net.Meta.Stale = true
	c.lookupFailed(out)
	d := out.Jitter(c.Config.Client.RetryBackoff, 20, "find", 0)
	out.SetTimer(sim.Timer{Kind: coordinatorTimer}, d)
}

// forget drops the generation, so what the consumer owned is lost, and joins again. After
// ILLEGAL_GENERATION the member id may still be good (resetStateAndRejoin).
func (c *Consumer) forget(idToo bool, out *sim.Out) {
	m := &c.Member
	m.State, m.Generation, m.Protocol = Unjoined, wire.NoGeneration, ""
	if idToo {
		m.ID = wire.NoMember
	}
	m.Rejoin, m.Prepared, m.Said = true, m.Prepared && c.Config.KeepsWhileJoining, nil
	out.StopTimer(sim.Timer{Kind: heartbeatTimer})
	out.StopTimer(sim.Timer{Kind: sessionTimer})
}

// refused takes an error that says that the member is not, or not as it says, in the group; it tells
// whether it was one. What an older generation is told does not count.
func (c *Consumer) refused(err wire.Error, id wire.MemberID, generation int32, out *sim.Out) bool {
	m := &c.Member
	switch err {
	case wire.UnknownMemberID, wire.IllegalGeneration:
		if m.ID == id && m.Generation == generation {
			c.forget(err == wire.UnknownMemberID, out)
		}
	case wire.FencedInstanceID:
		if m.ID == id && m.Generation == generation {
			m.Fatal = err
		}
	default:
		return false
	}
	return true
}

// coordinatorError looks for the coordinator anew if it is not the one that was asked.
func (c *Consumer) coordinatorError(err wire.Error) {
	if err == wire.NotCoordinator || err == wire.CoordinatorNotAvailable {
		c.Member.Coordinator = wire.Nobody
	}
}

// keepAlive is the heartbeat thread's clock, running from the join on.
func (c *Consumer) keepAlive(out *sim.Out) {
	out.SetTimer(sim.Timer{Kind: heartbeatTimer}, c.Config.HeartbeatInterval)
	out.Await(sim.Timer{Kind: sessionTimer}, c.Config.SessionTimeout, c.Member.Coordinator)
}

// heartbeat sends one, if the consumer is in a generation. One that can't be sent is tried again after
// retry.backoff.ms (Heartbeat.failHeartbeat).
func (c *Consumer) heartbeat(out *sim.Out) {
	m := &c.Member
	t := sim.Timer{Kind: heartbeatTimer}
	if m.Coordinator == wire.Nobody ||
		!c.Net.Ready(&c.Config.Client, m.Coordinator, wire.CoordinatorLane, out) {
		out.SetTimer(t, c.Config.Client.RetryBackoff)
		return
	}
	out.SetTimer(t, c.Config.HeartbeatInterval)
	c.Net.Send(&c.Config.Client, m.Coordinator, wire.CoordinatorLane, client.Call{
		What: heartbeatCall, Idle: true, Body: &wire.HeartbeatRequest{
			Group: c.Config.Group, Generation: m.Generation, Member: m.ID, Instance: c.Config.Instance,
		},
	}, out)
}

func (c *Consumer) onHeartbeat(asked *wire.HeartbeatRequest, r *wire.HeartbeatResponse, out *sim.Out) {
	m := &c.Member
	alive := sim.Timer{Kind: sessionTimer}
	switch {
	case r.Err == wire.None || r.Err == wire.RebalanceInProgress:
		if out.Armed(alive) {
			out.Await(alive, c.Config.SessionTimeout, m.Coordinator)
		}
		if r.Err != wire.None && m.State == Member {
			m.Rejoin = true
		}
	case c.refused(r.Err, asked.Member, asked.Generation, out):
	default:
		c.coordinatorError(r.Err)
	}
}

// leaveIdle is what the heartbeat thread does when the application has not polled for
// max.poll.interval.ms: it leaves the group. A static member only falls silent.
func (c *Consumer) leaveIdle(out *sim.Out) {
	if c.modern() {
		c.staleNow(out)
		return
	}
	if c.Member.State == Syncing || c.Member.State == Member {
		c.leave(out)
	}
}

// leave says good-bye to the coordinator, if there is one and the member is not static
// (maybeLeaveGroup), and forgets the generation.
func (c *Consumer) leave(out *sim.Out) {
	m := &c.Member
	if c.modern() {
		m.Leaving = c.leaveModern(out)
		return
	}
	if c.Config.Instance == "" && m.State != Unjoined && m.ID != wire.NoMember &&
		m.Coordinator != wire.Nobody &&
		c.Net.Ready(&c.Config.Client, m.Coordinator, wire.CoordinatorLane, out) {
		m.Leaving = true
		c.Net.Send(&c.Config.Client, m.Coordinator, wire.CoordinatorLane, client.Call{
			What: leaveCall, Body: &wire.LeaveGroupRequest{Group: c.Config.Group, Member: m.ID},
		}, out)
	}
	c.forget(true, out)
}

// left takes the answer to LeaveGroup, or the news that there will be none.
func (c *Consumer) left(out *sim.Out) {
	if !c.Member.Leaving {
		return
	}
	c.Member.Leaving = false
	if c.Closing {
		out.Exit()
	}
}

// subscribes tells whether the group deals the partitions out.
func (c *Consumer) subscribes() bool { return len(c.Config.Assign) == 0 }

// owned are the partitions that the consumer has now.
func (c *Consumer) owned() []wire.Partition {
	var out []wire.Partition
	for i := range c.Parts {
		out = append(out, c.Parts[i].At)
	}
	return out
}

// standing tells why the consumer can't commit now, if it can't: it is in no generation, or between
// two (ConsumerCoordinator.sendOffsetCommitRequest).
func (c *Consumer) standing() wire.Error {
	switch {
	case !c.subscribes() || c.modern() || c.Member.State == Member:
		return wire.None
	case c.Member.State == Unjoined:
		return wire.UnknownMemberID
	}
	return wire.RebalanceInProgress
}

// trusts tells whether an assignor believes every claim to a partition.
func (c *Config) trusts(assignor string) bool {
	return assignor == Sticky && c.StickyTrustsClaims || assignor == CooperativeSticky && c.CooperativeTrustsClaims
}

// eager tells whether all partitions are given up before each JoinGroup: unless every assignor of the
// list can do without, whichever is chosen then (ConsumerCoordinator's choice of RebalanceProtocol).
func (c *Config) eager() bool {
	return !c.Modern && slices.ContainsFunc(c.Assignors, func(a string) bool { return a != CooperativeSticky })
}
