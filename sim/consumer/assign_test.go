package consumer_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/wire"
)

// vectors are cases of Kafka's own tests of the assignors. Topics are one letter; a member is written
// c1[ab]a0a1@3: it wants a and b, and says it had a-0 and a-1 in generation 3. c1/x is the static
// member x.
var vectors = []struct {
	from, assignor, topics, members, want string
}{
	{"RangeAssignorTest.testOneConsumerOneTopic", "range", "a3", "c1[a]", "c1:a0a1a2"},
	{"RangeAssignorTest.testTwoConsumersOneTopicOnePartition", "range", "a1", "c1[a] c2[a]", "c1:a0 c2:"},
	{"RangeAssignorTest.testTwoConsumersOneTopicTwoPartitions", "range", "a2", "c1[a] c2[a]", "c1:a0 c2:a1"},
	{"RangeAssignorTest.testMultipleConsumersMixedTopics", "range", "a3 b2", "c1[a] c2[ab] c3[a]",
		"c1:a0 c2:a1b0b1 c3:a2"},
	{"RangeAssignorTest.testTwoConsumersTwoTopicsSixPartitions", "range", "a3 b3", "c1[ab] c2[ab]",
		"c1:a0a1b0b1 c2:a2b2"},
	{"RangeAssignorTest.testTwoStaticConsumersTwoTopicsSixPartitions", "range", "a3 b3",
		"c1/y[ab] c2/x[ab]", "c2:a0a1b0b1 c1:a2b2"},
	{"RangeAssignorTest.testOneStaticConsumerAndOneDynamicConsumerTwoTopicsSixPartitions", "range", "a3 b3",
		"c1[ab] c2/x[ab]", "c2:a0a1b0b1 c1:a2b2"},
	{"RoundRobinAssignorTest.testTwoConsumersOneTopicOnePartition", "roundrobin", "a1", "c1[a] c2[a]", "c1:a0 c2:"},
	{"RoundRobinAssignorTest.testMultipleConsumersMixedTopics", "roundrobin", "a3 b2", "c1[a] c2[ab] c3[a]",
		"c1:a0 c2:a1b0b1 c3:a2"},
	{"RoundRobinAssignorTest.testTwoConsumersTwoTopicsSixPartitions", "roundrobin", "a3 b3", "c1[ab] c2[ab]",
		"c1:a0a2b1 c2:a1b0b2"},
	{"AbstractStickyAssignorTest.testTwoConsumersTwoTopicsSixPartitions", "sticky", "a3 b3", "c1[ab] c2[ab]",
		"c1:a0a2b1 c2:a1b0b2"},
	{"AbstractStickyAssignorTest.testMultipleConsumersMixedTopicSubscriptions", "sticky", "a3 b2",
		"c1[a] c2[ab] c3[a]", "c1:a0a2 c2:b0b1 c3:a1"},
	{"AbstractStickyAssignorTest.testConsumerOwningMinQuotaExpectedMaxQuota", "sticky", "a2 b3",
		"c1[ab]a0b1@1 c2[ab]a1b2@1", "c1:a0b1b0 c2:a1b2"},
	{"AbstractStickyAssignorTest.testMaxQuotaConsumerMoreThanNumExpectedMaxCapacityMembers (there c2 keeps two: the order of a hash map)", "sticky", "a2 b2",
		"c1[ab]a0b0@1 c2[ab]a1b1@1 c3[ab]@1", "c1:a0b0 c2:a1 c3:b1"},
	{"AbstractStickyAssignorTest.testAllConsumersAreUnderMinQuota", "sticky", "a2 b3",
		"c1[ab]a0@1 c2[ab]a1@1 c3[ab]@1", "c1:a0b1 c2:a1b2 c3:b0"},
	{"AbstractStickyAssignorTest.testAddRemoveConsumerOneTopic", "sticky", "a3",
		"c1[a]a0a1a2@1 c2[a]@1", "c1:a0a1 c2:a2"},
	{"AbstractStickyAssignorTest.testAllConsumersReachExpectedQuotaAndAreConsideredFilled", "sticky", "a4",
		"c1[a]a0a1@1 c2[a]a2@1 c3[a]@1", "c1:a0a1 c2:a2 c3:a3"},
	{"AbstractStickyAssignorTest.testOwnedPartitionsAreInvalidatedForConsumerWithStaleGeneration", "sticky", "a3 b3",
		"c1[ab]a0a2b1@10 c2[ab]a0a2b1@9", "c1:a0b1a2 c2:a1b0b2"},
	{"AbstractStickyAssignorTest.testEnsurePartitionsAssignedToHighestGeneration", "sticky", "a3 b3 c3",
		"c1[abc]a0b0c0@10 c2[abc]a1b1c1@9 c3[abc]b1c0c2@8", "c1:a0b0c0 c2:a1b1c1 c3:c2a2b2"},
	{"AbstractStickyAssignorTest.testPartitionsTransferringOwnershipIncludeThePartitionClaimedByMultipleConsumersInSameGeneration",
		"cooperative-sticky", "a3", "c1[a]a0a1@1 c2[a]a0a2@1 c3[a]@1", "c1:a1 c2:a2 c3:"},
	{"CooperativeStickyAssignorTest: what is given up is withheld", "cooperative-sticky", "a3",
		"c1[a]a0a1a2@1 c2[a]@-1", "c1:a0a1 c2:"},
	{"KAFKA-12984: a claim of an older generation is not believed", "cooperative-sticky", "a2",
		"c1[a]a0@3 c2[a]a0a1@5", "c1: c2:a0"},
	{"KAFKA-12984: before it every claim is believed", "cooperative-sticky!", "a1", "c1[a]a0@3 c2[a]a0@5", "c1:a0 c2:a0"},
	{"constrainedAssign of 2.8.0: beyond the quota nothing is believed", "cooperative-sticky!", "a2",
		"c1[a]a0@3 c2[a]a0a1@5", "c1:a0 c2:a0"},
	{"constrainedAssign of 2.8.0: there may be more claims than partitions", "cooperative-sticky!", "a3",
		"c1[a]a0a1@3 c2[a]a0a1@5", "c1:a0a1 c2:a0a1"},
	{"constrainedAssign of 2.8.0: what is given up is withheld", "cooperative-sticky!", "a3",
		"c1[a]a0a1a2@1 c2[a]@-1", "c1:a0a1 c2:"},
	{"constrainedAssign of 2.8.0: members with most give to those with least", "cooperative-sticky!", "a4",
		"c1[a]a0a1@1 c2[a]a2a3@1 c3[a]@-1", "c1:a1 c2:a2a3 c3:"},
	{"constrainedAssign of 2.8.0: in turn", "cooperative-sticky!", "a3", "c1[a]@-1 c2[a]@-1", "c1:a0a2 c2:a1"},
	{"KAFKA-7026, before KIP-341: every claim is believed", "sticky!", "a1", "c1[a]a0@3 c2[a]a0@5", "c1:a0 c2:a0"},
	{"KIP-341", "sticky", "a1", "c1[a]a0@3 c2[a]a0@5", "c1: c2:a0"},
	{"a topic without partitions does not count", "range", "a0 b1", "c1[ab]", "c1:b0"},
}

// TestAssignorsAgreeWithKafka deals out as Kafka's own tests of the assignors do.
func TestAssignorsAgreeWithKafka(t *testing.T) {
	for _, v := range vectors {
		t.Run(v.from, func(t *testing.T) {
			if got := deal(v.assignor, v.topics, v.members); got != v.want {
				t.Errorf("got  %s\nwant %s", got, v.want)
			}
		})
	}
}

// TestWhoJoinsInWhatOrderDoesNotMatter: an assignment hangs on ids only.
func TestWhoJoinsInWhatOrderDoesNotMatter(t *testing.T) {
	for _, v := range vectors {
		members := strings.Fields(v.members)
		slices.Reverse(members)
		if got := deal(v.assignor, v.topics, strings.Join(members, " ")); got != v.want {
			t.Errorf("%s: got  %s\nwant %s", v.from, got, v.want)
		}
	}
}

func deal(assignor, topics, members string) string {
	name, trust := strings.CutSuffix(assignor, "!")
	var joined []wire.JoinedMember
	for _, m := range strings.Fields(members) {
		joined = append(joined, parseMember(m))
	}
	var counts []consumer.TopicCount
	for _, word := range strings.Fields(topics) {
		counts = append(counts, consumer.TopicCount{
			Topic: topic(word[0]), Name: word[:1], Count: int16(number(word[1:])),
		})
	}
	var out []string
	for _, a := range consumer.Deal(name, counts, joined, trust) {
		text := fmt.Sprintf("c%d:", a.Member.Client)
		for _, at := range a.Partitions {
			text += string(rune('a'+at.Topic)) + strconv.Itoa(int(at.Index))
		}
		out = append(out, text)
	}
	return strings.Join(out, " ")
}

func topic(letter byte) wire.TopicID { return wire.TopicID(letter - 'a') }

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		panic(err)
	}
	return n
}

// parseMember reads "c1/x[ab]a0a1@3".
func parseMember(text string) wire.JoinedMember {
	who, rest, _ := strings.Cut(text, "[")
	wants, has, _ := strings.Cut(rest, "]")
	id, instance, _ := strings.Cut(who, "/")
	m := wire.JoinedMember{
		Member: wire.MemberID{Client: wire.NodeID(number(id[1:])), Birth: 1}, Instance: instance,
		Subscription: wire.Subscription{OwnedGeneration: -1, StickyGeneration: -1},
	}
	for i := range wants {
		m.Subscription.Topics = append(m.Subscription.Topics, topic(wants[i]))
	}
	has, since, claims := strings.Cut(has, "@")
	if !claims {
		return m
	}
	var owned []wire.Partition
	for i := 0; i < len(has); i += 2 {
		owned = append(owned, wire.Partition{Topic: topic(has[i]), Index: int16(number(has[i+1 : i+2]))})
	}
	claim(&m, owned, int32(number(since)))
	return m
}

// claim lets a member say what it had, in both ways that there are.
func claim(m *wire.JoinedMember, owned []wire.Partition, since int32) {
	m.Subscription.Owned, m.Subscription.OwnedGeneration = owned, since
	m.Subscription.Sticky, m.Subscription.StickyGeneration = owned, since
}
