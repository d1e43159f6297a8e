package consumer

import (
	"cmp"
	"slices"

	"example.com/ksim/sim/wire"
)

// unequal deals to members that do not want the same topics (GeneralAssignmentBuilder): greedily, to
// whoever has least, and then it moves partitions for as long as that makes it more balanced. Members
// are known by their places in the order of ids.
type unequal struct {
	topics  []TopicCount // those with the fewest takers first
	members []wire.JoinedMember
	now     [][]wire.Partition // what each member has by now
	before  []former           // owners of older generations
	moved   []movement
	fixed   []bool // members whose lot can't change
}

// former is a partition and its owner in an older generation.
type former struct {
	at         wire.Partition
	by         int
	generation int32
}

// movement is a partition that was moved, from its first owner to its last.
type movement struct {
	at       wire.Partition
	from, to int
}

func dealUnequal(
	topics []TopicCount, members []wire.JoinedMember, owned [][]wire.Partition, claims []claim,
) []wire.Assignment {
	u := unequal{topics: slices.Clone(topics), members: members, fixed: make([]bool, len(members))}
	slices.SortStableFunc(u.topics, func(a, b TopicCount) int {
		return cmp.Compare(u.takers(a.Topic), u.takers(b.Topic))
	})
	u.remember(claims)
	revoked := u.keep(owned)
	var rest []wire.Partition
	for _, at := range allPartitions(u.topics) {
		if u.owner(at) < 0 {
			rest = append(rest, at)
		}
	}
	u.balance(rest, revoked)
	out := nothing(members)
	for i := range out {
		out[i].Partitions = u.now[i]
	}
	return out
}

// takers is how many members want a topic.
func (u *unequal) takers(t wire.TopicID) int {
	n := 0
	for i := range u.members {
		if wants(&u.members[i], t) {
			n++
		}
	}
	return n
}

// remember keeps the latest of the claims that are older than the newest generation
// (prepopulateCurrentAssignments).
func (u *unequal) remember(claims []claim) {
	newest := wire.NoGeneration
	for _, c := range claims {
		newest = max(newest, c.generation)
	}
	for i, c := range claims {
		if c.generation >= newest {
			continue
		}
		for _, at := range c.partitions {
			k := slices.IndexFunc(u.before, func(f former) bool { return f.at == at })
			if k < 0 {
				u.before = append(u.before, former{at, i, c.generation})
			} else if c.generation > u.before[k].generation {
				u.before[k] = former{at, i, c.generation}
			}
		}
	}
}

// keep leaves with the members what they had and still want; it tells whether that takes something away
// from one (assignOwnedPartitions).
func (u *unequal) keep(owned [][]wire.Partition) (revoked bool) {
	u.now = make([][]wire.Partition, len(u.members))
	for i := range owned {
		for _, at := range owned[i] {
			if wants(&u.members[i], at.Topic) {
				u.now[i] = append(u.now[i], at)
			} else {
				revoked = true
			}
		}
	}
	return revoked
}

// owner is who has a partition, -1 if nobody. Of two that both have it, it is the last.
func (u *unequal) owner(at wire.Partition) int {
	for i := len(u.now) - 1; i >= 0; i-- {
		if slices.Contains(u.now[i], at) {
			return i
		}
	}
	return -1
}

// ascending are the members whose lot can change, those with least first.
func (u *unequal) ascending() []int {
	var out []int
	for i := range u.now {
		if !u.fixed[i] {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(len(u.now[a]), len(u.now[b])) })
	return out
}

// balance deals out the rest and then evens out, first with what was just dealt out, then with
// everything. If that makes it no better it is undone, so that nothing moves for nothing.
func (u *unequal) balance(rest []wire.Partition, revoked bool) {
	order := u.ascending()
	fresh := len(u.now[order[len(order)-1]]) == 0
	for _, at := range rest {
		if i := u.least(at.Topic); i >= 0 {
			u.now[i] = append(u.now[i], at)
		}
	}
	all := slices.DeleteFunc(allPartitions(u.topics), u.settled)
	rest = slices.DeleteFunc(rest, u.settled)
	for i := range u.members {
		u.fixed[i] = !u.canChange(i)
	}
	saved, score := u.copy(), u.score()
	if !revoked {
		u.even(rest)
	}
	if u.even(all) && !fresh && u.score() >= score {
		u.now = saved
	}
}

// least is the member with least of those that want a topic, -1 if nobody does.
func (u *unequal) least(t wire.TopicID) int {
	for _, i := range u.ascending() {
		if wants(&u.members[i], t) {
			return i
		}
	}
	return -1
}

// settled tells of a partition that only one member can have, or nobody.
func (u *unequal) settled(at wire.Partition) bool { return u.takers(at.Topic) < 2 }

// most is how many partitions a member could have.
func (u *unequal) most(i int) int {
	n := 0
	for _, t := range u.topics {
		if wants(&u.members[i], t.Topic) {
			n += int(t.Count)
		}
	}
	return n
}

// canChange tells whether a member could get more, or has something that another could have.
func (u *unequal) canChange(i int) bool {
	return len(u.now[i]) < u.most(i) ||
		slices.ContainsFunc(u.now[i], func(at wire.Partition) bool { return !u.settled(at) })
}

func (u *unequal) copy() [][]wire.Partition {
	out := make([][]wire.Partition, len(u.now))
	for i := range u.now {
		out[i] = slices.Clone(u.now[i])
	}
	return out
}

// score is the sum of all differences between what two members have: 0 is best (getBalanceScore).
func (u *unequal) score() int {
	sum := 0
	for i := range u.now {
		for k := range i {
			if !u.fixed[i] && !u.fixed[k] {
				sum += max(len(u.now[i])-len(u.now[k]), len(u.now[k])-len(u.now[i]))
			}
		}
	}
	return sum
}
