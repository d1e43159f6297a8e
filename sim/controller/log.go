package controller

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/wire"
)

func (k *Controller) end() int64 { return int64(k.Log.Len()) }

func (k *Controller) lastEpoch() int32 {
	if k.Log.Len() == 0 {
		return wire.NoEpoch
	}
	return k.Log.Last().Epoch
}

// append writes records to the leader's log and acts on them at once, as QuorumController does;
// brokers see them, and answers go out, when a majority has them.
func (k *Controller) append(out *sim.Out, records ...wire.Entry) {
	if len(records) == 0 {
		return
	}
	for _, r := range records {
		k.Log.Append(&wire.MetadataEntry{Epoch: k.Epoch, Record: r})
	}
	k.replayTo(k.end())
	k.advance(out)
	k.answerParked(out)
}

// replayTo makes Image the log up to offset.
func (k *Controller) replayTo(offset int64) {
	if k.Image.Offset > offset {
		k.Image = &metadata.Image{}
	}
	var entries []wire.MetadataEntry
	for i := k.Image.Offset; i < offset; i++ {
		entries = append(entries, *k.Log.At(int(i)))
	}
	if len(entries) > 0 {
		k.Image = k.Image.Replay(entries)
	}
}

// advance commits what a majority has, once that includes a record of the leader's own epoch, and
// lets the answers out that waited for it.
func (k *Controller) advance(out *sim.Out) {
	ends := []int64{k.end()}
	for _, m := range k.Matched {
		ends = append(ends, m.End)
	}
	slices.Sort(ends)
	commit := ends[len(ends)-k.majority()]
	if commit <= k.Commit || k.Log.At(int(commit-1)).Epoch != k.Epoch {
		return
	}
	k.Commit = commit
	waiting := k.Waiting
	k.Waiting = nil
	for _, a := range waiting {
		if a.Offset <= commit {
			out.Reply(a.Conn, a.Body)
		} else {
			k.Waiting = append(k.Waiting, a)
		}
	}
}

// answer replies once everything appended so far is committed.
func (k *Controller) answer(c sim.Conn, b wire.Body, out *sim.Out) {
	if k.end() <= k.Commit {
		out.Reply(c, b)
		return
	}
	k.Waiting = append(k.Waiting, Answer{c, k.end(), b})
}

// refuse is the answer of a controller that is not active, to the request that b would answer.
func refuse(b wire.Body, leader wire.NodeID) wire.Body {
	switch b.(type) {
	case *wire.BrokerRegistrationResponse:
		return &wire.BrokerRegistrationResponse{Err: wire.NotController, Leader: leader}
	case *wire.BrokerHeartbeatResponse:
		return &wire.BrokerHeartbeatResponse{Err: wire.NotController, Leader: leader}
	case *wire.AlterPartitionResponse:
		return &wire.AlterPartitionResponse{Err: wire.NotController, Leader: leader}
	}
	panic("controller: no refusal for " + b.API())
}

// onFetch serves the metadata log: to voters up to its end, to brokers what is committed. A
// voter's offset says what it has.
func (k *Controller) onFetch(c sim.Conn, r *wire.QuorumFetchRequest, out *sim.Out) {
	k.noteEpoch(r.Epoch, out)
	if k.active() && r.Voter && r.Epoch == k.Epoch {
		k.awaitVoters(out)
		for i := range k.Matched {
			if m := &k.Matched[i]; m.Voter == r.Replica && k.diverges(r).Epoch == wire.NoEpoch {
				m.End = max(m.End, r.Offset)
			}
		}
		k.advance(out)
		k.answerParked(out)
	}
	if answer, news := k.read(r); news {
		out.Reply(c, answer)
		return
	}
	k.Parked = append(k.Parked, Parked{c, r})
	out.SetTimer(fetchWait(c), k.Config.FetchMaxWait)
}

// read is the answer to a fetch now, and whether it is worth sending at once. A voter that asked in
// an earlier epoch may have asked again since, so it is given nothing that it could append twice.
func (k *Controller) read(r *wire.QuorumFetchRequest) (*wire.QuorumFetchResponse, bool) {
	a := &wire.QuorumFetchResponse{
		Epoch: k.Epoch, Leader: k.Leader, HighWatermark: k.Commit,
		Diverging: wire.EpochEnd{Epoch: wire.NoEpoch},
	}
	if !k.active() || r.Voter && r.Epoch != k.Epoch {
		a.Err = wire.NotLeaderOrFollower
		return a, true
	}
	if d := k.diverges(r); d.Epoch != wire.NoEpoch {
		a.Diverging = d
		return a, true
	}
	limit := k.Commit
	if r.Voter {
		limit = k.end()
	}
	for i := r.Offset; i < limit; i++ {
		a.Records = append(a.Records, *k.Log.At(int(i)))
	}
	return a, len(a.Records) > 0
}

// diverges tells where the asker's log parts from this one, if it does.
func (k *Controller) diverges(r *wire.QuorumFetchRequest) wire.EpochEnd {
	none := wire.EpochEnd{Epoch: wire.NoEpoch}
	if !r.Voter || r.Offset == 0 || r.Offset <= k.end() && k.Log.At(int(r.Offset-1)).Epoch == r.LastEpoch {
		return none
	}
	end := k.end()
	for end > 0 && k.Log.At(int(end-1)).Epoch > r.LastEpoch {
		end--
	}
	if end == 0 {
		return wire.EpochEnd{Epoch: 0}
	}
	return wire.EpochEnd{Epoch: k.Log.At(int(end - 1)).Epoch, End: end}
}

// answerParked answers the parked fetches that have something to be told now.
func (k *Controller) answerParked(out *sim.Out) {
	parked := k.Parked
	k.Parked = nil
	for _, p := range parked {
		if answer, news := k.read(p.Fetch); news {
			out.StopTimer(fetchWait(p.Conn))
			out.Reply(p.Conn, answer)
		} else {
			k.Parked = append(k.Parked, p)
		}
	}
}

// fetchWait is the timer of a fetch that is parked. An asker that gave up a connection may have one
// parked there still, besides the one it waits for.
func fetchWait(c sim.Conn) sim.Timer {
	return sim.Timer{Kind: fetchWaitTimer, Key: int32(c.Gen)<<8 | int32(c.Client)}
}

func (k *Controller) expireFetch(t sim.Timer, out *sim.Out) {
	for i, p := range k.Parked {
		if fetchWait(p.Conn) == t {
			k.Parked = append(k.Parked[:i], k.Parked[i+1:]...)
			answer, _ := k.read(p.Fetch)
			out.ReplyIdle(p.Conn, answer)
			return
		}
	}
}
