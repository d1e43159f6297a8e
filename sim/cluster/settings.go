package cluster

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/controller"
	"example.com/ksim/sim/copier"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/outbox"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// SettingRow is one setting the model knows: a row of a table, and all that is known of it.
type SettingRow struct {
	Name     string
	Kind     Kind
	Default  string  // Kafka 4.1's
	Was      []Was   // earlier defaults, the oldest first
	Since    Release // when it came; setting it in an older release is an error
	Until    Release // when it went; likewise in this one and newer ones
	Min, Max int64   // of a Count; of Millis only Min
	Words    []string
	Also     []word[string] // other names of words
	Doc      string
	set      func(t *target, v Value)
	now      func(c *metadata.TopicConfig) string // of a topic's: its value; nil: it can't be altered in a run
	idle     func(t *target) string               // of a switch: why it can make no difference, "" if it can; nil: it always can
}

// target is what settings are written to; each table uses its part.
type target struct {
	producer    producer.Config
	consumer    consumer.Config
	copier      copier.Config // what its parts don't have
	broker      broker.Config
	controller  controller.Config
	topic       metadata.TopicConfig
	elr         bool
	partitioner string
	levels      [wire.Codecs]int32 // compression.*.level
	offsetsRF   int64
	txnRF       int64
	txnMinISR   int8
	modern      modernBounds
	inKafka     bool // offsets.storage=kafka
	writer      outbox.WriterConfig
	relay       outbox.RelayConfig
	start       sim.Duration
	make        func(t *target, self sim.NodeID) sim.Node // of a client
}

const (
	maxShort = math.MaxInt16
	maxInt   = math.MaxInt32
	maxLong  = math.MaxInt64
	longText = "9223372036854775807"
)

// ProducerSettings are the settings of a producer.
var ProducerSettings = append(append(clientSettings(false), []SettingRow{
	{Name: "acks", Kind: Word, Default: "all", Words: []string{"0", "1", "all", "-1"},
		Was: []Was{{Release{3, 0}, "1"}},
		Doc: "who must have a record before the producer is told that it is written",
		set: func(t *target, v Value) {
			t.producer.Acks = map[string]int8{"0": 0, "1": 1, "all": wire.AcksAll, "-1": wire.AcksAll}[v.Text]
		}},
	{Name: "enable.idempotence", Kind: Bool, Default: "true",
		// KAFKA-13598: 3.0.0 and 3.1.0 declare it and do not do it.
		Was:   []Was{{Release{3, 0, 1}, "false"}, {Release{3, 1}, "true"}, {Release{3, 1, 1}, "false"}},
		Since: Release{0, 11},
		Doc: "let brokers recognise a batch that is sent again; acks other than all or retries=0" +
			" switch the default off",
		set: func(t *target, v Value) { t.producer.Idempotent = v.Bool }},
	{Name: "retries", Kind: Count, Default: "2147483647", Max: maxInt,
		Was: []Was{{Release{2, 1}, "0"}},
		Doc: "how often a batch is sent again",
		set: func(t *target, v Value) { t.producer.Retries = int32(v.Int) }},
	{Name: "max.in.flight.requests.per.connection", Kind: Count, Default: "5", Min: 1, Max: maxInt,
		Doc: "unanswered requests on one connection",
		set: func(t *target, v Value) { t.producer.Client.MaxInFlight = int(v.Int) }},
	{Name: "delivery.timeout.ms", Kind: Millis, Default: "120000",
		Was: []Was{{Release{2, 1}, "9223372036854775807"}}, Since: Release{2, 1},
		Doc: "how long after send() a record is given up",
		set: func(t *target, v Value) { t.producer.DeliveryTimeout = v.Duration }},
	{Name: "linger.ms", Kind: Millis, Default: "5",
		Was: []Was{{Release{4, 0}, "0"}},
		Doc: "how long a batch waits for more records at the most",
		set: func(t *target, v Value) { t.producer.Linger = v.Duration }},
	{Name: "batch.size", Kind: Count, Default: "16384", Max: maxInt,
		Doc: "bytes that fill a batch; 0: one record a batch",
		set: func(t *target, v Value) { t.producer.BatchSize = int32(v.Int) }},
	{Name: "buffer.memory", Kind: Count, Default: "33554432", Max: maxInt,
		Doc: "bytes for batches that are not done",
		set: func(t *target, v Value) { t.producer.BufferMemory = int32(v.Int) }},
	{Name: "max.block.ms", Kind: Millis, Default: "60000",
		Since: Release{0, 9},
		Doc:   "how long send() may block for metadata or memory",
		set:   func(t *target, v Value) { t.producer.MaxBlock = v.Duration }},
	{Name: "max.request.size", Kind: Count, Default: "1048576", Max: maxInt,
		Doc: "bytes of a request",
		set: func(t *target, v Value) { t.producer.MaxRequestSize = int32(v.Int) }},
	{Name: "partitioner.class", Kind: Word,
		Words: []string{"", "RoundRobinPartitioner", "DefaultPartitioner", "UniformStickyPartitioner",
			"random", "murmur2_random", "consistent_random"},
		Doc: "who chooses a record's partition; empty: by key, else sticky (before 2.4: in turn);" +
			" the last three are librdkafka's",
		set: func(t *target, v Value) { t.partitioner = v.Text }},
	{Name: "partitioner.ignore.keys", Kind: Bool, Default: "false", Since: Release{3, 3},
		Doc: "choose partitions as if records had no keys",
		set: func(t *target, v Value) { t.producer.IgnoreKeys = v.Bool }},
	{Name: "partitioner.adaptive.partitioning.enable", Kind: Bool, Default: "true", Since: Release{3, 3},
		Doc: "send less to partitions with long queues",
		set: func(t *target, v Value) { t.producer.Adaptive = v.Bool }},
	{Name: "interceptor.classes", Kind: List, Since: Release{0, 10},
		Doc: "names of interceptors; each tells what it saw",
		set: func(t *target, v Value) { t.producer.Interceptors = v.Words }},
}...), slices.Concat(producerTransactions, producerCompression)...)

// BrokerSettings are the settings of brokers and controllers, the topics' defaults included.
var BrokerSettings = slices.Concat(topicDefaults(), brokerRetention, cleanerSettings, []SettingRow{
	{Name: "broker.heartbeat.interval.ms", Kind: Millis, Default: "2000", Min: 1,
		Doc: "the time between a broker's heartbeats to the controller",
		set: func(t *target, v Value) { t.broker.HeartbeatInterval = v.Duration }},
	{Name: "broker.session.timeout.ms", Kind: Millis, Default: "9000", Min: 1,
		Doc: "how long a silent broker is not fenced",
		set: func(t *target, v Value) {
			t.broker.SessionTimeout, t.controller.SessionTimeout = v.Duration, v.Duration
		}},
	{Name: "replica.lag.time.max.ms", Kind: Millis, Default: "30000", Min: 1,
		Was: []Was{{Release{2, 5}, "10000"}},
		Doc: "how long a follower may lag and stay in the ISR",
		set: func(t *target, v Value) { t.broker.LagTimeMax = v.Duration }},
	{Name: "replica.fetch.wait.max.ms", Kind: Millis, Default: "500", Min: 1,
		Doc: "how long a follower's fetch is parked",
		set: func(t *target, v Value) { t.broker.FetchWaitMax = v.Duration }},
	{Name: "replica.fetch.min.bytes", Kind: Count, Default: "1", Max: maxInt,
		Doc: "bytes a follower's fetch waits for",
		set: func(t *target, v Value) { t.broker.FetchMinBytes = int32(v.Int) }},
	{Name: "replica.fetch.max.bytes", Kind: Count, Default: "1048576", Max: maxInt,
		Doc: "bytes of one partition in a follower's fetch",
		set: func(t *target, v Value) { t.broker.FetchMaxBytes = int32(v.Int) }},
	{Name: "replica.fetch.backoff.ms", Kind: Millis, Default: "1000",
		Doc: "how long a follower leaves a partition alone after an error",
		set: func(t *target, v Value) { t.broker.FetchBackoff = v.Duration }},
	{Name: "replica.socket.timeout.ms", Kind: Millis, Default: "30000", Min: 1,
		Doc: "how long a follower waits for an answer",
		set: func(t *target, v Value) { t.broker.SocketTimeout = v.Duration }},
	{Name: "replica.high.watermark.checkpoint.interval.ms", Kind: Millis, Default: "5000",
		Doc: "the time after which a new high watermark is written to disk",
		set: func(t *target, v Value) { t.broker.CheckpointEvery = v.Duration }},
	{Name: "controller.quorum.fetch.timeout.ms", Kind: Millis, Default: "2000", Min: 1,
		Doc: "how long a controller waits for the active one before it stands for election",
		set: func(t *target, v Value) { t.controller.FetchTimeout = v.Duration }},
	{Name: "controller.quorum.election.timeout.ms", Kind: Millis, Default: "1000", Min: 1,
		Doc: "spreads the controllers' elections",
		set: func(t *target, v Value) { t.controller.ElectionTimeout = v.Duration }},
	{Name: "controller.quorum.request.timeout.ms", Kind: Millis, Default: "2000", Min: 1,
		Doc: "how long a broker waits for metadata before it asks another controller",
		set: func(t *target, v Value) { t.broker.QuorumTimeout = v.Duration }},
	{Name: "producer.id.expiration.ms", Kind: Millis, Default: "86400000", Min: 1,
		Was: []Was{{Release{3, 4}, "604800000"}}, Since: Release{3, 4},
		Doc: "how long brokers remember an idempotent producer after its last batch",
		set: func(t *target, v Value) { t.broker.ProducerExpiration = v.Duration }},
	{Name: "offsets.topic.num.partitions", Kind: Count, Default: "50", Min: 1, Max: 1000,
		Doc: "partitions of __consumer_offsets",
		set: func(t *target, v Value) { t.broker.OffsetsPartitions = int32(v.Int) }},
	{Name: "offsets.topic.replication.factor", Kind: Count, Default: "3", Min: 1, Max: wire.MaxNodes,
		Doc: "replicas of __consumer_offsets; with fewer brokers ksim makes as many as there are, and Kafka no topic at all",
		set: func(t *target, v Value) { t.offsetsRF = v.Int }},
	{Name: "offsets.load.buffer.size", Kind: Count, Default: "5242880", Min: 1, Max: maxInt,
		Doc: "bytes of __consumer_offsets that a coordinator reads at a time when it loads groups",
		set: func(t *target, v Value) { t.broker.LoadBuffer = int32(v.Int) }},
	{Name: "offsets.commit.timeout.ms", Kind: Millis, Default: "5000", Min: 1,
		Doc: "how long a commit waits to be replicated",
		set: func(t *target, v Value) { t.broker.CommitTimeout = v.Duration }},
	{Name: "offsets.retention.minutes", Kind: Count, Default: "10080", Min: 1, Max: maxInt,
		Was: []Was{{Release{2, 0}, "1440"}},
		Doc: "how long what a group has committed is kept after its last member has left",
		set: func(t *target, v Value) { t.broker.OffsetsRetention = duly(inUnits(v.Int, 60*sim.Second)) }},
	{Name: "offsets.retention.check.interval.ms", Kind: Millis, Default: "600000", Min: 1,
		Doc: "how often a coordinator looks for committed offsets that have expired",
		set: func(t *target, v Value) { t.broker.OffsetsCheck = v.Duration }},
	{Name: "group.initial.rebalance.delay.ms", Kind: Millis, Default: "3000",
		Was: []Was{{Release{0, 11}, "0"}}, Since: Release{0, 11},
		Doc: "how long a new group waits for more members",
		set: func(t *target, v Value) { t.broker.InitialDelay = v.Duration }},
	{Name: "group.min.session.timeout.ms", Kind: Millis, Default: "6000",
		Doc: "the shortest session.timeout.ms that is accepted",
		set: func(t *target, v Value) { t.broker.MinGroupSession = v.Duration }},
	{Name: "group.max.session.timeout.ms", Kind: Millis, Default: "1800000",
		Was: []Was{{Release{0, 10}, "30000"}, {Release{2, 3}, "300000"}},
		Doc: "the longest session.timeout.ms that is accepted",
		set: func(t *target, v Value) { t.broker.MaxGroupSession = v.Duration }},
}, modernSettings, transactionSettings)

// FeatureSettings are the finalised features of the cluster.
var FeatureSettings = []SettingRow{
	{Name: "eligible.leader.replicas.version", Kind: Count, Default: "1", Max: 1,
		Was: []Was{{Release{4, 1}, "0"}}, Since: Release{4, 0},
		Doc: "KIP-966: 1 lets the ISR become empty and remembers who is safe to elect",
		set: func(t *target, v Value) { t.elr = v.Int > 0 }},
	{Name: "transaction.version", Kind: Count, Default: "2", Max: 2,
		Was: []Was{{Release{4, 0}, "0"}}, Since: Release{4, 0},
		Doc: "KIP-890: 2 counts up a producer's epoch with every transaction",
		set: func(t *target, v Value) { t.broker.TxnVersion = int8(v.Int) }},
	{Name: "group.version", Kind: Count, Default: "1", Max: 1,
		Was: []Was{{Release{4, 0}, "0"}}, Since: Release{4, 0},
		Doc: "KIP-848: 1 lets consumers have group.protocol=consumer",
		set: func(t *target, v Value) { t.modern.off = v.Int == 0 }},
}

// clientSettings are the settings that producers and consumers share.
func clientSettings(consumer bool) []SettingRow {
	of := func(t *target) *clientConfig {
		if consumer {
			return &t.consumer.Client
		}
		return &t.producer.Client
	}
	return []SettingRow{
		{Name: "request.timeout.ms", Kind: Millis, Default: "30000", Min: 1, Was: requestTimeouts(consumer), Since: Release{0, 9},
			Doc: "how long a request may stay unanswered before the connection is closed",
			set: func(t *target, v Value) { of(t).RequestTimeout = v.Duration }},
		{Name: "retry.backoff.ms", Kind: Millis, Default: "100",
			Doc: "how long to wait before the first retry",
			set: func(t *target, v Value) { of(t).RetryBackoff = v.Duration }},
		{Name: "retry.backoff.max.ms", Kind: Millis, Default: "1000", Since: steadyBackoff,
			Doc: "how long to wait before a retry at the most",
			set: func(t *target, v Value) { of(t).RetryBackoffMax = v.Duration }},
		{Name: "reconnect.backoff.ms", Kind: Millis, Default: "50", Was: []Was{{Release{0, 9}, "10"}},
			Doc: "how long to wait before connecting again",
			set: func(t *target, v Value) { of(t).ReconnectBackoff = v.Duration }},
		{Name: "reconnect.backoff.max.ms", Kind: Millis, Default: "1000", Since: steadyReconnects,
			Doc: "how long to wait before connecting again at the most",
			set: func(t *target, v Value) { of(t).ReconnectMax = v.Duration }},
		{Name: "metadata.max.age.ms", Kind: Millis, Default: "300000",
			Doc: "metadata is asked for anew after that time",
			set: func(t *target, v Value) { of(t).MetadataMaxAge = v.Duration }},
	}
}

// steadyBackoff is the release before which retries backed off for retry.backoff.ms, however often
// (KIP-580).
var steadyBackoff = Release{3, 7}

// steadyReconnects is the release before which clients waited for reconnect.backoff.ms, however often (KIP-144).
var steadyReconnects = Release{0, 11}

// requestTimeouts were longer in consumers whose JoinGroup could take as long as a poll.
func requestTimeouts(consumer bool) []Was {
	if !consumer {
		return nil
	}
	return []Was{{Release{0, 10, 1}, "40000"}, {Release{2, 0}, "305000"}}
}

// apply writes a table's defaults in a release, and then what was set.
func apply(rows []SettingRow, set []Setting, v Release, t *target, path string, problems *Problems) {
	for i := range rows {
		row := &rows[i]
		if text := row.In(v); text != "" || row.Kind == Word {
			value, err := row.parse(text)
			if err != nil {
				panic(fmt.Sprintf("cluster: default of %s: %v", row.Name, err))
			}
			row.set(t, value)
		}
	}
	override(rows, set, v, t, path, problems)
}

// override writes what was set over what is there.
func override(rows []SettingRow, set []Setting, v Release, t *target, path string, problems *Problems) {
	for _, s := range set {
		at := path + "." + s.Name
		row := findRow(rows, s.Name)
		if row == nil {
			*problems = append(*problems, Problem{at, unknown(rows, s.Name, path)})
			continue
		}
		if why := row.Absent(v); why != "" {
			*problems = append(*problems, Problem{at, why})
			continue
		}
		value, err := row.parse(s.Value)
		if err != nil {
			*problems = append(*problems, Problem{at, err.Error()})
			continue
		}
		row.set(t, value)
	}
}

func findRow(rows []SettingRow, name string) *SettingRow {
	for i := range rows {
		if rows[i].Name == name {
			return &rows[i]
		}
	}
	return nil
}

// unknown says that no row has a name. There are few switches, so it lists them.
func unknown(rows []SettingRow, name, path string) string {
	if isUnmodelled(name) {
		return fmt.Sprintf("%s is a setting of Kafka that ksim does not model (see MODEL.md)", name)
	}
	var names []string
	for i := range rows {
		names = append(names, rows[i].Name)
	}
	if strings.HasSuffix(path, ".switches") {
		return fmt.Sprintf("unknown switch %q%s (here: %s)", name, sim.DidYouMean(name, names),
			strings.Join(names, ", "))
	}
	return fmt.Sprintf("unknown setting %q%s", name, sim.DidYouMean(name, names))
}

func isSet(set []Setting, name string) bool {
	for _, s := range set {
		if s.Name == name {
			return true
		}
	}
	return false
}

// oneSet is the path of the first of some settings that was set: where to look, when they do not go together.
func oneSet(set []Setting, path string, names ...string) string {
	for _, name := range names {
		if isSet(set, name) {
			return path + "." + name
		}
	}
	return path
}

// broker timings that Kafka has no setting for.
const (
	quorumFetchMaxWait = 500 * sim.Millisecond
	shutdownTimeout    = 300 * sim.Second
	writebackAfter     = 30 * sim.Second
)
