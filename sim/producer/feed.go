package producer

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// A producer can be a part of a node that is more than a producer. Then that node is its application: what
// the producer is to send is given to it.

// Fed is what the owner gives to send(), and what it hears of it.
type Fed struct {
	Records []wire.Record `sim:"frozen"` // message N is at N-1
	Failed  bool          // a send() of them
}

// Feed gives records to be sent, in place of those before, which must be done.
func (p *Producer) Feed(records []wire.Record) { p.Fed = Fed{Records: records} }

// Send is send() of the n-th record, from 0. It can block; when it has returned the producer is idle.
func (p *Producer) Send(n int, out *sim.Out) {
	p.send(Call{N: int32(n) + 1, Attempt: p.Fed.Records[n].Attempt}, out)
	p.after(out)
}

// Flush is flush().
func (p *Producer) Flush(out *sim.Out) {
	p.flush(Call{}, out)
	p.after(out)
}

// Said is the message that the n-th call of send() is about, from 1; of none if n is 0.
func (p *Producer) Said(n int32) wire.MessageID {
	if n == 0 {
		return wire.MessageID{}
	}
	return p.message(n)
}

// Idle tells whether no call of the owner's is blocked.
func (p *Producer) Idle() bool { return p.Thread.Blocked == Free }
