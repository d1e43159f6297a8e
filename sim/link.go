package sim

import (
	"slices"

	"example.com/ksim/sim/value"
	"example.com/ksim/sim/wire"
)

// Packet is a message in flight. A packet without a body is the end of its stream: whoever
// receives it is told Hangup.
type Packet struct {
	Body   wire.Body
	Due    Time
	Origin uint32 // the step that sent it; unseen by nodes, not hashed
	idle   bool
}

// Fin tells whether the packet is the end of its stream.
func (p Packet) Fin() bool { return p.Body == nil }

// link is one TCP connection. The client may send while open; the server answers one request at
// a time: until it has, nothing more is delivered to it.
type link struct {
	Conn
	stamp    uint32     // the step it was last copied for; see Runner
	open     bool       // the client still holds it
	unserved bool       // the server has a request that it has not answered
	cold     bool       // dialled when the handshake could not be made, and nothing arrived since
	up, down stream     // client to server, server to client
	plain    value.Hash // the plain sum, once taken
	summed   bool
}

// stream is one direction of a link.
type stream struct {
	queue  []Packet
	last   Time   // nothing sent later may arrive before this: FIFO
	sent   uint32 // how many packets have ever been sent: numbers the draws of latency
	sealed bool   // what is sent from now on goes nowhere
	done   bool   // its end was delivered, or nobody is left to hear it
	held   bool   // stalled by a person or a search
}

func (l *link) copyFor(stamp uint32) *link {
	c := *l
	c.stamp = stamp
	c.up.queue = slices.Clone(l.up.queue)
	c.down.queue = slices.Clone(l.down.queue)
	c.summed = false
	return &c
}

// on tells whether the link is between a and b.
func (l *link) on(a, b NodeID) bool {
	return l.Client == a && l.Server == b || l.Client == b && l.Server == a
}

// from is the stream that id sends on.
func (l *link) from(id NodeID) *stream {
	if l.Client == id {
		return &l.up
	}
	return &l.down
}

// to is the stream that id receives on.
func (l *link) to(id NodeID) *stream {
	if l.Client == id {
		return &l.down
	}
	return &l.up
}

// over tells whether nothing can come of the link any more.
func (l *link) over() bool { return l.up.done && l.down.done && !l.unserved }

// drop forgets what is in the stream and lets nothing more in.
func (s *stream) drop() {
	s.queue, s.sealed, s.done = nil, true, true
}

// keep forgets all but the first few packets; what follows them is open.
func (s *stream) keep(first int, now Time) {
	s.queue = s.queue[:min(len(s.queue), first)]
	s.sealed, s.last = false, now
	if n := len(s.queue); n > 0 {
		s.sealed, s.last = s.queue[n-1].Fin(), s.queue[n-1].Due
	}
}

func (s *stream) pop() Packet {
	p := s.queue[0]
	s.queue = s.queue[1:]
	if len(s.queue) == 0 {
		s.queue = nil
	}
	return p
}

// lingers tells whether all that is left of the link is that its server will be told, and has
// nothing to do about it: as good as no link.
func (l *link) lingers() bool {
	if l.open || !l.down.done || l.up.held {
		return false
	}
	for i := range l.up.queue {
		if p := &l.up.queue[i]; !p.Fin() && !p.idle {
			return false
		}
	}
	return true
}

// sum hashes what the link is. That a request is unserved follows from the server's state, and
// an idle packet is as good as none, so the plain sum leaves both out.
func (l *link) sum(exact bool, now Time) value.Hash {
	if !exact && l.lingers() {
		return 0
	}
	h := value.Seeded.Add(l.Conn.key())
	flags := uint64(0)
	if l.open {
		flags |= 1
	}
	if exact && l.unserved {
		flags |= 2
	}
	if l.cold {
		flags |= 4
	}
	return l.down.sum(l.up.sum(h.Add(flags), exact, now), exact, now)
}

func (s *stream) sum(h value.Hash, exact bool, now Time) value.Hash {
	flags := uint64(0)
	for i, set := range [...]bool{s.sealed, s.done, s.held} {
		if set {
			flags |= 1 << i
		}
	}
	h = h.Add(flags)
	if exact {
		h = h.Add(uint64(s.sent)).Add(uint64(max(s.last, now).Sub(now)))
	}
	for i := range s.queue {
		p := &s.queue[i]
		switch {
		case p.Fin():
			h = h.Add(1)
		case p.idle && !exact:
			continue
		default:
			h = p.Body.Sum(h.Add(2), exact)
		}
		if exact {
			h = h.Add(uint64(max(p.Due, now).Sub(now)))
		}
	}
	return h
}
