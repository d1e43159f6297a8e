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
	TransactionAborted           Error = -3
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
	retriable bool // the class extends RetriableException
	metadata  bool // it extends InvalidMetadataException: the client refreshes its metadata
}

var errorTable = []errorRow{
	{ProducerClosed, "PRODUCER_CLOSED", false, false},
	{UnknownServerError, "UNKNOWN_SERVER_ERROR", false, false},
	{TransactionAborted, "TRANSACTION_ABORTED", false, false},
	{None, "NONE", false, false},
	{OffsetOutOfRange, "OFFSET_OUT_OF_RANGE", false, false},
	{UnknownTopicOrPartition, "UNKNOWN_TOPIC_OR_PARTITION", true, true},
	{LeaderNotAvailable, "LEADER_NOT_AVAILABLE", true, true},
	{NotLeaderOrFollower, "NOT_LEADER_OR_FOLLOWER", true, true},
	{RequestTimedOut, "REQUEST_TIMED_OUT", true, false},
	{MessageTooLarge, "MESSAGE_TOO_LARGE", false, false},
	{NetworkException, "NETWORK_EXCEPTION", true, true},
	{CoordinatorLoadInProgress, "COORDINATOR_LOAD_IN_PROGRESS", true, false},
	{CoordinatorNotAvailable, "COORDINATOR_NOT_AVAILABLE", true, false},
	{NotCoordinator, "NOT_COORDINATOR", true, false},
	{RecordListTooLarge, "RECORD_LIST_TOO_LARGE", false, false},
	{NotEnoughReplicas, "NOT_ENOUGH_REPLICAS", true, false},
	{NotEnoughReplicasAfter, "NOT_ENOUGH_REPLICAS_AFTER_APPEND", true, false},
	{InvalidRequiredAcks, "INVALID_REQUIRED_ACKS", false, false},
	{IllegalGeneration, "ILLEGAL_GENERATION", false, false},
	{InconsistentGroupProtocol, "INCONSISTENT_GROUP_PROTOCOL", false, false},
	{UnknownMemberID, "UNKNOWN_MEMBER_ID", false, false},
	{InvalidSessionTimeout, "INVALID_SESSION_TIMEOUT", false, false},
	{RebalanceInProgress, "REBALANCE_IN_PROGRESS", false, false},
	{NotController, "NOT_CONTROLLER", true, false},
	{InvalidRequest, "INVALID_REQUEST", false, false},
	{OutOfOrderSequenceNumber, "OUT_OF_ORDER_SEQUENCE_NUMBER", false, false},
	{InvalidProducerEpoch, "INVALID_PRODUCER_EPOCH", false, false},
	{InvalidTxnState, "INVALID_TXN_STATE", false, false},
	{InvalidProducerIDMapping, "INVALID_PRODUCER_ID_MAPPING", false, false},
	{InvalidTransactionTimeout, "INVALID_TRANSACTION_TIMEOUT", false, false},
	{ConcurrentTransactions, "CONCURRENT_TRANSACTIONS", true, false},
	{TransactionCoordinatorFenced, "TRANSACTION_COORDINATOR_FENCED", false, false},
	{UnknownProducerID, "UNKNOWN_PRODUCER_ID", false, false},
	{GroupIDNotFound, "GROUP_ID_NOT_FOUND", false, false},
	{FencedLeaderEpoch, "FENCED_LEADER_EPOCH", true, true},
	{UnknownLeaderEpoch, "UNKNOWN_LEADER_EPOCH", true, false},
	{StaleBrokerEpoch, "STALE_BROKER_EPOCH", false, false},
	{OffsetNotAvailable, "OFFSET_NOT_AVAILABLE", true, false},
	{MemberIDRequired, "MEMBER_ID_REQUIRED", false, false},
	{FencedInstanceID, "FENCED_INSTANCE_ID", false, false},
	{UnstableOffsetCommit, "UNSTABLE_OFFSET_COMMIT", true, false},
	{InvalidRecord, "INVALID_RECORD", false, false},
	{ProducerFenced, "PRODUCER_FENCED", false, false},
	{InvalidUpdateVersion, "INVALID_UPDATE_VERSION", false, false},
	{UnknownTopicID, "UNKNOWN_TOPIC_ID", true, true},
	{DuplicateBrokerRegistered, "DUPLICATE_BROKER_REGISTRATION", false, false},
	{IneligibleReplica, "INELIGIBLE_REPLICA", false, false},
	{FencedMemberEpoch, "FENCED_MEMBER_EPOCH", false, false},
	{UnreleasedInstanceID, "UNRELEASED_INSTANCE_ID", false, false},
	{UnsupportedAssignor, "UNSUPPORTED_ASSIGNOR", false, false},
	{StaleMemberEpoch, "STALE_MEMBER_EPOCH", false, false},
	{TransactionAbortable, "TRANSACTION_ABORTABLE", false, false},
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

// IsError tells whether a word is the name of an error.
func IsError(name string) bool {
	for _, r := range errorTable {
		if r.name == name {
			return true
		}
	}
	return false
}
