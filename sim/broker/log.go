package broker

import (
	"iter"
	"slices"

	"example.com/ksim/sim/value"
	"example.com/ksim/sim/wire"
)

// Log is one replica's log as it is on disk and in the page cache (UnifiedLog).
type Log struct {
	At         wire.Partition
	Creation   wire.Creation // of its topic (the file partition.metadata)
	Batches    value.Vec[*wire.Batch]
	Segments   []Segment
	Epochs     []EpochStart // the leader epoch cache
	Start      int64        // logStartOffset
	Cut        int64        // where it was cut back to: it ends there, if its last batch ends before
	Flushed    int64        // everything below survives a power loss
	Dirty      int64        // what the page cache will have written back when its timer rings
	Checkpoint int64        // the high watermark on disk
	Producers  []ProducerState
	SnapshotAt int64           // the producers' snapshot on disk holds what is below
	Snapshot   []ProducerState `sim:"frozen"`

	CleanTo  int64     // the cleaner has gone through everything below (cleaner-offset-checkpoint)
	Horizons []Horizon // of markers that may go

	Unreplicated []Ended // transactions whose marker is not below the high watermark yet
	Aborted      []Ended // the index of the aborted ones (TransactionIndex)
}

// End is the log end offset: the offset of the next record.
func (l *Log) End() int64 {
	end := max(l.Start, l.Cut)
	if l.Batches.Len() == 0 {
		return end
	}
	return max(end, l.Batches.Last().Next())
}

// append writes a batch that already has its offset and epoch.
func (l *Log) append(b *wire.Batch) {
	l.assign(b.Epoch, b.Base)
	l.Batches.Append(b)
}

// find is the index of the batch that holds offset, or where such a batch would be.
func (l *Log) find(offset int64) int {
	lo, hi := 0, l.Batches.Len()
	for lo < hi {
		mid := (lo + hi) / 2
		if l.Batches.At(mid).Next() <= offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// read gives whole batches from the one that holds offset, below limit and within maxBytes; the
// first comes even if it is larger, so that a reader always gets on (KIP-74).
func (l *Log) read(offset, limit int64, maxBytes int32) []*wire.Batch {
	var out []*wire.Batch
	left := maxBytes
	for i := l.find(offset); i < l.Batches.Len(); i++ {
		b := l.Batches.At(i)
		if b.Base >= limit || len(out) > 0 && b.Bytes > left {
			break
		}
		out = append(out, b)
		left -= b.Bytes
	}
	return out
}

// from yields the batches from the one that holds offset on.
func (l *Log) from(offset int64) iter.Seq[*wire.Batch] {
	return func(yield func(*wire.Batch) bool) {
		for i := l.find(offset); i < l.Batches.Len() && yield(l.Batches.At(i)); i++ {
		}
	}
}

// bytes is how much read would give.
func (l *Log) bytes(offset, limit int64) int64 {
	n := int64(0)
	for i := l.find(offset); i < l.Batches.Len() && l.Batches.At(i).Base < limit; i++ {
		n += int64(l.Batches.At(i).Bytes)
	}
	return n
}

// truncate cuts the log back so that it ends at to, or where the batch begins that holds it, and gives the
// records that are gone. Where a cleaner has left a gap it ends in the gap (LocalLog.truncateTo). A log that
// began later begins there now.
func (l *Log) truncate(to int64) []wire.Record {
	var gone []wire.Record
	keep, end := l.find(to), min(to, l.End())
	for i := keep; i < l.Batches.Len(); i++ {
		end = min(end, l.Batches.At(i).Base)
		gone = append(gone, l.Batches.At(i).Records...)
	}
	l.Batches.Truncate(keep)
	l.Start, l.Cut = min(l.Start, to), end
	l.truncateEpochs(end)
	l.cutSegments()
	l.Flushed, l.Dirty, l.CleanTo = min(l.Flushed, end), min(l.Dirty, end), min(l.CleanTo, end)
	return gone
}

// Records yields the records that can be asked for, with their offsets.
func (l *Log) Records() iter.Seq2[int64, *wire.Record] {
	return func(yield func(int64, *wire.Record) bool) {
		for _, b := range l.Batches.All() {
			for offset, r := range b.All() {
				if offset >= l.Start && !yield(offset, r) {
					return
				}
			}
		}
	}
}

// run is records whose offsets follow each other.
type run struct {
	from    int64
	records []wire.Record
}

// runs are the records from one offset to another, exclusive. Of a log that was never cleaned they are one run.
func (l *Log) runs(from, to int64) []run {
	var out []run
	for i := l.find(from); i < l.Batches.Len() && l.Batches.At(i).Base < to; i++ {
		for offset, r := range l.Batches.At(i).All() {
			if offset < from || offset >= to {
				continue
			}
			if n := len(out); n == 0 || out[n-1].from+int64(len(out[n-1].records)) != offset {
				out = append(out, run{from: offset})
			}
			last := &out[len(out)-1]
			last.records = append(last.records, *r)
		}
	}
	return out
}

// raiseStart makes the log begin at to. A batch that holds to stays as a whole: its first records
// are there and can't be asked for.
func (l *Log) raiseStart(to int64) {
	l.Batches.Drop(l.find(to))
	l.Start = to
	l.raiseEpochs(to)
	l.Aborted = slices.DeleteFunc(l.Aborted, func(e Ended) bool { return e.Last < to })
	l.Flushed, l.Dirty = max(l.Flushed, to), max(l.Dirty, to)
}
