package cluster_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
)

// TestTheExpertsLineHasKafkasNames runs by the clock until each of some lines has come.
func TestTheExpertsLineHasKafkasNames(t *testing.T) {
	w := build(t, small("acks", "all"))
	names := cluster.NamesOf(w)
	wanted := []string{
		"fire p1 send",
		"deliver p1>b1  ProduceRequest acks=-1 timeout=30s partitions=[(partition=orders-0 batch=(m1 m2 m3 sizeInBytes=361))]",
		"deliver c1>b1  FetchRequest maxWait=500ms minBytes=1",
		"deliver p1<b1  ProduceResponse partitions=[(partition=orders-0 baseOffset=0)]",
		"maxWait=500ms minBytes=1 maxBytes=1048576 partitions=[(partition=orders-0 currentLeaderEpoch=0 offset=3 lastFetchedEpoch=0 logStartOffset=0",
		"(partition=orders-0 highWatermark=0 logStartOffset=0 batches=[(m1 m2 m3 baseOffset=0 partitionLeaderEpoch=0 sizeInBytes=361)])",
	}
	var lines []string
	for range 300 {
		e, _, ok := w.Earliest()
		step, err := w.Apply(e)
		if !ok || err != nil {
			break
		}
		lines = append(lines, names.Expert(w, &sim.Happened{Event: e, Body: w.Body(e)}))
		w = step.World
	}
	all := strings.Join(lines, "\n")
	for _, want := range wanted {
		if !strings.Contains(all, want) {
			t.Errorf("no line %q in:\n%s", want, all)
		}
	}
}

// TestEveryEventHasAnExpertsLine: whatever is sent can be written down, and begins as a trace writes it.
func TestEveryEventHasAnExpertsLine(t *testing.T) {
	roots := []*sim.World{build(t, small("acks", "all")), build(t, wide()), build(t, modern()), build(t, transactional())}
	rapid.Check(t, func(t *rapid.T) {
		s := wander(t, rapid.SampledFrom(roots).Draw(t, "world"), nil)
		for i := range s.Path {
			h := &s.Path[i]
			line := s.Names.Expert(s.World, h)
			if !strings.HasPrefix(line, s.Text(h)) || h.Body != nil && !strings.Contains(line, h.Body.API()+"Re") {
				t.Fatalf("step %d: %q", h.Step, line)
			}
		}
	})
}
