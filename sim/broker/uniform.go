package broker

import (
	"cmp"
	"slices"

	"example.com/ksim/sim/wire"
)

// assignUniformly gives all members as much as they can have, and moves as little as it must for that
// (UniformAssignor).
func assignUniformly(g *wire.ConsumerGroup) {
	u := uniform{g: g}
	u.keepWanted()
	if u.alike() {
		u.fillQuotas()
		return
	}
	u.dealLeastFirst()
	u.balance()
}

// uniform is the work of the assignor on a group's targets.
type uniform struct{ g *wire.ConsumerGroup }

// keepWanted takes from every target what its member does not want any more, or is no more.
func (u *uniform) keepWanted() {
	for i := range u.g.Members {
		m := &u.g.Members[i]
		m.Target = slices.DeleteFunc(slices.Clone(m.Target), func(at wire.Partition) bool {
			return !slices.Contains(m.Topics, at.Topic) || at.Index >= u.count(at.Topic)
		})
	}
}

func (u *uniform) count(t wire.TopicID) int16 {
	for _, c := range u.g.Topics {
		if c.Topic == t {
			return c.Count
		}
	}
	return 0
}

// alike tells whether all members want the same topics (SubscriptionType.HOMOGENEOUS).
func (u *uniform) alike() bool {
	for i := range u.g.Members {
		for _, t := range u.g.Topics {
			if !slices.Contains(u.g.Members[i].Topics, t.Topic) {
				return false
			}
		}
	}
	return true
}

// unassigned are the partitions of a topic that are in nobody's target.
func (u *uniform) unassigned(t wire.TopicCount) []wire.Partition {
	var out []wire.Partition
	for k := range t.Count {
		at := wire.Partition{Topic: t.Topic, Index: k}
		if !slices.ContainsFunc(u.g.Members, func(m wire.ConsumerMember) bool {
			return slices.Contains(m.Target, at)
		}) {
			out = append(out, at)
		}
	}
	return out
}

// fillQuotas cuts every target back to its member's quota and deals out what is left to those who have
// room. The members that come first get the odd ones (UniformHomogeneousAssignmentBuilder).
func (u *uniform) fillQuotas() {
	var left []wire.Partition
	total := 0
	for _, t := range u.g.Topics {
		left = append(left, u.unassigned(t)...)
		total += int(t.Count)
	}
	for i := range u.g.Members {
		m := &u.g.Members[i]
		if quota := share(total, len(u.g.Members), i); len(m.Target) > quota {
			left = append(left, m.Target[quota:]...)
			m.Target = m.Target[:quota]
		}
	}
	for i := range u.g.Members {
		m := &u.g.Members[i]
		room := min(share(total, len(u.g.Members), i)-len(m.Target), len(left))
		m.Target, left = append(m.Target, left[:room]...), left[room:]
	}
}

// dealLeastFirst gives what is in no target to whoever wants the topic and has least
// (UniformHeterogeneousAssignmentBuilder.assignRemainingPartitions).
func (u *uniform) dealLeastFirst() {
	for _, t := range u.byLoad() {
		readers := u.readers(t.Topic)
		for _, at := range u.unassigned(t) {
			m := &u.g.Members[u.least(readers)]
			m.Target = append(m.Target, at)
		}
	}
}

// byLoad are the topics with the most partitions a reader first, then those with fewer readers.
func (u *uniform) byLoad() []wire.TopicCount {
	return slices.SortedFunc(slices.Values(u.g.Topics), func(a, b wire.TopicCount) int {
		na, nb := len(u.readers(a.Topic)), len(u.readers(b.Topic))
		return cmp.Or(cmp.Compare(int(b.Count)*na, int(a.Count)*nb), cmp.Compare(na, nb), cmp.Compare(a.Topic, b.Topic))
	})
}

// readers are the places of the members that want a topic, those with the smallest targets first.
func (u *uniform) readers(t wire.TopicID) []int {
	var out []int
	for i := range u.g.Members {
		if slices.Contains(u.g.Members[i].Topics, t) {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(u.size(a), u.size(b)) })
	return out
}

func (u *uniform) size(i int) int { return len(u.g.Members[i].Target) }

func (u *uniform) least(readers []int) int {
	return slices.MinFunc(readers, func(a, b int) int { return cmp.Compare(u.size(a), u.size(b)) })
}

// rounds is how often balance goes over all topics at the most (MAX_ITERATION_COUNT).
const rounds = 16

// balance moves partitions, topic by topic, until no topic's readers can be made more equal.
func (u *uniform) balance() {
	for range rounds {
		moved := false
		for _, t := range u.byLoad() {
			moved = u.balanceTopic(t.Topic) || moved
		}
		if !moved {
			return
		}
	}
}

// balanceTopic moves partitions of one topic from those who have most to those who have least, until
// that is within one; it tells whether it moved any.
func (u *uniform) balanceTopic(t wire.TopicID) (moved bool) {
	readers := u.readers(t)
	givers := slices.Clone(readers)
	slices.Reverse(givers)
	given := wire.Partition{Topic: t, Index: -1}
	for {
		givers = slices.DeleteFunc(givers, func(i int) bool { return u.last(i, t) == given })
		if len(givers) == 0 {
			return moved
		}
		most := slices.MaxFunc(givers, func(a, b int) int { return cmp.Compare(u.size(a), u.size(b)) })
		least := u.least(readers)
		if u.size(most)-u.size(least) <= 1 {
			return moved
		}
		at := u.last(most, t)
		from, to := &u.g.Members[most], &u.g.Members[least]
		from.Target = slices.DeleteFunc(from.Target, func(p wire.Partition) bool { return p == at })
		to.Target = append(to.Target, at)
		moved = true
	}
}

// last is the last partition of a topic in a target; its index is -1 if there is none.
func (u *uniform) last(i int, t wire.TopicID) wire.Partition {
	out := wire.Partition{Topic: t, Index: -1}
	for _, at := range u.g.Members[i].Target {
		if at.Topic == t && at.Index > out.Index {
			out = at
		}
	}
	return out
}
