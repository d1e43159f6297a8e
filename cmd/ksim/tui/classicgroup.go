package tui

import (
	"fmt"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/wire"
)

// classicStates are how the states of a classic group are drawn.
var classicStates = map[broker.GroupState]phase{
	broker.Empty:      {"○", "empty", paint.Dim},
	broker.Preparing:  {"↻", "preparing rebalance", paint.Warn},
	broker.Completing: {"⋯", "completing rebalance", paint.Info},
	broker.Stable:     {"●", "stable", paint.Good},
}

// readClassic takes in what a coordinator knows of a group of the classic protocol.
func (s *scene) readClassic(g *group, k *broker.Group) {
	r := &roster{state: classicStates[k.State], epoch: fmt.Sprintf("generation %d", k.Generation),
		assignor: k.Protocol, settled: k.State == broker.Stable}
	for i := range k.Members {
		m := &k.Members[i]
		view := member{id: m.ID, leads: m.ID == k.Leader, stands: attendance(k, m), owns: m.Partitions}
		if !r.settled {
			view.going = m.Partitions
		}
		if m.Joining || k.State != broker.Preparing {
			view.then = s.patience(g, m.ID, "member-session")
		}
		r.members = append(r.members, view)
	}
	r.waits = s.awaited(g, k)
	g.roster = r
}

// attendance is where a member stands in the round.
func attendance(k *broker.Group, m *broker.Member) phase {
	switch {
	case m.Joining:
		return phase{"●", "has joined", paint.Good}
	case k.State == broker.Preparing:
		return phase{"!", "has not come", paint.Warn}
	case m.Syncing:
		return phase{"●", "waits for its share", paint.Good}
	case k.State == broker.Completing && m.ID == k.Leader:
		return phase{"⋯", "deals out the partitions", paint.Info}
	case k.State == broker.Completing:
		return phase{"⋯", "has not asked for its share", paint.Info}
	}
	return phase{"●", "in", paint.Good}
}

// awaited says what a rebalance waits for, and for how long; nil if there is none.
func (s *scene) awaited(g *group, k *broker.Group) paint.Line {
	var l paint.Line
	switch {
	case k.Initial:
		l = paint.Text(paint.Warn, "for more members: group.initial.rebalance.delay.ms")
	case k.State == broker.Preparing:
		l = paint.Text(paint.Warn, "for")
		for i := range k.Members {
			if id := k.Members[i].ID; !k.Members[i].Joining {
				l = l.Add(paint.Warn, " "+s.memberName(id)).Join(s.patience(g, id, "member-session"))
			}
		}
	case k.State == broker.Completing && dealt(k):
		l = paint.Text(paint.Info, "for the assignment to be committed in __consumer_offsets")
	case k.State == broker.Completing:
		l = paint.Textf(paint.Info, "for %s to deal out the partitions", s.memberName(k.Leader))
	}
	for _, id := range k.Pending {
		if l == nil {
			l = paint.Text(paint.Dim, "for")
		}
		l = l.Addf(paint.Warn, " %s", s.memberName(id)).Add(paint.Dim, " to join with the id it was given").
			Join(s.patience(g, id, "member-session"))
	}
	name := map[broker.GroupState]string{broker.Preparing: "join", broker.Completing: "sync"}[k.State]
	if in, ok := s.timer(g.coordinator, name, k.Number); ok && l != nil {
		return l.Addf(paint.Dim, " · no longer than %s", span(in))
	}
	return l
}

// dealt tells whether the leader has handed in the assignment.
func dealt(k *broker.Group) bool {
	for i := range k.Members {
		if m := &k.Members[i]; m.ID == k.Leader {
			return m.Syncing
		}
	}
	return false
}

// patience is how long the coordinator believes in a member that it does not hear of.
func (s *scene) patience(g *group, id wire.MemberID, timer string) paint.Line {
	if in, ok := s.timer(g.coordinator, timer, broker.MemberKey(id)); ok {
		return paint.Textf(paint.Dim, " (out if silent for another %s)", span(in))
	}
	return nil
}
