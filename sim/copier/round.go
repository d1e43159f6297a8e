package copier

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// work is what the application does as soon as the call that it was in has returned.
func (c *Copier) work(out *sim.Out) {
	if out.Armed(sim.Timer{Kind: copyTimer}) || out.Armed(sim.Timer{Kind: goOnTimer}) || !c.Out.Idle() {
		return
	}
	r, lent := &c.Round, c.In.Lent()
	switch {
	case r.State == Reading && c.In.App.State == consumer.Stopped:
		c.consume(out, func(out *sim.Out) { c.In.Step(sim.Input{Kind: sim.Start}, out) })
	case r.State == Reading && len(lent) > 0:
		c.begin(lent, out)
	case r.State == Reading && c.Closing && c.In.App.State == consumer.Polling:
		c.close(out)
	case r.State == Reading, r.State == Ending, r.State == Parting:
	case r.State == Copying && r.Sent < len(lent) && !c.Out.Spoilt():
		c.copyNext(out)
	default:
		out.SetTimer(sim.Timer{Kind: goOnTimer}, 0)
	}
}

// begin begins a round. What member it is of its group is what its consumer was in its last poll(), whatever the
// group has made of it since.
func (c *Copier) begin(lent []consumer.Item, out *sim.Out) {
	c.Round = Round{State: Copying, Generation: wire.NoGeneration}
	if !c.Config.Anonymous {
		c.Round.Member, c.Round.Generation, _ = c.In.GroupMetadata()
	}
	c.Out.Feed(c.copies(lent))
	if c.Config.Producer.Transactional() {
		c.produce(out, c.Out.Begin)
	}
	c.copyNext(out)
}

func (c *Copier) copyNext(out *sim.Out) {
	out.SetTimer(sim.Timer{Kind: copyTimer}, c.Config.Consumer.App.Takes)
}

// copies are what is sent for some records: they say what those say.
func (c *Copier) copies(of []consumer.Item) []wire.Record {
	records := make([]wire.Record, len(of))
	for i := range of {
		records[i] = *of[i].Record
		records[i].Copier = c.Self
	}
	return records
}

// next is the application's next call. A process can be killed before it, too.
func (c *Copier) next(out *sim.Out) {
	r, transactional := &c.Round, c.Config.Producer.Transactional()
	switch {
	case c.Out.Txn.State == producer.FatalError:
		c.close(out)
	case r.State == Aborting, c.Out.Spoilt() && !transactional && r.State == Flushing:
		c.Round = Round{}
		c.consume(out, c.In.Rewind)
	case c.Out.Spoilt() && transactional:
		c.call(Aborting, func(out *sim.Out) { c.Out.End(false, out) }, out)
	case r.State == Copying && !transactional:
		c.call(Flushing, c.Out.Flush, out)
	case r.State == Copying && c.Config.Offsets:
		c.call(Offering, func(out *sim.Out) { c.Out.SendOffsets(c.offsets(), out) }, out)
	case r.State == Copying, r.State == Offering:
		c.call(Committing, func(out *sim.Out) { c.Out.End(true, out) }, out)
	default:
		c.Round = Round{}
		c.consume(out, c.In.Return)
	}
}

// call is a call of the producer's.
func (c *Copier) call(s State, what func(*sim.Out), out *sim.Out) {
	c.Round.State = s
	c.produce(out, what)
}

// offsets are the consumer's positions, and who has them.
func (c *Copier) offsets() *wire.TxnOffsetCommitRequest {
	r := &wire.TxnOffsetCommitRequest{Group: c.Config.Consumer.Group, Generation: c.Round.Generation,
		Member: c.Round.Member, Offsets: c.In.Passed()}
	if !c.Config.Anonymous {
		r.Instance = c.Config.Consumer.Instance
	}
	return r
}

// close ends the application: it closes its producer, and then its consumer.
func (c *Copier) close(out *sim.Out) {
	c.In.Wake()
	c.call(Ending, func(out *sim.Out) { c.Out.Step(sim.Input{Kind: sim.Command, Text: "stop"}, out) }, out)
}
