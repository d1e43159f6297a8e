package consumer

import (
	"slices"

	"example.com/ksim/sim/wire"
)

// byOwned deals as the cooperative assignor did from 2.5.1 to 2.8.0 to members that want the same topics
// (AbstractStickyAssignor.constrainedAssign): each keeps of what it says it owns up to the larger quota,
// whoever else says that he owns it, and in whatever generation (KAFKA-12984).
type byOwned struct {
	out         []wire.Assignment
	least, most int              // quotas
	under       []int            // members with less than least
	exact, full []int            // members with least, with most
	surplus     []wire.Partition // owned beyond the larger quota
	moving      []wire.Partition // given to another than its owner
}

func dealByOwned(topics []TopicCount, members []wire.JoinedMember) (out []wire.Assignment, moving []wire.Partition) {
	rest := allPartitions(topics)
	d := byOwned{out: nothing(members), least: len(rest) / len(members)}
	d.most = d.least + min(1, len(rest)%len(members))
	for i := range members {
		had := slices.DeleteFunc(slices.Clone(members[i].Subscription.Owned), func(at wire.Partition) bool {
			return rank(topics, at) < 0
		})
		d.keep(i, had)
		for _, at := range d.out[i].Partitions {
			rest = without(rest, at)
		}
	}
	rest = d.fill(rest)
	d.steal()
	for _, at := range rest {
		if len(d.exact) == 0 {
			break // IllegalStateException: more is claimed than there is
		}
		d.give(d.exact[0], at)
		d.exact = d.exact[1:]
	}
	return d.out, d.moving
}

func (d *byOwned) keep(i int, had []wire.Partition) {
	n := min(len(had), d.most)
	d.out[i].Partitions = had[:n:n]
	d.surplus = append(d.surplus, had[n:]...)
	if n < d.least {
		d.under = append(d.under, i)
		return
	}
	if n == d.least {
		d.exact = append(d.exact, i)
	}
	if n == d.most {
		d.full = append(d.full, i)
	}
}

func (d *byOwned) give(i int, at wire.Partition) {
	d.out[i].Partitions = append(d.out[i].Partitions, at)
	if slices.Contains(d.surplus, at) {
		d.moving = append(d.moving, at)
	}
}

// fill gives one partition after the other to the members below the smaller quota, round and round; it
// tells what is left.
func (d *byOwned) fill(rest []wire.Partition) []wire.Partition {
	for turn := 0; len(d.under) > 0 && len(rest) > 0; {
		turn %= len(d.under)
		i := d.under[turn]
		d.give(i, rest[0])
		rest = rest[1:]
		if len(d.out[i].Partitions) < d.least {
			turn++
			continue
		}
		d.exact = append(d.exact, i)
		d.under = slices.Delete(d.under, turn, turn+1)
	}
	return rest
}

// steal takes from those with the larger quota for those who are still below the smaller one.
func (d *byOwned) steal() {
	for _, i := range d.under {
		for len(d.out[i].Partitions) < d.least && len(d.full) > 0 {
			from := &d.out[d.full[0]]
			d.full = d.full[1:]
			at := from.Partitions[0]
			from.Partitions = slices.Clone(from.Partitions[1:])
			d.out[i].Partitions = append(d.out[i].Partitions, at)
			d.moving = append(d.moving, at)
		}
		d.exact = append(d.exact, i)
	}
}
