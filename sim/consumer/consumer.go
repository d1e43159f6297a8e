package consumer

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/client"
	"example.com/ksim/sim/wire"
)

// Consumer is one application process with its KafkaConsumer.
type Consumer struct {
	Durable
	Config *Config `sim:"-"`
	Self   wire.NodeID

	Net     client.Network
	Member  Membership
	Parts   []Part // assigned partitions, sorted
	App     Thread
	Pool    Pool
	Commits []Commit // not answered yet
	Auto    Auto
	Seeks   []Seek // to be called before the next poll()
	Closing bool   // a graceful stop was asked for
}

// Durable is what survives the process: that there have been earlier ones, and what befell them.
type Durable struct {
	Births int32   // makes every member id different, as a random UUID does
	Thrown []int32 // how often the handler has thrown, by App.Failures
}

// The consumer's own calls.
const (
	findCall = client.OwnersCall + iota
	joinCall
	syncCall
	heartbeatCall
	leaveCall
	commitCall
	offsetsCall
	listCall
	validateCall
	fetchCall
)

// New is a consumer that has never run.
func New(self wire.NodeID, c *Config) *Consumer {
	return &Consumer{Config: c, Self: self, Member: outside()}
}

// Crash forgets everything: positions live in memory, and what is committed lives in Kafka.
func (c *Consumer) Crash(sim.CrashKind, *sim.Out) {
	*c = Consumer{Durable: c.Durable, Config: c.Config, Self: c.Self, Member: outside()}
}

// Step is the node's door.
func (c *Consumer) Step(in sim.Input, out *sim.Out) {
	switch in.Kind {
	case sim.Start:
		c.start(out)
	case sim.Receive:
		call, mine := c.Net.Receive(&c.Config.Client, in.Conn, in.Body, out)
		if mine {
			c.answered(call, in.Conn.Server, in.Body, out)
		} else if _, ok := in.Body.(*wire.MetadataResponse); ok {
			c.heard()
		}
	case sim.Hangup:
		out.Tell(wire.Note{Kind: wire.Disconnected, Node: c.Self, Peer: in.Conn.Server})
		c.lost(c.Net.Lost(&c.Config.Client, in.Conn.Server, in.Conn.Lane, out), in.Conn.Server, in.Conn.Lane, out)
	case sim.Timeout:
		c.timeout(in.Timer, out)
	case sim.Command:
		c.told(in.Text, out)
	}
	c.after(out)
}

// after is what follows from whatever happened.
func (c *Consumer) after(out *sim.Out) {
	c.turn(out)
	c.runBackground(out)
	c.sendCommits(out)
	c.Net.Refresh(&c.Config.Client, out)
}

func (c *Consumer) start(out *sim.Out) {
	c.Net.Meta.All = c.Config.Pattern != ""
	for _, t := range c.Config.Topics {
		c.Net.Meta.Want(t)
	}
	for _, at := range c.Config.Assign {
		c.Net.Meta.Want(at.Topic)
		c.Parts = append(c.Parts, Part{At: at, Need: NeedCommitted})
		if c.Config.Group == "" {
			c.loseWay(&c.Parts[len(c.Parts)-1], "no group, so no committed offset", out)
		}
	}
	c.seekStored(c.Config.Assign, out)
	if c.Config.AutoCommit {
		out.SetTimer(sim.Timer{Kind: autoIdleTimer}, c.Config.AutoCommitInterval)
	}
	if c.modern() {
		c.startModern()
	}
	c.App.State = Polling
}

// turn is one round of the loop inside poll(): callbacks of commits, find the coordinator, join,
// auto-commit, make positions valid, fetch, return what there is. While the application is at work
// nothing of it happens: one thread does it all. Who is joining goes on with what it still has.
func (c *Consumer) turn(out *sim.Out) {
	if c.App.State == InClose || c.App.State == Polling && c.Closing {
		c.close(out)
		return
	}
	if c.App.State != Polling {
		c.lookUp(out)
		return
	}
	if c.Member.Fatal != wire.None {
		out.Tell(wire.Note{Kind: wire.Threw, Node: c.Self, Err: c.Member.Fatal})
		out.Exit()
		return
	}
	c.callbacks(out)
	if !c.subscribes() || c.ensureMember(out) {
		if !c.Config.CommitsReturned || !c.buffered() {
			c.maybeAutoCommit(out)
		}
		if !c.ensurePositions(out) {
			return
		}
	}
	if c.withheld() {
		return
	}
	if c.buffered() {
		if t := (sim.Timer{Kind: pollTimer}); !out.Armed(t) {
			out.SetTimer(t, c.unpacking())
		}
		return
	}
	c.fetch(out)
}

func (c *Consumer) answered(call client.Call, from wire.NodeID, b wire.Body, out *sim.Out) {
	switch r := b.(type) {
	case *wire.FindCoordinatorResponse:
		c.onCoordinator(r, out)
	case *wire.JoinGroupResponse:
		c.onJoined(call.Body.(*wire.JoinGroupRequest), r, out)
	case *wire.SyncGroupResponse:
		c.onSynced(call.Body.(*wire.SyncGroupRequest), r, out)
	case *wire.HeartbeatResponse:
		c.onHeartbeat(call.Body.(*wire.HeartbeatRequest), r, out)
	case *wire.ConsumerGroupHeartbeatResponse:
		c.onModernHeartbeat(call, r, out)
	case *wire.LeaveGroupResponse:
		c.left(out)
	case *wire.OffsetCommitResponse:
		c.onCommitted(call, r.Err, out)
	case *wire.OffsetFetchResponse:
		c.onOffsets(r, out)
	case *wire.ListOffsetsResponse:
		c.onListed(call.Body.(*wire.ListOffsetsRequest), r, out)
	case *wire.OffsetForLeaderEpochResponse:
		c.onValidated(call.Body.(*wire.OffsetForLeaderEpochRequest), r, out)
	case *wire.FetchResponse:
		c.onFetched(call, from, r, out)
	default:
		panic("consumer: not for a consumer: " + b.API())
	}
}

// lost takes the calls that will not be answered.
func (c *Consumer) lost(calls []client.Call, from wire.NodeID, lane wire.Lane, out *sim.Out) {
	if lane == wire.CoordinatorLane && from != c.Config.ZooKeeper {
		c.Member.Coordinator = wire.Nobody
		if c.Member.Joined != nil {
			c.joinLost(out)
		}
	}
	for _, call := range calls {
		switch call.What {
		case findCall:
			c.findLater(out)
		case joinCall, syncCall:
			c.joinLost(out)
		case heartbeatCall:
			c.heartbeatLost(call, out)
		case leaveCall:
			c.left(out)
		case commitCall:
			c.onCommitted(call, wire.CoordinatorNotAvailable, out)
		case offsetsCall, listCall, validateCall:
			c.resetLater(out)
		case fetchCall:
			c.unheard(call.Body.(*wire.FetchRequest))
		}
	}
}

func (c *Consumer) timeout(t sim.Timer, out *sim.Out) {
	switch t.Kind {
	case pollTimer:
		c.poll(out)
	case effectTimer:
		c.effect(t.Key, out)
	case processTimer:
		c.processed(t.Key, out)
	case nextTimer:
		c.next(out)
	case autoCommitTimer, autoIdleTimer:
		c.Auto.Due = true
		if c.background() {
			c.maybeAutoCommit(out)
		}
	case heartbeatTimer:
		c.heartbeatDue(out)
	case sessionTimer:
		c.Member.Coordinator = wire.Nobody
	case maxPollTimer:
		c.leaveIdle(out)
	case coordinatorTimer:
		c.Member.Finding = false
	case commitRetryTimer:
		c.recommit(t.Key)
	case syncTimer:
		c.giveUpSync(out)
	case prepareTimer:
		c.prepareOver(out)
	case lapTimer:
		c.lap(out)
	case closeTimer:
		c.giveUpClose(out)
	case resetTimer:
		c.resetAgain()
	case lookupTimer:
		if c.orphaned() {
			c.find(out)
		}
	case rejoinTimer:
		c.Member.Waiting = false
	default:
		key := t.Key
		calls := c.Net.Rang(&c.Config.Client, t, out)
		if t.Kind == client.RequestTimer || t.Kind == client.KeepaliveTimer {
			from, lane := client.PeerOf(key)
			c.lost(calls, from, lane, out)
		}
	}
}
