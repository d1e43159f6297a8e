package broker

import (
	"cmp"
	"slices"

	"example.com/ksim/sim/wire"
)

// The server-side assignors, by the names of group.consumer.assignors and group.remote.assignor.
const (
	UniformAssignor = "uniform"
	RangeAssignor   = "range"
)

// retarget works out anew who is to read what in the end, with the assignor that most members ask for
// (TargetAssignmentBuilder, ConsumerGroup.computePreferredServerAssignor).
func (b *Broker) retarget(g *wire.ConsumerGroup) *wire.ConsumerGroup {
	next := *g
	next.AssignmentEpoch, next.Members = g.Epoch, slices.Clone(g.Members)
	switch b.ServerAssignor(g) {
	case RangeAssignor:
		assignRanges(&next)
	case UniformAssignor:
		assignUniformly(&next)
	}
	for i := range next.Members {
		slices.SortFunc(next.Members[i].Target, wire.Partition.Compare)
	}
	return &next
}

// ServerAssignor is the assignor that a group's targets are worked out with.
func (b *Broker) ServerAssignor(g *wire.ConsumerGroup) string {
	return preferred(g, b.Config.ConsumerAssignors)
}

// preferred is the assignor with the most votes, and without any the coordinator's first. Of equals
// Kafka takes any; here it is the coordinator's order that counts.
func preferred(g *wire.ConsumerGroup, known []string) string {
	votes := func(name string) (n int) {
		for i := range g.Members {
			if g.Members[i].Assignor == name {
				n++
			}
		}
		return n
	}
	return slices.MaxFunc(known, func(a, b string) int { return cmp.Compare(votes(a), votes(b)) })
}

// assignRanges gives every member a range of each of its topics, static members first by their
// group.instance.id (server-side RangeAssignor).
func assignRanges(g *wire.ConsumerGroup) {
	order := make([]*wire.ConsumerMember, len(g.Members))
	for i := range g.Members {
		g.Members[i].Target = nil
		order[i] = &g.Members[i]
	}
	slices.SortFunc(order, func(a, b *wire.ConsumerMember) int {
		if (a.Instance == "") != (b.Instance == "") {
			return cmp.Compare(b.Instance, a.Instance)
		}
		return cmp.Or(cmp.Compare(a.Instance, b.Instance), byID(a.ID, b.ID))
	})
	for _, t := range g.Topics {
		readers := slices.DeleteFunc(slices.Clone(order), func(m *wire.ConsumerMember) bool {
			return !slices.Contains(m.Topics, t.Topic)
		})
		next := int16(0)
		for k, m := range readers {
			for range share(int(t.Count), len(readers), k) {
				m.Target = append(m.Target, wire.Partition{Topic: t.Topic, Index: next})
				next++
			}
		}
	}
}

// share is what the k-th of so many members gets of n partitions: the first n%members get one more.
func share(n, members, k int) int {
	if k < n%members {
		return n/members + 1
	}
	return n / members
}
