package consumer

import (
	"cmp"
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/client"
	"example.com/ksim/sim/wire"
)

// Membership is the consumer's place in its group (AbstractCoordinator).
type Membership struct {
	Coordinator wire.NodeID // Nobody: to be found
	Finding     bool        // asked, or waiting to ask again
	ID          wire.MemberID
	Generation  int32
	Joined      bool // assigned in this generation
	Busy        bool // a JoinGroup or SyncGroup is under way, or it is too early for one
	Leaving     bool // a LeaveGroup is under way
}

// ensureMember finds the coordinator and joins the group; it tells whether the consumer is in.
func (c *Consumer) ensureMember(out *sim.Out) bool {
	m := &c.Member
	if m.Coordinator == wire.Nobody {
		c.find(out)
		return m.Joined
	}
	if m.Joined {
		return true
	}
	if m.Busy || !c.knowsTopics() || !c.prepareJoin(out) {
		return false
	}
	if c.Net.Ready(&c.Config.Client, m.Coordinator, wire.CoordinatorLane, out) {
		c.join(out)
	}
	return false
}

// knowsTopics tells whether the consumer knows the partitions it would have to deal out as the
// group's leader. Kafka makes sure of it when it is elected (ConsumerCoordinator.onLeaderElected).
func (c *Consumer) knowsTopics() bool {
	for _, topic := range c.Config.Topics {
		if c.Net.Meta.Count(topic) == 0 {
			return false
		}
	}
	return true
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

func (c *Consumer) onCoordinator(r *wire.FindCoordinatorResponse, out *sim.Out) {
	if r.Err != wire.None {
		c.findLater(out)
		return
	}
	c.Member.Finding, c.Member.Coordinator = false, r.Node
}

func (c *Consumer) findLater(out *sim.Out) {
	c.Member.Finding = true
	c.Net.Meta.Stale = true
	d := out.Jitter(c.Config.Client.RetryBackoff, 20, "find", 0)
	out.SetTimer(sim.Timer{Kind: coordinatorTimer}, d)
	c.lookupFailed(out)
}

// prepareJoin ends the last generation: auto commit, then everything is given up (the eager
// protocol). It tells whether that is done (ConsumerCoordinator.onJoinPrepare).
func (c *Consumer) prepareJoin(out *sim.Out) bool {
	member := c.Member.ID != wire.NoMember
	if member && len(c.Parts) > 0 && c.Config.AutoCommit && !c.Auto.Flushed {
		c.Auto.Flushed = true
		c.commit(c.autoOffsets(), commitLast, out)
	}
	if c.committing(commitAuto) || c.committing(commitLast) {
		return false
	}
	c.Parts = nil
	return true
}

func (c *Consumer) join(out *sim.Out) {
	m := &c.Member
	m.Busy = true
	out.StopTimer(sim.Timer{Kind: heartbeatTimer}) // silent while the join is parked
	if m.ID == wire.NoMember {
		c.Births++
	}
	timeout := c.Config.MaxPollInterval + 5*sim.Second
	c.Net.SendFor(timeout, m.Coordinator, wire.CoordinatorLane, client.Call{
		What: joinCall, Body: &wire.JoinGroupRequest{
			Group: c.Config.Group, Member: m.ID, Client: c.Self, Birth: c.Births,
			SessionTimeout: c.Config.SessionTimeout, RebalanceTimeout: c.Config.MaxPollInterval,
			Protocols: []string{"range"}, Topics: c.Config.Topics,
		},
	}, out)
}

func (c *Consumer) onJoined(r *wire.JoinGroupResponse, out *sim.Out) {
	m := &c.Member
	m.Busy = false
	switch {
	case m.Coordinator == wire.Nobody:
		return // lost sight of it meanwhile: find it and join again
	case r.Err == wire.None:
	case r.Err == wire.MemberIDRequired:
		m.ID = r.Member
		return
	case r.Err == wire.UnknownMemberID:
		m.ID = wire.NoMember
		return
	default:
		if m.ID == wire.NoMember {
			c.Births-- // no id was handed out
		}
		c.coordinatorError(r.Err)
		c.rejoinLater(out)
		return
	}
	m.Busy, m.Generation = true, r.Generation
	out.Tell(wire.Note{Kind: wire.Joined, Node: c.Self, Peer: m.Coordinator, Epoch: r.Generation})
	c.keepAlive(out)
	var assignments []wire.Assignment
	if r.Leader == r.Member {
		assignments = c.assign(r.Members)
	}
	c.Net.Send(&c.Config.Client, m.Coordinator, wire.CoordinatorLane, client.Call{
		What: syncCall, Body: &wire.SyncGroupRequest{
			Group: c.Config.Group, Generation: m.Generation, Member: m.ID, Assignments: assignments,
		},
	}, out)
}

// assign deals out the partitions of each topic in ranges: of n partitions and m members the first
// n%m get one more, in the order of the members' ids (RangeAssignor).
func (c *Consumer) assign(members []wire.Subscription) []wire.Assignment {
	members = slices.SortedFunc(slices.Values(members), func(a, b wire.Subscription) int {
		return cmp.Or(cmp.Compare(a.Member.Client, b.Member.Client), cmp.Compare(a.Member.Birth, b.Member.Birth))
	})
	out := make([]wire.Assignment, len(members))
	for i := range members {
		out[i].Member = members[i].Member
	}
	for _, topic := range c.Config.Topics {
		n, m := c.Net.Meta.Count(topic), len(members)
		next := 0
		for i := range out {
			share := n / m
			if i < n%m {
				share++
			}
			for range share {
				at := wire.Partition{Topic: topic, Index: int16(next)}
				out[i].Partitions = append(out[i].Partitions, at)
				next++
			}
		}
	}
	return out
}

func (c *Consumer) onAssigned(r *wire.SyncGroupResponse, out *sim.Out) {
	m := &c.Member
	m.Busy = false
	switch r.Err {
	case wire.None:
	case wire.RebalanceInProgress, wire.IllegalGeneration:
		return // join again
	case wire.UnknownMemberID:
		m.ID = wire.NoMember
		return
	default:
		c.coordinatorError(r.Err)
		c.rejoinLater(out)
		return
	}
	m.Joined, c.Auto.Flushed = true, false
	c.Parts = nil
	for _, at := range r.Partitions {
		c.Parts = append(c.Parts, Part{At: at, Need: NeedCommitted})
		out.Tell(wire.Note{Kind: wire.Assigned, Node: c.Self, At: at})
	}
	c.seekStored(out)
}

// rejoinLater keeps the next JoinGroup off for retry.backoff.ms.
func (c *Consumer) rejoinLater(out *sim.Out) {
	c.Member.Busy = true
	d := out.Jitter(c.Config.Client.RetryBackoff, 20, "rejoin", 0)
	out.SetTimer(sim.Timer{Kind: rejoinTimer}, d)
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

func (c *Consumer) heartbeat(out *sim.Out) {
	m := &c.Member
	if m.ID == wire.NoMember || m.Leaving {
		return
	}
	out.SetTimer(sim.Timer{Kind: heartbeatTimer}, c.Config.HeartbeatInterval)
	if m.Coordinator == wire.Nobody ||
		!c.Net.Ready(&c.Config.Client, m.Coordinator, wire.CoordinatorLane, out) {
		return
	}
	c.Net.Send(&c.Config.Client, m.Coordinator, wire.CoordinatorLane, client.Call{
		What: heartbeatCall, Idle: true, Body: &wire.HeartbeatRequest{
			Group: c.Config.Group, Generation: m.Generation, Member: m.ID,
		},
	}, out)
}

func (c *Consumer) onHeartbeat(r *wire.HeartbeatResponse, out *sim.Out) {
	m := &c.Member
	switch r.Err {
	case wire.None:
		out.Await(sim.Timer{Kind: sessionTimer}, c.Config.SessionTimeout, m.Coordinator)
	case wire.RebalanceInProgress, wire.IllegalGeneration:
		m.Joined = false // to be joined again in the next poll()
	case wire.UnknownMemberID:
		m.ID, m.Joined = wire.NoMember, false
	default:
		c.coordinatorError(r.Err)
	}
}

// leaveIdle is what the heartbeat thread does when the application has not polled for
// max.poll.interval.ms: it leaves the group, and the partitions are lost.
func (c *Consumer) leaveIdle(out *sim.Out) {
	c.leave(out)
	c.Member.ID, c.Member.Joined = wire.NoMember, false
	out.StopTimer(sim.Timer{Kind: heartbeatTimer})
}

func (c *Consumer) leave(out *sim.Out) {
	m := &c.Member
	if m.ID == wire.NoMember || m.Coordinator == wire.Nobody ||
		!c.Net.Ready(&c.Config.Client, m.Coordinator, wire.CoordinatorLane, out) {
		return
	}
	m.Leaving = true
	c.Net.Send(&c.Config.Client, m.Coordinator, wire.CoordinatorLane, client.Call{
		What: leaveCall, Body: &wire.LeaveGroupRequest{Group: c.Config.Group, Member: m.ID},
	}, out)
}

// left takes the answer to LeaveGroup, or the news that there will be none.
func (c *Consumer) left(out *sim.Out) {
	c.Member.Leaving = false
	if c.Closing {
		c.Member.ID = wire.NoMember // it has said good-bye
		out.Exit()
	}
}
