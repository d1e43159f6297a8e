package timeline_test

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/timeline"
	"pgregory.net/rapid"
)

// tester is a test, rapid's or Go's own.
type tester interface {
	Helper()
	Fatal(args ...any)
}

// plant makes a tree at the start of a small cluster: two brokers, one producer.
func plant(tb tester) *timeline.Tree {
	tb.Helper()
	w, err := cluster.Build(cluster.Config{
		Seed: 7, Brokers: []string{"b1", "b2"}, Controllers: []string{"k1"},
		Topics: []cluster.Topic{{Name: "orders", Partitions: 1, Replication: 2}},
		Producers: []cluster.Producer{{ID: "p1", Topic: "orders", Records: 5,
			Every: sim.Millisecond, Bytes: 100,
			Settings: []cluster.Setting{{Name: "enable.idempotence", Value: "false"}}}},
		Costs: cluster.DefaultCosts(),
	})
	if err != nil {
		tb.Fatal(err)
	}
	return timeline.New(w)
}

// grown is a tree whose line has gone on for n moments after the root.
func grown(tb tester, n int) *timeline.Tree {
	t := plant(tb)
	for range n {
		t.Advance()
	}
	return t
}

// do makes an event happen that must be possible, given as a script would have it.
func do(tb tester, t *timeline.Tree, text string) *timeline.Moment {
	tb.Helper()
	if err := t.Do(parse(tb, t, text)); err != nil {
		tb.Fatal(err)
	}
	return t.Here()
}

func parse(tb tester, t *timeline.Tree, text string) sim.Event {
	tb.Helper()
	e, err := t.On(0).World.ParseEvent(text)
	if err != nil {
		tb.Fatal(err)
	}
	return e
}

// straight fails unless each moment of the line follows from the one before.
func straight(t *rapid.T, tree *timeline.Tree) {
	if tree.On(tree.Index()) != tree.Here() {
		t.Fatal("Here is not on the line")
	}
	for i := 1; i < tree.Len(); i++ {
		before, m := tree.On(i-1), tree.On(i)
		if m.Parent != before.ID || tree.Moment(m.ID) != m {
			t.Fatalf("moment %d does not follow %d", m.ID, before.ID)
		}
		step, err := before.World.Apply(m.Event)
		if err != nil || step.World.TimedFingerprint() != m.World.TimedFingerprint() {
			t.Fatalf("%v: moment %d is not what its event leads to", err, m.ID)
		}
	}
}
