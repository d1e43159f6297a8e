package broker

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Fetcher copies partitions from one leader: one fetch at a time, for all of them
// (ReplicaFetcherThread).
type Fetcher struct {
	Leader  wire.NodeID
	Pending []wire.FetchPart // of the fetch under way; empty: there is none
	Astray  Astray
}

func (b *Broker) fetcher(leader wire.NodeID) *Fetcher {
	for i := range b.Fetchers {
		if b.Fetchers[i].Leader == leader {
			return &b.Fetchers[i]
		}
	}
	b.Fetchers = append(b.Fetchers, Fetcher{Leader: leader})
	return &b.Fetchers[len(b.Fetchers)-1]
}

// fetchAll starts a fetch to every leader that has none under way.
func (b *Broker) fetchAll(out *sim.Out) {
	for i := range b.Replicas {
		if r := &b.Replicas[i]; r.Role == Follows {
			b.fetchFrom(r.Leader, false, out)
		}
	}
}

// fetchFrom asks a leader for what comes after the own logs. To ask for an offset is to say that
// one has everything below it.
func (b *Broker) fetchFrom(leader wire.NodeID, idle bool, out *sim.Out) {
	f := b.fetcher(leader)
	if len(f.Pending) > 0 || len(f.Astray.Partitions) > 0 {
		return
	}
	for i := range b.Replicas {
		r := &b.Replicas[i]
		if r.Role != Follows || r.Leader != leader || r.BackingOff || r.Failed {
			continue
		}
		l := b.log(r.At)
		f.Pending = append(f.Pending, wire.FetchPart{
			At: r.At, CurrentEpoch: r.LeaderEpoch, Offset: l.End(), LastEpoch: l.lastEpoch(),
			LogStart: l.Start, MaxBytes: b.Config.FetchMaxBytes, Creation: l.Creation,
		})
	}
	if len(f.Pending) == 0 {
		return
	}
	req := &wire.FetchRequest{
		Replica: b.Self, BrokerEpoch: b.Life.Epoch, MaxWait: b.Config.FetchWaitMax,
		MinBytes: b.Config.FetchMinBytes, MaxBytes: b.Config.FetchMaxBytes,
		Partitions: append([]wire.FetchPart(nil), f.Pending...),
	}
	out.Await(sim.Timer{Kind: replicaTimer, Key: int32(leader)}, b.Config.SocketTimeout, leader)
	if idle {
		out.SendIdle(leader, wire.FetcherLane, req)
		return
	}
	out.Send(leader, wire.FetcherLane, req)
}

// onFetched takes what a leader sent and asks for more. To ask for the same again tells the leader
// nothing.
func (b *Broker) onFetched(leader wire.NodeID, answer *wire.FetchResponse, out *sim.Out) {
	f := b.fetcher(leader)
	pending := f.Pending
	f.Pending = nil
	out.StopTimer(sim.Timer{Kind: replicaTimer, Key: int32(leader)})
	news := false
	for i := range answer.Partitions {
		if b.takeFetched(&pending[i], &answer.Partitions[i], out) {
			news = true
		}
	}
	if len(f.Astray.Partitions) > 0 {
		b.seek(f, false, out)
		return
	}
	b.fetchFrom(leader, !news, out)
}

// takeFetched takes one partition's answer, unless the partition has moved on since it was asked
// for (AbstractFetcherThread.processFetchRequest). It tells whether the next fetch
// will be another one.
func (b *Broker) takeFetched(asked *wire.FetchPart, res *wire.FetchResult, out *sim.Out) bool {
	r := b.replica(res.At)
	if r == nil || r.Role != Follows || r.LeaderEpoch != asked.CurrentEpoch {
		return true
	}
	l := b.log(res.At)
	if l.End() != asked.Offset || l.Creation != asked.Creation {
		return true
	}
	switch {
	case res.Err == wire.FencedLeaderEpoch:
		r.Failed = true // until new metadata
		return true
	case res.Err == wire.OffsetOutOfRange:
		f := b.fetcher(r.Leader)
		f.Astray.Partitions = append(f.Astray.Partitions,
			wire.ListOffsetsPart{At: r.At, CurrentEpoch: r.LeaderEpoch})
		return true
	case res.Err != wire.None:
		b.backOff(r, out)
		return true
	case res.Diverging.Epoch != wire.NoEpoch:
		b.diverge(r, l, res.Diverging, out)
		return true
	}
	return b.copyBatches(r, l, res, out)
}

// copyBatches appends what the leader sent and takes over its high watermark, which may be lower
// than the own one (ReplicaFetcherThread.processPartitionData). A batch of an epoch later than the
// one asked in is left (KAFKA-18723).
func (b *Broker) copyBatches(r *Replica, l *Log, res *wire.FetchResult, out *sim.Out) bool {
	batches := res.Batches
	if i := slices.IndexFunc(batches, func(batch *wire.Batch) bool { return batch.Epoch > r.LeaderEpoch }); i >= 0 {
		batches = batches[:i]
	}
	if misfit := b.misfit(l, slices.Values(batches)); misfit.Err != wire.None {
		b.fail(r, misfit, out)
		return true
	}
	news := len(batches) > 0
	for _, batch := range batches {
		b.maybeRoll(l, batch, out)
		l.append(batch)
		b.grew(l, batch, out)
		b.noteProducer(l, batch, out)
		out.Tell(wire.Note{Kind: wire.Replicated, Node: b.Self, Peer: r.Leader, At: r.At,
			Offset: batch.Base, To: batch.Next(), Epoch: batch.Epoch, Batch: batch})
	}
	if news {
		b.wrote(l, out)
	}
	b.setHW(r, max(l.Start, min(res.HighWatermark, l.End())), out)
	b.raiseStart(l, min(res.LogStart, r.HW), "its leader has deleted them", out)
	return news
}

// diverge cuts the log back towards where it parts from the leader's. If the own log does not
// know the epoch the leader named, the next fetch asks again from an earlier one (KIP-595, KIP-279)
// (AbstractFetcherThread.getOffsetTruncationState).
func (b *Broker) diverge(r *Replica, l *Log, leader wire.EpochEnd, out *sim.Out) {
	out.Tell(wire.Note{Kind: wire.Diverged, Node: b.Self, Peer: r.Leader, At: r.At,
		Offset: leader.End, Epoch: leader.Epoch})
	own := l.endOf(leader.Epoch)
	to := leader.End
	if own.End != wire.NoOffset {
		to = own.End
		if own.Epoch == leader.Epoch {
			to = min(own.End, leader.End)
		}
	}
	b.truncate(r, l, min(to, l.End()), out)
}

// truncate cuts the log and, with it, the high watermark.
func (b *Broker) truncate(r *Replica, l *Log, to int64, out *sim.Out) {
	from := l.End()
	gone := l.truncate(to)
	if l.End() < from {
		misfit := b.reload(l, min(r.HW, l.End()), out)
		out.Tell(wire.Note{Kind: wire.Truncated, Node: b.Self, At: r.At, Offset: from, To: l.End(),
			Records: gone})
		if misfit.Err != wire.None {
			b.fail(r, misfit, out)
		}
	}
	if r.HW > l.End() {
		b.setHW(r, l.End(), out)
	}
}

// fail ends the copying of a partition until there is new metadata; the others go on (KIP-461,
// AbstractFetcherThread.markPartitionFailed).
func (b *Broker) fail(r *Replica, why wire.Note, out *sim.Out) {
	r.Failed = true
	why.Kind = wire.ReplicaFailed
	out.Tell(why)
}

// backOff leaves the partition alone for replica.fetch.backoff.ms.
func (b *Broker) backOff(r *Replica, out *sim.Out) {
	r.BackingOff = true
	out.SetTimer(sim.Timer{Kind: backoffTimer, Key: partitionKey(r.At, 0)}, b.Config.FetchBackoff)
}

func (b *Broker) endBackoff(key int32, out *sim.Out) {
	if r := b.replica(keyPartition(key)); r != nil && r.Role == Follows {
		r.BackingOff = false
		b.fetchFrom(r.Leader, false, out)
	}
}

// fetcherLost takes the news that a leader will not answer: the partitions it was asked for back off.
func (b *Broker) fetcherLost(leader wire.NodeID, out *sim.Out) {
	f := b.fetcher(leader)
	var waited []wire.Partition
	for i := range f.Pending {
		waited = append(waited, f.Pending[i].At)
	}
	for _, p := range f.Astray.Partitions {
		waited = append(waited, p.At)
	}
	f.Pending, f.Astray = nil, Astray{}
	out.StopTimer(sim.Timer{Kind: replicaTimer, Key: int32(leader)})
	for _, at := range waited {
		if r := b.replica(at); r != nil && r.Role == Follows && r.Leader == leader {
			b.backOff(r, out)
		}
	}
}
