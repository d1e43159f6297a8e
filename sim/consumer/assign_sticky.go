package consumer

import (
	"cmp"
	"slices"

	"example.com/ksim/sim/wire"
)

// claim is what a member says it had, and since when (AbstractStickyAssignor.MemberData).
type claim struct {
	partitions []wire.Partition
	generation int32
}

// claimOf: members of the sticky assignor have given up all before they join, so what they had is in
// their user data; members of the cooperative one still own it.
func claimOf(cooperative bool, m *wire.JoinedMember) claim {
	if cooperative {
		return claim{m.Subscription.Owned, m.Subscription.OwnedGeneration}
	}
	return claim{m.Subscription.Sticky, m.Subscription.StickyGeneration}
}

// dealSticky leaves with the members what they had as far as that is balanced, and deals out the rest
// (AbstractStickyAssignor). The cooperative form withholds what another still owns: that one has to
// give it up first, and a second rebalance hands it out (KIP-429).
func dealSticky(
	cooperative bool, topics []TopicCount, members []wire.JoinedMember, trust bool,
) []wire.Assignment {
	if cooperative && trust && sameTopics(members) {
		return withhold(dealByOwned(topics, members))
	}
	trust = trust && !cooperative
	claims := make([]claim, len(members))
	for i := range members {
		claims[i] = claimOf(cooperative, &members[i])
	}
	owned, doubled := believe(topics, members, claims, trust)
	var out []wire.Assignment
	var moving []wire.Partition
	if !trust && sameTopics(members) {
		out, moving = dealEqual(topics, members, owned, doubled)
	} else {
		out = dealUnequal(topics, members, owned, claims)
		moving = changing(members, out)
	}
	if cooperative {
		return withhold(out, moving)
	}
	return out
}

// withhold leaves out of an assignment what is moving.
func withhold(out []wire.Assignment, moving []wire.Partition) []wire.Assignment {
	for i := range out {
		out[i].Partitions = slices.DeleteFunc(out[i].Partitions, func(at wire.Partition) bool {
			return slices.Contains(moving, at)
		})
	}
	return out
}

// believe settles who had what. Of two claims to a partition that of the newer generation counts; of
// two of the same generation neither, and the partition is doubled.
func believe(
	topics []TopicCount, members []wire.JoinedMember, claims []claim, trust bool,
) (owned [][]wire.Partition, doubled []wire.Partition) {
	owned = make([][]wire.Partition, len(members))
	var last []claimed
	for i := range claims {
		for _, at := range claims[i].partitions {
			if !slices.ContainsFunc(topics, func(t TopicCount) bool { return t.Topic == at.Topic }) {
				continue
			}
			k := slices.IndexFunc(last, func(c claimed) bool { return c.at == at })
			if k < 0 || trust {
				owned[i] = append(owned[i], at)
				last = append(last, claimed{at, i})
				continue
			}
			before := last[k].by
			switch cmp.Compare(claims[i].generation, claims[before].generation) {
			case 0:
				doubled = append(doubled, at)
				owned[before] = without(owned[before], at)
				last[k].by = i
			case 1:
				owned[before] = without(owned[before], at)
				owned[i] = append(owned[i], at)
				last[k].by = i
			}
		}
	}
	return owned, doubled
}

// claimed is a partition and the member whose claim to it was heard last.
type claimed struct {
	at wire.Partition
	by int
}

func without(list []wire.Partition, at wire.Partition) []wire.Partition {
	return slices.DeleteFunc(list, func(p wire.Partition) bool { return p == at })
}

func sameTopics(members []wire.JoinedMember) bool {
	first := members[0].Subscription.Topics
	for i := range members {
		topics := members[i].Subscription.Topics
		same := len(topics) == len(first) && !slices.ContainsFunc(topics, func(t wire.TopicID) bool {
			return !slices.Contains(first, t)
		})
		if !same {
			return false
		}
	}
	return true
}

// changing are the partitions that one member gets and another says it owns
// (CooperativeStickyAssignor.computePartitionsTransferringOwnership).
func changing(members []wire.JoinedMember, out []wire.Assignment) []wire.Partition {
	var moving []wire.Partition
	for i := range out {
		for _, at := range out[i].Partitions {
			owns := func(m wire.JoinedMember) bool { return slices.Contains(m.Subscription.Owned, at) }
			if !owns(members[i]) && slices.ContainsFunc(members, owns) {
				moving = append(moving, at)
			}
		}
	}
	return moving
}

// equal deals to members that want the same topics (ConstrainedAssignmentBuilder).
type equal struct {
	out      []wire.Assignment
	min, max int              // quotas
	over     int              // how many more members may have max
	under    []int            // members with less than min
	exact    []int            // members with min that may get one more
	moving   []wire.Partition // given up by one, or doubled, and so not free yet
}

// dealEqual: each of m members keeps of what it had up to its quota, p/m or one more for p%m of them;
// what is left goes in turn to those below theirs, in the order of their ids.
func dealEqual(
	topics []TopicCount, members []wire.JoinedMember, owned [][]wire.Partition, doubled []wire.Partition,
) (out []wire.Assignment, moving []wire.Partition) {
	all := allPartitions(topics)
	e := equal{out: nothing(members), min: len(all) / len(members), moving: doubled}
	e.over = len(all) % len(members)
	e.max = e.min + min(1, e.over)
	var kept []wire.Partition
	for i := range members {
		had := slices.DeleteFunc(slices.Clone(owned[i]), func(at wire.Partition) bool {
			return slices.Contains(doubled, at)
		})
		slices.SortFunc(had, func(a, b wire.Partition) int {
			return cmp.Or(cmp.Compare(a.Index, b.Index), cmp.Compare(rank(topics, a), rank(topics, b)))
		})
		e.keep(i, had)
		kept = append(kept, e.out[i].Partitions...)
	}
	if e.over == 0 {
		e.exact = nil
	}
	rest := slices.DeleteFunc(all, func(at wire.Partition) bool { return slices.Contains(kept, at) })
	e.spread(rest)
	return e.out, e.moving
}

// rank is the place of a partition's topic in the order of names.
func rank(topics []TopicCount, at wire.Partition) int {
	return slices.IndexFunc(topics, func(t TopicCount) bool { return t.Topic == at.Topic })
}

// keep leaves with a member what it had, up to its quota (assignOwnedPartitions).
func (e *equal) keep(i int, had []wire.Partition) {
	n := e.min
	switch {
	case len(had) < e.min:
		n = len(had)
		e.under = append(e.under, i)
	case len(had) >= e.max && e.over > 0:
		n = e.max
		e.over--
	default:
		e.exact = append(e.exact, i)
	}
	e.out[i].Partitions = append(e.out[i].Partitions, had[:n]...)
	e.moving = append(e.moving, had[n:]...)
}

// spread deals out the rest: one each to the members below min, round and round, and then one each to
// those who may have max (assignRoundRobin).
func (e *equal) spread(rest []wire.Partition) {
	turn := 0
	for _, at := range rest {
		if turn >= len(e.under) {
			turn = 0
		}
		if len(e.under) == 0 {
			i := e.exact[0]
			e.exact = e.exact[1:]
			e.out[i].Partitions = append(e.out[i].Partitions, at)
			continue
		}
		i := e.under[turn]
		e.out[i].Partitions = append(e.out[i].Partitions, at)
		turn++
		if len(e.out[i].Partitions) == e.min {
			turn--
			e.under = slices.Delete(e.under, turn, turn+1)
			e.exact = append(e.exact, i)
		}
	}
}
