package copier

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/wire"
)

// work is what the application does as soon as the call that it was in has returned.
func (c *Copier) work(out *sim.Out) {
	if out.Armed(sim.Timer{Kind: copyTimer}) || out.Armed(sim.Timer{Kind: goOnTimer}) || !c.Out.Idle() {
		return
	}
	r, lent := &c.Round, c.In.Lent()
	switch {
	case r.State == Reading && len(lent) > 0:
		r.State = Copying
		c.Out.Feed(c.copies(lent))
		c.copyNext(out)
	case r.State == Reading && c.Closing && c.In.App.State == consumer.Polling:
		r.State = Ending
		c.In.Wake()
		c.produce(out, func(out *sim.Out) { c.Out.Step(sim.Input{Kind: sim.Command, Text: "stop"}, out) })
	case r.State == Copying && r.Sent < len(lent):
		c.copyNext(out)
	case r.State == Copying, r.State == Flushing:
		out.SetTimer(sim.Timer{Kind: goOnTimer}, 0)
	}
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

// next is the application's next call. A process can be killed before it, too. If a send() has failed, what
// was polled is not done: it is read again.
func (c *Copier) next(out *sim.Out) {
	r := &c.Round
	switch {
	case r.State == Copying:
		r.State = Flushing
		c.produce(out, func(out *sim.Out) { c.Out.Flush(out) })
	case c.Out.Fed.Failed:
		c.Round = Round{}
		c.consume(out, c.In.Rewind)
	default:
		c.Round = Round{}
		c.consume(out, c.In.Return)
	}
}
