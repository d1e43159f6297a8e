package cluster_test

import (
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
)

// A checker that never finds anything is broken: each of these tests walks a land whose settings
// promise too little until a message comes to the harm that they leave open.

func TestAcks1CanLoseAnAckedMessage(t *testing.T) {
	reaches(t, cluster.AckedLost, land{root: build(t, lax("false", "acks", "1")), never: powerLoss})
}

func TestAcks0CanLoseAMessage(t *testing.T) {
	reaches(t, cluster.Lost, land{root: build(t, small("acks", "0")), never: powerLoss})
}

func TestRetriesWithoutIdempotenceCanDuplicate(t *testing.T) {
	c := small("acks", "all")
	c.Consumers = nil // so that it is the log that holds two
	reaches(t, cluster.Duplicated, land{root: build(t, c), never: powerLoss})
}

// Before 4.5 a log that has never held a record takes any first sequence: what is sent to a new leader
// overtakes what is still in flight to the old one (KAFKA-15591).
func TestAnIdempotentProducerCanReorderOnAnEmptyLog(t *testing.T) {
	c := idempotent()
	c.Switches = nil
	reaches(t, cluster.Reordered, land{root: build(t, c), never: powerLoss, spared: oneSession})
}

func TestRetriesWithSeveralInFlightCanReorder(t *testing.T) {
	c := small("acks", "all", "batch.size", "0", "max.in.flight.requests.per.connection", "5")
	reaches(t, cluster.Reordered, land{root: build(t, c), never: powerLoss})
}

func TestUncleanElectionCanLoseAnAckedMessage(t *testing.T) {
	reaches(t, cluster.AckedLost, land{root: build(t, lax("true", "acks", "all")), never: powerLoss})
}

func TestPowerLossCanLoseAnAckedMessage(t *testing.T) {
	reaches(t, cluster.AckedLost, land{root: build(t, lax("false", "acks", "all"))})
}

func TestCommitBeforeProcessingCanSkipAMessage(t *testing.T) {
	reaches(t, cluster.Unseen, land{root: build(t, processing("before")), never: network})
}

func TestCommitAfterProcessingCanProcessTwice(t *testing.T) {
	reaches(t, cluster.Duplicated, land{root: build(t, processing("after")), never: network})
}

var network = []string{"power", "cut", "partition", "hold", "heal", "release", "pause", "resume"}

// processing is a cluster in which only the consumer can do harm: nothing is ever sent twice, and
// what it does with a record takes its time.
func processing(commit string) cluster.Config {
	c := small("acks", "all", "retries", "0")
	c.Consumers[0].Process.Commit = commit
	c.Consumers[0].Process.Takes = 5 * sim.Millisecond
	c.Consumers[0].Settings = append(c.Consumers[0].Settings, set("enable.auto.commit", "false")...)
	return c
}

// tries is how many walks may be taken until one comes to the harm.
const tries = 3000

// reaches walks until a message ends up in a class, after all is mended and has come to rest.
func reaches(t *testing.T, c cluster.Class, l land) {
	t.Helper()
	comesTo(t, "a message that is "+c.String(), func(w *sim.World) bool { return cluster.Tally(cluster.Fates(w))[c] > 0 }, l)
}

// comesTo walks until something is so, after all is mended and has come to rest.
func comesTo(t *testing.T, what string, is func(*sim.World) bool, l land) {
	t.Helper()
	t.Parallel()
	l.steps, l.budget = 300, 6
	for seed := range tries {
		w := l.walk(seededDice(seed))
		for w.step() {
		}
		if w.rest() && is(w.run.Look()) {
			t.Logf("%s after %d walks", what, seed+1)
			return
		}
	}
	t.Errorf("%d walks, and not %s", tries, what)
}
