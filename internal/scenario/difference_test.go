package scenario_test

import (
	"fmt"
	"strings"
	"testing"

	"example.com/ksim/internal/scenario"
)

const pair = `
title: two runs
cluster: {topics: [{name: orders, config: {min.insync.replicas: 1}}], costs: {fsync: 5ms}}
producers:
  - {id: p1, topic: orders, records: 2, keys: [x, y], config: {acks: 1, linger.ms: 0}, send: {mode: sync}}
script:
  - {when: "b1 appended m1", do: "cut p1-b1"}
  - {at: 2s, do: "crash b1"}
until: 5s
variants:
  - name: other
    set: [p1.acks=all, p1.linger.ms=, "orders.min.insync.replicas=2", cluster.costs.fsync=6ms, p1.send.mode=forget, seed=9]
    script: [{at: 1s, do: "crash b2"}, {at: 2s, do: "crash b1"}]
    until: step 9
    expect: {}
`

func TestDifferencesAreWhatIsSetOtherwise(t *testing.T) {
	s := load(t, pair)
	var got strings.Builder
	for _, d := range scenario.Differences(s, s.Variants[0]) {
		fmt.Fprintf(&got, "%s: %q %q\n", d.What, d.A, d.B)
	}
	const want = `orders.min.insync.replicas: "1" "2"
cluster.costs.fsync: "5ms" "6ms"
p1.acks: "1" "all"
p1.linger.ms: "0" ""
p1.send.mode: "sync" "forget"
until: "5s" "step 9"
seed: "" "9"
script: "when b1 appended m1: cut p1-b1" "at 1s: crash b2"
`
	if got.String() != want {
		t.Errorf("got:\n%swant:\n%s", got.String(), want)
	}
	if d := scenario.Differences(s, s); d != nil {
		t.Errorf("a scenario differs from itself in %v", d)
	}
}

// TestFromGoesOnAlone: a session that goes on from a moment does what this one would do, script and all, and
// adds nothing to it.
func TestFromGoesOnAlone(t *testing.T) {
	whole := scenario.Play(load(t, pair))
	finish(t, whole)
	for _, id := range []int{0, 5, whole.Tree.Len() / 2} {
		s := scenario.Play(load(t, pair))
		advance(t, s, id)
		before := s.Tree.Len()
		on := s.From(s.Tree.Here().ID)
		finish(t, on)
		if got, want := on.World().TimedFingerprint(), whole.World().TimedFingerprint(); got != want {
			t.Errorf("from moment %d it ends at step %d, not as the whole run at %d", id, on.World().Steps(), whole.World().Steps())
		}
		if s.Tree.Len() != before || on.Tree.On(1).Step != id+1 {
			t.Errorf("from moment %d: step %d comes first, and the session has %d moments, had %d",
				id, on.Tree.On(1).Step, s.Tree.Len(), before)
		}
	}
}
