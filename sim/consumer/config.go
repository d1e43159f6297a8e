package consumer

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/client"
	"example.com/ksim/sim/codec"
	"example.com/ksim/sim/wire"
)

// Config is what a consumer and its application are started with.
type Config struct {
	Client             client.Config
	Group              wire.GroupID     // group.id; "": none
	Reads              wire.GroupID     // whom its effects count for: its group, or itself
	Instance           string           // group.instance.id; "": a dynamic member
	Topics             []wire.TopicID   // subscribe(): what it wants to read
	Pattern            string           // subscribe(Pattern): of Topics, which match it, those that there are
	Names              []string         // of all topics, by id: Kafka's clients know topics by their names
	Assign             []wire.Partition // assign() in place of subscribe(): nobody deals them out
	Assignors          []string         // partition.assignment.strategy
	Modern             bool             // group.protocol=consumer (KIP-848)
	RemoteAssignor     string           // group.remote.assignor
	ZooKeeper          wire.NodeID      // offsets.storage=zookeeper: who keeps its offsets; Nobody: its coordinator
	AutoCommit         bool             // enable.auto.commit
	AutoCommitInterval sim.Duration     // auto.commit.interval.ms
	APITimeout         sim.Duration     // default.api.timeout.ms: how long commitSync() may take
	Reset              Reset            // auto.offset.reset
	Isolation          wire.Isolation   // isolation.level
	SessionTimeout     sim.Duration     // session.timeout.ms
	HeartbeatInterval  sim.Duration     // heartbeat.interval.ms
	MaxPollInterval    sim.Duration     // max.poll.interval.ms
	MaxPollRecords     int              // max.poll.records
	FetchMinBytes      int32            // fetch.min.bytes
	FetchMaxWait       sim.Duration     // fetch.max.wait.ms
	FetchMaxBytes      int32            // fetch.max.bytes
	MaxPartitionBytes  int32            // max.partition.fetch.bytes
	Speeds             codec.Speeds     // of compression

	// NoTruncationDetection is a consumer before 2.3: it does not ask a new leader whether what it has
	// read is still there (the consumer's part of KIP-320).
	NoTruncationDetection bool

	// Unstable is a consumer before 2.5: it takes a committed offset although a transaction may change it
	// (KIP-447).
	Unstable bool

	// CommitsReturned makes poll() run the auto commit that is due after it has taken the records that
	// it returns, and no more before: as in 0.9.0.0, where the prefetch did (KAFKA-2942).
	CommitsReturned bool
	// FetchDuringRevocation: poll() returns records while the commit before an eager rebalance is under
	// way, so that they are read again by their next owner (3.1 and 3.2, KAFKA-14196).
	FetchDuringRevocation bool
	// StickyTrustsClaims: the sticky assignor believes every member's claim to a partition, as it knows
	// no generations (before 2.3, KIP-341).
	StickyTrustsClaims bool
	// CooperativeTrustsClaims: so does the cooperative sticky assignor (2.5.1 to 2.8.0, KAFKA-12984).
	CooperativeTrustsClaims bool
	// KeepsWhileJoining: a member that is thrown out of its group while it joins does not give up what it
	// had before it joins again (before 2.7.2 and 2.8.1, KAFKA-12983).
	KeepsWhileJoining bool

	App App
}

// App is what the application does with records.
type App struct {
	Takes    sim.Duration // processing one record
	Commit   CommitWhen
	Offsets  CommitWhat
	Mode     CommitMode
	OnClose  bool // commitSync() before close()
	OnRevoke OnRevoke

	Workers   int  // 0: the thread that polls does the work
	Pause     bool // pause() what the workers are at, so that poll() returns no more of it
	Failures  []Failure
	OnFailure OnFailure

	Sink   Sink
	Dedupe Dedupe

	Lends bool // the consumer is a part of another node, which works on the records: see Lent
}

// CommitWhen is when offsets are committed.
type CommitWhen uint8

// When an application commits. The last two are for the background timer of libraries other than
// Kafka's own: it commits what was stored, whatever the application is doing.
const (
	CommitNever  CommitWhen = iota // it leaves that to auto commit, or to nobody
	CommitBefore                   // right after poll(), before it processes the records
	CommitAfter                    // when it has processed all records of a poll()
	CommitEach                     // after each record
	CommitMark                     // it marks what it has processed (Sarama's MarkMessage)
	CommitStored                   // the library stores what it hands out (librdkafka's enable.auto.offset.store)
)

// CommitWhat is which offsets the application commits.
type CommitWhat uint8

// Which offsets an application commits.
const (
	Positions CommitWhat = iota // commitSync() without arguments: everything poll() has returned
	Handled                     // commitSync(offsets): the offset after what is processed
	InSink                      // none: the sink keeps the offset, in the transaction of the effect
)

// CommitMode is how the application commits.
type CommitMode uint8

// How an application commits.
const (
	Sync       CommitMode = iota // commitSync()
	Async                        // commitAsync()
	AsyncRetry                   // commitAsync(), and the callback commits again what has failed
)

// Reset is auto.offset.reset.
type Reset uint8

// What to do without a committed offset, or with one out of range.
const (
	Latest Reset = iota
	Earliest
	None
)

func (r Reset) String() string { return [...]string{"latest", "earliest", "none"}[r] }

// The kinds of timers, in the order of the table, after the client's.
const (
	pollTimer    uint8 = client.NextTimer + iota
	effectTimer        // key: the hand
	processTimer       // key: the hand
	nextTimer
	autoCommitTimer
	autoIdleTimer
	heartbeatTimer
	sessionTimer
	maxPollTimer
	coordinatorTimer
	commitRetryTimer // key: the commit
	resetTimer
	rejoinTimer
	syncTimer
	closeTimer
	lapTimer
	lookupTimer
	prepareTimer
)

var timers = append(append([]sim.TimerKind(nil), client.Timers...), []sim.TimerKind{
	{Name: "poll", Class: sim.Work},
	{Name: "effect", Class: sim.Work},
	{Name: "process", Class: sim.Work},
	{Name: "next", Class: sim.Work},
	{Name: "auto-commit", Class: sim.Pace},
	// Committing the same positions again changes nothing but the length of a log.
	{Name: "auto-commit-again", Class: sim.Idle},
	// In a stable group a heartbeat only keeps the session.
	{Name: "heartbeat", Class: sim.Idle},
	{Name: "session", Class: sim.Patience},
	{Name: "max-poll", Class: sim.Patience},
	{Name: "find-coordinator", Class: sim.Pace},
	{Name: "commit-retry", Class: sim.Pace},
	{Name: "reset", Class: sim.Pace},
	{Name: "rejoin", Class: sim.Pace},
	{Name: "commit-sync", Class: sim.Patience},
	{Name: "close", Class: sim.Patience},
	{Name: "lap", Class: sim.Pace},
	{Name: "look-up", Class: sim.Pace},
	{Name: "join-prepare", Class: sim.Patience},
}...)

// Timers is the table of a consumer's timers.
func (*Consumer) Timers() []sim.TimerKind { return timers }
