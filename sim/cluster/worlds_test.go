package cluster_test

import (
	"slices"
	"strconv"
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
)

// set reads pairs of a setting's name and value.
func set(pairs ...string) []cluster.Setting {
	var out []cluster.Setting
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, cluster.Setting{Name: pairs[i], Value: pairs[i+1]})
	}
	return out
}

// small is three brokers with one partition on all of them, a producer and a consumer. The pairs
// are settings of the producer.
func small(pairs ...string) cluster.Config {
	return cluster.Config{
		Seed: 7, Brokers: []string{"b1", "b2", "b3"}, Controllers: []string{"k1"},
		Topics: []cluster.Topic{{Name: "orders", Partitions: 1, Replication: 3,
			Settings: set("min.insync.replicas", "2")}},
		Producers: []cluster.Producer{{ID: "p1", Topic: "orders", Records: 20,
			Every: 2 * sim.Millisecond, Bytes: 100,
			Settings: append(set("enable.idempotence", "false"), set(pairs...)...)}},
		Consumers: []cluster.Consumer{{ID: "c1", Group: "g1", Topics: []string{"orders"},
			Process:  cluster.Process{Takes: sim.Millisecond},
			Settings: set("auto.offset.reset", "earliest")}},
		// A new group waits for more members for 3 s; few walks would live to see it read.
		Settings: set("group.initial.rebalance.delay.ms", "0"),
		Costs:    cluster.DefaultCosts(),
	}
}

// idempotent has a producer whose every record is a batch, five of them in flight, so that retries have
// something to double and to reorder. Its brokers have 4.5's rule for producers that they know nothing
// of: with an earlier one the promise is not kept, see TestAnIdempotentProducerCanReorderOnAnEmptyLog.
func idempotent() cluster.Config {
	c := small("acks", "all", "batch.size", "0", "linger.ms", "0")
	c.Producers[0].Settings[0].Value = "true" // enable.idempotence
	c.Switches = set("unknown-producer", "reject-on-empty")
	second := c.Consumers[0]
	second.ID = "c2"
	c.Consumers = append(c.Consumers, second)
	return c
}

// cooperative has three members of a group that give up only what another is to have.
func cooperative() cluster.Config {
	c := idempotent()
	c.Topics[0].Partitions = 3
	third := c.Consumers[0]
	third.ID = "c3"
	c.Consumers = append(c.Consumers, third)
	for i := range c.Consumers {
		c.Consumers[i].Settings = set("auto.offset.reset", "earliest",
			"partition.assignment.strategy", "cooperative-sticky", "auto.commit.interval.ms", "100")
	}
	return c
}

// modern is a group of the consumer protocol: two members, three partitions.
func modern() cluster.Config {
	c := small("acks", "all")
	c.Topics[0].Partitions = 3
	c.Consumers[0].Settings = set("auto.offset.reset", "earliest", "group.protocol", "consumer")
	second := c.Consumers[0]
	second.ID = "c2"
	c.Consumers = append(c.Consumers, second)
	return c
}

// transactional has two processes of one transactional.id, the second of which fences the first sooner or later;
// and a group that reads only what is committed. Every transaction is in both partitions; every other one is
// aborted by its application, and one that takes too long by its coordinator.
func transactional() cluster.Config {
	c := small("acks", "all", "batch.size", "0", "linger.ms", "0", "transactional.id", "t1",
		"transaction.timeout.ms", "1000", "retry.backoff.ms", "10")
	c.Topics[0].Partitions = 2
	p := &c.Producers[0]
	p.Settings[0].Value = "true" // enable.idempotence
	p.Partitions, p.Send.Transaction = []int{0, 1}, cluster.Transaction{Records: 2, End: []string{"commit", "abort"}}
	other := *p
	other.ID, other.Start = "p2", 15*sim.Millisecond
	c.Producers = append(c.Producers, other)
	c.Consumers[0].Settings = append(c.Consumers[0].Settings, set("isolation.level", "read_committed")...)
	second := c.Consumers[0]
	second.ID = "c2"
	c.Consumers = append(c.Consumers, second)
	c.Settings = append(c.Settings, set("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000")...)
	return c
}

// compacting is transactional in a topic that is compacted again and again.
func compacting() cluster.Config {
	c := transactional()
	c.Topics[0].Settings = append(c.Topics[0].Settings, set("cleanup.policy", "compact", "segment.ms", "5",
		"min.cleanable.dirty.ratio", "0", "delete.retention.ms", "50")...)
	c.Settings = append(c.Settings, set("log.cleaner.backoff.ms", "20")...)
	for i := range c.Producers {
		c.Producers[i].Keys, c.Producers[i].Records = []string{"a", "b", "a"}, 12
	}
	return c
}

// pipeline is a group of three that copies each record of one topic into another, in transactions with its positions,
// and a reader that keeps what it applies and where it is in one place. The third member has the transactional.id of
// the first: it is the process that is started when the first one is believed to be gone.
func pipeline() cluster.Config {
	c := small("acks", "all", "batch.size", "0", "linger.ms", "0")
	c.Producers[0].Settings[0].Value = "true" // enable.idempotence
	c.Topics[0].Partitions = 2
	c.Topics = append(c.Topics, c.Topics[0])
	c.Topics[1].Name = "copies"
	reader := c.Consumers[0]
	reader.Settings = append(reader.Settings, set("enable.auto.commit", "false", "session.timeout.ms", "6000")...)
	c.Consumers = nil
	for i, id := range []string{"t1", "t2", "t1"} {
		copier := reader
		copier.ID, copier.Process.Commit = "c"+strconv.Itoa(i+1), "transaction"
		copier.Settings = append(slices.Clone(reader.Settings), set("max.poll.records", "2")...)
		copier.Copy = cluster.Copy{Topic: "copies", Settings: set("transactional.id", id,
			"transaction.timeout.ms", "1000", "retry.backoff.ms", "10", "batch.size", "0", "linger.ms", "0")}
		c.Consumers = append(c.Consumers, copier)
	}
	c.Consumers[2].Start = 30 * sim.Millisecond
	reader.ID, reader.Group, reader.Topics, reader.Process.Offsets = "c4", "g2", []string{"copies"}, "sink"
	reader.Settings = append(reader.Settings, set("isolation.level", "read_committed")...)
	c.Consumers = append(c.Consumers, reader)
	c.Settings = append(c.Settings, set("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000")...)
	return c
}

// wide has what small has not: three controllers, two partitions, keys.
func wide() cluster.Config {
	c := small("acks", "all")
	c.Controllers = []string{"k1", "k2", "k3"}
	c.Topics[0].Partitions = 2
	c.Producers[0].Keys = []string{"a", "b", "c"}
	return c
}

// lax lets a topic's leader be elected and acknowledge whoever else is in sync.
func lax(unclean string, pairs ...string) cluster.Config {
	c := small(pairs...)
	c.Topics[0].Settings = set("min.insync.replicas", "1", "unclean.leader.election.enable", unclean)
	return c
}

func build(tb testing.TB, c cluster.Config) *sim.World {
	tb.Helper()
	w, err := cluster.Build(c)
	if err != nil {
		tb.Fatal(err)
	}
	return w
}
