package explore_test

import (
	"testing"

	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/explore"
)

// TestCounts pins how many worlds there are: a checksum of the semantics. A change of what brokers,
// controllers or producers do moves these numbers; so does nothing else, and no number of workers.
// Who has changed something on purpose puts in what the failure says, and says why in the commit.
func TestCounts(t *testing.T) {
	one := config("all")
	one.Producers[0].Records = 1
	pair := one
	pair.Brokers = pair.Brokers[:2]
	pair.Topics = []cluster.Topic{one.Topics[0]}
	pair.Topics[0].Replication = 2
	for _, row := range []struct {
		name                 string
		config               cluster.Config
		faults               int
		verbs                []string
		worlds, edges, depth int
	}{
		{"two records in any order", config("all"), 0, nil, 115, 194, 24},
		{"one record and one early time-out", one, 1, nil, 28619, 100874, 46},
		{"two brokers and a crash", pair, 1, []string{"crash"}, 5112, 12372, 40},
		{"one broker and any loss", solo("all"), 1, []string{"crash", "cut", "power"}, 2491, 4657, 40},
	} {
		t.Run(row.name, func(t *testing.T) {
			for workers := 1; workers <= 2; workers++ {
				root := build(t, row.config, row.verbs...)
				r := explore.Exhaustive(root, limits(row.faults, workers), nil, nil)
				if !r.Exhausted {
					t.Fatalf("%d workers: stopped by the limit of %s", workers, r.Limit)
				}
				if r.Worlds != row.worlds || r.Edges != row.edges || r.Depth != row.depth {
					t.Errorf("%d workers: %d worlds, %d edges, depth %d; want %d, %d, %d", workers,
						r.Worlds, r.Edges, r.Depth, row.worlds, row.edges, row.depth)
				}
			}
		})
	}
}
