package broker

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/wire"
)

// Role is what a broker is to one of its partitions.
type Role uint8

// The roles of a replica. Idle: the partition has no leader.
const (
	Offline Role = iota
	Follows
	Leads
)

// Replica is what a broker is to one of its partitions, as of the metadata it has replayed
// (Partition).
type Replica struct {
	At             wire.Partition
	Role           Role
	Leader         wire.NodeID
	LeaderEpoch    int32
	PartitionEpoch int32
	HW             int64

	ISR        wire.NodeSet // what the controller has confirmed
	Wish       wire.NodeSet // as the leader: the ISR it has asked for; 0: none
	Asked      bool         // the wish is on its way to the controller
	EpochStart int64        // as the leader: where its epoch began
	Followers  []Follower

	BackingOff bool // as a follower: not fetched for a while after an error
	Failed     bool // not fetched until there is new metadata
}

// Follower is what a leader knows of another replica (Replica, ReplicaState).
type Follower struct {
	ID          wire.NodeID
	End         int64 // its log end offset; NoOffset: not heard of in this epoch
	LeaderEnd   int64 // the leader's own log end offset at the follower's last fetch
	BrokerEpoch int64 // in its last fetch
	Told        int64 // the high watermark in the last answer to it
}

// MaximalISR is the ISR that must have a record before it counts as committed: what is confirmed,
// and who is about to be let in (KIP-497).
func (r *Replica) MaximalISR() wire.NodeSet { return r.ISR | r.Wish }

func (r *Replica) follower(id wire.NodeID) *Follower {
	for i := range r.Followers {
		if r.Followers[i].ID == id {
			return &r.Followers[i]
		}
	}
	return nil
}

// takeRoles brings the replicas into line with the image.
func (b *Broker) takeRoles(old *metadata.Image, out *sim.Out) {
	b.dropStrays(old, out)
	for _, p := range b.Image.Partitions {
		if !p.Holds(b.Self) || old.Partition(p.At) == p {
			continue
		}
		r := b.replica(p.At)
		if r == nil {
			r = b.adopt(p.At)
			b.ageAgain(b.log(p.At), out)
		}
		if p.PartitionEpoch > r.PartitionEpoch {
			b.take(r, p, out)
		}
	}
	b.fetchAll(out)
	b.checkFetches(out)
	b.checkProduces(out)
	b.sendAlter(out)
}

// adopt makes a replica, and its log unless there is one from before.
func (b *Broker) adopt(at wire.Partition) *Replica {
	if b.log(at) == nil {
		i, _ := slices.BinarySearchFunc(b.Logs, at, func(l Log, at wire.Partition) int {
			return l.At.Compare(at)
		})
		b.Logs = slices.Insert(b.Logs, i, Log{At: at, Creation: b.Image.Topic(at.Topic).Creation})
	}
	i, _ := slices.BinarySearchFunc(b.Replicas, at, func(r Replica, at wire.Partition) int {
		return r.At.Compare(at)
	})
	b.Replicas = slices.Insert(b.Replicas, i, Replica{
		At: at, LeaderEpoch: wire.NoEpoch, PartitionEpoch: -1, HW: b.log(at).Checkpoint,
	})
	return &b.Replicas[i]
}

func (b *Broker) take(r *Replica, p *metadata.Partition, out *sim.Out) {
	newEpoch := p.LeaderEpoch > r.LeaderEpoch
	wasLeader := r.Role == Leads
	r.Leader, r.LeaderEpoch, r.PartitionEpoch = p.Leader, p.LeaderEpoch, p.PartitionEpoch
	r.ISR, r.Wish, r.Asked, r.Failed = p.ISR, 0, false, false
	switch {
	case p.Leader == b.Self:
		b.lead(r, p, newEpoch, wasLeader, out)
	case newEpoch || r.Role == Offline:
		b.follow(r, wasLeader, out)
	}
}

// lead makes the replica the leader of its epoch. It truncates nothing; it notes in the epoch
// cache where its epoch begins, even before it writes anything; and it forgets what it knew of
// followers, so that its high watermark waits for every ISR member to fetch in this epoch
// (Partition.makeLeader).
func (b *Broker) lead(r *Replica, p *metadata.Partition, newEpoch, wasLeader bool, out *sim.Out) {
	r.Role = Leads
	l := b.log(r.At)
	if newEpoch {
		r.EpochStart = l.End()
		l.assign(r.LeaderEpoch, r.EpochStart)
		b.resetFollowers(r, p, wasLeader, out)
		out.Tell(wire.Note{Kind: wire.BecameLeader, Node: b.Self, At: r.At,
			Offset: r.EpochStart, Epoch: r.LeaderEpoch})
		b.elected(r.At, out)
	}
	b.advance(r, out)
}

// resetFollowers starts the followers' accounts anew. ISR members count as caught up now.
func (b *Broker) resetFollowers(r *Replica, p *metadata.Partition, keep bool, out *sim.Out) {
	end := b.log(r.At).End()
	old := r.Followers
	r.Followers = nil
	for _, id := range p.Replicas {
		if id == b.Self {
			continue
		}
		f := Follower{ID: id, End: wire.NoOffset, LeaderEnd: end, BrokerEpoch: wire.NoOffset}
		for _, was := range old {
			if keep && was.ID == id {
				f.End, f.BrokerEpoch = was.End, was.BrokerEpoch
			}
		}
		r.Followers = append(r.Followers, f)
		lag := sim.Timer{Kind: lagTimer, Key: partitionKey(r.At, id)}
		candidate := sim.Timer{Kind: candidateTimer, Key: lag.Key}
		out.StopTimer(lag)
		out.StopTimer(candidate)
		if p.ISR.Has(id) {
			out.Await(lag, b.Config.LagTimeMax, id)
			out.Await(candidate, b.Config.LagTimeMax, id)
		}
	}
}

// follow makes the replica a follower. It truncates nothing yet: its first fetch shows whether
// the logs part (KIP-595).
func (b *Broker) follow(r *Replica, wasLeader bool, out *sim.Out) {
	b.stopFollowers(r, out)
	r.Role = Follows
	if r.Leader == wire.Nobody {
		r.Role = Offline
	}
	r.BackingOff = false
	out.StopTimer(sim.Timer{Kind: backoffTimer, Key: partitionKey(r.At, 0)})
	if r.Role == Follows {
		out.Tell(wire.Note{Kind: wire.BecameFollower, Node: b.Self, Peer: r.Leader, At: r.At,
			Epoch: r.LeaderEpoch})
	}
	if wasLeader {
		b.resigned(r.At, out)
	}
}

// checkEpoch compares the leader epoch a client or follower believes in with the broker's own.
func (b *Broker) checkEpoch(r *Replica, epoch int32) wire.Error {
	switch {
	case r == nil:
		return wire.UnknownTopicOrPartition
	case epoch != wire.NoEpoch && epoch < r.LeaderEpoch:
		return wire.FencedLeaderEpoch
	case epoch != wire.NoEpoch && epoch > r.LeaderEpoch:
		return wire.UnknownLeaderEpoch
	case r.Role != Leads:
		return wire.NotLeaderOrFollower
	}
	return wire.None
}

// hint is the leader to name in an error (KIP-951).
func (r *Replica) hint() (wire.NodeID, int32) {
	if r == nil || r.Role == Offline {
		return wire.Nobody, wire.NoEpoch
	}
	return r.Leader, r.LeaderEpoch
}

// describe answers a client's question for metadata from what this broker has heard.
func (b *Broker) describe(r *wire.MetadataRequest) *wire.MetadataResponse {
	a := &wire.MetadataResponse{Brokers: b.Image.Alive()}
	topics := r.Topics
	if r.All {
		topics = nil
		for _, t := range b.Image.Topics {
			topics = append(topics, t.ID)
		}
	}
	for _, topic := range topics {
		for _, p := range b.Image.Of(topic) {
			m := wire.PartitionMetadata{At: p.At, Leader: p.Leader, Epoch: p.LeaderEpoch,
				Creation: b.Image.Topic(topic).Creation}
			if p.Leader == wire.Nobody || !a.Brokers.Has(p.Leader) {
				m.Err, m.Leader = wire.LeaderNotAvailable, wire.Nobody
			}
			a.Partitions = append(a.Partitions, m)
		}
	}
	return a
}
