package cluster_test

import (
	"testing"

	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
	"pgregory.net/rapid"
)

// Whatever was done to it, a cluster that is mended comes to rest: every partition led, every
// replica in sync, everything sent and everything read.
func TestAMendedClusterComesToRest(t *testing.T) {
	for _, l := range lands {
		if l.orders {
			continue // nobody brings a deleted topic back
		}
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			at := l.land(t, 300)
			rapid.Check(t, func(t *rapid.T) { rested(t, at.walk(rapidDice(t))) })
		})
	}
}

// rested walks to the end, mends, and comes to rest. It is false if nothing is promised there any more, not even that it
// rests: who reads positions waits behind a transaction that nobody will end.
func rested(t *rapid.T, w *walk) bool {
	for w.step() {
	}
	if !w.rest() && !w.coordinators.hasty {
		t.Fatalf("mended, it never came to rest; the walk:\n%s", w)
	}
	return !w.coordinators.hasty
}

// TestAckedIsNeverLost holds Kafka to its word: acks=all, three replicas of which two must be in
// sync, clean elections and no power loss keep every acked message.
func TestAckedIsNeverLost(t *testing.T) {
	for _, l := range lands {
		if !l.keeps {
			continue
		}
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			at := l.land(t, 300)
			rapid.Check(t, func(t *rapid.T) {
				w := at.walk(rapidDice(t))
				if !rested(t, w) {
					return
				}
				for _, p := range cluster.Never(cluster.AckedLost) {
					if err := p.Check(w.run.Look()); err != nil {
						t.Fatalf("%v; the walk:\n%s", err, w)
					}
				}
			})
		})
	}
}

// TestWhatNoLogHasIsLostWithoutALeader: that nobody leads for a while does not make a lost message pending again.
func TestWhatNoLogHasIsLostWithoutALeader(t *testing.T) {
	w := build(t, small("acks", "1", "linger.ms", "0"))
	run := w.Run()
	strike := func(text string) {
		t.Helper()
		e, err := run.World().ParseEvent(text)
		if err == nil {
			err = run.Apply(e)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for !told(run.Notes(), wire.Acked) {
		run.Next()
	}
	for _, b := range []string{"b1", "b2", "b3"} {
		strike("power " + b) // what was acked is in page caches only
	}
	if tally := cluster.Tally(cluster.Fates(run.World())); tally[cluster.AckedLost] == 0 {
		t.Errorf("nobody leads, and no log has what was acked: %d acked-lost, %d pending",
			tally[cluster.AckedLost], tally[cluster.Pending])
	}
}
