package outbox

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// RelayConfig is what a relay is started with.
type RelayConfig struct {
	Database wire.NodeID
	Every    sim.Duration // between two polls
	Producer producer.Config
}

// pollLimit is how many rows a relay takes at a time.
const pollLimit = 100

// Relay is a process that sends what waits in the outbox of a database: it polls the rows that are not marked as sent,
// sends them in their order, waits in flush(), marks them if nothing has failed, and polls again. It keeps nothing
// itself. Killed between a result and its mark it sends the row again.
type Relay struct {
	Config *RelayConfig `sim:"-"`
	Self   wire.NodeID
	Process
	Doing Doing
	Busy  bool  // a call of the producer's has not returned
	Sent  int32 // rows that were handed to send(), of those it has polled
	Quiet bool  `sim:"idle"` // the last poll found nothing
}

// Doing is what a relay is at.
type Doing uint8

// The stations of a relay's round.
const (
	Resting Doing = iota
	Polling
	Sending
	Flushing
	Marking
)

func (d Doing) String() string {
	return [...]string{"waits for its next look", "asks the database", "sends", "waits in flush()", "marks what is sent"}[d]
}

// NewRelay is a relay that has never run.
func NewRelay(self wire.NodeID, c *RelayConfig) *Relay {
	return &Relay{Config: c, Self: self, Process: newProcess(self, c.Database, &c.Producer)}
}

// Crash forgets everything.
func (r *Relay) Crash(sim.CrashKind, *sim.Out) { *r = *NewRelay(r.Self, r.Config) }

// Step is the node's door.
func (r *Relay) Step(in sim.Input, out *sim.Out) {
	switch {
	case in.Kind == sim.Start:
		r.produce(in, out)
		r.rest(0, out)
	case in.Kind == sim.Timeout && in.Timer.Kind == nextTimer:
		r.next(out)
	default:
		switch answer := r.route(in, out).(type) {
		case *wire.PollOutboxResponse:
			r.polled(answer.Rows, out)
		case *wire.TransactResponse:
			r.pause(out)
		}
	}
	if r.Busy && r.Producer.Idle() {
		r.returned(out)
	}
	if r.Stopping && r.Doing == Resting {
		r.pause(out)
	}
}

// next is the next thing that the application does.
func (r *Relay) next(out *sim.Out) {
	switch rows := r.Producer.Fed.Records; {
	case r.Doing == Resting:
		r.Doing = Polling
		r.Pool.ask(&wire.PollOutboxRequest{Topic: r.Config.Producer.App.Topic, Limit: pollLimit}, r.Quiet, out)
	case r.Doing == Marking:
		marks := &wire.TransactRequest{}
		for i := range rows {
			marks.Statements = append(marks.Statements, wire.Statement{Record: rows[i], Do: wire.MarkSent})
		}
		r.Pool.ask(marks, false, out)
	case int(r.Sent) < len(rows):
		r.Sent, r.Busy = r.Sent+1, true
		r.call(func(out *sim.Out) { r.Producer.Send(int(r.Sent)-1, out) }, out)
	default:
		r.Doing, r.Busy = Flushing, true
		r.call(r.Producer.Flush, out)
	}
}

// polled gives the rows to the producer, in their order.
func (r *Relay) polled(rows []wire.OutboxRow, out *sim.Out) {
	if r.Quiet = len(rows) == 0; r.Quiet {
		r.pause(out)
		return
	}
	records := make([]wire.Record, len(rows))
	for i := range rows {
		records[i] = rows[i].Record
	}
	out.Tell(wire.Note{Kind: wire.OutboxPolled, Node: r.Self, Peer: r.Config.Database, Records: records})
	r.Producer.Feed(records)
	r.Doing, r.Sent = Sending, 0
	r.goOn(out)
}

// returned goes on after send() or flush(). If one send() has failed nothing is marked: the next poll finds all rows
// again, in their order.
func (r *Relay) returned(out *sim.Out) {
	r.Busy = false
	switch {
	case r.Doing == Sending:
		r.goOn(out)
	case r.Producer.Fed.Failed:
		r.pause(out)
	default:
		r.Doing = Marking
		r.goOn(out)
	}
}

func (r *Relay) pause(out *sim.Out) {
	r.Doing = Resting
	r.rest(r.Config.Every, out)
}
