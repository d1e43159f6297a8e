package broker

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// DelayedFetch is a fetch that waits for bytes (DelayedFetch).
type DelayedFetch struct {
	ID      int32 // of its timer
	Conn    sim.Conn
	Request *wire.FetchRequest
}

// onFetch serves a follower or a consumer (ReplicaManager.fetchMessages).
func (b *Broker) onFetch(c sim.Conn, r *wire.FetchRequest, out *sim.Out) {
	answer, ready := b.readAll(r)
	if r.Replica != wire.Nobody {
		ready = b.countFetch(r, answer, out) || ready
	}
	if ready || r.MaxWait <= 0 {
		b.answerFetch(c, r, answer, true, out)
		return
	}
	b.park(c, r, out)
}

// readAll reads every partition of a fetch and tells whether the answer is worth sending now:
// there are enough bytes, or an error or a divergence to tell.
func (b *Broker) readAll(r *wire.FetchRequest) (*wire.FetchResponse, bool) {
	answer := &wire.FetchResponse{}
	bytes, ready := 0, false
	for i := range r.Partitions {
		res := b.read(r, &r.Partitions[i])
		for _, batch := range res.Batches {
			bytes += int(batch.Bytes)
		}
		ready = ready || res.Err != wire.None || res.Diverging.Epoch != wire.NoEpoch
		answer.Partitions = append(answer.Partitions, res)
	}
	return answer, ready || bytes > 0 && bytes >= int(r.MinBytes)
}

// read answers for one partition (Partition.fetchRecords). The high watermark in the answer is the
// one from before this fetch is counted. Beyond what may be read there is nothing, which is no error.
// Of transactions that were aborted everything is read: the consumer leaves it out.
func (b *Broker) read(req *wire.FetchRequest, p *wire.FetchPart) wire.FetchResult {
	res := wire.FetchResult{At: p.At, HighWatermark: wire.NoOffset, LastStable: wire.NoOffset,
		Diverging: wire.EpochEnd{Epoch: wire.NoEpoch}}
	if res.Err = b.checkCreation(p); res.Err != wire.None {
		return res
	}
	r := b.replica(p.At)
	if res.Err = b.checkEpoch(r, p.CurrentEpoch); res.Err != wire.None {
		res.Leader, res.Epoch = r.hint()
		return res
	}
	if req.Replica != wire.Nobody && r.follower(req.Replica) == nil {
		res.Err = wire.UnknownLeaderEpoch
		return res
	}
	l := b.log(p.At)
	res.HighWatermark, res.LogStart = r.HW, l.Start
	if p.LastEpoch != wire.NoEpoch {
		end := l.endOf(p.LastEpoch)
		switch {
		case end.Epoch == wire.NoEpoch || p.Offset < l.Start:
			res.Err = wire.OffsetOutOfRange
			return res
		case end.Epoch < p.LastEpoch || end.End < p.Offset:
			res.Diverging = end
			return res
		}
	}
	if p.Offset < l.Start || p.Offset > l.End() {
		res.Err = wire.OffsetOutOfRange
		return res
	}
	limit := b.readable(r, req.Replica, req.Isolation)
	if p.Offset < limit {
		res.Batches = l.read(p.Offset, limit, p.MaxBytes)
	}
	if n := len(res.Batches); req.Isolation == wire.ReadCommitted {
		res.LastStable = limit
		if n > 0 {
			res.Aborted = l.abortedIn(p.Offset, res.Batches[n-1].Next())
		}
	}
	return res
}

// readable is how far a log may be read: by a follower to its end; by a consumer to the high watermark, or,
// if it reads only what is committed, to the last stable offset (FetchIsolation).
func (b *Broker) readable(r *Replica, by wire.NodeID, level wire.Isolation) int64 {
	switch {
	case by != wire.Nobody:
		return b.log(r.At).End()
	case level == wire.ReadCommitted:
		return b.log(r.At).LastStable(r.HW)
	}
	return r.HW
}

// checkCreation: a fetch names the topic by its id. That of a topic that was deleted, or is not heard
// of yet, is not known (KafkaApis.handleFetchRequest).
func (b *Broker) checkCreation(p *wire.FetchPart) wire.Error {
	t := b.Image.Topic(p.At.Topic)
	switch {
	case p.Creation == wire.AnyCreation:
	case t == nil || t.Creation != p.Creation:
		return wire.UnknownTopicID
	}
	return wire.None
}

// countFetch notes what a follower's fetch says: that it has everything below the offset it asks
// for. That may let it into the ISR and raise the high watermark (Partition.updateFollowerFetchState).
// A fetch by an earlier process of the follower says nothing of the present one and is refused
// (KIP-903); it tells whether that is so.
func (b *Broker) countFetch(req *wire.FetchRequest, answer *wire.FetchResponse, out *sim.Out) bool {
	stale := b.outlived(req)
	for i := range req.Partitions {
		p, res := &req.Partitions[i], &answer.Partitions[i]
		if res.Err != wire.None || res.Diverging.Epoch != wire.NoEpoch {
			continue
		}
		if stale {
			*res = wire.FetchResult{At: p.At, Err: wire.NotLeaderOrFollower,
				HighWatermark: wire.NoOffset, LastStable: wire.NoOffset, Diverging: wire.EpochEnd{Epoch: wire.NoEpoch}}
			continue
		}
		r := b.replica(p.At)
		f := r.follower(req.Replica)
		end := b.log(p.At).End()
		b.measureLag(r, f, p.Offset, end, out)
		moved := f.End != p.Offset
		f.End, f.LeaderEnd, f.BrokerEpoch = p.Offset, end, req.BrokerEpoch
		if moved {
			out.Tell(wire.Note{Kind: wire.Fetched, Node: f.ID, Peer: b.Self, At: p.At, Offset: p.Offset})
		}
		b.maybeExpand(r, f, out)
		if moved {
			b.advance(r, out)
		}
	}
	return stale
}

// outlived tells whether the asking broker has registered anew since it sent a fetch.
func (b *Broker) outlived(req *wire.FetchRequest) bool {
	reg := b.Image.Broker(req.Replica)
	return reg != nil && req.BrokerEpoch != wire.NoOffset && req.BrokerEpoch < reg.Epoch
}

// measureLag notes when the follower was last caught up: now, if it asks for the log's end; at its
// last fetch, if it asks for what was the end then; else the old account stands
// (Replica.updateFetchStateOrThrow).
func (b *Broker) measureLag(r *Replica, f *Follower, offset, end int64, out *sim.Out) {
	lag := lagTimerOf(r, f)
	candidate := sim.Timer{Kind: candidateTimer, Key: lag.Key}
	switch {
	case offset >= end:
		out.Await(lag, b.Config.LagTimeMax, f.ID)
	case offset >= f.LeaderEnd:
		out.MoveTimer(candidate, lag)
	}
	out.Await(candidate, b.Config.LagTimeMax, f.ID)
}

// park puts a fetch aside until there are bytes, its time is over, or its partition changes.
func (b *Broker) park(c sim.Conn, r *wire.FetchRequest, out *sim.Out) {
	id := int32(0)
	for b.parked(id) != nil {
		id++
	}
	b.Fetches = append(b.Fetches, DelayedFetch{ID: id, Conn: c, Request: r})
	out.SetTimer(sim.Timer{Kind: fetchWaitTimer, Key: id}, r.MaxWait)
}

func (b *Broker) parked(id int32) *DelayedFetch {
	for i := range b.Fetches {
		if b.Fetches[i].ID == id {
			return &b.Fetches[i]
		}
	}
	return nil
}

// news tells whether a follower's parked fetch will bring it a new high watermark when it expires.
func (b *Broker) news(req *wire.FetchRequest) bool {
	if req.Replica == wire.Nobody {
		return false
	}
	for i := range req.Partitions {
		r := b.replica(req.Partitions[i].At)
		if r == nil || r.Role != Leads {
			continue
		}
		if f := r.follower(req.Replica); f != nil && f.Told != r.HW {
			return true
		}
	}
	return false
}

// checkFetches answers the parked fetches that can be answered now.
func (b *Broker) checkFetches(out *sim.Out) {
	for i := 0; i < len(b.Fetches); {
		d := b.Fetches[i]
		answer, ready := b.readAll(d.Request)
		if !ready {
			i++
			continue
		}
		b.unpark(i, out)
		b.answerFetch(d.Conn, d.Request, answer, true, out)
	}
}

// expireFetch answers a parked fetch with what there is: mostly nothing but the high watermark.
// The follower's account is not touched a second time.
func (b *Broker) expireFetch(id int32, out *sim.Out) {
	for i := range b.Fetches {
		if d := b.Fetches[i]; d.ID == id {
			news := b.news(d.Request)
			b.unpark(i, out)
			answer, _ := b.readAll(d.Request)
			b.answerFetch(d.Conn, d.Request, answer, news, out)
			return
		}
	}
}

func (b *Broker) unpark(i int, out *sim.Out) {
	out.StopTimer(sim.Timer{Kind: fetchWaitTimer, Key: b.Fetches[i].ID})
	b.Fetches = append(b.Fetches[:i], b.Fetches[i+1:]...)
}

func (b *Broker) forgetFetch(c sim.Conn, out *sim.Out) {
	for i := range b.Fetches {
		if b.Fetches[i].Conn == c {
			b.unpark(i, out)
			return
		}
	}
}

func (b *Broker) answerFetch(
	c sim.Conn, req *wire.FetchRequest, answer *wire.FetchResponse, news bool, out *sim.Out,
) {
	if req.Replica != wire.Nobody {
		for i := range answer.Partitions {
			res := &answer.Partitions[i]
			r := b.replica(res.At)
			if res.Err != wire.None || r == nil {
				continue
			}
			if f := r.follower(req.Replica); f != nil {
				f.Told = res.HighWatermark
			}
		}
	}
	if news {
		out.Reply(c, answer)
		return
	}
	out.ReplyIdle(c, answer)
}

// listOffsets answers where a log begins or how far a consumer may read; a follower hears where it ends.
// A new leader whose high watermark has not reached its epoch's start does not know how far a consumer
// may read (KIP-207, Partition.fetchOffsetForTimestamp).
func (b *Broker) listOffsets(req *wire.ListOffsetsRequest) *wire.ListOffsetsResponse {
	answer := &wire.ListOffsetsResponse{}
	for _, p := range req.Partitions {
		res := wire.ListOffsetsResult{At: p.At, Offset: wire.NoOffset}
		r := b.replica(p.At)
		switch res.Err = b.checkEpoch(r, p.CurrentEpoch); {
		case res.Err != wire.None:
		case req.Earliest:
			res.Offset = b.log(p.At).Start
		case req.Replica == wire.Nobody && r.HW < r.EpochStart:
			res.Err = wire.OffsetNotAvailable
		default:
			res.Offset = b.readable(r, req.Replica, req.Isolation)
		}
		answer.Partitions = append(answer.Partitions, res)
	}
	return answer
}
