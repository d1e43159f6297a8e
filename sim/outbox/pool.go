package outbox

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Pool is a client of a database, as an application's connection pool is one: a request at a time, and what is not
// answered is asked again, for ever. That does no harm, see wire.RowKind.
type Pool struct {
	Server wire.NodeID `sim:"-"`
	Asked  wire.Body   // what is not answered; nil: nothing
}

// How long a client waits for its database, and how long it rests before it asks again.
const (
	queryTimeout = 5 * sim.Second
	queryBackoff = 100 * sim.Millisecond
)

// ask sends a request. One that is idle asks what was answered with no news the last time.
func (p *Pool) ask(b wire.Body, idle bool, out *sim.Out) {
	p.Asked = b
	if idle {
		out.SendIdle(p.Server, wire.DatabaseLane, b)
	} else {
		out.Send(p.Server, wire.DatabaseLane, b)
	}
	out.Await(sim.Timer{Kind: queryTimer}, queryTimeout, p.Server)
}

// answered ends the request.
func (p *Pool) answered(out *sim.Out) {
	p.Asked = nil
	out.StopTimer(sim.Timer{Kind: queryTimer})
}

// lost takes the news that the connection is gone, with the answer if one was to come.
func (p *Pool) lost(out *sim.Out) {
	if p.Asked != nil {
		out.StopTimer(sim.Timer{Kind: queryTimer})
		out.SetTimer(sim.Timer{Kind: againTimer}, queryBackoff)
	}
}

// rang takes a timer of the pool's.
func (p *Pool) rang(kind uint8, out *sim.Out) {
	if kind == againTimer {
		p.ask(p.Asked, false, out)
		return
	}
	out.Close(p.Server, wire.DatabaseLane)
	out.Tell(wire.Note{Kind: wire.RequestTimeout, Node: out.ID(), Peer: p.Server})
	p.lost(out)
}
