package broker

import (
	"math"
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/wire"
)

// Segment is a file of a log (LogSegment). Its records are those from Base to the Base of the next one;
// the last segment is the active one.
type Segment struct {
	Base  int64
	Bytes int64
	Timer int32 // of its newest record's age; noTimer: it has none
	// Old: its newest record is older than retention.ms. Full: its first one was older than segment.ms
	// when that time was over, so the next batch opens a new segment.
	Old, Full bool
}

// segment is the active segment; a log without batches may have none yet.
func (l *Log) segment() *Segment {
	if len(l.Segments) == 0 {
		l.Segments = []Segment{{Base: l.End(), Timer: noTimer}}
	}
	return &l.Segments[len(l.Segments)-1]
}

// upper is where the i-th segment ends.
func (l *Log) upper(i int) int64 {
	if i+1 < len(l.Segments) {
		return l.Segments[i+1].Base
	}
	return l.End()
}

// maybeRoll opens a new segment if the active one has no room for a batch, or if its first record is
// too old (UnifiedLog.maybeRoll, LogSegment.shouldRoll).
func (b *Broker) maybeRoll(l *Log, batch *wire.Batch, out *sim.Out) {
	t := b.Image.Topic(l.At.Topic)
	s := l.segment()
	full := t != nil && s.Bytes+int64(batch.Bytes) > segmentRoom(&t.Config)
	if s.Bytes > 0 && (full || s.Full) {
		b.roll(l, out)
	}
}

// segmentRoom is the size of the largest batch that a segment can hold.
func segmentRoom(c *metadata.TopicConfig) int64 {
	if c.SegmentBytes == 0 {
		return math.MaxInt64
	}
	return c.SegmentBytes
}

// roll opens a new segment at the log's end. What is known of producers and all older segments go to
// disk, in the background (UnifiedLog.roll).
func (b *Broker) roll(l *Log, out *sim.Out) {
	out.StopTimer(sim.Timer{Kind: rollTimer, Key: partitionKey(l.At, 0)})
	l.snapshot()
	b.flush(l, out)
	l.Segments = append(l.Segments, Segment{Base: l.End(), Timer: noTimer})
	out.Tell(wire.Note{Kind: wire.Rolled, Node: b.Self, At: l.At, Offset: l.End()})
}

// grew counts a batch that was just written to the active segment. The clocks of its first and of its
// newest record start here, at the append; in Kafka at send(), whose time a record carries. What is to
// be older than a time is so a millisecond after it.
func (b *Broker) grew(l *Log, batch *wire.Batch, out *sim.Out) {
	s, t := l.segment(), b.Image.Topic(l.At.Topic)
	first := s.Bytes == 0
	s.Bytes += int64(batch.Bytes)
	if t == nil {
		return
	}
	if first {
		b.countToRoll(l, t.Config.SegmentAge, out)
	}
	s.Old = false
	b.ageSegment(s, t.Config.Retention, out)
}

func (b *Broker) countToRoll(l *Log, age sim.Duration, out *sim.Out) {
	if age > 0 {
		out.SetTimer(sim.Timer{Kind: rollTimer, Key: partitionKey(l.At, 0)}, age+sim.Millisecond)
	}
}

// ageSegment lets the age of a segment's newest record count from now.
func (b *Broker) ageSegment(s *Segment, retention sim.Duration, out *sim.Out) {
	if retention == 0 {
		return
	}
	if s.Timer == noTimer {
		for s.Timer = 0; b.segmentOf(s.Timer, s) != nil; s.Timer++ {
		}
	}
	out.SetTimer(sim.Timer{Kind: ageTimer, Key: s.Timer}, retention+sim.Millisecond)
}

// segmentOf is the segment, but for one, that a timer stands for; nil if there is none.
func (b *Broker) segmentOf(timer int32, but *Segment) *Segment {
	for i := range b.Logs {
		for k := range b.Logs[i].Segments {
			if s := &b.Logs[i].Segments[k]; s.Timer == timer && s != but {
				return s
			}
		}
	}
	return nil
}

// grewOld marks the segment whose newest record is older than retention.ms now. It is the time that
// passes, not the process: it rings while the process is down, too.
func (b *Broker) grewOld(timer int32) {
	if s := b.segmentOf(timer, nil); s != nil {
		s.Old, s.Timer = true, noTimer
	}
}

// grewFull marks an active segment whose first record is older than segment.ms now.
func (b *Broker) grewFull(key int32) {
	if l := b.log(keyPartition(key)); l != nil {
		l.segment().Full = true
	}
}

// ageAgain starts the clocks that a power loss has stopped; they count from now.
func (b *Broker) ageAgain(l *Log, out *sim.Out) {
	if len(l.Segments) == 0 {
		return
	}
	c := &b.Image.Topic(l.At.Topic).Config
	for i := range l.Segments {
		s := &l.Segments[i]
		if !s.Old && s.Timer != noTimer && !out.Armed(sim.Timer{Kind: ageTimer, Key: s.Timer}) {
			b.ageSegment(s, c.Retention, out)
		}
	}
	for _, h := range l.Horizons {
		if h.Timer != noTimer && !out.Armed(sim.Timer{Kind: horizonTimer, Key: h.Timer}) {
			b.countToHorizon(l, h.Timer, out)
		}
	}
	roll := sim.Timer{Kind: rollTimer, Key: partitionKey(l.At, 0)}
	if s := l.segment(); s.Bytes > 0 && !s.Full && !out.Armed(roll) {
		b.countToRoll(l, c.SegmentAge, out)
	}
}

// cutSegments follows a truncation: segments that begin above the log's end go. The clocks of their ages
// ring for nobody.
func (l *Log) cutSegments() {
	n := len(l.Segments)
	for n > 1 && l.Segments[n-1].Base > l.End() {
		n--
	}
	l.Segments = l.Segments[:n]
	if n > 0 {
		s := &l.Segments[n-1]
		s.Base = min(s.Base, l.End())
		s.Bytes = l.bytes(s.Base, l.End())
		if n == 1 && s.Bytes == 0 && s.Timer == noTimer {
			l.Segments = nil // as if nothing had ever been written
		}
	}
}

// dropSegments forgets the first n segments.
func (l *Log) dropSegments(n int, out *sim.Out) {
	for i := range n {
		if t := l.Segments[i].Timer; t != noTimer {
			out.StopTimer(sim.Timer{Kind: ageTimer, Key: t})
		}
	}
	l.Segments = slices.Delete(l.Segments, 0, n)
}
