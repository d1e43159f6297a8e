package outbox

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// Process is what writer and relay are made of.
type Process struct {
	Pool     Pool
	Producer producer.Producer
	Stopping bool // it ends as soon as it is between two pieces of work
}

// The kinds of timers, in the order of the table; the producer's come last.
const (
	queryTimer uint8 = iota
	againTimer
	nextTimer // what the application does next: always an event of its own
	producerTimers
)

var timers = append([]sim.TimerKind{
	{Name: "query", Class: sim.Patience},
	{Name: "query-again", Class: sim.Pace},
	{Name: "next", Class: sim.Work},
}, (*producer.Producer)(nil).Timers()...)

// Timers is the table of the process's timers.
func (*Process) Timers() []sim.TimerKind { return timers }

func newProcess(self, database wire.NodeID, c *producer.Config) Process {
	return Process{Pool: Pool{Server: database}, Producer: *producer.New(self, c)}
}

// route gives an input to the component that it is for, and the database's answer to the caller. The rest is the
// application's.
func (p *Process) route(in sim.Input, out *sim.Out) (answer wire.Body) {
	database := in.Conn.Lane == wire.DatabaseLane
	switch {
	case in.Kind == sim.Receive && database:
		p.Pool.answered(out)
		return in.Body
	case in.Kind == sim.Hangup && database:
		out.Tell(wire.Note{Kind: wire.Disconnected, Node: out.ID(), Peer: p.Pool.Server})
		p.Pool.lost(out)
	case in.Kind == sim.Receive || in.Kind == sim.Hangup:
		p.produce(in, out)
	case in.Kind == sim.Timeout && in.Timer.Kind >= producerTimers:
		in.Timer.Kind -= producerTimers
		p.produce(in, out)
	case in.Kind == sim.Timeout && in.Timer.Kind < nextTimer:
		p.Pool.rang(in.Timer.Kind, out)
	case in.Kind == sim.Command:
		p.Stopping = p.Stopping || in.Text == "stop"
	}
	return nil
}

// produce lets the producer step.
func (p *Process) produce(in sim.Input, out *sim.Out) {
	p.call(func(out *sim.Out) { p.Producer.Step(in, out) }, out)
}

// call calls the producer; when it has closed, the process ends.
func (p *Process) call(what func(*sim.Out), out *sim.Out) {
	if out.Part(producerTimers, what) {
		out.Exit()
	}
}

// goOn lets the application do the next thing at once.
func (p *Process) goOn(out *sim.Out) { out.SetTimer(sim.Timer{Kind: nextTimer}, 0) }

// rest sets the clock of the next piece of work; who is to stop closes the producer instead.
func (p *Process) rest(after sim.Duration, out *sim.Out) {
	if !p.Stopping {
		out.SetTimer(sim.Timer{Kind: nextTimer}, after)
		return
	}
	out.StopTimer(sim.Timer{Kind: nextTimer})
	if !p.Producer.Closing {
		p.produce(sim.Input{Kind: sim.Command, Text: "stop"}, out)
	}
}
