package broker

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Astray are the partitions whose next offset a leader does not have. Its fetcher asks first where the
// leader's log ends and then, of those that are still left, where it begins; it fetches nothing
// meanwhile (AbstractFetcherThread.fetchOffsetAndTruncate).
type Astray struct {
	Partitions []wire.ListOffsetsPart
	Earliest   bool // what the request under way asks for
}

// seek asks a leader where the logs of the partitions that are astray end, or begin.
func (b *Broker) seek(f *Fetcher, earliest bool, out *sim.Out) {
	f.Astray.Earliest = earliest
	out.Await(sim.Timer{Kind: replicaTimer, Key: int32(f.Leader)}, b.Config.SocketTimeout, f.Leader)
	out.Send(f.Leader, wire.FetcherLane, &wire.ListOffsetsRequest{
		Replica: b.Self, Earliest: earliest, Partitions: slices.Clone(f.Astray.Partitions),
	})
}

// onSought takes what a leader says of its log. Partitions that its end did not settle are asked for
// its begin; then it is fetched again.
func (b *Broker) onSought(leader wire.NodeID, answer *wire.ListOffsetsResponse, out *sim.Out) {
	f := b.fetcher(leader)
	asked := f.Astray
	f.Astray = Astray{}
	out.StopTimer(sim.Timer{Kind: replicaTimer, Key: int32(leader)})
	for i := range answer.Partitions {
		p, res := asked.Partitions[i], &answer.Partitions[i]
		r := b.replica(p.At)
		current := r != nil && r.Role == Follows && r.LeaderEpoch == p.CurrentEpoch
		if current && !b.settleRange(r, res, asked.Earliest, out) {
			f.Astray.Partitions = append(f.Astray.Partitions, p)
		}
	}
	if len(f.Astray.Partitions) > 0 {
		b.seek(f, true, out)
		return
	}
	b.fetchFrom(leader, false, out)
}

// settleRange brings a follower's log into the range of its leader's: a log that is longer is cut, one
// that ends before the leader's begins is dropped. If neither is so, the next fetch goes on at its end,
// as the leader's log has changed since. It tells whether no more need be asked.
func (b *Broker) settleRange(r *Replica, res *wire.ListOffsetsResult, earliest bool, out *sim.Out) bool {
	l := b.log(r.At)
	switch {
	case res.Err == wire.FencedLeaderEpoch:
		r.Failed = true
	case res.Err != wire.None:
		b.backOff(r, out)
	case !earliest && res.Offset < l.End():
		b.truncate(r, l, res.Offset, out)
	case !earliest:
		return false
	case res.Offset > l.End():
		b.startAnew(r, l, res.Offset, out)
	}
	return true
}

// startAnew drops a log as a whole; it begins, and ends, at offset (UnifiedLog.truncateFullyAndStartAt).
func (b *Broker) startAnew(r *Replica, l *Log, offset int64, out *sim.Out) {
	var gone []wire.Record
	for _, record := range l.Records() {
		gone = append(gone, *record)
	}
	out.Tell(wire.Note{Kind: wire.StartedAnew, Node: b.Self, Peer: r.Leader, At: r.At, Offset: l.End(), To: offset, Records: gone})
	l.Batches.Truncate(0)
	l.dropSegments(len(l.Segments), out)
	l.Start, l.Cut, l.Flushed, l.Dirty = offset, offset, offset, offset
	l.Epochs, l.SnapshotAt, l.Snapshot = nil, offset, nil
	b.reload(l, offset, out)
	b.setHW(r, offset, out)
}
