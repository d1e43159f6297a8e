package sim

import (
	"example.com/ksim/sim/value"
	"example.com/ksim/sim/wire"
)

// The kernel speaks of time and ids in the vocabulary of the packages below it.
type (
	// Time is a moment of virtual time.
	Time = value.Time
	// Duration is a length of virtual time.
	Duration = value.Duration
	// NodeID names a node of the world.
	NodeID = wire.NodeID
	// Lane tells apart several connections between the same two nodes; Roster.Lanes names them.
	Lane = wire.Lane
)

// The units of Duration; Forever is a time-out that never comes.
const (
	Nanosecond  = value.Nanosecond
	Microsecond = value.Microsecond
	Millisecond = value.Millisecond
	Second      = value.Second
	Forever     = value.Forever
)

// Node is a process of the simulated world: plain data that changes only in Step and Crash. It
// reads no clock and draws no dice; it never sees a World.
//
// Copy, Sum and the Own they rest on are derived from the type by internal/derive.
type Node interface {
	// Step is the only door: it takes one input and says what follows from it.
	Step(in Input, out *Out)
	// Crash forgets what does not survive the end of the process. It may Tell, nothing else.
	Crash(how CrashKind, out *Out)
	// Timers is the table of the node's timers; it is the same for ever.
	Timers() []TimerKind
	// Copy is a node that shares no memory that Step could change.
	Copy() Node
	// Sum hashes the node; exact takes in what only says "still here".
	Sum(h value.Hash, exact bool) value.Hash
}

// Input is what a node is told; Kind says which fields count.
type Input struct {
	Kind  InputKind
	Conn  Conn      // Receive, Hangup
	Body  wire.Body // Receive
	Timer Timer     // Timeout
	Text  string    // Command
}

// InputKind tells what a node is told.
type InputKind uint8

// The five things a node can be told.
const (
	Start   InputKind = iota // the process begins; what Crash left is all it remembers
	Receive                  // Body arrived on Conn
	Timeout                  // Timer rang
	Hangup                   // the other end of Conn is gone
	Command                  // an operator said Text
)

// CrashKind tells how a process ended.
type CrashKind struct {
	Power bool // the machine lost power, so the page cache is gone; else only the process died
	Keep  int  // with Power: how many unflushed records of each log reached the disk all the same
}

// Conn names one end-to-end connection. Gen tells a connection from earlier ones between the same
// two on the same lane that still have something in the network: so many as a client gives up while
// its server is paused.
type Conn struct {
	Client, Server NodeID
	Lane           Lane
	Gen            uint16
}

// Peer is the other end as id sees it.
func (c Conn) Peer(id NodeID) NodeID {
	if c.Client == id {
		return c.Server
	}
	return c.Client
}

// Sum hashes the connection's name.
func (c *Conn) Sum(h value.Hash, _ bool) value.Hash { return h.Add(c.key()) }

func (c Conn) less(d Conn) bool { return c.key() < d.key() }

func (c Conn) key() uint64 {
	return uint64(c.Client)<<32 | uint64(c.Server)<<24 | uint64(c.Lane)<<16 | uint64(c.Gen)
}

// draw numbers the draw of latency for the nth packet that one end sends. A high Gen reaches into the
// lane, and a high n further up: that only makes two draws the same.
func (c Conn) draw(from NodeID, n uint32) uint64 {
	return uint64(c.Client)<<56 | uint64(c.Server)<<48 | uint64(c.Lane)<<40 ^
		uint64(c.Gen)<<32 ^ uint64(from)<<24 ^ uint64(n)
}
