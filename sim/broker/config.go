package broker

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/codec"
	"example.com/ksim/sim/wire"
)

// Config is what a broker is started with.
type Config struct {
	Controllers        []sim.NodeID
	HeartbeatInterval  sim.Duration // broker.heartbeat.interval.ms
	SessionTimeout     sim.Duration // broker.session.timeout.ms
	LagTimeMax         sim.Duration // replica.lag.time.max.ms
	FetchWaitMax       sim.Duration // replica.fetch.wait.max.ms
	FetchMinBytes      int32        // replica.fetch.min.bytes
	FetchMaxBytes      int32        // replica.fetch.max.bytes
	FetchBackoff       sim.Duration // replica.fetch.backoff.ms
	SocketTimeout      sim.Duration // replica.socket.timeout.ms
	CheckpointEvery    sim.Duration // replica.high.watermark.checkpoint.interval.ms
	ShutdownTimeout    sim.Duration // how long a controlled shutdown may take (KafkaBroker)
	QuorumTimeout      sim.Duration // controller.quorum.request.timeout.ms
	ProducerExpiration sim.Duration // producer.id.expiration.ms
	RetentionCheck     sim.Duration // log.retention.check.interval.ms; 0: no topic has anything to delete
	CleanerBackoff     sim.Duration // log.cleaner.backoff.ms; 0: no topic is compacted
	CleanerKeys        int64        // how many keys a cleaner takes in at a time (log.cleaner.dedupe.buffer.size)
	Writeback          sim.Duration // the operating system writes pages back that old (dirty_expire)
	Fsync              sim.Duration // what a flush takes
	Speeds             codec.Speeds // of compression

	OffsetsTopic      wire.TopicID
	OffsetsPartitions int32        // offsets.topic.num.partitions
	CommitTimeout     sim.Duration // offsets.commit.timeout.ms
	LoadBuffer        int32        // offsets.load.buffer.size
	OffsetsRetention  sim.Duration // offsets.retention.minutes; 0: for ever
	OffsetsCheck      sim.Duration // offsets.retention.check.interval.ms
	InitialDelay      sim.Duration // group.initial.rebalance.delay.ms
	MinGroupSession   sim.Duration // group.min.session.timeout.ms
	MaxGroupSession   sim.Duration // group.max.session.timeout.ms
	ConsumerSession   sim.Duration // group.consumer.session.timeout.ms
	ConsumerHeartbeat sim.Duration // group.consumer.heartbeat.interval.ms
	ConsumerAssignors []string     // group.consumer.assignors, the default first

	TxnTopic         wire.TopicID
	TxnPartitions    int32        // transaction.state.log.num.partitions
	TxnMaxTimeout    sim.Duration // transaction.max.timeout.ms
	TxnCleanup       sim.Duration // transaction.abort.timed.out.transaction.cleanup.interval.ms; 0: no producer has a transactional.id
	TxnVersion       int8         // the feature transaction.version
	MaxEpoch         int16        // the largest epoch of a producer id; Kafka: 2^15-1
	VerifyTxns       bool         // transaction.partition.verification.enable
	AddRetryBackoff  sim.Duration // add.partitions.to.txn.retry.backoff.ms
	AddRetryMax      sim.Duration // add.partitions.to.txn.retry.backoff.max.ms
	FailedFenceBumps bool         // before 2.7: a fence that can't be written uses up an epoch each time (KAFKA-9666)

	PartialAborts   bool // before 3.1.1: a cleaner with too many keys forgets aborted transactions (KAFKA-13727)
	MarkersByKey    bool // before 3.2.1: a cleaner takes a record with a marker's key for a later one of it (KAFKA-14055)
	OffsetsAgeInUse bool // before 2.1: committed offsets expire although their group reads (KIP-211)
	ExpireJoining   bool // 2.4 to 3.1: nor does a group that rebalances keep what its last generation did not read (KAFKA-13636)
	ExpireLoaded    bool // 2.1: what was loaded expires as soon as the group has no members (KAFKA-8069)
	LooseMinISR     bool // before 3.7: see minISR and advance (KAFKA-15583)
	UnknownProducer UnknownProducer
	EvictProducers  bool // before 2.4: what is known of a producer goes with its records (KAFKA-7190)
	UndatedMarkers  bool // 1.0 to 2.4.0: a marker does not keep its producer known (KAFKA-9144)
	CopiesChecked   bool // before 2.4.1: so are the copies of markers, and those that are loaded (KAFKA-9144)
	LoadFirstChunk  bool // 0.11.0.0: of a group, loading takes in the first chunk that tells of it (KAFKA-5600)
	DedupWindow     int8 // how many of the batches that are kept can be recognised; Kafka: all 5
}

// UnknownProducer is which first sequence a log takes of a producer that it knows nothing of.
type UnknownProducer uint8

// The rules for a producer that a log knows nothing of.
const (
	AcceptAny     UnknownProducer = iota // 2.5 to 4.4: any (KIP-360)
	RejectOnEmpty                        // 4.5: only 0, if the log has never held a record (KAFKA-15591)
	RejectNonzero                        // 1.0 to 2.4: only 0, else UNKNOWN_PRODUCER_ID
	RejectAsGap                          // 0.11: only 0, else OUT_OF_ORDER_SEQUENCE_NUMBER
)

// retryBackoff is how long the broker's own channels to the controller wait after a failure.
const retryBackoff = 100 * sim.Millisecond

// The kinds of timers, in the order of the table.
const (
	heartbeatTimer uint8 = iota
	keepaliveTimer
	lifecycleTimer
	keepaliveWaitTimer
	shutdownTimer
	quorumTimer
	quorumRetryTimer
	isrTimer
	isrIdleTimer
	lagTimer       // key: partition and follower
	candidateTimer // key: partition and follower
	fetchWaitTimer // key: the parked fetch's id
	backoffTimer   // key: partition
	replicaTimer   // key: the leader
	produceTimer   // key: the delayed produce's id
	alterTimer
	alterRetryTimer
	checkpointTimer
	writebackTimer       // key: partition
	loadTimer            // key: partition
	memberTimer          // key: the member's id
	joinTimer            // key: the group's place
	syncTimer            // key: the group's place
	offsetCommitTimer    // key: the pending write's id
	producerTimer        // key: ProducerState.Timer
	consumerSessionTimer // key: the member's id
	revocationTimer      // key: the member's id
	ageTimer             // key: Segment.Timer
	rollTimer            // key: partition
	retentionTimer
	cleanerTimer
	horizonTimer     // key: Horizon.Timer
	offsetAgeTimer   // key: OffsetAge.Timer
	offsetCheckTimer // key: partition of __consumer_offsets
	loopTimer
	txnTimer // key: Txn.Timer
	txnCheckTimer
	txnCheckIdleTimer
	markerTimer
	markerWaitTimer     // key: the leader
	markerBackoffTimer  // key: the leader
	verifyWaitTimer     // key: the coordinator
	verifyRetryTimer    // key: Unverified.ID
	verifyPatienceTimer // key: Unverified.ID
)

var timers = []sim.TimerKind{
	{Name: "heartbeat", Class: sim.Pace},
	// With nothing to say a heartbeat only keeps the session, whose time-out a search rings itself.
	{Name: "keepalive", Class: sim.Idle},
	{Name: "lifecycle", Class: sim.Patience},
	{Name: "keepalive-wait", Class: sim.Idle}, // for the answer to a keep-alive
	{Name: "shutdown", Class: sim.Patience},
	{Name: "quorum", Class: sim.Patience},
	{Name: "quorum-retry", Class: sim.Pace},
	{Name: "isr-check", Class: sim.Pace},
	{Name: "isr-check-idle", Class: sim.Idle}, // while nobody lags there is nothing to check
	{Name: "lag", Class: sim.Patience},
	// It only bounds what the next fetch may set "lag" to; "lag" is what drops a follower.
	{Name: "lag-candidate", Class: sim.Idle},
	// A parked fetch that expires brings at most a newer high watermark, which is only where a
	// follower would start from if it were elected; from an older one it sees the same a little later.
	{Name: "fetch-wait", Class: sim.Idle},
	{Name: "fetch-backoff", Class: sim.Pace},
	{Name: "replica-request", Class: sim.Patience},
	{Name: "produce", Class: sim.Patience},
	{Name: "alter", Class: sim.Patience},
	{Name: "alter-retry", Class: sim.Pace},
	// An older checkpoint only makes a restarted broker start from a lower high watermark, from
	// which it must catch up before it counts for anything.
	{Name: "checkpoint", Class: sim.Idle},
	// What a power loss leaves of the unflushed tail is a choice of its own (keep=N).
	{Name: "writeback", Class: sim.Idle, Outlives: true},
	{Name: "load", Class: sim.Pace},
	{Name: "member-session", Class: sim.Patience},
	{Name: "join", Class: sim.Patience},
	{Name: "sync", Class: sim.Patience},
	{Name: "offset-commit", Class: sim.Patience},
	// A producer is forgotten long after the last retry of what it sent; with a time so short that
	// it is not, a run that follows the clock shows it.
	{Name: "producer-expiry", Class: sim.Idle},
	{Name: "consumer-session", Class: sim.Patience},
	{Name: "revocation", Class: sim.Patience},
	// Records grow old after hours. With times so short that something is deleted in a run, a run that
	// follows the clock shows it.
	{Name: "segment-age", Class: sim.Idle, Outlives: true},
	{Name: "segment-roll", Class: sim.Idle, Outlives: true},
	{Name: "retention-check", Class: sim.Idle},
	// Nor does a search look at what a cleaner does: it takes segments that are full.
	{Name: "cleaner", Class: sim.Idle},
	{Name: "delete-horizon", Class: sim.Idle, Outlives: true},
	{Name: "offset-age", Class: sim.Idle},
	{Name: "offset-check", Class: sim.Idle},
	{Name: "loopback", Class: sim.Pace},
	{Name: "transaction-timeout", Class: sim.Patience},
	{Name: "transaction-check", Class: sim.Pace},
	{Name: "transaction-check-idle", Class: sim.Idle}, // while none is too old there is nothing to check
	{Name: "markers", Class: sim.Pace},
	{Name: "markers-request", Class: sim.Patience},
	{Name: "markers-backoff", Class: sim.Pace},
	{Name: "verify-request", Class: sim.Patience},
	{Name: "verify-retry", Class: sim.Pace},
	{Name: "verify-patience", Class: sim.Pace},
}

// Timers is the table of a broker's timers.
func (*Broker) Timers() []sim.TimerKind { return timers }
