package consumer

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/client"
	"example.com/ksim/sim/wire"
)

// fencedOut takes the member out of the group: it has no epoch, and what it has is lost
// (transitionToFenced).
func (c *Consumer) fencedOut(state ModernState) {
	m := &c.Member.Modern
	c.Member.Generation = wire.NoGeneration
	m.State, m.Told, m.Has = state, noAssignment, noAssignment
}

// staleNow says good-bye as the application has not polled for max.poll.interval.ms, and gives up what
// the member has. It joins again when the application polls (transitionToSendingLeaveGroup,
// maybeRejoinStaleMember).
func (c *Consumer) staleNow(out *sim.Out) {
	if m := &c.Member.Modern; !m.State.in() {
		return
	}
	c.sayGoodBye(out)
	c.fencedOut(Stale)
}

// sayGoodBye sends the last heartbeat, if there is somebody to hear it, and does not wait. A static
// member will be back.
func (c *Consumer) sayGoodBye(out *sim.Out) bool {
	m := &c.Member.Modern
	m.Term++
	m.Again, m.Due = true, true
	if c.Member.Coordinator == wire.Nobody ||
		!c.Net.Ready(&c.Config.Client, c.Member.Coordinator, wire.CoordinatorLane, out) {
		return false
	}
	r := &wire.ConsumerGroupHeartbeatRequest{
		Group: c.Config.Group, Member: c.Member.ID, Epoch: wire.LeaveEpoch, Instance: c.Config.Instance,
	}
	if r.Instance != "" {
		r.Epoch = wire.StaticLeaveEpoch
	}
	c.Net.Send(&c.Config.Client, c.Member.Coordinator, wire.CoordinatorLane, client.Call{
		What: leaveCall, Body: r,
	}, out)
	return true
}

// listens tells whether the application has a ConsumerRebalanceListener.
func (c *Consumer) listens() bool { return c.Config.App.OnRevoke != RevokeNothing }

// releaseLost gives up what a member has that is out of the group. Its listener, if it has one, runs
// in poll(). Then it joins again; a stale one when the application polls.
func (c *Consumer) releaseLost(polls bool, out *sim.Out) {
	m := &c.Member.Modern
	if m.State != Fenced && m.State != Stale {
		return
	}
	if len(c.Parts) > 0 && c.listens() && !polls || !c.giveUp(c.owned(), false, out) {
		return
	}
	if c.Member.Fatal == wire.None && (m.State == Fenced || polls) {
		m.State = JoiningGroup
	}
}

// reconcile takes over what the member was told: auto commit, onPartitionsRevoked, and then it has what
// is new and says so. With auto commit it begins inside poll() only, where all that was returned before
// counts as processed. Without auto commit and without a listener it waits for nothing, whatever the
// application has in hand (AbstractMembershipManager.maybeReconcile, revokeAndAssign).
func (c *Consumer) reconcile(polls bool, out *sim.Out) {
	m := &c.Member.Modern
	if m.State != Reconciling {
		c.stopTaking()
		return
	}
	if !c.mayTake(polls, out) {
		return
	}
	surplus := slices.DeleteFunc(c.owned(), func(at wire.Partition) bool {
		return slices.Contains(m.Goal.Partitions, at)
	})
	if c.listens() && !polls || !c.giveUp(surplus, true, out) {
		return
	}
	c.take(m.Goal.Partitions, out)
	m.Has, m.State = m.Goal, Acknowledging
	c.stopTaking()
	if c.Config.AutoCommit {
		c.Auto.Due = false
		c.scheduleAuto(c.Config.AutoCommitInterval, out)
	}
}

// mayTake begins to take over what the member was told; it tells whether the commit before that is
// done. Nothing more is read from what is about to go (markPendingRevocationToPauseFetching).
func (c *Consumer) mayTake(polls bool, out *sim.Out) bool {
	m := &c.Member.Modern
	if !m.Taking {
		if c.Config.AutoCommit && !polls {
			return false
		}
		m.Goal, m.Taking = m.Told, true
		for i := range c.Parts {
			c.Parts[i].Going = !slices.Contains(m.Goal.Partitions, c.Parts[i].At)
		}
		if c.Config.AutoCommit {
			c.commit(c.autoOffsets(), commitLast, out)
		}
	}
	return !c.committing(commitLast)
}

// stopTaking ends the taking over, done or not.
func (c *Consumer) stopTaking() {
	m := &c.Member.Modern
	if !m.Taking {
		return
	}
	m.Taking, m.Goal = false, noAssignment
	for i := range c.Parts {
		c.Parts[i].Going = false
	}
}

// ensureModern is the part of poll() that the group has: listeners run, and what waits for them goes on.
// poll() waits for nothing else, not even for a coordinator (AsyncKafkaConsumer.poll).
func (c *Consumer) ensureModern(out *sim.Out) {
	c.releaseLost(true, out)
	c.reconcile(true, out)
}

// leaveModern says good-bye in close(); it tells whether there will be an answer.
func (c *Consumer) leaveModern(out *sim.Out) bool {
	told := c.Member.Modern.State.in() && c.sayGoodBye(out)
	c.fencedOut(Unsubscribed)
	return told
}

// outpaced tells of the commit before a reconciliation that it can be tried again with the member's
// new epoch (isStaleEpochErrorAndValidEpochAvailable).
func (c *Consumer) outpaced(m *Commit) bool {
	return m.Kind == commitLast && c.inModernGroup() && c.App.State != InClose
}
