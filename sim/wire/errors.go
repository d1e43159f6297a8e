package wire

// Error is Kafka's error code of a response (org.apache.kafka.common.protocol.Errors).
type Error int16

// The error codes the model can give.
const (
	// ProducerClosed is no code of Kafka's: it is what a client tells its own application of a record
	// that close() did not wait for (KafkaException "Producer is closed forcefully").
	ProducerClosed Error = -2
	// TransactionAborted is none either: a record was dropped, as its transaction is being aborted
	// (TransactionAbortedException).
	TransactionAborted Error = -3
	// BufferExhausted is none either: send() got no memory (BufferPool.allocate; before 2.6 a TimeoutException).
	BufferExhausted Error = -4
	// ClientTimeout is none either: the client's own time was over, whatever brokers say (TimeoutException of
	// KafkaProducer.waitOnMetadata, Sender.failExpiredBatches, TransactionalRequestResult.await,
	// ConsumerCoordinator.commitOffsetsSync).
	ClientTimeout                Error = -5
	UnknownServerError           Error = -1
	None                         Error = 0
	OffsetOutOfRange             Error = 1
	UnknownTopicOrPartition      Error = 3
	LeaderNotAvailable           Error = 5
	NotLeaderOrFollower          Error = 6
	RequestTimedOut              Error = 7
	MessageTooLarge              Error = 10
	NetworkException             Error = 13
	CoordinatorLoadInProgress    Error = 14
	CoordinatorNotAvailable      Error = 15
	NotCoordinator               Error = 16
	RecordListTooLarge           Error = 18
	NotEnoughReplicas            Error = 19
	NotEnoughReplicasAfter       Error = 20
	InvalidRequiredAcks          Error = 21
	IllegalGeneration            Error = 22
	InconsistentGroupProtocol    Error = 23
	UnknownMemberID              Error = 25
	InvalidSessionTimeout        Error = 26
	RebalanceInProgress          Error = 27
	NotController                Error = 41
	InvalidRequest               Error = 42
	OutOfOrderSequenceNumber     Error = 45
	InvalidProducerEpoch         Error = 47
	InvalidTxnState              Error = 48
	InvalidProducerIDMapping     Error = 49
	InvalidTransactionTimeout    Error = 50
	ConcurrentTransactions       Error = 51
	TransactionCoordinatorFenced Error = 52
	UnknownProducerID            Error = 59
	GroupIDNotFound              Error = 69
	FencedLeaderEpoch            Error = 74
	UnknownLeaderEpoch           Error = 75
	StaleBrokerEpoch             Error = 77
	OffsetNotAvailable           Error = 78
	MemberIDRequired             Error = 79
	FencedInstanceID             Error = 82
	InvalidRecord                Error = 87
	UnstableOffsetCommit         Error = 88
	ProducerFenced               Error = 90
	InvalidUpdateVersion         Error = 95
	UnknownTopicID               Error = 100
	DuplicateBrokerRegistered    Error = 101
	IneligibleReplica            Error = 107
	FencedMemberEpoch            Error = 110
	UnreleasedInstanceID         Error = 111
	UnsupportedAssignor          Error = 112
	StaleMemberEpoch             Error = 113
	TransactionAbortable         Error = 120
)

type errorRow struct {
	code      Error
	name      string
	retriable bool   // the class extends RetriableException
	metadata  bool   // it extends InvalidMetadataException: the client refreshes its metadata
	class     string // what clients throw or see
	meaning   string // and what clients do about it
}

var errorTable = []errorRow{
	{ProducerClosed, "PRODUCER_CLOSED", false, false, "KafkaException",
		"close() did not wait for the record: the producer was closed before it could be sent, and the application is told so"},
	{UnknownServerError, "UNKNOWN_SERVER_ERROR", false, false, "UnknownServerException",
		"the broker failed in a way it has no word for; clients pass it on to the application"},
	{TransactionAborted, "TRANSACTION_ABORTED", false, false, "TransactionAbortedException",
		"the record was dropped before it was sent, as its transaction is being aborted"},
	{BufferExhausted, "BUFFER_EXHAUSTED", true, false, "BufferExhaustedException",
		"send() waited for max.block.ms, and buffer.memory had no room for the record: it was never sent, and the application is told so"},
	{ClientTimeout, "CLIENT_TIMEOUT", true, false, "TimeoutException",
		"the client gave up by its own clock, like max.block.ms, delivery.timeout.ms or default.api.timeout.ms, and tells its application; no broker said so: what was never sent is not written, what was sent may be"},
	{None, "NONE", false, false, "",
		"no error"},
	{OffsetOutOfRange, "OFFSET_OUT_OF_RANGE", false, false, "OffsetOutOfRangeException",
		"the log has no such offset: it was deleted, cut back or never there; a consumer begins anew where auto.offset.reset says"},
	{UnknownTopicOrPartition, "UNKNOWN_TOPIC_OR_PARTITION", true, true, "UnknownTopicOrPartitionException",
		"the broker does not have the partition: it is not created yet, deleted, or elsewhere; clients refresh their metadata and try again"},
	{LeaderNotAvailable, "LEADER_NOT_AVAILABLE", true, true, "LeaderNotAvailableException",
		"the partition has no leader at the moment; clients refresh their metadata and try again"},
	{NotLeaderOrFollower, "NOT_LEADER_OR_FOLLOWER", true, true, "NotLeaderOrFollowerException",
		"the broker does not lead the partition, or not any more: nothing was written; clients refresh their metadata and ask the new leader"},
	{RequestTimedOut, "REQUEST_TIMED_OUT", true, false, "TimeoutException",
		"no answer in time, or the ISR did not have it in time: it may be written; a producer sends it again"},
	{MessageTooLarge, "MESSAGE_TOO_LARGE", false, false, "RecordTooLargeException",
		"the batch is larger than the topic's max.message.bytes; a producer splits a batch of several records, and gives up a single one"},
	{NetworkException, "NETWORK_EXCEPTION", true, true, "NetworkException",
		"the connection was lost before the answer came: it may be written; a producer sends it again"},
	{CoordinatorLoadInProgress, "COORDINATOR_LOAD_IN_PROGRESS", true, false, "CoordinatorLoadInProgressException",
		"the coordinator is new and still reads its partition of the internal topic; clients ask again"},
	{CoordinatorNotAvailable, "COORDINATOR_NOT_AVAILABLE", true, false, "CoordinatorNotAvailableException",
		"nobody coordinates that group or transactional.id at the moment, or the write did not get through; clients look for the coordinator again"},
	{NotCoordinator, "NOT_COORDINATOR", true, false, "NotCoordinatorException",
		"another broker is the coordinator now; clients look for it and ask there"},
	{RecordListTooLarge, "RECORD_LIST_TOO_LARGE", false, false, "RecordBatchTooLargeException",
		"the batch does not fit into a segment"},
	{NotEnoughReplicas, "NOT_ENOUGH_REPLICAS", true, false, "NotEnoughReplicasException",
		"acks=all, and the ISR has fewer members than min.insync.replicas: nothing was written; a producer sends it again"},
	{NotEnoughReplicasAfter, "NOT_ENOUGH_REPLICAS_AFTER_APPEND", true, false, "NotEnoughReplicasAfterAppendException",
		"acks=all, and the ISR shrank below min.insync.replicas after the leader had written it: it is in the log and may stay; a producer sends it again"},
	{InvalidRequiredAcks, "INVALID_REQUIRED_ACKS", false, false, "InvalidRequiredAcksException",
		"acks is none of 0, 1 and all"},
	{IllegalGeneration, "ILLEGAL_GENERATION", false, false, "IllegalGenerationException",
		"the member speaks of an old generation of its group: it missed a rebalance; it has lost its partitions and joins again"},
	{InconsistentGroupProtocol, "INCONSISTENT_GROUP_PROTOCOL", false, false, "InconsistentGroupProtocolException",
		"the member knows no assignor that all others know, or is of another protocol; the application is told"},
	{UnknownMemberID, "UNKNOWN_MEMBER_ID", false, false, "UnknownMemberIdException",
		"the coordinator does not know the member, or has removed it; it has lost its partitions and joins as a new one"},
	{InvalidSessionTimeout, "INVALID_SESSION_TIMEOUT", false, false, "InvalidSessionTimeoutException",
		"session.timeout.ms is outside of what the broker accepts (group.min.session.timeout.ms, group.max.session.timeout.ms)"},
	{RebalanceInProgress, "REBALANCE_IN_PROGRESS", false, false, "RebalanceInProgressException",
		"the group is being dealt out anew; the member joins again, and what it wanted to commit is not committed"},
	{NotController, "NOT_CONTROLLER", true, false, "NotControllerException",
		"the controller is not the active one; brokers ask the one that is"},
	{InvalidRequest, "INVALID_REQUEST", false, false, "InvalidRequestException",
		"the request makes no sense to whoever got it"},
	{OutOfOrderSequenceNumber, "OUT_OF_ORDER_SEQUENCE_NUMBER", false, false, "OutOfOrderSequenceException",
		"the batch is not the next one of its producer: one before it is missing, so taking it would lose or reorder; the producer sends it again after the one before, or gives up"},
	{InvalidProducerEpoch, "INVALID_PRODUCER_EPOCH", false, false, "InvalidProducerEpochException",
		"a newer epoch of the producer id is known: an old instance, or an old transaction; a transactional producer has to abort, or is fenced"},
	{InvalidTxnState, "INVALID_TXN_STATE", false, false, "InvalidTxnStateException",
		"the transaction is not in a state in which that can be done"},
	{InvalidProducerIDMapping, "INVALID_PRODUCER_ID_MAPPING", false, false, "InvalidPidMappingException",
		"the transactional.id has another producer id now, or is not known any more"},
	{InvalidTransactionTimeout, "INVALID_TRANSACTION_TIMEOUT", false, false, "InvalidTxnTimeoutException",
		"transaction.timeout.ms is larger than the broker's transaction.max.timeout.ms"},
	{ConcurrentTransactions, "CONCURRENT_TRANSACTIONS", true, false, "ConcurrentTransactionsException",
		"the transaction before is not quite over: its markers are still being written; the producer asks again"},
	{TransactionCoordinatorFenced, "TRANSACTION_COORDINATOR_FENCED", false, false, "TransactionCoordinatorFencedException",
		"a marker of an old transaction coordinator: another one has taken over"},
	{UnknownProducerID, "UNKNOWN_PRODUCER_ID", false, false, "UnknownProducerIdException",
		"the log knows nothing of the producer id, as its records were deleted or its state has expired; the producer begins with new numbers if it can be sure that nothing was lost"},
	{GroupIDNotFound, "GROUP_ID_NOT_FOUND", false, false, "GroupIdNotFoundException",
		"the coordinator knows no such group"},
	{FencedLeaderEpoch, "FENCED_LEADER_EPOCH", true, true, "FencedLeaderEpochException",
		"the asker knows an older leader epoch than the broker; it refreshes its metadata"},
	{UnknownLeaderEpoch, "UNKNOWN_LEADER_EPOCH", true, false, "UnknownLeaderEpochException",
		"the asker knows a newer leader epoch than the broker, which is behind; it asks again"},
	{StaleBrokerEpoch, "STALE_BROKER_EPOCH", false, false, "StaleBrokerEpochException",
		"the request is of an earlier life of the broker, or the process has not been told its new epoch"},
	{OffsetNotAvailable, "OFFSET_NOT_AVAILABLE", true, false, "OffsetNotAvailableException",
		"the leader is new, and its high watermark has not reached its epoch yet; the consumer asks again"},
	{MemberIDRequired, "MEMBER_ID_REQUIRED", false, false, "MemberIdRequiredException",
		"the first JoinGroup of a member: it is given its id and joins again with it (KIP-394)"},
	{FencedInstanceID, "FENCED_INSTANCE_ID", false, false, "FencedInstanceIdException",
		"another process has joined with the same group.instance.id; this one has to end (KIP-345)"},
	{UnstableOffsetCommit, "UNSTABLE_OFFSET_COMMIT", true, false, "UnstableOffsetCommitException",
		"a transaction that is still open would commit that offset; the consumer asks again until it is decided (KIP-447)"},
	{InvalidRecord, "INVALID_RECORD", false, false, "InvalidRecordException",
		"the broker does not take a record of the batch, such as one without a key for a compacted topic; the producer gives the batch up"},
	{ProducerFenced, "PRODUCER_FENCED", false, false, "ProducerFencedException",
		"a newer producer with the same transactional.id has come: this one can only be closed"},
	{InvalidUpdateVersion, "INVALID_UPDATE_VERSION", false, false, "InvalidUpdateVersionException",
		"the leader's wish for an ISR is about an old state of the partition; it waits for newer metadata"},
	{UnknownTopicID, "UNKNOWN_TOPIC_ID", true, true, "UnknownTopicIdException",
		"the broker knows no topic of that id: it is deleted, or not heard of yet; the asker refreshes its metadata"},
	{DuplicateBrokerRegistered, "DUPLICATE_BROKER_REGISTRATION", false, false, "DuplicateBrokerRegistrationException",
		"a broker of that id runs already, as far as the controller knows"},
	{IneligibleReplica, "INELIGIBLE_REPLICA", false, false, "IneligibleReplicaException",
		"a member of the wished ISR is fenced, shuts down or has been restarted; the leader keeps the ISR as it is (KIP-841, KIP-903)"},
	{FencedMemberEpoch, "FENCED_MEMBER_EPOCH", false, false, "FencedMemberEpochException",
		"the coordinator has gone on without the member: it gives up all partitions and joins again (KIP-848)"},
	{UnreleasedInstanceID, "UNRELEASED_INSTANCE_ID", false, false, "UnreleasedInstanceIdException",
		"the group.instance.id is still used by another member, which has to leave first (KIP-848)"},
	{UnsupportedAssignor, "UNSUPPORTED_ASSIGNOR", false, false, "UnsupportedAssignorException",
		"the coordinator has no assignor of that name (KIP-848)"},
	{StaleMemberEpoch, "STALE_MEMBER_EPOCH", false, false, "StaleMemberEpochException",
		"the member has not heard of its new epoch yet; it tries again with that of its next heartbeat (KIP-848)"},
	{TransactionAbortable, "TRANSACTION_ABORTABLE", false, false, "TransactionAbortableException",
		"something went wrong with the transaction: it can only be aborted, and the producer goes on (KIP-890)"},
}

// row finds the error's row; a code without one is a fault of the program.
func (e Error) row() errorRow {
	for _, r := range errorTable {
		if r.code == e {
			return r
		}
	}
	panic("wire: error code without a row in errorTable")
}

// String is Kafka's name of the error.
func (e Error) String() string { return e.row().name }

// Retriable tells whether a client may try the same request again.
func (e Error) Retriable() bool { return e.row().retriable }

// InvalidMetadata tells whether the error makes a client refresh its metadata.
func (e Error) InvalidMetadata() bool { return e.row().metadata }

// Class is the exception that clients make of the error, of org.apache.kafka.common (and .errors); empty if there is none.
func (e Error) Class() string { return e.row().class }

// Meaning says what the error means, and what clients do about it.
func (e Error) Meaning() string { return e.row().meaning }

// AllErrors are the errors that the model can give, in the order of the table.
func AllErrors() []Error {
	var out []Error
	for _, r := range errorTable {
		if r.code != None {
			out = append(out, r.code)
		}
	}
	return out
}

// IsError tells whether a word is the name of an error.
func IsError(name string) bool {
	for _, r := range errorTable {
		if r.name == name {
			return true
		}
	}
	return false
}
