package consumer

import (
	"slices"

	"example.com/ksim/sim/wire"
)

// even moves partitions until nothing could be moved to make it more balanced; it tells whether it
// moved any (performReassignments).
func (u *unequal) even(list []wire.Partition) (moved bool) {
	for again := true; again; {
		again = false
		for _, at := range list {
			if u.balanced() {
				break
			}
			if to, ok := u.better(at); ok {
				u.move(at, to)
				again, moved = true, true
			}
		}
	}
	return moved
}

// better is who should rather have a partition: its former owner, or else whoever has least.
func (u *unequal) better(at wire.Partition) (int, bool) {
	from := u.owner(at)
	fewer := func(i int) bool { return len(u.now[from]) > len(u.now[i])+1 }
	k := slices.IndexFunc(u.before, func(f former) bool { return f.at == at })
	if k >= 0 && wants(&u.members[u.before[k].by], at.Topic) && fewer(u.before[k].by) {
		return u.before[k].by, true
	}
	for i := range u.members {
		if wants(&u.members[i], at.Topic) && fewer(i) {
			return u.least(at.Topic), true
		}
	}
	return 0, false
}

// balanced tells whether all have the same but for one, or nobody who could have more could get it
// from one with more (isBalanced).
func (u *unequal) balanced() bool {
	order := u.ascending()
	if len(order) == 0 || len(u.now[order[0]]) >= len(u.now[order[len(order)-1]])-1 {
		return true
	}
	for _, i := range order {
		if len(u.now[i]) == u.most(i) {
			continue
		}
		for _, at := range allPartitions(u.topics) {
			if !wants(&u.members[i], at.Topic) || slices.Contains(u.now[i], at) {
				continue
			}
			if from := u.owner(at); len(u.now[i])+1 < len(u.now[from]) {
				return false
			}
		}
	}
	return true
}

// move gives a partition to another member. Two members do not swap partitions of a topic: if one has
// moved the other way before, that one goes back instead (PartitionMovements).
func (u *unequal) move(at wire.Partition, to int) {
	at = u.insteadOf(at, to)
	from := u.owner(at)
	u.now[from] = without(u.now[from], at)
	u.now[to] = append(u.now[to], at)
	k := slices.IndexFunc(u.moved, func(m movement) bool { return m.at == at })
	switch {
	case k < 0:
		u.moved = append(u.moved, movement{at, from, to})
	case u.moved[k].from == to: // it is back
		u.moved = slices.Delete(u.moved, k, k+1)
	default:
		u.moved[k].to = to
	}
}

// insteadOf finds the partition of the same topic that came from there (getTheActualPartitionToBeMoved).
func (u *unequal) insteadOf(at wire.Partition, to int) wire.Partition {
	from := u.owner(at)
	if k := slices.IndexFunc(u.moved, func(m movement) bool { return m.at == at }); k >= 0 {
		from = u.moved[k].from
	}
	for _, m := range u.moved {
		if m.at.Topic == at.Topic && m.from == to && m.to == from {
			return m.at
		}
	}
	return at
}
