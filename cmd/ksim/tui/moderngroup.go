package tui

import (
	"fmt"
	"slices"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/wire"
)

// The states of a group of the consumer protocol (ConsumerGroupState).
var (
	modernEmpty = phase{"○", "empty", paint.Dim}
	assigning   = phase{"⋯", "assigning", paint.Info}
	reconciling = phase{"↻", "reconciling", paint.Warn}
	modernOK    = phase{"●", "stable", paint.Good}
)

// readModern takes in what a coordinator knows of a group of the consumer protocol (KIP-848).
func (s *scene) readModern(g *group, k *wire.ConsumerGroup) {
	judge := s.world.Node(g.coordinator).(*broker.Broker)
	r := &roster{state: modernState(k), epoch: fmt.Sprintf("group epoch %d", k.Epoch),
		assignor: judge.ServerAssignor(k) + ", run by the coordinator (KIP-848)", settled: true}
	for i := range k.Members {
		m := &k.Members[i]
		r.members = append(r.members, member{id: m.ID, stands: reconciled(k, m),
			owns: slices.Concat(m.Assigned, m.Revoking), going: m.Revoking, then: s.comingTo(g, m)})
	}
	g.roster = r
}

func modernState(k *wire.ConsumerGroup) phase {
	switch {
	case len(k.Members) == 0:
		return modernEmpty
	case k.Epoch > k.AssignmentEpoch:
		return assigning
	case slices.ContainsFunc(k.Members, func(m wire.ConsumerMember) bool {
		return m.State != wire.Reconciled || m.Epoch != k.AssignmentEpoch
	}):
		return reconciling
	}
	return modernOK
}

// modernEnrolment is a consumer's own word on its membership by the consumer protocol.
func modernEnrolment(g *group, c *consumer.Consumer) paint.Line {
	m := &c.Member
	in := m.Generation != wire.NoGeneration
	switch {
	case m.Coordinator == wire.Nobody && !in:
		return paint.Text(paint.Warn, "! looks for its coordinator")
	case m.Leaving:
		return paint.Text(paint.Warn, "! is leaving")
	case in && g.roster != nil && g.member(m.ID) == nil:
		return paint.Textf(paint.Warn, "! still thinks it is a member, at epoch %d", m.Generation)
	case in && m.Modern.Steady():
		return paint.Text(paint.Good, "● in").Addf(paint.Plain, ", at epoch %d", m.Generation)
	case in:
		return paint.Textf(paint.Info, "↻ %s, at epoch %d", m.Modern.State, m.Generation)
	}
	return paint.Textf(paint.Warn, "⋯ %s", m.Modern.State)
}

// reconciled is how far a member is on its way to its target.
func reconciled(k *wire.ConsumerGroup, m *wire.ConsumerMember) phase {
	switch {
	case m.Epoch == wire.StaticLeaveEpoch:
		return phase{"○", "away, to come back with its group.instance.id", paint.Warn}
	case m.State == wire.UnrevokedPartitions:
		return phase{"↻", "must give something up", paint.Warn}
	case m.State == wire.UnreleasedPartitions:
		return phase{"⋯", "waits for others to give something up", paint.Info}
	case m.Epoch != k.AssignmentEpoch:
		return phase{"⋯", fmt.Sprintf("still at epoch %d", m.Epoch), paint.Info}
	}
	return phase{"●", fmt.Sprintf("in, at epoch %d", m.Epoch), paint.Good}
}

// comingTo says what a member has yet to give up and to get, and how long the coordinator waits for it.
func (s *scene) comingTo(g *group, m *wire.ConsumerMember) paint.Line {
	var l paint.Line
	if len(m.Revoking) > 0 {
		l = l.Add(paint.Warn, " · to give up "+s.places(m.Revoking))
		if in, ok := s.timer(g.coordinator, "revocation", broker.MemberKey(m.ID)); ok {
			l = l.Addf(paint.Warn, " in %s", span(in))
		}
	}
	var more []wire.Partition
	for _, at := range m.Target {
		if !slices.Contains(m.Assigned, at) {
			more = append(more, at)
		}
	}
	if len(more) > 0 {
		l = l.Add(paint.Info, " · to get "+s.places(more))
	}
	return l.Join(s.patience(g, m.ID, "consumer-session"))
}
