package broker

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/wire"
)

// Crash ends the process. Killed, it leaves everything it wrote in the page cache; without power,
// only what was flushed and, by luck, some more (Keep). Checkpoints and the epoch file are written
// through, so after a power loss the epoch cache may know more than the log.
func (b *Broker) Crash(how sim.CrashKind, out *sim.Out) {
	if how.Power {
		for i := range b.Logs {
			b.losePages(&b.Logs[i], int64(how.Keep), out)
		}
	}
	*b = Broker{Durable: b.Durable, Config: b.Config, Self: b.Self, Image: &metadata.Image{}}
}

// losePages drops the unflushed tail but for keep records. A batch that would be torn goes too:
// recovery finds its checksum broken and cuts there (LogSegment.recover).
func (b *Broker) losePages(l *Log, keep int64, out *sim.Out) {
	from := min(l.Flushed+keep, l.End())
	epochs := l.Epochs
	first := l.Batches.Len()
	for first > 0 && l.Batches.At(first-1).Next() > from {
		first--
	}
	if first == l.Batches.Len() {
		return
	}
	base := l.Batches.At(first).Base
	gone := l.truncate(base)
	l.Epochs = epochs // written through at once; recovery brings it into line
	out.Tell(wire.Note{Kind: wire.LostUnflushed, Node: b.Self, At: l.At, Offset: base, Records: gone})
}

// recover loads the logs. Unless the process was shut down cleanly it checks every batch and
// brings the epoch cache into line. The high watermark starts from its checkpoint. It tells whether it could: who
// can't load one of them does not start (LogManager.loadLogs).
func (b *Broker) recover(out *sim.Out) bool {
	for i := range b.Logs {
		l := &b.Logs[i]
		l.measure()
		l.truncateEpochs(l.End())
		if n := len(l.Segments); b.CleanEpoch == wire.NoOffset && (n == 0 || l.SnapshotAt > l.Segments[n-1].Base) {
			l.SnapshotAt, l.Snapshot = 0, nil // recovery goes through the whole segment
		}
		l.Checkpoint = max(l.Start, min(l.Checkpoint, l.End()))
		if misfit := b.reload(l, l.Checkpoint, out); misfit.Err != wire.None {
			misfit.Kind = wire.NotLoaded
			out.Tell(misfit)
			return false
		}
		if b.CleanEpoch == wire.NoOffset {
			b.forgetUndated(l, out)
			out.Tell(wire.Note{Kind: wire.Recovered, Node: b.Self, At: l.At,
				Offset: l.End(), To: l.Checkpoint})
		}
		b.dirty(l, out)
	}
	return true
}

// measure finds out where the log ends: behind its last batch, or where its last segment begins. That it was cut
// back to a gap behind it is written nowhere (LogSegment.readNextOffset).
func (l *Log) measure() {
	if l.Cut = 0; len(l.Segments) > 0 {
		l.Cut = l.Segments[len(l.Segments)-1].Base
	}
	l.Flushed, l.Dirty = min(l.Flushed, l.End()), min(l.Dirty, l.End())
}

// wrote takes care of the page cache after an append: flush.messages may demand a flush, else the
// operating system writes the pages back when they have grown old.
func (b *Broker) wrote(l *Log, out *sim.Out) {
	if t := b.Image.Topic(l.At.Topic); t != nil && l.End()-l.Flushed >= t.Config.FlushMessages {
		out.Busy(b.Config.Fsync)
		b.flush(l, out)
		return
	}
	b.dirty(l, out)
}

// dirty starts the clock of write-back for what the log holds now, if none is running.
func (b *Broker) dirty(l *Log, out *sim.Out) {
	t := sim.Timer{Kind: writebackTimer, Key: partitionKey(l.At, 0)}
	if l.Flushed < l.End() && !out.Armed(t) {
		l.Dirty = l.End()
		out.SetTimer(t, b.Config.Writeback)
	}
}

// writeBack is the operating system's flusher: pages that were dirty when its clock started are
// on disk now. It runs whether the broker does or not.
func (b *Broker) writeBack(key int32, out *sim.Out) {
	l := b.log(keyPartition(key))
	if to := min(l.Dirty, l.End()); to > l.Flushed {
		l.Flushed = to
		out.Tell(wire.Note{Kind: wire.Flushed, Node: b.Self, At: l.At, Offset: to})
	}
	b.dirty(l, out)
}

func (b *Broker) flush(l *Log, out *sim.Out) {
	out.StopTimer(sim.Timer{Kind: writebackTimer, Key: partitionKey(l.At, 0)})
	if l.Flushed < l.End() {
		l.Flushed = l.End()
		out.Tell(wire.Note{Kind: wire.Flushed, Node: b.Self, At: l.At, Offset: l.Flushed})
	}
}

// checkpoint writes all high watermarks to disk. Kafka does it every few seconds; here the clock
// starts when a high watermark first differs from its checkpoint.
func (b *Broker) checkpoint(out *sim.Out) {
	for i := range b.Replicas {
		r := &b.Replicas[i]
		if l := b.log(r.At); l.Checkpoint != r.HW {
			l.Checkpoint = r.HW
			out.Tell(wire.Note{Kind: wire.Checkpointed, Node: b.Self, At: r.At, Offset: r.HW})
		}
	}
}

// setHW moves a replica's high watermark and tells so.
func (b *Broker) setHW(r *Replica, hw int64, out *sim.Out) {
	if hw == r.HW {
		return
	}
	n := wire.Note{Kind: wire.HWAdvanced, Node: b.Self, At: r.At, Offset: r.HW, To: hw}
	if hw < r.HW {
		n.Kind = wire.HWLowered
	}
	out.Tell(n)
	l, was := b.log(r.At), r.HW
	stable := l.LastStable(was)
	r.HW = hw
	l.replicated(hw)
	b.tellStable(r, was, stable, out)
	if t := (sim.Timer{Kind: checkpointTimer}); !out.Armed(t) {
		out.SetTimer(t, b.Config.CheckpointEvery)
	}
}
