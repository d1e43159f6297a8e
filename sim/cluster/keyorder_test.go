package cluster_test

import (
	"slices"
	"testing"

	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// step is one application of a message to a sink: which message, from which partition.
type step struct {
	n    int32
	part int16
}

// TestOrderOfAKey: messages of one key that are applied in another order than they were sent are
// reordered, if it was their partitions that parted them. With two keys odd messages are of the one and
// even messages of the other.
func TestOrderOfAKey(t *testing.T) {
	for _, c := range []struct {
		name    string
		keys    []string
		applied []step
		late    []int32
	}{
		{"in order", []string{"a"}, []step{{1, 0}, {2, 1}, {3, 0}}, nil},
		{"overtaken in another partition", []string{"a"}, []step{{2, 1}, {1, 0}, {3, 1}}, []int32{1}},
		{"overtaken by one of two", []string{"a"}, []step{{3, 1}, {1, 0}, {2, 0}}, []int32{1, 2}},
		{"no keys", nil, []step{{2, 1}, {1, 0}}, nil},
		{"another key", []string{"a", "b"}, []step{{2, 1}, {1, 0}}, nil},
		{"the same key, among others", []string{"a", "b"}, []step{{2, 1}, {3, 1}, {1, 0}}, []int32{1}},
		{"redelivered", []string{"a"}, []step{{1, 0}, {2, 1}, {1, 0}}, nil},
		{"redelivered, and late before", []string{"a"}, []step{{2, 1}, {1, 0}, {2, 1}}, []int32{1}},
		{"of one partition", []string{"a"}, []step{{2, 0}, {1, 0}}, nil},
		{"of one partition, behind another's", []string{"a"}, []step{{2, 1}, {3, 0}, {1, 0}}, []int32{1}},
	} {
		config := small()
		config.Producers[0].Keys = c.keys
		w := build(t, config)
		p1, _ := w.Roster.ID("p1")
		c1, _ := w.Roster.ID("c1")
		for _, s := range c.applied {
			cluster.LedgerOf(w).Tell(&wire.Note{Kind: wire.EffectApplied, Node: c1, Text: "g1",
				At: wire.Partition{Topic: 1, Index: s.part}, Message: wire.MessageID{Producer: p1, N: s.n}})
		}
		var late []int32
		for _, f := range cluster.Fates(w) {
			if f.Has(cluster.Reordered) {
				late = append(late, f.Message.N)
			}
		}
		if !slices.Equal(late, c.late) {
			t.Errorf("%s: %v are reordered, want %v", c.name, late, c.late)
		}
	}
}
