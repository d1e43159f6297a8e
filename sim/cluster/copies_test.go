package cluster_test

import (
	"strconv"
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// copying is the cluster of reading, with a second topic that c1 copies to.
func copying(commit string, pairs ...string) cluster.Config {
	c := reading(cluster.Process{Commit: commit}, "enable.auto.commit", "false")
	c.Settings = append(c.Settings, set("transaction.state.log.min.isr", "1")...)
	c.Topics = append(c.Topics, c.Topics[0])
	c.Topics[1].Name = "copies"
	c.Consumers[0].Copy = cluster.Copy{Topic: "copies", Settings: set(pairs...)}
	return c
}

// TestAKillAtEveryMomentOfACopy kills c1 after every single event of a round in which it copies three
// records, restarts it, and counts the copies. Which of them there can be none of, or two, is a matter of
// the order of flush() and commit; idempotence does not help, as a new process has a new producer.
func TestAKillAtEveryMomentOfACopy(t *testing.T) {
	for _, c := range []struct {
		name, commit   string
		settings       []string
		version        int  // of transactions
		loses, repeats bool // whether there must be a moment that does, and not only may
	}{
		{"flush(), then commitSync()", "after", []string{"enable.idempotence", "false"}, 2, false, true},
		{"the same, idempotent", "after", nil, 2, false, true},
		{"commitSync(), then send()", "before", nil, 2, true, false},
		{"a transaction, then commitSync() (T09)", "after", []string{"transactional.id", "t1"}, 2, false, true},
		{"commitSync(), then a transaction (T09)", "before", []string{"transactional.id", "t1"}, 2, true, false},
		{"positions in the transaction", "transaction", []string{"transactional.id", "t1"}, 2, false, false},
		{"the same, transaction.version 0", "transaction", []string{"transactional.id", "t1"}, 0, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			world := copying(c.commit, c.settings...)
			world.Features = set("transaction.version", strconv.Itoa(c.version))
			root, last := build(t, world), wire.Committed
			if c.commit == "transaction" {
				last = wire.TxnCommitted
			}
			at := moments(t, root, wire.Polled, last, 80)
			lost, repeated := 0, 0
			for _, w := range at {
				tally := cluster.Tally(cluster.Fates(ended(t, w, "crash", "c1")))
				if early := unseenAtOnce(t, w); early > tally[cluster.Unseen] {
					t.Errorf("%d messages are unseen at the kill, and %d in the end: copies were under way", early, tally[cluster.Unseen])
				}
				lost += min(1, tally[cluster.Unseen])
				repeated += min(1, tally[cluster.Duplicated])
			}
			t.Logf("%d moments: killed at %d of them it copies a record not at all, at %d twice", len(at), lost, repeated)
			if (lost > 0) != c.loses || (repeated > 0) != c.repeats {
				t.Errorf("want losses: %v, repeats: %v", c.loses, c.repeats)
			}
			for i, w := range at {
				if v := cluster.Verdicts(ended(t, w, "stop", "c1"))[0]; v.Name() != "exactly-once" {
					t.Errorf("stopped gracefully at moment %d: %s", i, v.Name())
				}
			}
		})
	}
}

// unseenAtOnce is how many messages g1 is said to have gone past at the moment at which c1 is killed.
func unseenAtOnce(t *testing.T, w *sim.World) int {
	t.Helper()
	id, _ := w.Roster.ID("c1")
	run := w.Run()
	strike(t, run, sim.Event{Verb: "crash", Node: id})
	return cluster.Tally(cluster.Fates(run.World()))[cluster.Unseen]
}

// TestACopyIsWhatAGroupMakesOfAMessage: what becomes of the copies is the effect of the group that copies,
// and what the next group reads; it is none of the message itself.
func TestACopyIsWhatAGroupMakesOfAMessage(t *testing.T) {
	c := copying("after")
	c.Consumers = append(c.Consumers, c.Consumers[0])
	c.Consumers[1].ID, c.Consumers[1].Group, c.Consumers[1].Topics = "c2", "g2", []string{"copies"}
	c.Consumers[1].Copy = cluster.Copy{}
	root := build(t, c)
	at := moments(t, root, wire.Polled, wire.Committed, 60)
	again := false
	for _, w := range at {
		end := ended(t, w, "crash", "c1")
		for _, v := range cluster.Verdicts(end) {
			if v.Messages != 3 || v.Missed > 0 || v.Name() == "at-most-once" {
				t.Errorf("%s: %+v", v.Group, v)
			}
		}
		verdicts := cluster.Verdicts(end)
		if verdicts[0].Doubled != verdicts[1].Doubled {
			t.Errorf("g1 has copied %d messages twice, g2 has applied %d twice", verdicts[0].Doubled, verdicts[1].Doubled)
		}
		again = again || verdicts[0].Doubled > 0
		for _, f := range cluster.Fates(end) {
			if f.Copies != 1 || f.Row.Sends != 1 || f.Row.Acked != 1 {
				t.Errorf("%d copies in the log of orders, %d sends, %d acks", f.Copies, f.Row.Sends, f.Row.Acked)
			}
		}
	}
	if !again {
		t.Error("nothing was copied twice: nothing is proved")
	}
}
