package wire

import "example.com/ksim/sim/value"

// Record is one record of a batch.
type Record struct {
	Message MessageID // a ghost, see MessageID; zero for records of internal topics
	Attempt int16     // which send() of the message this is, from 1; a ghost too
	Keyed   bool      // false: the key is null
	Copier  NodeID    // who sent it on from another topic; Nobody: its producer sent it. A ghost, too
	Key     string
	Bytes   int32 // size of key and value
	Entry   Entry // what an internal topic stores, or a Marker; nil: the message of an application
}

// Sender is who sent it: its producer, or who sent it on.
func (r *Record) Sender() NodeID {
	if r.Copier != Nobody {
		return r.Copier
	}
	return r.Message.Producer
}

// Entry is the content of a record of an internal topic, such as a committed offset.
type Entry interface {
	value.Summer
	Entry() string // the name of its type
}

// Batch is a record batch, Kafka's atom of append, replication and truncation
// (DefaultRecordBatch, magic v2). It is frozen.
type Batch struct {
	Base    int64 // offset of the first record; 0 until a leader appends it
	Epoch   int32 // partitionLeaderEpoch: stamped by the leader, copied verbatim by followers
	Bytes   int32
	Records []Record

	// Who sent it and how it counts its records, so that a leader knows a batch that comes again
	// (KIP-98); NoProducerID, -1 and NoSequence from a producer that is not idempotent.
	ProducerID    int64
	ProducerEpoch int16
	BaseSequence  int32

	Transactional    bool   // its records count once the transaction is committed
	Marker           Marker // NoMarker: it holds records; else it is a control batch, which ends a transaction
	CoordinatorEpoch int32  // of a marker

	Codec   Codec   // how its records are compressed
	Payload Payload // what they look like when they are not
	Raw     int32   // bytes of its records before compression

	kept    *kept      // nil: all its records are there, one offset after the other
	content value.Hash // of the records, their numbering and their codec
}

// NoProducerID is the producer id of who is not idempotent (RecordBatch.NO_PRODUCER_ID).
const NoProducerID int64 = -1

// NoSequence is the sequence number of a batch that has none (RecordBatch.NO_SEQUENCE).
const NoSequence int32 = -1

// batchOverhead is DefaultRecordBatch.RECORD_BATCH_OVERHEAD.
const batchOverhead = 61

// NewBatch makes a batch as a client sends it: base offset 0, no epoch.
func NewBatch(records []Record) *Batch {
	b := &Batch{Epoch: NoEpoch, Bytes: batchOverhead, Records: records,
		ProducerID: NoProducerID, ProducerEpoch: -1, BaseSequence: NoSequence}
	h := value.Seeded
	for i := range records {
		b.Bytes += records[i].Bytes
		h = records[i].Sum(h, true)
	}
	b.content = h
	b.Raw = b.Bytes - batchOverhead
	return b
}

// Numbered is the batch as an idempotent producer sends it: its first record is number sequence of
// what the producer has for the partition.
func (b *Batch) Numbered(id int64, epoch int16, sequence int32) *Batch {
	c := *b
	c.ProducerID, c.ProducerEpoch, c.BaseSequence = id, epoch, sequence
	c.content = b.content.Add(uint64(id)).Add(uint64(uint16(epoch))<<32 | uint64(uint32(sequence)))
	return &c
}

// InTransaction is the batch as part of its producer's transaction.
func (b *Batch) InTransaction() *Batch {
	c := *b
	c.Transactional = true
	c.content = b.content.Add(transactional)
	return &c
}

// transactional goes into the hash of a batch that is part of a transaction.
const transactional = 1

// markerBytes is what a control record takes in a batch (EndTransactionMarker).
const markerBytes = 17

// NewMarker is the control batch that ends a producer's transaction. It takes an offset of its own.
func NewMarker(m Marker, id int64, epoch int16, coordinatorEpoch int32) *Batch {
	b := NewBatch([]Record{{Bytes: markerBytes, Keyed: true, Key: m.Key(), Entry: m}}).Numbered(id, epoch, NoSequence).InTransaction()
	b.Marker, b.CoordinatorEpoch = m, coordinatorEpoch
	b.content = b.content.Add(uint64(uint32(coordinatorEpoch)))
	return b
}

// At is the batch as a leader appends it: the same records, at base, in epoch.
func (b *Batch) At(base int64, epoch int32) *Batch {
	c := *b
	c.Base, c.Epoch = base, epoch
	return &c
}

// Idempotent tells whether its producer numbers its batches.
func (b *Batch) Idempotent() bool { return b.ProducerID != NoProducerID }

// NextSequence counts on by n; after 2^31-1 comes 0 (DefaultRecordBatch.incrementSequence).
func NextSequence(sequence int32, n int) int32 {
	return int32((int64(sequence) + int64(n)) & maxSequence)
}

// maxSequence is Integer.MAX_VALUE.
const maxSequence = 1<<31 - 1

// Sum hashes place and content; the content's hash was taken when the batch was made.
func (b *Batch) Sum(h value.Hash, _ bool) value.Hash {
	return h.Add(uint64(b.Base)).Add(uint64(uint32(b.Epoch))).Add(uint64(b.content))
}
