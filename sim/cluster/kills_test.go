package cluster_test

import (
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// reading is a cluster of one broker with three records that are all there before c1 reads them: so
// only what c1 does decides.
func reading(p cluster.Process, pairs ...string) cluster.Config {
	c := small("acks", "1", "linger.ms", "0")
	c.Brokers, c.Topics[0].Replication, c.Topics[0].Settings = c.Brokers[:1], 1, nil
	c.Producers[0].Records = 3
	p.Takes = 2 * sim.Millisecond
	c.Consumers[0].Process, c.Consumers[0].Start = p, 200*sim.Millisecond
	c.Consumers[0].Settings = append(c.Consumers[0].Settings,
		set(append(pairs, "session.timeout.ms", "6000")...)...)
	return c
}

// moments are the worlds of a calm run after each of a number of events, from the first note of a kind
// on. One of another kind must be among what they tell.
func moments(t *testing.T, root *sim.World, from, with wire.NoteKind, count int) []*sim.World {
	t.Helper()
	var out []*sim.World
	begun, reached := false, false
	run := root.Run()
	for i := 0; i < patience && len(out) < count; i++ {
		run.Next()
		for _, n := range run.Notes() {
			begun = begun || n.Kind == from
			reached = reached || begun && n.Kind == with
		}
		if begun {
			out = append(out, run.World())
		}
	}
	if len(out) < count || !reached {
		t.Fatal("the run has not come where it should: nothing would be proved")
	}
	return out
}

// ended is what becomes of a world in which a client ends in some way and is restarted.
func ended(t *testing.T, w *sim.World, act string, client string) *sim.World {
	t.Helper()
	id, _ := w.Roster.ID(client)
	run := w.Run()
	strike(t, run, sim.Event{Verb: act, Node: id})
	for run.Look().Health(id) == sim.Up {
		run.Next()
	}
	strike(t, run, sim.Event{Verb: "restart", Node: id})
	for i := range patience {
		if i%16 == 0 && cluster.Settled(run.Look()) {
			return run.World()
		}
		run.Next()
	}
	t.Fatal("it never came to rest")
	return nil
}

func strike(t *testing.T, run *sim.Runner, e sim.Event) {
	t.Helper()
	if err := run.Apply(e); err != nil {
		t.Fatal(err)
	}
}

// TestAKillAtEveryMomentBetweenPollAndCommit kills c1 after every single event from its first poll()
// until well after the last commit, restarts it, and counts what came of it. At least once, or at most
// once, is a matter of the order of processing and commit, and of nothing else.
func TestAKillAtEveryMomentBetweenPollAndCommit(t *testing.T) {
	manual := []string{"enable.auto.commit", "false"}
	auto := []string{"auto.commit.interval.ms", "3"}
	single := []string{"auto.commit.interval.ms", "3", "max.poll.records", "1"}
	for _, c := range []struct {
		name           string
		process        cluster.Process
		settings       []string
		skips, repeats bool // whether there must be a moment that does, and not only may
	}{
		{"process, then commitSync()", cluster.Process{Commit: "after"}, manual, false, true},
		{"process, then commitAsync()", cluster.Process{Commit: "after", Mode: "async"}, manual, false, true},
		{"commitSync(), then process", cluster.Process{Commit: "before"}, manual, true, false},
		{"after each record, its offset", cluster.Process{Commit: "each", Offsets: "processed"}, manual, false, true},
		{"after each record, positions (C07)", cluster.Process{Commit: "each"}, manual, true, true},
		{"auto commit, one thread (N05)", cluster.Process{}, auto, false, true},
		{"auto commit, one thread, many polls (N05)", cluster.Process{}, single, false, true},
		{"auto commit, a worker (C03)", cluster.Process{Workers: 1}, single, true, true},
		{"marked after processing", cluster.Process{Commit: "mark"}, auto, false, true},
		{"stored when handed out (C05)", cluster.Process{Commit: "stored"}, auto, true, true},
		{"the sink keeps the offset", cluster.Process{Offsets: "sink"}, manual, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			root := build(t, reading(c.process, c.settings...))
			at := moments(t, root, wire.Polled, lastNote(c.process), 100)
			skipped, repeated := 0, 0
			for _, w := range at {
				tally := cluster.Tally(cluster.Fates(ended(t, w, "crash", "c1")))
				skipped += min(1, tally[cluster.Unseen])
				repeated += min(1, tally[cluster.Duplicated])
			}
			t.Logf("%d moments: killed at %d of them it skips a record, at %d it processes one again",
				len(at), skipped, repeated)
			if (skipped > 0) != c.skips || (repeated > 0) != c.repeats {
				t.Errorf("want skips: %v, repeats: %v", c.skips, c.repeats)
			}
			for i, w := range at {
				if tally := cluster.Tally(cluster.Fates(ended(t, w, "stop", "c1"))); tally[cluster.Unseen] > 0 {
					t.Errorf("stopped gracefully at moment %d it skips a record", i)
				}
			}
		})
	}
}

// lastNote is what c1 tells at the end of its first round: that it has committed, if it does.
func lastNote(p cluster.Process) wire.NoteKind {
	if p.Offsets == "sink" {
		return wire.Processed
	}
	return wire.Committed
}
