package wire

import "example.com/ksim/sim/value"

// AcksAll is acks=all on the wire.
const AcksAll int8 = -1

// ProduceRequest carries at most one batch a partition (v3+).
type ProduceRequest struct {
	Acks       int8 // 0, 1 or AcksAll
	Timeout    value.Duration
	Partitions []ProducePart

	Transaction TransactionalID // of its transactional batches
	Abortable   bool            // v11 (3.8): the client knows TRANSACTION_ABORTABLE
	Adds        bool            // v12 (transaction.version 2): the leader makes its partitions part of the transaction
}

// ProducePart is one partition's batch in a ProduceRequest.
type ProducePart struct {
	At    Partition
	Batch *Batch
}

// ProduceResponse answers a ProduceRequest with acks other than 0.
type ProduceResponse struct {
	Partitions []ProduceResult
}

// ProduceResult is one partition's outcome. Leader and Epoch are the current leader if the broker
// knows a newer one (KIP-951), else Nobody. Start is logStartOffset; it comes only
// with an error about the batch's producer, as nobody else looks at it, and else is NoOffset.
type ProduceResult struct {
	At     Partition
	Err    Error
	Base   int64
	Leader NodeID
	Epoch  int32
	Start  int64
}

// Size counts the batches.
func (r *ProduceRequest) Size() int {
	n := headBytes
	for i := range r.Partitions {
		n += int(r.Partitions[i].Batch.Bytes)
	}
	return n
}

// Size is the header's.
func (r *ProduceResponse) Size() int { return headBytes }
