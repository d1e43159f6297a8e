package wire

import "example.com/ksim/sim/value"

// Record is one record of a batch.
type Record struct {
	Message MessageID // a ghost, see MessageID; zero for records of internal topics
	Attempt int16     // which send() of the message this is, from 1; a ghost too
	Keyed   bool      // false: the key is null
	Key     string
	Bytes   int32 // size of key and value
	Entry   Entry // what an internal topic stores; nil in a topic of applications
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
	content value.Hash // of Records
}

// batchOverhead is DefaultRecordBatch.RECORD_BATCH_OVERHEAD.
const batchOverhead = 61

// NewBatch makes a batch as a client sends it: base offset 0, no epoch.
func NewBatch(records []Record) *Batch {
	b := &Batch{Epoch: NoEpoch, Bytes: batchOverhead, Records: records}
	h := value.Seeded
	for i := range records {
		b.Bytes += records[i].Bytes
		h = records[i].Sum(h, true)
	}
	b.content = h
	return b
}

// At is the batch as a leader appends it: the same records, at base, in epoch.
func (b *Batch) At(base int64, epoch int32) *Batch {
	return &Batch{Base: base, Epoch: epoch, Bytes: b.Bytes, Records: b.Records, content: b.content}
}

// Next is the offset after the last record.
func (b *Batch) Next() int64 { return b.Base + int64(len(b.Records)) }

// Sum hashes place and content; the content's hash was taken when the batch was made.
func (b *Batch) Sum(h value.Hash, _ bool) value.Hash {
	return h.Add(uint64(b.Base)).Add(uint64(uint32(b.Epoch))).Add(uint64(b.content))
}
