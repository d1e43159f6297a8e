package outbox

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// WriterConfig is what a writer is started with.
type WriterConfig struct {
	Database wire.NodeID
	Form     Form
	Records  int32        // how many business changes
	Every    sim.Duration // the time between two
	Producer producer.Config
}

// Form is in which order an application makes a business change and says so in Kafka.
type Form uint8

// The forms.
const (
	Outbox           Form = iota // the message is a row, in the transaction of the change
	SendAfterCommit              // commit, then send(): nobody waits for the result
	SendBeforeCommit             // send() and flush(), then commit, if it did not fail
)

// FormNames are the forms as files call them.
var FormNames = []string{"outbox", "send-after-commit", "send-before-commit"}

// step is one thing that is done for a change.
type step uint8

const (
	commitBoth step = iota
	commitChange
	send  // send() returns
	await // flush() returns
)

var forms = [...][]step{
	Outbox:           {commitBoth},
	SendAfterCommit:  {commitChange, send},
	SendBeforeCommit: {send, await, commitChange},
}

func (f Form) String() string { return FormNames[f] }

// Doing says what a step of the form is.
func (f Form) Doing(i int8) string {
	return [...]string{"commits it, with its outbox row", "commits it", "send()", "flush(): waits for the result"}[forms[f][i]]
}

// Sends tells whether the application has a producer of its own.
func (f Form) Sends() bool { return slices.Contains(forms[f], send) }

// Writer is an application that makes business changes, one at a time. Its message n says that change n was made.
type Writer struct {
	Durable
	Config *WriterConfig `sim:"-"`
	Self   wire.NodeID
	Process
	Work Work
}

// Durable is what the application finds again after a restart: how far it is in its input. A change that it was at is
// not made again: whoever asked for it saw an error.
type Durable struct {
	Next int32 // changes begun so far
}

// Work is the change at hand.
type Work struct {
	N     int32 // 0: none
	Step  int8  // of its form
	Begun bool  // the step is
}

// NewWriter is a writer that has never run.
func NewWriter(self wire.NodeID, c *WriterConfig) *Writer {
	return &Writer{Config: c, Self: self, Process: newProcess(self, c.Database, &c.Producer)}
}

// Crash forgets the change at hand and what the producer holds.
func (w *Writer) Crash(sim.CrashKind, *sim.Out) {
	d := w.Durable
	*w = *NewWriter(w.Self, w.Config)
	w.Durable = d
}

// Step is the node's door.
func (w *Writer) Step(in sim.Input, out *sim.Out) {
	switch {
	case in.Kind == sim.Start:
		if w.Config.Form.Sends() {
			w.produce(in, out)
		}
	case in.Kind == sim.Timeout && in.Timer.Kind == nextTimer:
		w.next(out)
	default:
		if answer := w.route(in, out); answer != nil {
			out.Tell(wire.Note{Kind: wire.ChangeConfirmed, Node: w.Self, Peer: w.Config.Database, Message: w.message(), Attempt: 1})
		}
	}
	w.look(out)
	w.pause(out)
}

// message is what says that the change at hand was made.
func (w *Writer) message() wire.MessageID { return wire.MessageID{Producer: w.Self, N: w.Work.N} }

// next begins the next step of the change at hand, or of a new one.
func (w *Writer) next(out *sim.Out) {
	if w.Work.N == 0 {
		w.Next++
		w.Work = Work{N: w.Next}
		out.Tell(wire.Note{Kind: wire.ChangeBegun, Node: w.Self, Message: w.message(), Attempt: 1})
	}
	w.Work.Begun = true
	w.do(forms[w.Config.Form][w.Work.Step], out)
}

// look goes on to the next step if the one at hand is over, or ends the change.
func (w *Writer) look(out *sim.Out) {
	steps := forms[w.Config.Form]
	do := steps[w.Work.Step]
	if !w.Work.Begun || !w.done(do) {
		return
	}
	w.Work.Step, w.Work.Begun = w.Work.Step+1, false
	switch {
	case do == await && w.Producer.Fed.Failed:
		out.Tell(wire.Note{Kind: wire.ChangeDropped, Node: w.Self, Message: w.message(), Attempt: 1})
		w.Work = Work{}
	case int(w.Work.Step) == len(steps):
		w.Work = Work{}
	default:
		w.goOn(out)
	}
}

// do begins a step.
func (w *Writer) do(do step, out *sim.Out) {
	record := w.Config.Producer.App.Record(w.Work.N)
	record.Message, record.Attempt = w.message(), 1
	change := wire.Statement{Record: record, Do: wire.InsertChange}
	switch do {
	case commitChange:
		w.Pool.ask(&wire.TransactRequest{Statements: []wire.Statement{change}}, false, out)
	case commitBoth:
		row := wire.Statement{Record: record, Do: wire.InsertOutbox, Topic: w.Config.Producer.App.Topic}
		w.Pool.ask(&wire.TransactRequest{Statements: []wire.Statement{change, row}}, false, out)
	case send:
		w.Producer.Feed([]wire.Record{record})
		w.call(func(out *sim.Out) { w.Producer.Send(0, out) }, out)
	case await:
		w.call(w.Producer.Flush, out)
	}
}

// done tells whether the step at hand is over.
func (w *Writer) done(do step) bool {
	if do == send || do == await {
		return w.Producer.Idle()
	}
	return w.Pool.Asked == nil
}

// pause waits for the next change, if there is to be one, or ends.
func (w *Writer) pause(out *sim.Out) {
	more := w.Next < w.Config.Records && !out.Armed(sim.Timer{Kind: nextTimer})
	if w.Work.N > 0 || !w.Stopping && !more {
		return
	}
	after := w.Config.Every
	if w.Next == 0 {
		after = 0
	}
	w.rest(after, out)
}
