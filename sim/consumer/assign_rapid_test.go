package consumer_test

import (
	"flag"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/wire"
)

// init keeps rapid from writing failures into testdata, where they would be read as conversations.
func init() {
	if err := flag.Set("rapid.nofailfile", "true"); err != nil {
		panic(err)
	}
}

// a group is what an assignor is asked.
type group struct {
	topics  []consumer.TopicCount
	members []wire.JoinedMember
}

// anyGroup draws a group whose members claim what they like, the same partition twice too.
func anyGroup(t *rapid.T, same bool) *group {
	g := &group{}
	for i := range rapid.IntRange(1, 3).Draw(t, "topics") {
		g.topics = append(g.topics, consumer.TopicCount{
			Topic: wire.TopicID(i + 1), Count: int16(rapid.IntRange(1, 6).Draw(t, "partitions")),
		})
	}
	all := g.partitions()
	for i := range rapid.IntRange(1, 6).Draw(t, "members") {
		m := wire.JoinedMember{Member: wire.MemberID{Client: wire.NodeID(i + 1), Birth: 1}}
		for _, c := range g.topics {
			if same || rapid.Bool().Draw(t, "wants") {
				m.Subscription.Topics = append(m.Subscription.Topics, c.Topic)
			}
		}
		claims := rapid.SliceOfNDistinct(rapid.SampledFrom(all), 0, len(all), rapid.ID[wire.Partition]).Draw(t, "claims")
		claim(&m, slices.DeleteFunc(claims, func(at wire.Partition) bool {
			return !slices.Contains(m.Subscription.Topics, at.Topic)
		}), int32(rapid.IntRange(3, 5).Draw(t, "generation")))
		g.members = append(g.members, m)
	}
	return g
}

// settle makes the claims what an honest group has: each member claims what it was given.
func (g *group) settle(got []wire.Assignment) {
	for i := range g.members {
		claim(&g.members[i], nil, 6)
		for _, a := range got {
			if a.Member == g.members[i].Member {
				claim(&g.members[i], a.Partitions, 6)
			}
		}
	}
}

func (g *group) partitions() (all []wire.Partition) {
	for _, c := range g.topics {
		for k := range c.Count {
			all = append(all, wire.Partition{Topic: c.Topic, Index: k})
		}
	}
	return all
}

func (g *group) deal(assignor string) []wire.Assignment {
	return consumer.Deal(assignor, g.topics, g.members, false)
}

func (g *group) wanted(at wire.Partition) bool {
	return slices.ContainsFunc(g.members, func(m wire.JoinedMember) bool {
		return slices.Contains(m.Subscription.Topics, at.Topic)
	})
}

// owners are who got a partition.
func owners(got []wire.Assignment, at wire.Partition) (out []int) {
	for i := range got {
		if slices.Contains(got[i].Partitions, at) {
			out = append(out, i)
		}
	}
	return out
}

// valid fails unless every partition that somebody wants has one owner, who wants it.
func (g *group) valid(t *rapid.T, got []wire.Assignment) {
	if len(got) != len(g.members) {
		t.Fatalf("%d members, %d assignments", len(g.members), len(got))
	}
	total := 0
	for _, a := range got {
		total += len(a.Partitions)
	}
	wanted := 0
	for _, at := range g.partitions() {
		who := owners(got, at)
		if g.wanted(at) != (len(who) == 1) {
			t.Fatalf("%v has owners %v in %v", at, who, got)
		}
		if len(who) == 1 {
			wanted++
			m := g.members[who[0]]
			if m.Member != got[who[0]].Member || !slices.Contains(m.Subscription.Topics, at.Topic) {
				t.Fatalf("%v was given to one that does not want it: %v", at, got)
			}
		}
	}
	if total != wanted {
		t.Fatalf("%d partitions were given, %d are wanted", total, wanted)
	}
}

var everyAssignor = []string{consumer.Range, consumer.RoundRobin, consumer.Sticky}

// TestEveryPartitionHasOneOwner holds for every assignor, whatever members want and claim.
func TestEveryPartitionHasOneOwner(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := anyGroup(t, rapid.Bool().Draw(t, "same"))
		g.valid(t, g.deal(rapid.SampledFrom(everyAssignor).Draw(t, "assignor")))
	})
}

// TestEqualMembersGetEquallyMany: within one, in all; of range only in each topic.
func TestEqualMembersGetEquallyMany(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := anyGroup(t, true)
		for _, assignor := range []string{consumer.RoundRobin, consumer.Sticky} {
			spread(t, g.deal(assignor), func(wire.Partition) bool { return true })
		}
		for _, c := range g.topics {
			spread(t, g.deal(consumer.Range), func(at wire.Partition) bool { return at.Topic == c.Topic })
		}
	})
}

func spread(t *rapid.T, got []wire.Assignment, counts func(wire.Partition) bool) {
	least, most := 1<<30, 0
	for _, a := range got {
		n := 0
		for _, at := range a.Partitions {
			if counts(at) {
				n++
			}
		}
		least, most = min(least, n), max(most, n)
	}
	if most > least+1 {
		t.Fatalf("from %d to %d: %v", least, most, got)
	}
}

// TestStickyMovesAsLittleAsItCan: from any honest assignment, each member keeps the lesser of what it
// had and of its share, and as many as can of those who had more than the smaller share get the larger
// one. No balanced assignment moves fewer.
func TestStickyMovesAsLittleAsItCan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := anyGroup(t, true)
		g.settle(honest(t, g))
		got := g.deal(consumer.Sticky)
		all := len(g.partitions())
		small, large := all/len(g.members), all%len(g.members)
		most, over := 0, 0
		kept := 0
		for i := range g.members {
			had := g.members[i].Subscription.Sticky
			most += min(len(had), small)
			if len(had) > small {
				over++
			}
			for _, at := range had {
				if slices.Contains(got[i].Partitions, at) {
					kept++
				}
			}
		}
		if most += min(over, large); kept != most {
			t.Fatalf("%d stay, %d could: %v", kept, most, got)
		}
	})
}

// honest draws an assignment in which nothing is owned twice.
func honest(t *rapid.T, g *group) []wire.Assignment {
	out := make([]wire.Assignment, len(g.members))
	for i := range out {
		out[i].Member = g.members[i].Member
	}
	for _, at := range g.partitions() {
		if i := rapid.IntRange(-1, len(out)-1).Draw(t, "owner"); i >= 0 {
			out[i].Partitions = append(out[i].Partitions, at)
		}
	}
	return out
}

// TestWhatIsBalancedStays: a second round moves nothing.
func TestWhatIsBalancedStays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := anyGroup(t, rapid.Bool().Draw(t, "same"))
		first := g.deal(consumer.Sticky)
		g.settle(first)
		second := g.deal(consumer.Sticky)
		for _, at := range g.partitions() {
			if !slices.Equal(owners(first, at), owners(second, at)) {
				t.Fatalf("%v moved: from %v to %v", at, first, second)
			}
		}
	})
}

// TestUnequalMembersCouldNotGetMore: whoever could have a partition has at most one less than its owner.
func TestUnequalMembersCouldNotGetMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := anyGroup(t, false)
		got := g.deal(consumer.Sticky)
		for _, at := range g.partitions() {
			for _, owner := range owners(got, at) {
				for i := range g.members {
					could := slices.Contains(g.members[i].Subscription.Topics, at.Topic)
					if could && len(got[i].Partitions)+1 < len(got[owner].Partitions) {
						t.Fatalf("%v could go from %d to %d: %v", at, owner, i, got)
					}
				}
			}
		}
	})
}

// TestCooperativeTakesTwoRounds: in the first nobody gets what another owns; once that is given up the
// second is what the sticky assignor would have dealt out, as balanced, and nothing is left over.
func TestCooperativeTakesTwoRounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := anyGroup(t, true)
		g.settle(honest(t, g))
		first := g.deal(consumer.CooperativeSticky)
		for i := range first {
			for _, at := range first[i].Partitions {
				for k := range g.members {
					if k != i && slices.Contains(g.members[k].Subscription.Owned, at) {
						t.Fatalf("%v is owned by %d and was given to %d", at, k, i)
					}
				}
			}
		}
		g.settle(first)
		second := g.deal(consumer.CooperativeSticky)
		g.valid(t, second)
		spread(t, second, func(wire.Partition) bool { return true })
	})
}
