package cluster

import "example.com/ksim/sim/wire"

// whyOwed: the commit that made the message a debt, and what ended its way to Kafka.
func (s *story) whyOwed() []Cause {
	if _, drained := s.find(wire.Drained, 0); drained {
		return append(s.plain(wire.RowCommitted, wire.RowMarked), s.whyLost()...)
	}
	begun, _ := s.find(wire.ChangeBegun, 0)
	chain := s.plain(wire.ChangeBegun, wire.RowCommitted, wire.ChangeConfirmed, wire.Sent, wire.Blocked, wire.Failed)
	_, sent := s.find(wire.Sent, 0)
	for _, l := range s.world {
		if !l.Kind.Died() || l.Node != s.m.Producer || l.step < begun.step {
			continue
		}
		where := "before it called send(), and no outbox has it"
		if sent {
			where = "while it was still in the memory of its producer"
		}
		return append(chain, s.cause(l), s.say(l.step, "so %s will never be sent: its process died %s",
			s.names.Message(s.m), where))
	}
	return chain
}

// whyNotMade: how far the business change came, what ended it, and how its message came into the log all the same.
func (s *story) whyNotMade() []Cause {
	chain := s.plain(wire.ChangeBegun, wire.Sent, wire.Appended, wire.Acked, wire.Failed, wire.Unknown, wire.RowWritten,
		wire.RowLost, wire.ChangeDropped)
	begun, _ := s.find(wire.ChangeBegun, 0)
	for _, l := range s.world {
		if l.Kind.Died() && l.Node == s.m.Producer && l.step >= begun.step {
			return append(chain, s.cause(l), s.say(l.step, "so nobody will make the change of %s", s.names.Message(s.m)))
		}
	}
	return chain
}

// whySentAgain: what a relay found and marked, and its deaths between the two.
func (s *story) whySentAgain() []Cause {
	chain := s.plain(wire.OutboxPolled, wire.RowMarked)
	for _, polled := range s.mine {
		if polled.Kind != wire.OutboxPolled {
			continue
		}
		marked, done := s.find(wire.RowMarked, polled.step)
		for _, l := range s.world {
			if l.Kind.Died() && l.Node == polled.Node && l.step > polled.step && (!done || l.step < marked.step) {
				chain = append(chain, s.cause(l))
			}
		}
	}
	return chain
}
