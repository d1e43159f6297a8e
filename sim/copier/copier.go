package copier

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// Config is what a copier is started with.
type Config struct {
	Consumer consumer.Config
	Producer producer.Config

	Offsets   bool // with a transactional.id: sendOffsetsToTransaction(), so that positions and copies are one
	Anonymous bool // it names only its group there, and not what member of it it is (before KIP-447)
}

// Copier is one copying process.
type Copier struct {
	Config  *Config `sim:"-"`
	Self    wire.NodeID
	In      consumer.Consumer
	Out     producer.Producer
	Round   Round
	Closing bool // a graceful stop was asked for
}

// Round is the work on what one poll() has returned.
type Round struct {
	State      State
	Sent       int           // records handed to send()
	Member     wire.MemberID // that polled them, in which generation
	Generation int32
}

// State is what a copier is doing.
type State uint8

// What a copier can be doing.
const (
	Reading    State = iota // whatever the consumer does: it polls, commits, or closes
	Copying                 // it sends a record for each that poll() has returned
	Flushing                // inside flush()
	Offering                // inside sendOffsetsToTransaction()
	Committing              // inside commitTransaction()
	Aborting                // inside abortTransaction()
	Ending                  // inside close() of the producer
	Parting                 // inside close() of the consumer
)

func (s State) String() string {
	return [...]string{"reading", "copying", "in flush()", "in sendOffsetsToTransaction()",
		"in commitTransaction()", "in abortTransaction()", "in close() of its producer", "in close() of its consumer"}[s]
}

// The rows of the table of timers: the consumer's, the producer's, the copier's own.
var (
	consumersTimers = (*consumer.Consumer)(nil).Timers()
	producersTimers = (*producer.Producer)(nil).Timers()
	timers          = slices.Concat(consumersTimers, prefixed(producersTimers), []sim.TimerKind{
		{Name: "copy", Class: sim.Work},
		{Name: "go-on", Class: sim.Work},
	})
	producersFirst = uint8(len(consumersTimers))
	copyTimer      = producersFirst + uint8(len(producersTimers))
	goOnTimer      = copyTimer + 1
)

// prefixed are the producer's timers as the copier's: some are called as the consumer's.
func prefixed(rows []sim.TimerKind) []sim.TimerKind {
	rows = slices.Clone(rows)
	for i := range rows {
		rows[i].Name = "producer-" + rows[i].Name
	}
	return rows
}

// Timers is the table of a copier's timers.
func (*Copier) Timers() []sim.TimerKind { return timers }

// New is a copier that has never run.
func New(self wire.NodeID, c *Config) *Copier {
	return &Copier{Config: c, Self: self,
		In: *consumer.New(self, &c.Consumer), Out: *producer.New(self, &c.Producer)}
}

// Crash forgets what its parts forget.
func (c *Copier) Crash(how sim.CrashKind, out *sim.Out) {
	c.In.Crash(how, out)
	c.Out.Crash(how, out)
	c.Round, c.Closing = Round{}, false
}

// Step is the node's door. It gives every part what is the part's, and then looks what the application does.
func (c *Copier) Step(in sim.Input, out *sim.Out) {
	switch in.Kind {
	case sim.Start: // initTransactions() returns before the first poll(): what was open is decided then
		c.produce(out, func(out *sim.Out) { c.Out.Step(in, out) })
	case sim.Command:
		if c.Closing = c.Closing || in.Text == "stop"; in.Text != "stop" {
			c.consume(out, func(out *sim.Out) { c.In.Step(in, out) })
		}
	case sim.Timeout:
		c.timeout(in, out)
	default:
		if in.Conn.Lane == c.Config.Producer.Client.Lane {
			c.produce(out, func(out *sim.Out) { c.Out.Step(in, out) })
		} else {
			c.consume(out, func(out *sim.Out) { c.In.Step(in, out) })
		}
	}
	c.work(out)
}

func (c *Copier) timeout(in sim.Input, out *sim.Out) {
	switch k := in.Timer.Kind; {
	case k == copyTimer:
		c.Round.Sent++
		c.produce(out, func(out *sim.Out) { c.Out.Send(c.Round.Sent-1, out) })
	case k == goOnTimer:
		c.next(out)
	case k >= producersFirst:
		in.Timer.Kind -= producersFirst
		c.produce(out, func(out *sim.Out) { c.Out.Step(in, out) })
	default:
		c.consume(out, func(out *sim.Out) { c.In.Step(in, out) })
	}
}

// consume lets the consumer do something. When it has ended, so has the process.
func (c *Copier) consume(out *sim.Out, step func(*sim.Out)) {
	if out.Part(0, step) {
		out.Exit()
	}
}

// produce lets the producer do something. When it has ended, the consumer's turn to be closed has come.
func (c *Copier) produce(out *sim.Out, step func(*sim.Out)) {
	if c.Round.State != Parting && out.Part(producersFirst, step) {
		c.Round.State = Parting
		c.consume(out, c.In.End)
	}
}
