package explore_test

import (
	"slices"
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/explore"
)

// config is three brokers with one partition, and a producer of two records.
func config(acks string) cluster.Config {
	return cluster.Config{
		Seed: 7, Brokers: []string{"b1", "b2", "b3"}, Controllers: []string{"k1"},
		Topics: []cluster.Topic{{Name: "orders", Partitions: 1, Replication: 3,
			Settings: []cluster.Setting{{Name: "min.insync.replicas", Value: "2"}}}},
		Producers: []cluster.Producer{{ID: "p1", Topic: "orders", Records: 2,
			Every: 10 * sim.Millisecond, Bytes: 100, Settings: []cluster.Setting{
				{Name: "acks", Value: acks}, {Name: "enable.idempotence", Value: "false"},
				{Name: "linger.ms", Value: "0"},
			}}},
		Costs: cluster.DefaultCosts(),
	}
}

// build makes a world in which nothing can be done but what the verbs say, and what mends.
func build(tb testing.TB, c cluster.Config, verbs ...string) *sim.World {
	tb.Helper()
	w, err := cluster.Build(c)
	if err != nil {
		tb.Fatal(err)
	}
	w.Roster.Acts = slices.DeleteFunc(w.Roster.Acts, func(a sim.Act) bool {
		return !a.Mends && !slices.Contains(verbs, a.Verb)
	})
	return w
}

// limits are those of a search for what shows within seconds of virtual time.
func limits(faults, workers int) explore.Limits {
	return explore.Limits{
		Faults: faults, Workers: workers, Until: sim.Time(15 * sim.Second), Settle: 120 * sim.Second,
		Mend: cluster.Mend, Settled: cluster.Settled, MaxEvents: 100_000,
	}
}

// solo is one broker that holds the only copy of one record.
func solo(acks string) cluster.Config {
	c := config(acks)
	c.Brokers = c.Brokers[:1]
	c.Topics[0].Replication, c.Topics[0].Settings = 1, nil
	c.Producers[0].Records = 1
	return c
}
