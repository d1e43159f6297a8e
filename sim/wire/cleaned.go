package wire

import (
	"iter"
	"slices"
)

// kept says which records of a batch the log cleaner has left. They keep their offsets, and the batch keeps
// its first and its last, so that sequence numbers stay right (MemoryRecords.filterTo).
type kept struct {
	span int     // how many offsets the batch takes
	at   []int32 // where its records are, from Base on
}

// span is how many offsets a batch takes: one a record, those that were cleaned away too.
func (b *Batch) span() int {
	if b.kept != nil {
		return b.kept.span
	}
	return len(b.Records)
}

// Offset is the offset of the i-th record; behind the last one comes the next batch.
func (b *Batch) Offset(i int) int64 {
	switch {
	case i == len(b.Records):
		return b.Next()
	case b.kept != nil:
		return b.Base + int64(b.kept.at[i])
	}
	return b.Base + int64(i)
}

// From is the place of the first record that is at an offset or behind it; the number of records if none is.
func (b *Batch) From(offset int64) int {
	if b.kept != nil {
		i, _ := slices.BinarySearchFunc(b.kept.at, offset-b.Base, func(at int32, to int64) int { return int(int64(at) - to) })
		return i
	}
	return int(min(max(0, offset-b.Base), int64(len(b.Records))))
}

// All yields the records with their offsets.
func (b *Batch) All() iter.Seq2[int64, *Record] {
	return func(yield func(int64, *Record) bool) {
		for i := range b.Records {
			if !yield(b.Offset(i), &b.Records[i]) {
				return
			}
		}
	}
}

// Next is the offset after the last record.
func (b *Batch) Next() int64 { return b.Base + int64(b.span()) }

// LastSequence is the number of its last record, NoSequence if they have none.
func (b *Batch) LastSequence() int32 {
	if b.BaseSequence == NoSequence {
		return NoSequence
	}
	return NextSequence(b.BaseSequence, b.span()-1)
}

// Cleaned is the batch with only those records that stay, not compressed; itself, if all do. A control batch
// without its record says nothing of a transaction any more.
func (b *Batch) Cleaned(stays func(offset int64, r *Record) bool) *Batch {
	c := *b
	c.Codec, c.Records, c.Bytes = Uncompressed, nil, batchOverhead
	k := &kept{span: b.span()}
	for offset, r := range b.All() {
		if stays(offset, r) {
			c.Records, k.at = append(c.Records, *r), append(k.at, int32(offset-b.Base))
			c.Bytes += r.Bytes
			c.content = c.content.Add(uint64(offset))
		}
	}
	if len(c.Records) == len(b.Records) {
		return b
	}
	if c.Marker != NoMarker && len(c.Records) == 0 {
		c.Marker = CleanedMarker
	}
	c.kept, c.Raw, c.content = k, c.Bytes-batchOverhead, c.content.Add(cleaned)
	return &c
}

// cleaned goes into the hash of a batch that has lost records.
const cleaned = 2
