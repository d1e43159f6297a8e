package wire

// Note is one thing a step told: what a log line, a metric or an application would know of it.
// Notes are kept beside the worlds, never in them. Which fields count is up to the kind's row in
// NoteTable.
type Note struct {
	Kind    NoteKind
	Unclean bool
	Node    NodeID // whom it is about
	Peer    NodeID // the other party
	At      Partition
	Offset  int64
	To      int64
	Epoch   int32
	Err     Error
	Attempt int16
	Message MessageID
	Set     NodeSet
	Batch   *Batch
	Records []Record // in place of a batch that has no offset yet
	Text    string
}

// NoteKind tells what kind of thing a Note tells.
type NoteKind uint8

// The kinds of notes, told by: the environment, producers, brokers, controllers, consumers,
// applications with a database, databases.
const (
	NoNote NoteKind = iota
	Crashed
	Panicked
	Quit
	LostPower
	LostUnflushed
	Restarted
	Added
	Started
	Exited
	Paused
	Resumed
	WasCut
	Partitioned
	Healed
	Held
	Released
	Sent
	Intercepted
	Blocked
	Unblocked
	Compressed
	Drained
	Retrying
	Split
	Acked
	SentOK
	TooLarge
	Failed
	Unknown
	Unheard
	RequestTimeout
	Disconnected
	LearntLeader
	IdempotenceOff
	Identified
	SequencesReset
	Initialised
	TxnBegun
	TxnEnding
	TxnCommitted
	TxnAborted
	TxnDoubtful
	TxnBroken
	TxnFatal
	CallTimedOut
	FencedOut
	OffsetsSent
	Recompressed
	Appended
	Recognised
	ProducerExpired
	Refused
	Answered
	Fetched
	Replicated
	HWAdvanced
	HWLowered
	ISRAsked
	ISRChanged
	Elected
	Leaderless
	BecameLeader
	BecameFollower
	Truncated
	StartedAnew
	Diverged
	Registered
	WasFenced
	WasUnfenced
	ShuttingDown
	Flushed
	Checkpointed
	Recovered
	NotLoaded
	ReplicaFailed
	PassedOver
	BecameActive
	TopicCreated
	PartitionsAdded
	ConfigAltered
	TopicDeleted
	Deleted
	Dropped
	Rolled
	Cleaned
	Superseded
	AbortedRemoved
	MarkerRemoved
	CommitLowered
	OffsetExpired
	TxnMoved
	TxnExpired
	MarkerWritten
	MarkerRefused
	LSOAdvanced
	Joined
	LeftGroup
	Dealt
	Assigned
	Revoked
	PartitionsLost
	Threw
	Positioned
	LostPlace
	SeekFailed
	PollFailed
	Polled
	LeftOut
	PartitionPaused
	PartitionResumed
	EffectApplied
	EffectKnown
	HandlerFailed
	Skipped
	DeadLettered
	Processed
	CommitSent
	Committed
	CommitFailed
	ChangeBegun
	ChangeConfirmed
	ChangeDropped
	RowWritten
	RowKnown
	RowCommitted
	RowLost
	RowMarked
	OutboxPolled
	noteKinds
)

// NoteRow says how a kind of note is named in scripts and told in words. A word in braces
// stands for a field; see cluster.Names.
type NoteRow struct {
	Kind NoteKind
	Name string // what a script's `when` says after the node
	Of   string // whom it can be about: a kind of node, "client" for two of them; empty: anybody
	Told string
}

// NoteTable has one row a kind, in the kinds' order.
var NoteTable = [noteKinds]NoteRow{
	{NoNote, "", "", ""},
	{Crashed, "crashed", "", "{node} crashed: the process is gone, disk and page cache stay"},
	{Panicked, "panicked", "client", "{node} died of an exception that nobody caught: nothing was flushed, committed or closed"},
	{Quit, "quit", "client", "{node} called exit: nothing was flushed, committed or closed"},
	{LostPower, "lost power", "", "{node} lost power: what was not flushed is gone"},
	{LostUnflushed, "lost unflushed", "broker", "{node} lost {msgs} of {at}@{offset}: never flushed to disk"},
	{Restarted, "restarted", "", "{node} is being restarted"},
	{Added, "added", "consumer", "{node} is being started: one more process of the application of {peer}"},
	{Started, "started", "", "{node} started"},
	{Exited, "exited", "", "{node} shut down cleanly"},
	{Paused, "paused", "", "{node} stopped running: paused"},
	{Resumed, "resumed", "", "{node} runs again"},
	{WasCut, "cut", "", "the connections between {node} and {peer} were cut"},
	{Partitioned, "partitioned", "", "nothing sent by {node} reaches {peer} any more"},
	{Healed, "healed", "", "what {node} sends reaches {peer} again"},
	{Held, "held", "", "what {node} sent {peer} on one connection hangs in the network"},
	{Released, "released", "", "what {node} sent {peer} moves again"},
	{Sent, "sent", "producer", "{node} sent {msg}: it waits in a batch for {at}"},
	{Intercepted, "intercepted", "producer", "{node}'s interceptor {text} saw {msg}"},
	{Blocked, "blocked", "producer", "{node} is blocked in send() of {msg}: {text}"},
	{Unblocked, "unblocked", "producer", "{node} goes on with send() of {msg}"},
	{Compressed, "compressed", "producer", "{node} compressed {msgs} for {at}: {text}"},
	{Drained, "drained", "producer", "{node} sent {peer} a batch for {at}: {msgs}{sequence}"},
	{Retrying, "retrying", "producer", "{node} will retry {msgs} for {at}: {err}"},
	{Split, "split", "producer", "{node} splits {msgs} for {at}, which is too large: {text}"},
	{Acked, "acked", "producer", "{node} was told that {msg} is at {at}@{offset}"},
	{SentOK, "sent-ok", "producer", "{node} counts {msg} as sent: acks=0 asks for no answer, offset -1"},
	{TooLarge, "too large", "producer", "{node}'s send() takes no {msg} (RecordTooLargeException): {text}"},
	{Failed, "failed", "producer", "{node} was told that {msg} failed: {err}"},
	{Unknown, "unknown", "producer", "{node} was told that {msg} failed: {err}; it may be in the log"},
	{Unheard, "unheard", "producer", "{node} gave up {msg}: {err}; the application does not look at results"},
	{RequestTimeout, "timed out", "client", "{node} waited too long for {peer} and closed the connection"},
	{Disconnected, "disconnected", "client", "{node} lost its connection to {peer}"},
	{LearntLeader, "learnt", "client", "{node} learnt that {peer} leads {at} (epoch {epoch})"},
	{IdempotenceOff, "idempotence off", "producer", "{node} is not idempotent, though nobody said so: {text} switched enable.idempotence off (nothing but a line in its log says so)"},
	{Identified, "identified", "producer", "{node} was given producer id {offset} by {peer}"},
	{SequencesReset, "sequences reset", "producer", "{node} counts from 0 again for {at}, in its epoch {epoch}"},
	{Initialised, "initialised", "producer", "{node} goes by transactional.id {text}: producer id {offset}, epoch {epoch}, says {peer}"},
	{TxnBegun, "began", "producer", "{node} began transaction {offset}"},
	{TxnEnding, "ending", "producer", "{node} asked {peer} to {text} transaction {offset}"},
	{TxnCommitted, "transaction committed", "producer", "{node} was told that transaction {offset} is committed"},
	{TxnAborted, "transaction aborted", "producer", "{node} was told that transaction {offset} is aborted"},
	{TxnDoubtful, "transaction in doubt", "producer", "{node} does not know what became of transaction {offset}: {err}"},
	{TxnBroken, "transaction broken", "producer", "{node} can only abort transaction {offset}: {err}"},
	{TxnFatal, "transactions over", "producer", "{node} can only close its producer: {err}"},
	{CallTimedOut, "call timed out", "producer", "{node}'s {text} threw TimeoutException after max.block.ms: the application calls it again, and what was begun goes on"},
	{FencedOut, "fenced out", "producer", "{node} is fenced: {err}; its transactional.id has gone on without it"},
	{OffsetsSent, "offsets sent", "producer", "{node} made the position {at}@{offset} part of its transaction"},
	{Recompressed, "recompressed", "broker", "{node} recompressed {msgs} for {at}: {text}"},
	{Appended, "appended", "broker", "{node} appended {msgs} at {at}@{offset} (epoch {epoch}, page cache)"},
	{Recognised, "recognised", "broker", "{node} recognised {msgs}{sequence}: already at {at}@{offset}, not appended again"},
	{ProducerExpired, "producer expired", "broker", "{node} forgot producer id {offset} of {at}: {text}"},
	{Refused, "refused", "broker", "{node} refused {msgs}{sequence} for {at}: {err}"},
	{Answered, "answered", "broker", "{node} answered {peer} for {msgs} of {at}: {err}"},
	{Fetched, "fetched", "broker", "{node} fetched {at}@{offset}: {peer} now knows it has all below"},
	{Replicated, "replicated", "broker", "{node} copied {msgs} at {at}@{offset} from {peer}"},
	{HWAdvanced, "HW advanced", "broker", "high watermark of {at} on {node}: {offset} to {to}"},
	{HWLowered, "HW lowered", "broker", "high watermark of {at} on {node}: back from {offset} to {to}"},
	{ISRAsked, "ISR asked", "broker", "{node} asks for the ISR {set} of {at}"},
	{ISRChanged, "ISR changed", "controller", "ISR of {at} is now {set}, says {node}"},
	{Elected, "elected", "broker", "{node} was elected leader of {at} by {peer} (epoch {epoch}{unclean})"},
	{Leaderless, "leaderless", "controller", "{at} has no leader, says {node} (epoch {epoch})"},
	{BecameLeader, "became leader", "broker", "{node} leads {at} from offset {offset} on (epoch {epoch})"},
	{BecameFollower, "became follower", "broker", "{node} follows {peer} for {at} (epoch {epoch})"},
	{Truncated, "truncated", "broker", "{node} cut {at} back from {offset} to {to}: {msgs} gone here"},
	{StartedAnew, "started anew", "broker", "{node} dropped its log of {at}, which ended at {offset}: that of {peer} begins at {to}"},
	{Diverged, "diverged", "broker", "{peer} told {node}: epoch {epoch} of {at} ends at {offset}"},
	{Registered, "registered", "broker", "{node} registered with {peer} (broker epoch {offset})"},
	{WasFenced, "fenced", "broker", "{node} was fenced by {peer}: {text}"},
	{WasUnfenced, "unfenced", "broker", "{node} was unfenced by {peer}"},
	{ShuttingDown, "shutting down", "", "{node} is shutting down: {text}"},
	{Flushed, "flushed", "broker", "{node} flushed {at} to disk up to {offset}"},
	{Checkpointed, "checkpointed", "broker", "{node} wrote the high watermark {offset} of {at} to disk"},
	{Recovered, "recovered", "broker", "{node} recovered {at}: log ends at {offset}, high watermark {to}"},
	{NotLoaded, "not loaded", "broker", "{node} can't load {at}, so it can't start: {err} for the marker at {offset} of producer id {to}: {text}"},
	{ReplicaFailed, "replica failed", "broker", "{node} copies no more of {at}: {err} for the marker at {offset} of producer id {to}: {text}"},
	{PassedOver, "passed over", "broker", "{node} passed over {msgs} at {at}@{offset} when it loaded the group"},
	{BecameActive, "became active", "controller", "{node} is the active controller (epoch {epoch})"},
	{TopicCreated, "topic created", "controller", "{node} created {text}"},
	{PartitionsAdded, "partitions added", "controller", "{node} gave {text}"},
	{ConfigAltered, "config altered", "controller", "{node} set {text}"},
	{TopicDeleted, "topic deleted", "controller", "{node} deleted the topic {text}"},
	{Deleted, "deleted", "broker", "{node} deleted {msgs} of {at}, which begins at {to} now: {text}"},
	{Dropped, "dropped", "broker", "{node} deleted {msgs} of {at}: {text}"},
	{Rolled, "rolled", "broker", "{node} opened a new segment of {at} at {offset}"},
	{Cleaned, "cleaned", "broker", "{node}'s cleaner goes through {at}, of which {offset} to {to} was dirty"},
	{Superseded, "superseded", "broker", "{node}'s cleaner removed {msgs} of {at}: a later record has the same key"},
	{AbortedRemoved, "aborted removed", "broker", "{node}'s cleaner removed {msgs} of {at}: their transaction was aborted"},
	{MarkerRemoved, "marker removed", "broker", "{node}'s cleaner removed a marker of producer id {to} at {at}@{offset}: {text}"},
	{CommitLowered, "commit lowered", "", "committed offset of group {text} in {at} on {node}: back from {offset} to {to}"},
	{OffsetExpired, "offset expired", "broker", "{node} forgot that group {text} had committed {at}@{offset}: offsets.retention.minutes are over"},
	{TxnMoved, "transaction", "broker", "{node} has it in {at}@{offset}: the transaction of {text}"},
	{TxnExpired, "transaction expired", "broker", "{node} aborts the transaction of {text}: its transaction.timeout.ms are over"},
	{MarkerWritten, "marker", "broker", "{node} wrote a marker at {at}@{offset}: the transaction of producer id {to} is over, {text} (epoch {epoch})"},
	{MarkerRefused, "marker refused", "broker", "{node} refused a marker for {at} of producer id {to}: {err}"},
	{LSOAdvanced, "LSO advanced", "broker", "last stable offset of {at} on {node}: {offset} to {to}"},
	{Joined, "joined", "consumer", "{node} joined the group (generation {epoch}) at {peer}"},
	{LeftGroup, "left", "consumer", "{node} left the group at {peer}: {text}"},
	{Dealt, "dealt", "broker", "{node} wants {peer} to read {at} (group epoch {epoch})"},
	{Assigned, "assigned", "consumer", "{node} was assigned {at}"},
	{Revoked, "revoked", "consumer", "{node} gave up {at}"},
	{PartitionsLost, "partitions lost", "consumer", "{node} lost {at}: it is out of the group"},
	{Threw, "threw", "consumer", "poll() of {node} threw {err}: the application ends"},
	{Positioned, "positioned", "consumer", "{node} reads {at} from {offset}: {text}"},
	{LostPlace, "lost its place", "consumer", "{node} lost its place in {at}, says {peer}: {text}"},
	{SeekFailed, "seek failed", "consumer", "{node}'s seek threw IllegalStateException: No current assignment for partition {at}; the application goes on"},
	{PollFailed, "poll failed", "consumer", "{node}'s poll() throws for {at}: {text}"},
	{Polled, "polled", "consumer", "{node} polled {msgs} of {at}@{offset}"},
	{LeftOut, "left out", "consumer", "{node} leaves out {msgs} of {at}@{offset}: their transaction was aborted"},
	{PartitionPaused, "partition paused", "consumer", "{node} paused {at}: its workers have records of it"},
	{PartitionResumed, "partition resumed", "consumer", "{node} resumed {at}: its workers are done with it"},
	{EffectApplied, "effect applied", "consumer", "{node} applied {msg} to its sink"},
	{EffectKnown, "effect known", "consumer", "{node}'s sink has {msg} already and leaves it at that"},
	{HandlerFailed, "handler failed", "consumer", "{node}'s handler threw an exception on {msg}"},
	{Skipped, "skipped", "consumer", "{node} gave up on {msg} and goes on with the next"},
	{DeadLettered, "dead-lettered", "consumer", "{node} put {msg} into its dead letters and goes on with the next"},
	{Processed, "processed", "consumer", "{node} finished {msg}"},
	{CommitSent, "commit sent", "consumer", "{node} asked {peer} to commit {at}@{offset}"},
	{Committed, "committed", "consumer", "{node} was told that {at}@{offset} is committed"},
	{CommitFailed, "commit failed", "consumer", "{node} was told that committing {at}@{offset} failed: {err}"},
	{ChangeBegun, "change begun", "writer", "{node} begins the business change of {msg}"},
	{ChangeConfirmed, "change confirmed", "writer", "{node} was told that {peer} has committed the change of {msg}"},
	{ChangeDropped, "change dropped", "writer", "{node} does not make the change of {msg}: its send() failed"},
	{RowWritten, "row written", "database", "{node} wrote {text} of {msg}: not committed yet"},
	{RowKnown, "row known", "database", "{node} has {text} of {msg} already"},
	{RowCommitted, "row committed", "database", "{node} committed {text} of {msg}"},
	{RowLost, "row rolled back", "database", "{node} has lost {text} of {msg}: not committed, so it never was"},
	{RowMarked, "row marked", "database", "{node} committed that {msg} is sent"},
	{OutboxPolled, "outbox polled", "relay", "{node} found {msgs} in the outbox of {peer}, not marked as sent"},
}

// Row is the kind's row.
func (k NoteKind) Row() NoteRow { return NoteTable[k] }

// Carried are the records the note is about.
func (n *Note) Carried() []Record {
	if n.Batch != nil {
		return n.Batch.Records
	}
	return n.Records
}

// Span are the offsets of its partition that the note is about, to exclusive: what "orders-0@2" in
// a script names.
func (n *Note) Span() (from, to int64) {
	switch n.Kind {
	case Appended, Recognised, Replicated, Polled, LeftOut, Deleted, Dropped, Superseded, AbortedRemoved:
		return n.Offset, n.To
	case HWAdvanced, HWLowered, LSOAdvanced, Truncated, StartedAnew:
		return n.To, n.To + 1
	}
	return n.Offset, n.Offset + 1
}

// Died tells of a kind whether it means that a process ended without doing anything more.
func (k NoteKind) Died() bool {
	return k == Crashed || k == Panicked || k == Quit || k == LostPower || k == NotLoaded
}
