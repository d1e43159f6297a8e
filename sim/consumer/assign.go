package consumer

import (
	"cmp"
	"slices"

	"example.com/ksim/sim/wire"
)

// The assignors that partition.assignment.strategy can name, by the names that travel in JoinGroup.
const (
	Range             = "range"
	RoundRobin        = "roundrobin"
	Sticky            = "sticky"
	CooperativeSticky = "cooperative-sticky"
)

// TopicCount is a topic and how many partitions it has.
type TopicCount struct {
	Topic wire.TopicID
	Name  string
	Count int16
}

// Deal deals out partitions as an assignor does: to every member something, if only nothing. Of the
// topics only those that somebody wants count. trust is for the sticky assignors before their claims
// had generations: they believe every claim to a partition, however old (KIP-341, KAFKA-12984).
func Deal(assignor string, topics []TopicCount, members []wire.JoinedMember, trust bool) []wire.Assignment {
	topics = slices.Clone(topics)
	slices.SortFunc(topics, func(a, b TopicCount) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Topic, b.Topic))
	})
	topics = slices.DeleteFunc(topics, func(t TopicCount) bool {
		return t.Count == 0 || !slices.ContainsFunc(members, func(m wire.JoinedMember) bool {
			return wants(&m, t.Topic)
		})
	})
	members = slices.Clone(members)
	switch assignor {
	case Range:
		slices.SortFunc(members, byInstance)
		return dealRanges(topics, members)
	case RoundRobin:
		slices.SortFunc(members, byInstance)
		return dealInTurn(topics, members)
	case Sticky, CooperativeSticky:
		slices.SortFunc(members, byID)
		return dealSticky(assignor == CooperativeSticky, topics, members, trust)
	}
	panic("consumer: no assignor " + assignor)
}

// byInstance is the order of members: static ones first, by group.instance.id, then the others by
// their ids (AbstractPartitionAssignor.MemberInfo).
func byInstance(a, b wire.JoinedMember) int {
	if (a.Instance == "") != (b.Instance == "") {
		return cmp.Compare(b.Instance, a.Instance)
	}
	return cmp.Or(cmp.Compare(a.Instance, b.Instance), byID(a, b))
}

// byID is the order of member ids. In Kafka they begin with client.id and end with chance.
func byID(a, b wire.JoinedMember) int {
	return cmp.Or(cmp.Compare(a.Member.Client, b.Member.Client), cmp.Compare(a.Member.Birth, b.Member.Birth))
}

func wants(m *wire.JoinedMember, t wire.TopicID) bool {
	return slices.Contains(m.Subscription.Topics, t)
}

// nothing is an assignment of nothing to every member.
func nothing(members []wire.JoinedMember) []wire.Assignment {
	out := make([]wire.Assignment, len(members))
	for i := range members {
		out[i].Member = members[i].Member
	}
	return out
}

// dealRanges gives each member a range of each topic: of n partitions and m members that want it the
// first n%m members get one more (RangeAssignor). Over several topics the first collect the extras.
func dealRanges(topics []TopicCount, members []wire.JoinedMember) []wire.Assignment {
	out := nothing(members)
	for _, t := range topics {
		var who []int
		for i := range members {
			if wants(&members[i], t.Topic) {
				who = append(who, i)
			}
		}
		n, m, next := int(t.Count), len(who), int16(0)
		for k, i := range who {
			share := n / m
			if k < n%m {
				share++
			}
			for range share {
				out[i].Partitions = append(out[i].Partitions, wire.Partition{Topic: t.Topic, Index: next})
				next++
			}
		}
	}
	return out
}

// dealInTurn gives all partitions of all topics to the members in turn, passing over those who do not
// want the topic (RoundRobinAssignor).
func dealInTurn(topics []TopicCount, members []wire.JoinedMember) []wire.Assignment {
	out := nothing(members)
	turn := 0
	for _, at := range allPartitions(topics) {
		for !wants(&members[turn], at.Topic) {
			turn = (turn + 1) % len(members)
		}
		out[turn].Partitions = append(out[turn].Partitions, at)
		turn = (turn + 1) % len(members)
	}
	return out
}

// allPartitions are the partitions of topics in their order.
func allPartitions(topics []TopicCount) []wire.Partition {
	var out []wire.Partition
	for _, t := range topics {
		for k := range t.Count {
			out = append(out, wire.Partition{Topic: t.Topic, Index: k})
		}
	}
	return out
}
