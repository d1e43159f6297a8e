package cluster

import "example.com/ksim/sim/producer"

// partitioners tells what a partitioner.class is in a release: from one, before another. Without a
// class it is DefaultPartitioner, until KIP-794 built one in. librdkafka's go with any release.
var partitioners = []struct {
	class        string
	from, before Release
	is           producer.Partitioner
}{
	{"", Release{}, Release{2, 4}, producer.DealKeyless},
	{"", Release{2, 4}, Release{3, 3}, producer.StickyBatch},
	{"", Release{3, 3}, Release{5}, producer.BuiltIn},
	{"DefaultPartitioner", Release{}, Release{2, 4}, producer.DealKeyless},
	{"DefaultPartitioner", Release{2, 4}, Release{4, 0}, producer.StickyBatch},
	{"UniformStickyPartitioner", Release{2, 4}, Release{4, 0}, producer.UniformSticky},
	{"RoundRobinPartitioner", Release{2, 4}, Release{5}, producer.RoundRobin},
	{"random", Release{}, Release{5}, producer.Random},
	{"murmur2_random", Release{}, Release{5}, producer.Murmur2Random},
	{"consistent_random", Release{}, Release{5}, producer.ConsistentRandom},
}

// resolvePartitioner finds out who chooses partitions.
func (p *plan) resolvePartitioner(c *Producer, t *target, v Release, path string) {
	for _, n := range c.Partitions {
		if n < 0 || n >= maxPartitions {
			p.wrong(path+".partitions", "want partitions from 0 to %d, not %d", maxPartitions-1, n)
			return
		}
		t.producer.App.Partitions = append(t.producer.App.Partitions, int16(n))
	}
	for _, row := range partitioners {
		if row.class == t.partitioner && !v.Before(row.from) && v.Before(row.before) {
			t.producer.Partitioner = row.is
			return
		}
	}
	p.wrong(path+".config.partitioner.class", "Kafka %s has no %s: RoundRobinPartitioner and"+
		" UniformStickyPartitioner came with 2.4, and 4.0 removed UniformStickyPartitioner and"+
		" DefaultPartitioner", v, t.partitioner)
}
