package consumer

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/client"
	"example.com/ksim/sim/wire"
)

// prepareJoin ends the last generation: auto commit, then what must be given up before the join is:
// everything under the eager protocol, or if the consumer is out of the group, and else what it does not
// subscribe to any more. It tells whether that is done (ConsumerCoordinator.onJoinPrepare).
func (c *Consumer) prepareJoin(out *sim.Out) bool {
	m := &c.Member
	if c.Config.AutoCommit && !c.Auto.Flushed {
		c.Auto.Flushed = true
		c.commit(c.autoOffsets(), commitLast, out)
	}
	if c.committing(commitLast) {
		return false
	}
	in := m.Generation != wire.NoGeneration && m.ID != wire.NoMember
	going := c.owned()
	if in && !c.Config.eager() {
		going = c.unsubscribed()
	}
	if !c.giveUp(going, in, out) {
		return false
	}
	c.Auto.Flushed, m.Watched, m.Look = false, nil, NotLooked
	out.StopTimer(sim.Timer{Kind: prepareTimer})
	return true
}

// limit keeps a commit before partitions are given up from being tried again for ever: the auto commit
// for the rebalance timeout, that of the listener for default.api.timeout.ms. What no broker knows any more,
// as its topic was deleted, can't be committed however often (ConsumerCoordinator.joinPrepareTimer,
// KAFKA-13310). The time counts from the first failure.
func (c *Consumer) limit(k commitKind, out *sim.Out) {
	t := sim.Timer{Kind: prepareTimer}
	if c.modern() || c.App.State == InClose || out.Armed(t) {
		return
	}
	switch k {
	case commitLast:
		out.SetTimer(t, c.Config.MaxPollInterval)
	case commitRevoke:
		out.SetTimer(t, c.Config.APITimeout)
	}
}

// prepareOver gives up the commit before partitions are given up.
func (c *Consumer) prepareOver(out *sim.Out) {
	for _, k := range []commitKind{commitLast, commitRevoke} {
		if c.committing(k) {
			c.giveUpCommit(k, out)
		}
	}
}

func (c *Consumer) join(out *sim.Out) {
	m := &c.Member
	m.State, m.Pending = Joining, true
	out.StopTimer(sim.Timer{Kind: heartbeatTimer}) // silent while the join is parked
	out.StopTimer(sim.Timer{Kind: sessionTimer})
	if m.ID == wire.NoMember {
		c.Births++
	}
	timeout := max(c.Config.Client.RequestTimeout, c.Config.MaxPollInterval+5*sim.Second)
	c.Net.SendFor(timeout, m.Coordinator, wire.CoordinatorLane, client.Call{
		What: joinCall, Body: &wire.JoinGroupRequest{
			Group: c.Config.Group, Member: m.ID, Instance: c.Config.Instance, Client: c.Self,
			Birth: c.Births, SessionTimeout: c.Config.SessionTimeout,
			RebalanceTimeout: c.Config.MaxPollInterval, Protocols: c.Config.Assignors,
			Subscription: c.subscription(),
		},
	}, out)
}

// subscription is what the consumer wants and says it has.
func (c *Consumer) subscription() wire.Subscription {
	m := &c.Member
	m.Said = c.topics()
	s := wire.Subscription{
		Topics: m.Said, Owned: c.owned(), OwnedGeneration: m.Generation,
		StickyGeneration: wire.NoGeneration,
	}
	if slices.Contains(c.Config.Assignors, Sticky) {
		s.Sticky, s.StickyGeneration = m.Sticky, m.StickyGeneration
	}
	return s
}

// onJoined keeps the answer for the application's thread, which is the one that reads it.
func (c *Consumer) onJoined(asked *wire.JoinGroupRequest, r *wire.JoinGroupResponse, out *sim.Out) {
	m := &c.Member
	if r.Err == wire.None && m.State == Joining && m.Coordinator != wire.Nobody {
		m.Joined = r
		return
	}
	m.Pending, m.Rejoin = false, true
	switch r.Err {
	case wire.MemberIDRequired:
		m.ID = r.Member
		return
	case wire.UnknownMemberID:
		c.refused(r.Err, asked.Member, m.Generation, out)
		return
	case wire.RebalanceInProgress:
		return
	case wire.FencedInstanceID, wire.InconsistentGroupProtocol:
		m.Fatal = r.Err
		return
	}
	if m.ID == wire.NoMember && r.Err != wire.None {
		c.Births-- // no id was handed out
	}
	c.coordinatorError(r.Err)
	c.rejoinLater(out)
}

// joined begins the generation. The leader deals out the partitions, once it knows how many every
// topic that any member wants has.
func (c *Consumer) joined(out *sim.Out) {
	m := &c.Member
	r := m.Joined
	if m.State == Joining {
		m.State, m.ID, m.Generation, m.Protocol = Syncing, r.Member, r.Generation, r.Protocol
		out.Tell(wire.Note{Kind: wire.Joined, Node: c.Self, Peer: m.Coordinator, Epoch: r.Generation})
		c.keepAlive(out)
	}
	if m.Coordinator == wire.Nobody || !c.Net.Ready(&c.Config.Client, m.Coordinator, wire.CoordinatorLane, out) {
		return
	}
	var assignments []wire.Assignment
	if r.Leader == r.Member {
		topics, known := c.topicsOf(r.Members)
		if !known {
			return
		}
		m.Watched = topics
		if !r.Skip {
			assignments = Deal(r.Protocol, topics, r.Members, c.Config.trusts(r.Protocol))
		}
	}
	m.Joined = nil
	c.Net.Send(&c.Config.Client, m.Coordinator, wire.CoordinatorLane, client.Call{
		What: syncCall, Body: &wire.SyncGroupRequest{
			Group: c.Config.Group, Generation: m.Generation, Member: m.ID, Instance: c.Config.Instance,
			Assignments: assignments,
		},
	}, out)
}

// topicsOf are the topics that any member wants, and whether all of them are known here
// (ConsumerCoordinator.updateGroupSubscription).
func (c *Consumer) topicsOf(members []wire.JoinedMember) (topics []TopicCount, known bool) {
	known = true
	for i := range members {
		for _, t := range members[i].Subscription.Topics {
			if slices.ContainsFunc(topics, func(k TopicCount) bool { return k.Topic == t }) {
				continue
			}
			c.Net.Meta.Want(t)
			n := c.Net.Meta.Count(t)
			topics = append(topics, TopicCount{Topic: t, Name: c.Config.Names[t], Count: int16(n)})
			known = known && c.Net.Meta.Knows(t)
		}
	}
	return topics, known
}

// watch notices that a topic has got more partitions since the leader dealt them out, or that other topics
// match the member's pattern than when it joined: a new round is due (ConsumerCoordinator.rejoinNeededOrPending).
func (c *Consumer) watch() {
	m := &c.Member
	for _, t := range m.Watched {
		if m.State == Member && c.Net.Meta.Count(t.Topic) != int(t.Count) {
			m.Rejoin = true
		}
	}
	if m.State == Member && !slices.Equal(m.Said, c.topics()) {
		m.Rejoin = true
	}
}

func (c *Consumer) onSynced(asked *wire.SyncGroupRequest, r *wire.SyncGroupResponse, out *sim.Out) {
	m := &c.Member
	if r.Err == wire.None && m.State == Syncing {
		m.State, m.Rejoin, m.Assigned = Member, false, r
		return
	}
	m.Pending, m.Rejoin = false, true
	switch {
	case r.Err == wire.None || r.Err == wire.RebalanceInProgress:
	case r.Err == wire.FencedInstanceID:
		m.Fatal = r.Err
	case c.refused(r.Err, asked.Member, asked.Generation, out):
	default:
		c.coordinatorError(r.Err)
		c.rejoinLater(out)
	}
}

// complete takes over the new assignment: under the cooperative protocol what is not in it is given up
// first, and then the others have to hear of it, in another round (ConsumerCoordinator.onJoinComplete).
func (c *Consumer) complete(out *sim.Out) {
	m := &c.Member
	given := m.Assigned.Partitions
	if m.State != Member { // thrown out since
		m.Assigned, m.Pending = nil, false
		return
	}
	var surplus []wire.Partition
	for _, at := range c.owned() {
		if !slices.Contains(given, at) {
			surplus = append(surplus, at)
		}
	}
	if !c.giveUp(surplus, true, out) {
		return
	}
	m.Rejoin = m.Rejoin || len(surplus) > 0
	m.Assigned, m.Pending, m.Prepared = nil, false, false
	if slices.Contains(c.Config.Assignors, Sticky) && m.Protocol == Sticky {
		m.Sticky, m.StickyGeneration = given, m.Generation
	}
	if c.Config.AutoCommit {
		c.Auto.Due = false
		c.scheduleAuto(c.Config.AutoCommitInterval, out)
	}
	c.take(given, out)
}

// take adds partitions that are new to the consumer; those it has stay as they are.
func (c *Consumer) take(given []wire.Partition, out *sim.Out) {
	var added []wire.Partition
	for _, at := range given {
		if c.part(at) == nil {
			added = append(added, at)
			c.Parts = append(c.Parts, Part{At: at, Need: NeedCommitted})
			out.Tell(wire.Note{Kind: wire.Assigned, Node: c.Self, At: at, Epoch: c.Member.Generation})
		}
	}
	slices.SortFunc(c.Parts, func(a, b Part) int { return a.At.Compare(b.At) })
	c.seekStored(added, out)
}

// rejoinLater keeps the next JoinGroup off for retry.backoff.ms.
func (c *Consumer) rejoinLater(out *sim.Out) {
	c.Member.Waiting = true
	d := out.Jitter(c.Config.Client.RetryBackoff, 20, "rejoin", 0)
	out.SetTimer(sim.Timer{Kind: rejoinTimer}, d)
}

// joinLost takes a JoinGroup or SyncGroup that will not be answered.
func (c *Consumer) joinLost(out *sim.Out) {
	m := &c.Member
	m.Joined, m.Pending, m.Rejoin = nil, false, true
	c.rejoinLater(out)
}
