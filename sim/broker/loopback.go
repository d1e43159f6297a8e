package broker

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Looped is a request of the broker to itself, or the answer to one. Kafka sends it over the network like
// any other; here it takes no time, but a step of its own, so that a crash can come between.
type Looped struct {
	Conn   sim.Conn
	Body   wire.Body
	Answer bool
}

// ask sends a request to a broker, which may be this one.
func (b *Broker) ask(to wire.NodeID, lane sim.Lane, body wire.Body, out *sim.Out) {
	if to != b.Self {
		out.Send(to, lane, body)
		return
	}
	b.loop(Looped{Conn: sim.Conn{Client: b.Self, Server: b.Self, Lane: lane}, Body: body}, out)
}

// reply answers a request of a broker, which may be this one.
func (b *Broker) reply(c sim.Conn, body wire.Body, out *sim.Out) {
	if c.Client != b.Self {
		out.Reply(c, body)
		return
	}
	b.loop(Looped{Conn: c, Body: body, Answer: true}, out)
}

func (b *Broker) loop(l Looped, out *sim.Out) {
	b.Loop = append(b.Loop, l)
	out.SetTimer(sim.Timer{Kind: loopTimer}, 0)
}

// looped hands over the oldest of what the broker has sent to itself.
func (b *Broker) looped(out *sim.Out) {
	l := b.Loop[0]
	b.Loop = slices.Delete(b.Loop, 0, 1)
	if len(b.Loop) > 0 {
		out.SetTimer(sim.Timer{Kind: loopTimer}, 0)
	}
	if l.Answer {
		b.answered(l.Conn, l.Body, out)
	} else {
		b.serve(l.Conn, l.Body, out)
	}
}
