package controller

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/wire"
)

// waitForLeader gives the present leader, if any, its time. The time-outs are spread by place in
// the list of voters, in place of KRaft's random ones: it spares split votes, which cost time only.
func (k *Controller) waitForLeader(out *sim.Out) {
	place := slices.Index(k.Config.Voters, k.Self)
	spread := k.Config.ElectionTimeout / 10 * sim.Duration(place)
	out.Await(sim.Timer{Kind: electionTimer}, k.Config.FetchTimeout+spread, k.Leader)
}

// stand asks for votes in a new epoch.
func (k *Controller) stand(out *sim.Out) {
	k.stepDown(out)
	k.Epoch++
	k.Role, k.Leader, k.VotedFor, k.Votes = Candidate, wire.Nobody, k.Self, wire.Nodes(k.Self)
	k.waitForLeader(out)
	end, lastEpoch := k.end(), k.lastEpoch()
	for _, v := range k.others() {
		out.Send(v, wire.VoteLane, &wire.VoteRequest{
			Epoch: k.Epoch, Candidate: k.Self, LastEpoch: lastEpoch, End: end,
		})
	}
}

// onVote grants one vote an epoch, to a log that is at least as long as its own.
func (k *Controller) onVote(c sim.Conn, r *wire.VoteRequest, out *sim.Out) {
	k.noteEpoch(r.Epoch, out)
	current := r.LastEpoch > k.lastEpoch() || r.LastEpoch == k.lastEpoch() && r.End >= k.end()
	granted := r.Epoch == k.Epoch && current && k.Leader == wire.Nobody &&
		(k.VotedFor == wire.Nobody || k.VotedFor == r.Candidate)
	if granted {
		k.VotedFor = r.Candidate
		k.waitForLeader(out)
	}
	out.Reply(c, &wire.VoteResponse{Epoch: k.Epoch, Granted: granted})
}

func (k *Controller) onVoted(voter wire.NodeID, r *wire.VoteResponse, out *sim.Out) {
	k.noteEpoch(r.Epoch, out)
	if k.Role != Candidate || r.Epoch != k.Epoch || !r.Granted {
		return
	}
	k.Votes = k.Votes.With(voter)
	if k.Votes.Len() >= k.majority() {
		k.becomeLeader(out)
	}
}

// becomeLeader makes it the active controller: it replays its whole log, opens its epoch with a
// record, and gives every unfenced broker a fresh session.
func (k *Controller) becomeLeader(out *sim.Out) {
	k.Role, k.Leader, k.Votes = Leader, k.Self, 0
	out.StopTimer(sim.Timer{Kind: electionTimer})
	k.awaitVoters(out)
	k.replayTo(k.end())
	k.Matched = nil
	for _, v := range k.others() {
		k.Matched = append(k.Matched, Match{Voter: v})
		out.Send(v, wire.VoteLane, &wire.BeginQuorumEpochRequest{Epoch: k.Epoch, Leader: k.Self})
	}
	out.Tell(wire.Note{Kind: wire.BecameActive, Node: k.Self, Epoch: k.Epoch})
	k.Brokers = nil
	for i := range k.Image.Brokers {
		if b := &k.Image.Brokers[i]; !b.Fenced {
			k.touch(b.ID, 0, out)
		}
	}
	k.append(out, &metadata.LeaderChange{Leader: k.Self})
}

// awaitVoters gives the other voters time to fetch: any one of two others makes a majority.
func (k *Controller) awaitVoters(out *sim.Out) {
	if len(k.Config.Voters) > 1 {
		out.SetTimer(sim.Timer{Kind: checkQuorumTimer}, k.Config.FetchTimeout*3/2)
	}
}

// resign ends the leadership of one whom no majority follows: it may have been deposed without having
// heard of it, and would keep the brokers that ask it for ever (KAFKA-15489).
func (k *Controller) resign(out *sim.Out) {
	k.stepDown(out)
	k.waitForLeader(out)
}

// noteEpoch gives way to a newer epoch. The time that is left until it would stand itself runs on, or
// a candidate that cannot win could keep those who can from standing (QuorumState.transitionToUnattached).
func (k *Controller) noteEpoch(epoch int32, out *sim.Out) {
	if epoch > k.Epoch {
		k.stepDown(out)
		k.Epoch, k.VotedFor, k.Leader = epoch, wire.Nobody, wire.Nobody
		if !out.Armed(sim.Timer{Kind: electionTimer}) {
			k.waitForLeader(out)
		}
	}
}

// stepDown drops what only a leader has and answers those who wait for it.
func (k *Controller) stepDown(out *sim.Out) {
	if k.Role == Leader {
		k.Leader = wire.Nobody // who waits for it must not be sent back to it
		out.StopTimer(sim.Timer{Kind: checkQuorumTimer})
		for _, b := range k.Brokers {
			out.StopTimer(sim.Timer{Kind: sessionTimer, Key: int32(b.Broker)})
		}
		k.Brokers, k.Matched = nil, nil
		for _, a := range k.Waiting {
			out.Reply(a.Conn, refuse(a.Body, k.Leader))
		}
		k.Waiting = nil
		k.replayTo(k.Commit)
	}
	k.Role, k.Votes, k.Polling = Unattached, 0, false
	k.answerParked(out)
}

// follow takes on a leader it has been told of. One that has resigned may be told of itself.
func (k *Controller) follow(epoch int32, leader wire.NodeID, out *sim.Out) {
	if epoch < k.Epoch || epoch == k.Epoch && k.Leader == leader || leader == k.Self {
		return
	}
	if epoch > k.Epoch || k.Role == Candidate {
		k.stepDown(out)
	}
	if epoch > k.Epoch {
		k.Epoch, k.VotedFor = epoch, wire.Nobody
	}
	k.Role, k.Leader = Follower, leader
	k.waitForLeader(out)
	k.poll(out)
	k.answerParked(out)
}

// poll fetches the leader's log from where the own one ends.
func (k *Controller) poll(out *sim.Out) { k.pollAgain(out, false) }

func (k *Controller) pollAgain(out *sim.Out, idle bool) {
	if k.Role != Follower || k.Polling {
		return
	}
	k.Polling = true
	r := &wire.QuorumFetchRequest{
		Replica: k.Self, Voter: true, Epoch: k.Epoch, Offset: k.end(), LastEpoch: k.lastEpoch(),
	}
	if idle {
		out.SendIdle(k.Leader, wire.QuorumLane, r)
		return
	}
	out.Send(k.Leader, wire.QuorumLane, r)
}

// onRecords appends what the leader sent, or cuts back to where the logs part. An answer to a poll
// of an earlier epoch says no more than which epoch it is by now.
func (k *Controller) onRecords(from wire.NodeID, r *wire.QuorumFetchResponse, out *sim.Out) {
	if r.Epoch > k.Epoch || r.Epoch == k.Epoch && k.Leader == wire.Nobody {
		if r.Leader == wire.Nobody {
			k.noteEpoch(r.Epoch, out)
		} else {
			k.follow(r.Epoch, r.Leader, out)
		}
		return
	}
	if k.Role != Follower || from != k.Leader || r.Epoch != k.Epoch || r.Err != wire.None {
		return
	}
	k.Polling = false
	k.waitForLeader(out)
	if r.Diverging.Epoch != wire.NoEpoch {
		k.truncate(r.Diverging)
		k.poll(out)
		return
	}
	for i := range r.Records {
		k.Log.Append(&r.Records[i])
	}
	news := len(r.Records) > 0
	if hw := min(r.HighWatermark, k.end()); hw > k.Commit {
		k.Commit, news = hw, true
		k.replayTo(hw)
		k.answerParked(out)
	}
	k.pollAgain(out, !news)
}

// truncate cuts the log back to where it parts from the leader's (KIP-595).
func (k *Controller) truncate(d wire.EpochEnd) {
	end := min(d.End, k.end())
	for end > 0 && k.Log.At(int(end-1)).Epoch > d.Epoch {
		end--
	}
	k.Log.Truncate(int(end))
}

func (k *Controller) others() []wire.NodeID {
	var out []wire.NodeID
	for _, v := range k.Config.Voters {
		if v != k.Self {
			out = append(out, v)
		}
	}
	return out
}
