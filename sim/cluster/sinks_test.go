package cluster_test

import (
	"testing"

	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/value"
	"example.com/ksim/sim/wire"
)

// TestWhatASinkHoldsAfterAKill kills c1 between processing and commit: two events for alice and one for
// bob come again. An amount that is added is added twice; a value that is set is right all the same;
// so is a sink that knows what it has applied, or that keeps the offset itself.
func TestWhatASinkHoldsAfterAKill(t *testing.T) {
	for _, c := range []struct {
		name    string
		process cluster.Process
		alice   int64
		twice   bool
	}{
		{"increment", cluster.Process{Commit: "after", Sink: "increment"}, 4, true},
		{"set", cluster.Process{Commit: "after", Sink: "set"}, 2, true},
		{"increment, dedupe by key", cluster.Process{Commit: "after", Sink: "increment", Dedupe: "key"}, 2, false},
		{"increment, dedupe by offset", cluster.Process{Commit: "after", Sink: "increment", Dedupe: "offset"}, 2, false},
		{"increment, offset in the sink", cluster.Process{Offsets: "sink", Sink: "increment"}, 2, false},
	} {
		config := reading(c.process, "enable.auto.commit", "false")
		config.Producers[0].Keys = []string{"alice", "bob"}
		run := build(t, config).Run()
		for done := 0; done < 3; {
			run.Next()
			if told(run.Notes(), wire.Processed) {
				done++
			}
		}
		w := ended(t, run.World(), "crash", "c1")
		b := cluster.SurveyOf(w).Balances("g1")
		if len(b) != 2 || b[0].Account != "alice" || b[0].Actual != c.alice || b[0].Right != 2 {
			t.Errorf("%s: the accounts are %v", c.name, b)
		}
		if n := cluster.Tally(cluster.Fates(w))[cluster.Duplicated]; (n == 3) != c.twice {
			t.Errorf("%s: %d messages were applied twice", c.name, n)
		}
	}
}

// A record that the producer has written twice has two offsets: only its own id gives it away.
func TestASinkKnowsAgainWhatItLooksAt(t *testing.T) {
	for dedupe, want := range map[string]int64{"nothing": 4, "offset": 4, "key": 3} {
		c := small("acks", "all", "linger.ms", "0")
		c.Producers[0].Records = 3
		c.Consumers[0].Process.Sink, c.Consumers[0].Process.Dedupe = "increment", dedupe
		run := build(t, c).Run()
		for !told(run.Notes(), wire.Appended) {
			run.Next()
		}
		e, err := run.Look().ParseEvent("cut b1-p1")
		if err != nil {
			t.Fatal(err)
		}
		strike(t, run, e)
		for i := 0; i < patience && (i%16 != 0 || !cluster.Settled(run.Look())); i++ {
			run.Next()
		}
		b := cluster.SurveyOf(run.World()).Balances("g1")
		if len(b) != 1 || b[0].Actual != want || b[0].Right != 3 {
			t.Errorf("dedupe %s: the accounts are %v", dedupe, b)
		}
	}
}

// TestLedgersDifferByWhoseSinkKeepsAnOffset: a search must not take one world for the other.
func TestLedgersDifferByWhoseSinkKeepsAnOffset(t *testing.T) {
	of := func(group uint8) value.Hash {
		l := cluster.NewLedger(1, 0, []wire.GroupID{"g1", "g2"})
		l.Kept = []cluster.Kept{{Group: group, PartitionOffset: wire.PartitionOffset{At: wire.Partition{Topic: 1}, Offset: 3}}}
		return l.Sum(value.Seeded, false)
	}
	if of(0) == of(1) {
		t.Error("g1's offset and g2's look the same")
	}
}
