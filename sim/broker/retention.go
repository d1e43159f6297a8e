package broker

import (
	"fmt"

	"example.com/ksim/sim"
)

// retentionDelay is how long after its start a broker first looks for what it may delete
// (LogManager.initialTaskDelayMs).
const retentionDelay = 30 * sim.Second

// retain deletes what topics need not keep: whole segments, the oldest first, as long as they are below
// the high watermark. Each replica does it for itself (LogManager.cleanupLogs,
// UnifiedLog.deleteOldSegments).
func (b *Broker) retain(out *sim.Out) {
	out.SetTimer(sim.Timer{Kind: retentionTimer}, b.Config.RetentionCheck)
	for i := range b.Logs {
		l := &b.Logs[i]
		t, r := b.Image.Topic(l.At.Topic), b.replica(l.At)
		if t == nil || r == nil {
			continue
		}
		b.deleteSegments(l, r.HW, func(i int) bool { return i+1 < len(l.Segments) && l.upper(i) <= l.Start }, "its log begins later", out)
		if t.Config.Limited {
			surplus := l.size() - t.Config.RetentionBytes
			b.deleteSegments(l, r.HW, func(i int) bool {
				if surplus < l.Segments[i].Bytes {
					return false
				}
				surplus -= l.Segments[i].Bytes
				return true
			}, fmt.Sprintf("what is left has %d bytes or more (retention.bytes)", t.Config.RetentionBytes), out)
		}
		if t.Config.Retention > 0 {
			b.deleteSegments(l, r.HW, func(i int) bool { return l.Segments[i].Old },
				fmt.Sprintf("older than %s (retention.ms)", t.Config.Retention), out)
		}
	}
}

// size is what a log's segments have on disk.
func (l *Log) size() int64 {
	n := int64(0)
	for i := range l.Segments {
		n += l.Segments[i].Bytes
	}
	return n
}

// deleteSegments deletes the first segments that need not be kept, up to one that must be. Before the
// active one goes a new one is opened (UnifiedLog.deletableSegments, .deleteSegments).
func (b *Broker) deleteSegments(l *Log, hw int64, may func(int) bool, why string, out *sim.Out) {
	n := 0
	for n < len(l.Segments) && l.Segments[n].Bytes > 0 && l.upper(n) <= hw && may(n) {
		n++
	}
	if n == 0 {
		return
	}
	if n == len(l.Segments) {
		b.roll(l, out)
	}
	l.dropSegments(n, out)
	b.raiseStart(l, l.Segments[0].Base, why, out)
}
