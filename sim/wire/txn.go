package wire

import "example.com/ksim/sim/value"

// TransactionalID is transactional.id: who a producer is across its processes.
type TransactionalID string

// NoProducerEpoch is the epoch of who has none (RecordBatch.NO_PRODUCER_EPOCH).
const NoProducerEpoch int16 = -1

// InitProducerIdRequest asks for a producer id: any broker, or, for a transactional.id, its transaction
// coordinator, which thereby ends what an earlier process with that id has left open. ID and Epoch are
// the asker's, if it wants the next epoch (KIP-360); else NoProducerID and NoProducerEpoch.
type InitProducerIdRequest struct {
	small
	Transaction TransactionalID // "": a producer that is idempotent and no more
	Timeout     value.Duration  // transaction.timeout.ms
	ID          int64
	Epoch       int16
}

// InitProducerIdResponse gives an id, and the epoch of it that is the asker's.
type InitProducerIdResponse struct {
	small
	Err   Error
	ID    int64
	Epoch int16
}

// AddPartitionsToTxnRequest makes partitions part of a transaction. Clients send it before they produce;
// for those that know transaction.version 2 the partition's leader does (KIP-890). With VerifyOnly a leader
// asks whether they are part of it already.
type AddPartitionsToTxnRequest struct {
	small
	Transaction TransactionalID
	ID          int64
	Epoch       int16
	VerifyOnly  bool
	Partitions  []Partition
}

// AddPartitionsToTxnResponse answers it.
type AddPartitionsToTxnResponse struct {
	small
	Err        Error            // of the whole transaction
	Partitions []PartitionError // if Err is None and it was to be verified
}

// PartitionError is what came of one partition of a request.
type PartitionError struct {
	At  Partition
	Err Error
}

// AddOffsetsToTxnRequest makes a group's partition of __consumer_offsets part of a transaction. Clients
// that know transaction.version 2 leave that to the group's coordinator.
type AddOffsetsToTxnRequest struct {
	small
	Transaction TransactionalID
	ID          int64
	Epoch       int16
	Group       GroupID
}

// AddOffsetsToTxnResponse answers it.
type AddOffsetsToTxnResponse struct {
	small
	Err Error
}

// TxnOffsetCommitRequest stores a group's positions, which hold once the transaction is committed. It
// goes to the group's coordinator.
type TxnOffsetCommitRequest struct {
	small
	Transaction TransactionalID
	ID          int64
	Epoch       int16
	Adds        bool // v5 (transaction.version 2): the coordinator makes its partition part of the transaction
	Group       GroupID
	Generation  int32    // NoGeneration: the application gave no group metadata (KIP-447)
	Member      MemberID // NoMember: likewise
	Instance    string
	Offsets     []PartitionOffset
}

// TxnOffsetCommitResponse answers it when the record of it is below the high watermark.
type TxnOffsetCommitResponse struct {
	small
	Err Error
}

// EndTxnRequest commits a transaction or aborts it.
type EndTxnRequest struct {
	small
	Transaction TransactionalID
	ID          int64
	Epoch       int16
	Commit      bool
	Bumps       bool // v5 (transaction.version 2): every end counts up the epoch
}

// EndTxnResponse comes when the decision is durable; the markers are still to be written. ID and Epoch
// are those of the next transaction, if the request was to bump them.
type EndTxnResponse struct {
	small
	Err   Error
	ID    int64
	Epoch int16
}

// WriteTxnMarkersRequest tells a leader of partitions that a transaction is over. Its coordinator sends it.
type WriteTxnMarkersRequest struct {
	small
	Markers []TxnMarker
}

// TxnMarker is one transaction in a WriteTxnMarkersRequest.
type TxnMarker struct {
	ID               int64
	Epoch            int16
	CoordinatorEpoch int32
	Marker           Marker
	Bumped           bool // of transaction.version 2: the epoch is one above that of the records
	Partitions       []Partition
}

// WriteTxnMarkersResponse comes when all markers are decided; one result for each marker and partition, in
// the order in which they were asked for.
type WriteTxnMarkersResponse struct {
	small
	Results []MarkerResult
}

// MarkerResult is what came of one marker in one partition.
type MarkerResult struct {
	ID  int64
	At  Partition
	Err Error
}

// Marker is what a control batch says of its producer's transaction (ControlRecordType); NoMarker: the
// batch is none.
type Marker uint8

// The markers.
const (
	NoMarker Marker = iota
	AbortMarker
	CommitMarker
	CleanedMarker // a control batch whose record was cleaned away: it says nothing
)

func (m Marker) String() string { return [...]string{"", "ABORT", "COMMIT", "CLEANED"}[m] }

// Ends tells whether it ends a transaction.
func (m Marker) Ends() bool { return m == AbortMarker || m == CommitMarker }

// Key is the key of the control record: its version and type, two bytes each (ControlRecordType.recordKey).
func (m Marker) Key() string { return string([]byte{0, 0, 0, byte(m - AbortMarker)}) }

// Entry is the name of the record: a marker is what a control record holds.
func (m Marker) Entry() string { return "EndTransactionMarker" }

// Sum hashes it.
func (m Marker) Sum(h value.Hash, _ bool) value.Hash { return h.Add(uint64(m)) }

// MarkerOf is the marker that ends a transaction.
func MarkerOf(commit bool) Marker {
	if commit {
		return CommitMarker
	}
	return AbortMarker
}

// TxnState is how far a transaction is (TransactionState).
type TxnState uint8

// The states of a transaction.
const (
	TxnEmpty TxnState = iota
	TxnOngoing
	TxnPrepareCommit
	TxnPrepareAbort
	TxnCompleteCommit
	TxnCompleteAbort
)

func (s TxnState) String() string {
	return [...]string{
		"EMPTY", "ONGOING", "PREPARE_COMMIT", "PREPARE_ABORT", "COMPLETE_COMMIT", "COMPLETE_ABORT",
	}[s]
}

// Transaction is what the coordinator knows of a transactional.id; the last record of it in
// __transaction_state counts (TransactionMetadata, TransactionLogValue). It is frozen: a transition makes
// another one.
type Transaction struct {
	Name       TransactionalID
	ID         int64
	PreviousID int64 // before the epochs of one were used up; NoProducerID: none
	NextID     int64 // that begins when the markers are written; NoProducerID: none
	Epoch      int16
	LastEpoch  int16 // before a bump that its producer has asked for; NoProducerEpoch: none
	Timeout    value.Duration
	State      TxnState
	Bumps      bool // ended by a client that knows transaction.version 2
	Partitions []Partition
}

// Isolation is isolation.level.
type Isolation uint8

// The isolation levels.
const (
	ReadUncommitted Isolation = iota
	ReadCommitted
)

// AbortedTxn is a transaction whose records a read_committed reader leaves out: those of the producer
// from First on, up to its abort marker (FetchResponseData.AbortedTransaction).
type AbortedTxn struct {
	ID    int64
	First int64
}
