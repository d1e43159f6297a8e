package broker

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// rebalance begins the join phase, or lets it end if all have come
// (maybePrepareRebalanceOrCompleteJoin).
func (b *Broker) rebalance(g *Group, out *sim.Out) {
	if g.State == Preparing {
		b.tryJoined(g, out)
		return
	}
	b.prepare(g, wire.RebalanceInProgress, out)
}

// prepare begins the join phase (GroupMetadataManager.prepareRebalance). Who waits for an assignment
// is told why there will be none.
func (b *Broker) prepare(g *Group, why wire.Error, out *sim.Out) {
	if g.State == Completing {
		for i := range g.Members {
			m := &g.Members[i]
			m.Partitions = nil
			if g.answerSync(m, &wire.SyncGroupResponse{Err: why}, out) {
				b.renew(m, out)
			}
		}
	}
	g.synced(out)
	g.Initial = g.State == Empty
	g.State = Preparing
	if g.Initial {
		b.inUse(g.ID, out)
		g.Newcomer, g.Left = false, max(0, g.patience()-b.Config.InitialDelay)
		out.SetTimer(g.timer(joinTimer), b.Config.InitialDelay)
		return
	}
	out.SetTimer(g.timer(joinTimer), g.patience())
	b.tryJoined(g, out)
}

// synced ends the wait for members to ask for their partitions.
func (g *Group) synced(out *sim.Out) {
	for i := range g.Members {
		g.Members[i].Unsynced = false
	}
	out.StopTimer(g.timer(syncTimer))
}

// tryJoined ends the join phase early if every member has joined, but not the first one, which
// waits for more of them (maybeCompleteJoinPhase).
func (b *Broker) tryJoined(g *Group, out *sim.Out) {
	if !g.Initial {
		b.endIfAllJoined(g, out)
	}
}

// endIfAllJoined ends the join phase if every member has joined and no new id is outstanding.
func (b *Broker) endIfAllJoined(g *Group, out *sim.Out) {
	for i := range g.Members {
		if !g.Members[i].Joining {
			return
		}
	}
	if len(g.Pending) == 0 {
		b.allJoined(g, out)
	}
}

// joinTimeout ends the join phase, or extends the first one while new members keep coming
// (tryCompleteInitialRebalanceElseSchedule).
func (b *Broker) joinTimeout(g *Group, out *sim.Out) {
	if g.Initial && g.Newcomer && g.Left > 0 {
		delay := min(b.Config.InitialDelay, g.Left)
		g.Newcomer, g.Left = false, g.Left-delay
		out.SetTimer(g.timer(joinTimer), delay)
		return
	}
	b.allJoined(g, out)
}

// allJoined drops who did not come and begins the next generation (completeClassicGroupJoin). Static
// members who did not come stay until their sessions end.
func (b *Broker) allJoined(g *Group, out *sim.Out) {
	out.StopTimer(g.timer(joinTimer))
	for _, m := range slices.Clone(g.Members) {
		if !m.Joining && m.Instance == "" {
			out.Tell(wire.Note{Kind: wire.LeftGroup, Node: m.ID.Client, Peer: b.Self,
				Text: "it did not join again in time"})
			g.drop(m.ID, out)
		}
	}
	switch {
	case len(g.Members) == 0:
		b.emptied(g, out)
	case !g.electLeader(): // only static members, and none has come: try again
		out.SetTimer(g.timer(joinTimer), g.patience())
	default:
		b.nextGeneration(g, out)
	}
}

// electLeader makes sure that the leader is one that has joined; it tells whether there is one
// (ClassicGroup.maybeElectNewJoinedLeader).
func (g *Group) electLeader() bool {
	if g.member(g.Leader).Joining {
		return true
	}
	i := slices.IndexFunc(g.Members, func(m Member) bool { return m.Joining })
	if i >= 0 {
		g.Leader = g.Members[i].ID
	}
	return i >= 0
}

// nextGeneration tells everybody who has joined.
func (b *Broker) nextGeneration(g *Group, out *sim.Out) {
	g.Initial = false
	g.Generation++
	g.State, g.Protocol, g.Read = Completing, g.elect(), g.subscribed()
	for i := range g.Members {
		m := &g.Members[i]
		g.answerJoin(m, g.joined(m), out)
		b.renew(m, out)
		m.New, m.Unsynced = false, true
	}
	out.SetTimer(g.timer(syncTimer), g.patience())
}

// emptied writes down that the group has no members any more.
func (b *Broker) emptied(g *Group, out *sim.Out) {
	g.Initial = false
	g.Generation++
	g.State, g.Leader, g.Protocol, g.Read = Empty, wire.NoMember, "", nil
	b.countFrom(g.ID, wire.Partition{}, out)
	b.appendOffsets(DelayedAppend{Group: g.ID, Generation: g.Generation, What: silent},
		entryBatch(g.snapshot()), out)
}
