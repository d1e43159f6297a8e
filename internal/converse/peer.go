package converse

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/value"
	"example.com/ksim/sim/wire"
)

// peer is a dummy at the other end: it keeps what it is asked until it is told what to answer.
type peer struct {
	self wire.NodeID
	open []question
	say  func(out *sim.Out)
}

type question struct {
	conn sim.Conn
	body wire.Body
}

// Step keeps requests. Only the handshake of a connection is answered at once.
func (p *peer) Step(in sim.Input, out *sim.Out) {
	switch in.Kind {
	case sim.Receive:
		if in.Conn.Server != p.self {
			return
		}
		if _, ok := in.Body.(*wire.ApiVersionsRequest); ok {
			out.Reply(in.Conn, &wire.ApiVersionsResponse{})
			return
		}
		p.open = append(p.open, question{in.Conn, in.Body})
	case sim.Hangup:
		p.open = slices.DeleteFunc(p.open, func(q question) bool { return q.conn == in.Conn })
	case sim.Command:
		p.say(out)
	}
}

// take is the oldest open question that a response of an API answers, on a connection that the
// asker still holds.
func (p *peer) take(api string, held []sim.Conn) (question, bool) {
	i := slices.IndexFunc(p.open, func(q question) bool {
		return q.body.API() == api && slices.Contains(held, q.conn)
	})
	if i < 0 {
		return question{}, false
	}
	q := p.open[i]
	p.open = slices.Delete(p.open, i, i+1)
	return q, true
}

// Crash forgets the questions.
func (p *peer) Crash(sim.CrashKind, *sim.Out) { p.open = nil }

// Timers: a dummy has none.
func (*peer) Timers() []sim.TimerKind { return nil }

// Copy is the dummy itself: a conversation has only one line of worlds.
func (p *peer) Copy() sim.Node { return p }

// Sum is the same for all dummies.
func (*peer) Sum(h value.Hash, _ bool) value.Hash { return h }
