package controller

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/value"
	"example.com/ksim/sim/wire"
)

// Role is what a voter is in its epoch.
type Role uint8

// The roles of a voter (KIP-595).
const (
	Unattached Role = iota // knows no leader
	Follower
	Candidate
	Leader // the active controller
)

// Controller is one controller node.
type Controller struct {
	Durable
	Config *Config `sim:"-"`
	Self   wire.NodeID

	Role    Role
	Leader  wire.NodeID     // of Epoch, as far as it knows
	Commit  int64           // high watermark of the metadata log
	Image   *metadata.Image // the log replayed: all of it at the leader, what is committed elsewhere
	Votes   wire.NodeSet    // as a candidate
	Matched []Match         // as the leader: what each other voter has
	Brokers []Session       // as the leader: what heartbeats told
	Waiting []Answer        // as the leader: answers that wait for their records to be committed
	Parked  []Parked        `sim:"idle"` // long polls with nothing new for them
	Polling bool            // as a follower: a fetch is under way
}

// Durable is what survives the end of the process.
type Durable struct {
	Log      value.Vec[*wire.MetadataEntry]
	Epoch    int32
	VotedFor wire.NodeID // in Epoch
}

// Match is how far another voter has copied the leader's log.
type Match struct {
	Voter wire.NodeID
	End   int64
}

// Session is what the active controller knows of a broker from its heartbeats.
type Session struct {
	Broker         wire.NodeID
	MetadataOffset int64 // replayed by the broker
	ShutdownOffset int64 // the log's end when it began to shut down
}

// Answer is a response held back until the log is committed up to Offset.
type Answer struct {
	Conn   sim.Conn
	Offset int64
	Body   wire.Body
}

// Parked is a fetch of the metadata log that waits for records.
type Parked struct {
	Conn  sim.Conn
	Fetch *wire.QuorumFetchRequest
}

// New is a controller that has never run.
func New(self wire.NodeID, c *Config) *Controller {
	return &Controller{Config: c, Self: self, Image: &metadata.Image{}}
}

// Crash forgets all but the log and the vote, which a controller writes to disk before it acts
// on them (KafkaRaftLog.flush, QuorumStateStore).
func (k *Controller) Crash(sim.CrashKind, *sim.Out) {
	*k = Controller{Durable: k.Durable, Config: k.Config, Self: k.Self, Image: &metadata.Image{}}
}

// Step is the node's door.
func (k *Controller) Step(in sim.Input, out *sim.Out) {
	switch in.Kind {
	case sim.Start:
		k.start(out)
	case sim.Receive:
		k.receive(in.Conn, in.Body, out)
	case sim.Timeout:
		k.timeout(in.Timer, out)
	case sim.Hangup:
		k.hangup(in.Conn, out)
	case sim.Command:
		if in.Text == "create" {
			k.createTopics(out)
		} else {
			k.order(in.Text, out)
		}
	}
}

func (k *Controller) start(out *sim.Out) {
	if len(k.Config.Voters) == 1 {
		k.Epoch++
		k.VotedFor = k.Self
		k.becomeLeader(out)
		return
	}
	k.waitForLeader(out)
}

func (k *Controller) receive(c sim.Conn, b wire.Body, out *sim.Out) {
	switch r := b.(type) {
	case *wire.QuorumFetchRequest:
		k.onFetch(c, r, out)
	case *wire.QuorumFetchResponse:
		k.onRecords(c.Server, r, out)
	case *wire.VoteRequest:
		k.onVote(c, r, out)
	case *wire.VoteResponse:
		k.onVoted(c.Server, r, out)
	case *wire.BeginQuorumEpochRequest:
		k.follow(r.Epoch, r.Leader, out)
		out.Reply(c, &wire.BeginQuorumEpochResponse{Epoch: k.Epoch})
	case *wire.BeginQuorumEpochResponse:
		k.noteEpoch(r.Epoch, out)
	case *wire.BrokerRegistrationRequest:
		k.onRegister(c, r, out)
	case *wire.BrokerHeartbeatRequest:
		k.onHeartbeat(c, r, out)
	case *wire.AlterPartitionRequest:
		k.onAlterPartition(c, r, out)
	default:
		panic("controller: not for a controller: " + b.API())
	}
}

func (k *Controller) timeout(t sim.Timer, out *sim.Out) {
	switch t.Kind {
	case sessionTimer:
		k.expire(wire.NodeID(t.Key), out)
	case electionTimer:
		k.stand(out)
	case fetchWaitTimer:
		k.expireFetch(t, out)
	case retryTimer:
		k.poll(out)
	case checkQuorumTimer:
		k.resign(out)
	}
}

func (k *Controller) hangup(c sim.Conn, out *sim.Out) {
	if c.Client == k.Self && c.Lane == wire.QuorumLane && c.Server == k.Leader {
		k.Polling = false // the election timer says when to stop waiting for this leader
		out.SetTimer(sim.Timer{Kind: retryTimer}, retryBackoff)
	}
	if c.Server == k.Self {
		k.forget(c)
	}
}

// forget drops what is parked for a connection that is gone.
func (k *Controller) forget(c sim.Conn) {
	for i := range k.Parked {
		if k.Parked[i].Conn == c {
			k.Parked = append(k.Parked[:i], k.Parked[i+1:]...)
			return
		}
	}
}

func (k *Controller) active() bool { return k.Role == Leader }

// majority is how many voters make one.
func (k *Controller) majority() int { return len(k.Config.Voters)/2 + 1 }
