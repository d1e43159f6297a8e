package broker

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/codec"
	"example.com/ksim/sim/value"
	"example.com/ksim/sim/wire"
)

// compact is a turn of the log cleaner: every log that is dirty enough is cleaned, again and again until it
// is not. Each replica does it for itself (LogCleaner.CleanerThread, LogCleanerManager.grabFilthiestCompactedLog).
func (b *Broker) compact(out *sim.Out) {
	out.SetTimer(sim.Timer{Kind: cleanerTimer}, b.Config.CleanerBackoff)
	for i := range b.Logs {
		l := &b.Logs[i]
		t, r := b.Image.Topic(l.At.Topic), b.replica(l.At)
		if t == nil || r == nil || !t.Config.Compact {
			continue
		}
		for {
			from, to, dirty := l.cleanable(r.HW, int64(t.Config.MinDirty))
			if !dirty {
				break
			}
			b.clean(l, from, to, out)
		}
	}
}

// cleanable is the dirty part of a log that may be cleaned, in whole segments: below the active one and below
// the last stable offset. dirty tells whether it is more than so many thousandths of all that is cleaned or
// may be (LogCleanerManager.cleanableOffsets, .calculateCleanableBytes, LogToClean.cleanableRatio).
func (l *Log) cleanable(hw, thousandths int64) (from, to int64, dirty bool) {
	from = max(l.CleanTo, l.Start)
	stable, done, more := l.LastStable(hw), int64(0), int64(0)
	for i := range l.Segments {
		if l.Segments[i].Base <= stable {
			to = l.Segments[i].Base
		}
	}
	for i, s := range l.Segments {
		if s.Base < from {
			done += s.Bytes
		}
		if s.Base < to && l.upper(i) > from {
			more += s.Bytes
		}
	}
	return from, to, more > 0 && 1000*more > thousandths*(done+more)
}

// cleaning is one pass over a log (Cleaner.doClean).
type cleaning struct {
	broker *Broker
	log    *Log
	keys   offsetMap
	txns   cleanedTxns
	to     int64 // what was to be cleaned ends here
	out    *sim.Out
}

// clean takes the last offset of each key from the dirty part and goes through all segments up to where that
// got: of each key only the last record stays. Segments that fit into one become one (Cleaner.groupSegmentsBySize).
func (b *Broker) clean(l *Log, from, to int64, out *sim.Out) {
	c := cleaning{broker: b, log: l, keys: l.mapKeys(from, to, b.Config.CleanerKeys), to: to, out: out}
	end, room := c.keys.latest+1, segmentRoom(&b.Image.Topic(l.At.Topic).Config)
	out.Tell(wire.Note{Kind: wire.Cleaned, Node: b.Self, At: l.At, Offset: from, To: end})
	var batches value.Vec[*wire.Batch]
	var segments []Segment
	n := 0
	for n < len(l.Segments) && l.Segments[n].Base < end {
		group := Segment{Base: l.Segments[n].Base, Timer: noTimer}
		for size := int64(0); ; {
			size += l.Segments[n].Bytes
			last := n+1 == len(l.Segments) || l.Segments[n+1].Base >= end || size+l.Segments[n+1].Bytes > room
			c.takeAborted(n, last)
			group.Bytes += c.segment(n, &batches)
			n++
			if last {
				break
			}
		}
		segments = append(segments, group)
	}
	done := l.upper(n - 1)
	for i := l.find(done); i < l.Batches.Len(); i++ {
		batches.Append(l.Batches.At(i))
	}
	l.Aborted = append(c.txns.index, slices.DeleteFunc(l.Aborted, func(e Ended) bool { return e.Last < done })...)
	l.Batches, l.Segments, l.CleanTo = batches, append(segments, l.Segments[n:]...), end
	l.pruneHorizons()
}

// takeAborted takes the aborted transactions that overlap the n-th segment from the index. Of the last segment that
// is written into the same new one, that was once done only as far as the keys had been looked at, and the rest of
// it is written all the same, without what the index knows of it (KAFKA-13727).
func (c *cleaning) takeAborted(n int, last bool) {
	upper := c.log.upper(n)
	if last && c.broker.Config.PartialAborts {
		upper = c.keys.latest + 1
	}
	c.txns.expect(c.log.endedIn(c.log.Segments[n].Base, upper))
}

// segment cleans a segment's batches and gives the bytes that are left (Cleaner.cleanInto).
func (c *cleaning) segment(n int, into *value.Vec[*wire.Batch]) (bytes int64) {
	l := c.log
	for i := l.find(l.Segments[n].Base); i < l.Batches.Len() && l.Batches.At(i).Base < l.upper(n); i++ {
		b := l.Batches.At(i)
		kept := c.batch(b)
		if len(kept.Records) == 0 && !l.lastOf(b) && b.Next() != c.to {
			continue
		}
		into.Append(kept)
		bytes += int64(kept.Bytes)
	}
	return bytes
}

// batch is what stays of a batch. Of a batch that was aborted nothing does; of a marker, nothing once its
// transaction has no records any more and delete.retention.ms are over. The keys of control records count for
// nothing; once they did, where it is decided what stays (KAFKA-14055, Cleaner.shouldRetainRecord).
func (c *cleaning) batch(b *wire.Batch) *wire.Batch {
	control := b.Marker != wire.NoMarker
	gone := c.txns.over(b)
	discard := gone && (!control || c.log.pastHorizon(b.Base))
	stays := func(offset int64, r *wire.Record) bool {
		switch {
		case discard:
			return false
		case control && !c.broker.Config.MarkersByKey:
			return true
		}
		return c.keys.keeps(offset, r)
	}
	kept := b.Cleaned(stays)
	if kept != b {
		c.tell(b, discard, b.Cleaned(func(offset int64, r *wire.Record) bool { return !stays(offset, r) }))
		if b.Codec != wire.Uncompressed {
			kept = codec.Pack(kept, wire.Compression{Codec: b.Codec, Level: wire.DefaultLevels[b.Codec]})
		}
	}
	if control && gone && len(kept.Records) > 0 {
		c.broker.keepUntilHorizon(c.log, b.Base, c.out)
	}
	return kept
}

// tell tells what was taken out of a batch.
func (c *cleaning) tell(b *wire.Batch, discard bool, taken *wire.Batch) {
	n := wire.Note{Kind: wire.Superseded, Node: c.broker.Self, At: c.log.At, Offset: taken.Offset(0), To: b.Next(), Batch: taken}
	switch {
	case b.Marker != wire.NoMarker:
		n = wire.Note{Kind: wire.MarkerRemoved, Node: n.Node, At: n.At, Offset: b.Base, To: b.ProducerID,
			Text: "a later record has the same key"}
		if discard {
			n.Text = "no record of its transaction is left"
		}
	case discard:
		n.Kind = wire.AbortedRemoved
	}
	c.out.Tell(n)
}

// lastOf tells whether a batch is the last that is known of its producer: it stays, if only as an empty one, so that
// its sequence number and epoch are not forgotten (Cleaner.cleanInto, UnifiedLog.lastRecordsOfActiveProducers).
func (l *Log) lastOf(b *wire.Batch) bool {
	p := l.producer(b.ProducerID)
	switch {
	case !b.Idempotent() || p == nil:
		return false
	case len(p.Batches) > 0:
		return b.Next() == p.Batches[len(p.Batches)-1].Next
	}
	return b.Marker != wire.NoMarker && b.ProducerEpoch == p.Epoch
}
