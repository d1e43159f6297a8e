package producer

import (
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/client"
	"example.com/ksim/sim/wire"
)

// Producer is one application process with its KafkaProducer.
type Producer struct {
	Durable
	Config *Config `sim:"-"`
	Self   wire.NodeID

	Net      client.Network
	Thread   Thread
	Fed      Fed
	Asked    []Hand    // what a person lets it say, and it has not yet
	Again    []Call    // what the application sends before it goes on
	Queues   []Queue   // one for each partition it has sent to, sorted
	Batches  []Batch   // all that are not done, and those whose request is still unanswered
	Requests []Request // produce requests in flight
	Buffer   int32     // bytes of buffer.memory in use
	Numbers  Numbering
	Txn      Txn
	Ratio    int32 // what compression is expected to leave, in millionths; 0: none was measured
	Sticky   Sticky
	Counter  int32 // of a partitioner that deals in turn
	Turn     int16 // where the next drain of the queues begins
	Closing  bool  // close() was called: everything is sendable, nothing new is accepted
}

// Durable is what the application finds again after a restart: how far it is in its input.
type Durable struct {
	Next        int32  // messages handed to send() so far
	Hands       []Hand // the messages that a person let it say
	Unconfirmed []Call // if it sends again what is lost: the last send() of each that was not confirmed
	Begun       int32  // transactions
	Settled     int32  // transactions that it need not come back to
}

// Thread is the application's thread: free, or blocked inside send().
type Thread struct {
	Blocked Block
	Message int32 // the one it is blocked with
	Attempt int16

	Partition int16 // that it goes to, if it waits for memory
}

// Block is why a call does not return.
type Block uint8

// What can block the thread: send(), for at most max.block.ms, or flush(), or what waits for a transaction's
// coordinator. From NeedMemory on everything is sendable.
const (
	Free         Block = iota
	InInit             // initTransactions()
	NeedMetadata       // the topic's partitions are not known yet
	NeedMemory         // buffer.memory is used up
	InFlush            // what was sent is not done yet
	InOffsets          // sendOffsetsToTransaction()
	InCommit           // commitTransaction()
	InAbort            // abortTransaction()
	Never              // the record is too large: send() fails at once
)

func (b Block) String() string {
	return [...]string{"", "initTransactions() waits for its coordinator", "the topic's partitions are not known yet",
		"buffer.memory is full", "flush() waits for what was sent",
		"sendOffsetsToTransaction() waits for its coordinators", "commitTransaction() waits for its coordinator",
		"abortTransaction() waits for its coordinator", "the record is too large"}[b]
}

// call is the name of a call that waits for a transaction's coordinator.
func (b Block) call() string {
	name, _, _ := strings.Cut(b.String(), " ")
	return name
}

// Request is a produce request in flight: which batches are in it.
type Request struct {
	Ref     int32
	Batches []int32
}

// What the producer's own calls are.
const (
	produceCall uint8 = client.OwnersCall + iota
	identifyCall
	txnCall
)

// New is a producer that has never run.
func New(self wire.NodeID, c *Config) *Producer { return &Producer{Config: c, Self: self} }

// Crash forgets everything that was only in memory: the accumulator, what is in flight, who waits
// for a callback.
func (p *Producer) Crash(sim.CrashKind, *sim.Out) {
	*p = Producer{Durable: p.Durable, Config: p.Config, Self: p.Self}
}

// Step is the node's door.
func (p *Producer) Step(in sim.Input, out *sim.Out) {
	switch in.Kind {
	case sim.Start:
		p.Net.Meta.Stale = true
		if off := p.Config.SwitchedOff; len(off) > 0 {
			out.Tell(wire.Note{Kind: wire.IdempotenceOff, Node: p.Self, Text: strings.Join(off, " and ")})
		}
		p.resumeApp(out)
	case sim.Receive:
		if call, mine := p.Net.Receive(&p.Config.Client, in.Conn, in.Body, out); mine {
			p.answered(in.Conn.Server, call, in.Body, out)
		}
	case sim.Hangup:
		out.Tell(wire.Note{Kind: wire.Disconnected, Node: p.Self, Peer: in.Conn.Server})
		lost := p.Net.Lost(&p.Config.Client, in.Conn.Server, in.Conn.Lane, out)
		p.fail(lost, wire.NetworkException, out)
		p.unreached(in.Conn.Server)
	case sim.Timeout:
		p.timeout(in.Timer, out)
	case sim.Command:
		if in.Text == "stop" {
			p.close(out)
		} else {
			p.order(in.Text, out)
		}
	}
	p.after(out)
}

// after is what follows from whatever happened: the sender thread and a blocked application thread look
// whether it is something for them.
func (p *Producer) after(out *sim.Out) {
	p.resume(out)
	p.flushed(out)
	p.Net.Refresh(&p.Config.Client, out)
	p.settleNumbers(out)
	p.transact(out)
	p.wake(out)
	if p.mayExit() {
		out.Exit()
	}
}

func (p *Producer) timeout(t sim.Timer, out *sim.Out) {
	switch t.Kind {
	case sendTimer:
		p.say(out)
	case senderTimer:
		p.runSender(out)
	case lingerTimer:
		p.batch(t.Key).Lingered = true
	case backoffTimer:
		p.batch(t.Key).BackingOff = false
	case deliveryTimer:
		p.expire(t.Key, out)
	case closeTimer:
		p.abort(out)
	case identifyTimer:
		p.Numbers.Waiting = false
	case blockTimer:
		p.tooLong(out)
	case txnTimer:
		p.slept()
	default:
		p.fail(p.Net.Rang(&p.Config.Client, t, out), wire.RequestTimedOut, out)
		if t.Kind == client.RequestTimer {
			id, _ := client.PeerOf(t.Key)
			p.unreached(id)
		}
	}
}
