package cluster_test

import (
	"slices"
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// The known failures of transactions before transaction.version 2 (KIP-890), and that there are none with it: each
// test walks where what a producer says can come late, in the network, and where little else happens.

// alone is one transactional producer with one broker, and nobody who reads.
func alone(version string, settings ...string) cluster.Config {
	c := transactional()
	c.Version = version
	c.Brokers, c.Topics[0].Replication, c.Topics[0].Settings = c.Brokers[:1], 1, nil
	c.Producers, c.Consumers = c.Producers[:1], nil
	c.Producers[0].Settings = append(c.Producers[0].Settings, set("request.timeout.ms", "10")...)
	c.Settings = append(c.Settings, set(append(settings, "transaction.state.log.min.isr", "1")...)...)
	return c
}

// unverified is what transactions were before KIP-890: a producer's next one has the epoch of the one before, and
// leaders ask nobody.
func unverified() cluster.Config {
	return alone("3.9", "transaction.partition.verification.enable", "false")
}

// late is a land in which requests hang in the network until their sender has tried again.
func late(t *testing.T, c cluster.Config) land {
	t.Helper()
	p := place{config: c, from: wire.TxnBegun}
	return land{root: p.begin(t), only: []string{"hold", "release"}, calm: 60}
}

// lateWords is late, and the producer gives up nothing but requests.
func lateWords(t *testing.T, c cluster.Config) land {
	t.Helper()
	l := late(t, c)
	p1, _ := l.root.Roster.ID("p1")
	return l.lateOnly("request", func(e sim.Event) bool { return e.Node == p1 })
}

// lateMarkers is late between three brokers, and coordinators give up nothing but requests for markers.
func lateMarkers(t *testing.T) land {
	t.Helper()
	c := transactional()
	c.Producers, c.Consumers = c.Producers[:1], nil
	return late(t, c).lateOnly("markers-request", func(e sim.Event) bool { return e.Lane == wire.MarkerLane })
}

// lateOnly is a land in which the clock chooses but for some connections, and for those who wait for an answer there.
func (l land) lateOnly(timer string, on func(sim.Event) bool) land {
	l.spared = func(w *sim.World, e sim.Event) bool {
		if e.Verb == sim.Fire {
			return w.Node(e.Node).Timers()[e.Timer.Kind].Name != timer
		}
		return !on(e)
	}
	return l
}

// KAFKA-17754 (T01): an end that comes late commits the next transaction.
func TestALateEndCanCommitWhatIsAborted(t *testing.T) {
	reaches(t, cluster.AbortedRead, lateWords(t, unverified()))
}

// T02: it aborts the next one.
func TestALateEndCanAbortWhatIsCommitted(t *testing.T) {
	reaches(t, cluster.AckedLost, lateWords(t, unverified()))
}

// T03: it aborts the half of it that is there.
func TestALateEndCanTearATransaction(t *testing.T) {
	reaches(t, cluster.Torn, lateWords(t, unverified()))
}

// KAFKA-17754 again: that leaders ask the coordinator makes no difference to it.
func TestVerificationKeepsNoEndFromComingLate(t *testing.T) {
	reaches(t, cluster.AbortedRead, lateWords(t, alone("3.9")))
}

// KAFKA-14402 (T04): records that come late begin a transaction that nobody ends.
func TestALateRecordCanHang(t *testing.T) {
	comesTo(t, "a transaction that hangs", hangs, late(t, unverified()))
}

// T05: they become part of the next transaction, if clients count up no epoch (before KIP-360).
func TestALateRecordCanJoinTheNextTransaction(t *testing.T) {
	comesTo(t, "a marker that ends two transactions", func(w *sim.World) bool {
		return slices.ContainsFunc(cluster.TransactionPromises(), func(p sim.Property) bool {
			return p.Name == "one-transaction-a-marker" && p.Check(w) != nil
		})
	}, late(t, alone("2.4")))
}

func hangs(w *sim.World) bool { return cluster.NothingHangs().Check(w) != nil }

// TestNothingIsLateWithVersion2 walks where the tests before do, more often than they need, and nothing comes of
// it (N06).
func TestNothingIsLateWithVersion2(t *testing.T) {
	t.Parallel()
	promised := append(cluster.TransactionPromises(), cluster.NothingHangs())
	for name, l := range map[string]land{
		"anything": late(t, alone("4.1")), "requests": lateWords(t, alone("4.1")), "markers": lateMarkers(t),
	} {
		t.Run(name, func(t *testing.T) { nothingComes(t, l, promised) })
	}
}

// nothingComes walks, more often than the known failures need, and what is promised holds in the end.
func nothingComes(t *testing.T, l land, promised []sim.Property) {
	t.Helper()
	l.steps, l.budget = 300, 6
	for seed := range tries / 3 {
		w := l.walk(seededDice(seed))
		for w.step() {
		}
		if !w.rest() {
			continue
		}
		if i := slices.IndexFunc(promised, func(p sim.Property) bool { return p.Check(w.run.Look()) != nil }); i >= 0 {
			t.Fatalf("seed %d: %v; the walk:\n%s", seed, promised[i].Check(w.run.Look()), w)
		}
	}
}

// A reader that does not ask for read_committed gets what is aborted (T13).
func TestReadUncommittedReadsWhatIsAborted(t *testing.T) {
	p := place{config: transactional(), from: wire.TxnBegun}
	for i := range p.config.Consumers {
		p.config.Consumers[i].Settings = set("auto.offset.reset", "earliest", "isolation.level", "read_uncommitted")
	}
	reaches(t, cluster.AbortedRead, land{root: p.begin(t), never: powerLoss, calm: 100})
}
