package producer

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// App is what the application wants to say, and how it goes about it.
type App struct {
	Topic   wire.TopicID
	Records int32        // how many messages
	Every   sim.Duration // the time between two of them
	Bytes   int32        // of a record
	Keys    []string     // used in turn; none: null keys

	Partitions []int16      // ProducerRecord's argument, used in turn; none: the partitioner chooses
	Payload    wire.Payload // what values look like

	Mode    Mode
	Failure Failure
	Replay  bool         // after a restart it first sends what was not confirmed; else it goes on
	Flush   int32        // flush() after every so many messages; 0: never
	Txn     Transactions // of who has a transactional.id
	Close   sim.Duration // how long close() may take (KafkaProducer.close(Duration))

	Fed bool // the producer is a part of another node, which calls send() itself: see Feed
}

// Mode is how the application uses send().
type Mode uint8

// The ways to send.
const (
	Callback Mode = iota // with a callback that looks at the error
	Forget               // nobody ever looks at the result
	Sync                 // send().get(): one at a time
)

// Failure is what the application does when it is told that a send failed.
type Failure uint8

// What can be done about a failure.
const (
	Ignore Failure = iota // note it, go on
	Resend                // send() the message again: a new record, which no broker can recognise
	Stop                  // send no more, and close()
)

// Call is one send() of a message: attempt 1, or a later one that the application makes by itself.
type Call struct {
	N       int32
	Attempt int16
}

// Record is what the nth message is sent as.
func (a *App) Record(n int32) wire.Record {
	r := wire.Record{Bytes: a.Bytes}
	if len(a.Keys) > 0 {
		r.Keyed, r.Key = true, a.Key(n)
	}
	return r
}

// Key is the key of the nth message, if there are keys.
func (a *App) Key(n int32) string { return a.Keys[int(n-1)%len(a.Keys)] }

// say makes the application's next call of send(): what it has to say again, then what is new.
func (p *Producer) say(out *sim.Out) {
	if p.Thread.Blocked != Free {
		return // a callback was faster, and its send() is blocked
	}
	if p.Config.Transactional() && !p.talks(out) {
		return
	}
	var c Call
	if len(p.Again) > 0 {
		c, p.Again = p.Again[0], p.Again[1:]
	} else {
		p.Next++
		p.sayAsked()
		c = Call{p.Next, 1}
	}
	p.send(c, out)
}

// hasMore tells whether the application wants to call something again: send(), or what ends its transaction, or
// close() because nothing else is possible.
func (p *Producer) hasMore() bool {
	return !p.Closing && !p.Config.App.Fed && (p.HasToSend() || p.Txn.Open() || p.Txn.State == FatalError)
}

// scheduleSend lets the application call send() again after a while, if it wants to.
func (p *Producer) scheduleSend(after sim.Duration, out *sim.Out) {
	if t := (sim.Timer{Kind: sendTimer}); p.hasMore() && !out.Armed(t) {
		out.SetTimer(t, after)
	}
}

// resumeApp is how the application goes on after a restart.
func (p *Producer) resumeApp(out *sim.Out) {
	if !p.Config.App.Replay {
		p.Unconfirmed = nil
	}
	for _, c := range p.Unconfirmed {
		p.Again = append(p.Again, Call{c.N, c.Attempt + 1})
	}
	if p.Config.Transactional() {
		p.initTransactions(out)
		return
	}
	p.scheduleSend(0, out)
}

// called notes a send() that the application must hear the end of.
func (p *Producer) called(c Call) {
	if !p.Config.App.Replay && !p.Config.App.Txn.Again {
		return
	}
	for i := range p.Unconfirmed {
		if p.Unconfirmed[i].N == c.N {
			p.Unconfirmed[i] = c
			return
		}
	}
	p.Unconfirmed = append(p.Unconfirmed, c)
}

// accepted goes on after send() has returned.
func (p *Producer) accepted(c Call, out *sim.Out) {
	app := &p.Config.App
	switch {
	case app.Mode == Sync: // get() returns when the result is there
	case app.Flush > 0 && c.N%app.Flush == 0:
		p.flush(c, out)
	default:
		p.scheduleSend(p.pace(), out)
	}
}

// flush waits until every batch that there is now is done, well or not; meanwhile all are sendable
// (KafkaProducer.flush, RecordAccumulator.awaitFlushCompletion).
func (p *Producer) flush(c Call, out *sim.Out) {
	for i := range p.Batches {
		p.Batches[i].Flushed = true
	}
	p.Thread = Thread{Blocked: InFlush, Message: c.N, Attempt: c.Attempt}
	p.flushed(out)
}

// flushed lets flush() return if nothing of what it waits for is left.
func (p *Producer) flushed(out *sim.Out) {
	waits := slices.ContainsFunc(p.Batches, func(b Batch) bool { return b.Flushed && !b.Done })
	if p.Thread.Blocked == InFlush && !waits {
		p.Thread = Thread{}
		p.scheduleSend(p.pace(), out)
	}
}

// succeeded is the callback, or get(), without an error. In a transaction that confirms nothing yet.
func (p *Producer) succeeded(c Call, out *sim.Out) {
	if !p.Config.Transactional() {
		p.Unconfirmed = slices.DeleteFunc(p.Unconfirmed, func(o Call) bool { return o.N == c.N })
	}
	p.got(out)
}

// got lets get() return.
func (p *Producer) got(out *sim.Out) {
	if p.Config.App.Mode == Sync {
		p.scheduleSend(p.pace(), out)
	}
}

// tellFailed is the callback, or get(), with an error: in the note n. Where nobody looks, nobody is
// told. A callback that sends again does so at once, unless send() is blocked as it is.
func (p *Producer) tellFailed(n wire.Note, c Call, out *sim.Out) {
	app := &p.Config.App
	p.Fed.Failed = app.Fed
	if app.Mode == Forget {
		n.Kind = wire.Unheard
		out.Tell(n)
		return
	}
	out.Tell(n)
	switch {
	case p.Closing || app.Failure == Ignore:
		p.got(out)
	case app.Failure == Stop:
		p.close(out)
	case p.Thread.Blocked == Free:
		p.send(Call{c.N, c.Attempt + 1}, out)
	default:
		p.Again = append(p.Again, Call{c.N, c.Attempt + 1})
	}
}

// close is a graceful stop: no new sends, then everything that waits is sent, for as long as
// the application gives it (KafkaProducer.close).
func (p *Producer) close(out *sim.Out) {
	if p.Closing {
		return
	}
	p.Closing = true
	out.StopTimer(sim.Timer{Kind: sendTimer})
	switch p.Thread.Blocked {
	case InFlush:
		p.Thread = Thread{}
	case NeedMetadata, NeedMemory:
		p.giveUp(p.Thread.call(), wire.ProducerClosed, out)
	}
	out.SetTimer(sim.Timer{Kind: closeTimer}, p.Config.App.Close)
}

// forced tells whether close() has no time to give: nothing more is sent (Sender.forceClose).
func (p *Producer) forced() bool { return p.Closing && p.Config.App.Close <= 0 }

// abort fails everything that is not done (Sender.forceClose, RecordAccumulator.abortIncompleteBatches).
// What is in flight may still arrive.
func (p *Producer) abort(out *sim.Out) {
	for len(p.Batches) > 0 {
		b := &p.Batches[0]
		id := b.ID
		if b.Doubtful = b.Doubtful || b.InFlight; !b.Done {
			p.tellFailure(b, wire.ProducerClosed, out)
		}
		p.forget(id, out)
	}
	if t := &p.Txn; t.State == Committing && t.Asked {
		p.tellTxn(wire.Note{Kind: wire.TxnDoubtful, Err: wire.ProducerClosed}, out)
	}
	p.Queues, p.Requests, p.Txn = nil, nil, Txn{}
}
