package cluster

import (
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/wire"
)

// ConsumerSettings are the settings of a consumer.
var ConsumerSettings = append(clientSettings(true), []SettingRow{
	{Name: "enable.auto.commit", Kind: Bool, Default: "true",
		Doc: "commit, inside poll(), what earlier polls returned",
		set: func(t *target, v Value) { t.consumer.AutoCommit = v.Bool }},
	{Name: "auto.commit.interval.ms", Kind: Millis, Default: "5000", Min: 1,
		Was: []Was{{newConsumer, "60000"}},
		Doc: "the time between auto commits",
		set: func(t *target, v Value) { t.consumer.AutoCommitInterval = v.Duration }},
	{Name: "default.api.timeout.ms", Kind: Millis, Default: "60000",
		// KIP-266; before, KafkaConsumer.commitSync waited for Long.MAX_VALUE.
		Was: []Was{{Release{2, 0}, longText}}, Since: Release{2, 0},
		Doc: "how long commitSync() may take; before 2.0 as long as it takes",
		set: func(t *target, v Value) { t.consumer.APITimeout = v.Duration }},
	{Name: "auto.offset.reset", Kind: Word, Default: "latest", Words: []string{"latest", "earliest", "none"},
		Doc: "where to read without a committed offset",
		set: func(t *target, v Value) {
			t.consumer.Reset = map[string]consumer.Reset{
				"latest": consumer.Latest, "earliest": consumer.Earliest, "none": consumer.None,
			}[v.Text]
		}},
	{Name: "offsets.storage", Kind: Word, Default: "kafka", Words: []string{"kafka", "zookeeper"},
		Was: []Was{{newConsumer, "zookeeper"}}, Until: newConsumer,
		Doc: "before 0.9: where committed offsets are kept",
		set: func(t *target, v Value) { t.inKafka = v.Text == "kafka" }},
	{Name: "isolation.level", Kind: Word, Default: "read_uncommitted",
		Words: []string{"read_uncommitted", "read_committed"}, Since: Release{0, 11},
		Doc: "read_committed: records of transactions only once they are committed, and nothing behind an open one",
		set: func(t *target, v Value) {
			t.consumer.Isolation = wire.ReadUncommitted
			if v.Text == "read_committed" {
				t.consumer.Isolation = wire.ReadCommitted
			}
		}},
	{Name: "session.timeout.ms", Kind: Millis, Default: "45000", Min: 1,
		Was: []Was{{Release{0, 10, 1}, "30000"}, {Release{3, 0}, "10000"}},
		Doc: "how long a silent member stays in its group",
		set: func(t *target, v Value) { t.consumer.SessionTimeout = v.Duration }},
	{Name: "heartbeat.interval.ms", Kind: Millis, Default: "3000", Min: 1,
		Doc: "the time between heartbeats",
		set: func(t *target, v Value) { t.consumer.HeartbeatInterval = v.Duration }},
	{Name: "max.poll.interval.ms", Kind: Millis, Default: "300000", Min: 1,
		Was: []Was{{Release{0, 10, 1}, "9223372036854775807"}}, Since: Release{0, 10, 1},
		Doc: "how long the application may take between polls",
		set: func(t *target, v Value) { t.consumer.MaxPollInterval = v.Duration }},
	{Name: "max.poll.records", Kind: Count, Default: "500", Min: 1, Max: maxInt,
		Was: []Was{{Release{0, 10, 1}, "2147483647"}}, Since: Release{0, 10},
		Doc: "records a poll() returns at the most",
		set: func(t *target, v Value) { t.consumer.MaxPollRecords = int(v.Int) }},
	{Name: "partition.assignment.strategy", Kind: List, Default: "range,cooperative-sticky",
		Was:   []Was{{Release{3, 0}, "range"}},
		Doc:   "assignors, best first: range, roundrobin, sticky, cooperative-sticky; or their classes, like org.apache.kafka.clients.consumer.RangeAssignor",
		Words: assignors, Also: assignorClasses,
		set: func(t *target, v Value) { t.consumer.Assignors = v.Words }},
	{Name: "group.protocol", Kind: Word, Default: "classic", Words: []string{"classic", "consumer"}, Since: Release{3, 7},
		Doc: "consumer: the coordinator deals out partitions, and only what moves is paused (KIP-848)",
		set: func(t *target, v Value) { t.consumer.Modern = v.Text == "consumer" }},
	{Name: "group.remote.assignor", Kind: Word, Words: []string{"", "uniform", "range"}, Since: Release{3, 7},
		Doc: "group.protocol=consumer: the assignor that this member asks its coordinator for",
		set: func(t *target, v Value) { t.consumer.RemoteAssignor = v.Text }},
	{Name: "group.instance.id", Kind: Name, Since: Release{2, 3},
		Doc: "makes a static member: it keeps its partitions over a restart within its session",
		set: func(t *target, v Value) { t.consumer.Instance = v.Text }},
	{Name: "fetch.min.bytes", Kind: Count, Default: "1", Max: maxInt,
		Doc: "bytes a broker waits for before it answers a fetch",
		set: func(t *target, v Value) { t.consumer.FetchMinBytes = int32(v.Int) }},
	{Name: "fetch.max.wait.ms", Kind: Millis, Default: "500",
		Doc: "how long it waits for them",
		set: func(t *target, v Value) { t.consumer.FetchMaxWait = v.Duration }},
	{Name: "fetch.max.bytes", Kind: Count, Default: "52428800", Max: maxInt,
		Since: Release{0, 10, 1},
		Doc:   "bytes of a fetch",
		set:   func(t *target, v Value) { t.consumer.FetchMaxBytes = int32(v.Int) }},
	{Name: "max.partition.fetch.bytes", Kind: Count, Default: "1048576", Max: maxInt,
		Doc: "bytes of one partition in a fetch",
		set: func(t *target, v Value) { t.consumer.MaxPartitionBytes = int32(v.Int) }},
}...)

// assignors are the names that partition.assignment.strategy knows.
var assignors = []string{
	consumer.Range, consumer.RoundRobin, consumer.Sticky, consumer.CooperativeSticky,
}

// assignorClasses are what Kafka calls them (AbstractPartitionAssignor's subclasses).
var assignorClasses = []word[string]{
	{assignorPackage + "RangeAssignor", consumer.Range},
	{assignorPackage + "RoundRobinAssignor", consumer.RoundRobin},
	{assignorPackage + "StickyAssignor", consumer.Sticky},
	{assignorPackage + "CooperativeStickyAssignor", consumer.CooperativeSticky},
}

const assignorPackage = "org.apache.kafka.clients.consumer."
