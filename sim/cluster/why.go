package cluster

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/wire"
)

// whyAckedLost: who said yes, who had a copy then, how each copy went, and who led from where
// without it.
func (s *story) whyAckedLost() []Cause {
	acked, ok := s.find(wire.Acked, 0)
	if !ok {
		return nil
	}
	var chain []Cause
	holders, from := s.holders(acked.step), acked.step
	if holders.Len() == 0 {
		chain = s.plain(wire.Recognised) // for another message
	}
	if answered, ok := s.lastBefore(wire.Answered, acked.step); ok {
		from = answered.step
		chain = append(chain, s.say(answered.step, "%s answered %s that %s is at %s@%d; %s",
			s.names.Node(answered.Node), s.names.Node(answered.Peer), s.names.Message(s.m),
			s.names.Partition(answered.At), acked.Offset, s.onlyOn(holders)))
	}
	chain = append(chain, s.say(acked.step, "%s was told so: %s is acked",
		s.names.Node(acked.Node), s.names.Message(s.m)))
	for id := range holders.All() {
		chain = append(chain, s.strokes(id, from)...)
	}
	return append(chain, s.losses(acked.At, acked.step)...)
}

// holders are the brokers that had the message at a step.
func (s *story) holders(step int) wire.NodeSet {
	var set wire.NodeSet
	for _, l := range s.mine {
		if l.step > step {
			break
		}
		switch l.Kind {
		case wire.Appended, wire.Replicated:
			set = set.With(l.Node)
		case wire.Truncated, wire.StartedAnew, wire.LostUnflushed, wire.Superseded:
			set = set.Without(l.Node)
		}
	}
	return set
}

func (s *story) onlyOn(holders wire.NodeSet) string {
	switch holders.Len() {
	case 0:
		return "no broker had it then"
	case 1:
		return "no other broker had copied it then"
	}
	return "the brokers that had it then: " + s.names.Set(holders)
}

// strokes are what befell a broker that held the message, from a step on.
func (s *story) strokes(id wire.NodeID, from int) []Cause {
	var out []Cause
	for _, l := range s.world {
		if l.step < from || l.Node != id {
			continue
		}
		switch {
		case l.Kind.Died(), l.Kind == wire.Paused, l.Kind == wire.Partitioned, l.Kind == wire.WasFenced:
			out = append(out, s.cause(l))
		}
	}
	return out
}

// usurpers are the elections of leaders without the message. If all of them came before a step, a leader answered that
// had been deposed and did not know: then the last.
func (s *story) usurpers(at wire.Partition, from int) (lines []line, later bool) {
	var out, earlier []line
	for _, l := range s.world {
		led := l.Kind == wire.BecameLeader || l.Kind == wire.Elected
		if !led || l.At != at || s.holders(l.step).Has(l.Node) {
			continue
		}
		if l.step >= from {
			out = append(out, l)
		} else {
			earlier = append(earlier, l)
		}
	}
	if len(out) == 0 {
		return earlier[max(0, len(earlier)-2):], false
	}
	return out, true
}

// losses are the elections of leaders without the message and the end of each copy.
func (s *story) losses(at wire.Partition, from int) []Cause {
	var out []Cause
	usurpers, _ := s.usurpers(at, from)
	for _, l := range usurpers {
		out = append(out, s.cause(l))
	}
	for _, l := range s.mine {
		switch l.Kind {
		case wire.Truncated, wire.StartedAnew, wire.LostUnflushed, wire.Superseded:
			if l.step < from {
				continue
			}
			out = append(out, s.cause(l))
		}
	}
	return out
}

func (s *story) lastBefore(kind wire.NoteKind, step int) (line, bool) {
	best, found := line{}, false
	for _, l := range s.mine {
		if l.Kind == kind && l.step <= step {
			best, found = l, true
		}
	}
	return best, found
}

// whyLost: how far the message came, and what ended its way.
func (s *story) whyLost() []Cause {
	chain := s.plain(wire.Sent, wire.Blocked, wire.Drained, wire.Appended, wire.Refused, wire.Retrying,
		wire.SentOK, wire.Failed, wire.Unknown, wire.Unheard, wire.Truncated, wire.StartedAnew,
		wire.LostUnflushed, wire.Superseded)
	if appended, ok := s.find(wire.Appended, 0); ok {
		chain = append(chain, s.losses(appended.At, appended.step)...)
		return append(chain, s.strokes(appended.Node, appended.step)...)
	}
	drained, sent := s.lastBefore(wire.Drained, maxStep)
	for _, l := range s.world {
		mine := l.Node == s.m.Producer || l.Peer == s.m.Producer
		switch {
		case l.Kind.Died() && l.Node == s.m.Producer && !sent:
			chain = append(chain, s.say(l.step, "%s died while %s was still in its memory",
				s.names.Node(l.Node), s.names.Message(s.m)))
		case sent && l.step >= drained.step && (mine || l.Node == drained.Peer) && breaks(l.Kind):
			chain = append(chain, s.cause(l))
		}
	}
	return chain
}

const maxStep = int(^uint(0) >> 1)

// breaks marks what can keep a request or its answer from arriving.
func breaks(k wire.NoteKind) bool {
	switch k {
	case wire.Paused, wire.WasCut, wire.Partitioned, wire.Held, wire.Disconnected, wire.RequestTimeout:
		return true
	}
	return k.Died()
}

// whyReordered: how the message came into the log, how the one that overtook it did, and where the two
// stand now.
func (s *story) whyReordered(w *sim.World, path []sim.Happened, f *Fate) []Cause {
	kinds := []wire.NoteKind{wire.Sent, wire.Drained, wire.Refused, wire.Retrying, wire.Failed, wire.Unknown,
		wire.Appended}
	other, before := overtaker(w, f)
	theirs := tellStory(s.names, path, other)
	chain := append(s.plain(kinds...), theirs.plain(kinds...)...)
	chain = append(chain, s.breaksBefore(wire.Retrying)...)
	end := max(s.appendedAt(f.Where.Offset), theirs.appendedAt(before))
	return append(chain, s.say(end, "so %s has %s at %d, and %s behind it at %d",
		s.names.Partition(f.Where.At), s.names.Message(other), before, s.names.Message(s.m), f.Where.Offset))
}

// overtaker is the first later message of the same producer that stands before a message in the log
// of its partition's leader, and where it stands.
func overtaker(w *sim.World, f *Fate) (wire.MessageID, int64) {
	l := logOf(w.Node(SurveyOf(w).LeaderOf(f.Where.At)).(*broker.Broker), f.Where.At)
	for _, batch := range l.Batches.All() {
		for offset, r := range batch.All() {
			if m := r.Message; m.Producer == f.Message.Producer && m.N > f.Message.N {
				return m, offset
			}
		}
	}
	return f.Message, f.Where.Offset
}

// whyDuplicated: the first time, why it was done again, and the second time.
func (s *story) whyDuplicated(f *Fate) []Cause {
	if f.Copies > 1 {
		chain := append(s.plain(wire.Appended, wire.Retrying, wire.Unknown, wire.Failed), s.whySentAgain()...)
		for _, l := range s.mine {
			again := l.Kind == wire.Sent && l.Attempt > 1
			if again {
				chain = append(chain, s.cause(l))
			}
			if l.Kind != wire.Retrying && !again {
				continue
			}
			chain = append(chain, s.breakBefore(l)...)
		}
		return chain
	}
	return s.whyDoneTwice()
}

// whyUnseen: who polled it, who committed past it, and what ended the work on it.
func (s *story) whyUnseen(at wire.PartitionOffset) []Cause {
	chain := s.plain(wire.Polled, wire.HandlerFailed, wire.Skipped, wire.Deleted)
	for _, l := range s.world {
		switch {
		case l.Kind == wire.Committed && l.At == at.At && l.Offset > at.Offset,
			l.Kind == wire.Positioned && l.At == at.At,
			(l.Kind == wire.TopicDeleted || l.Kind == wire.TopicCreated) && l.At.Topic == at.At.Topic:
			chain = append(chain, s.cause(l))
		case l.Kind.Died() || l.Kind == wire.Exited:
			for _, p := range s.mine {
				if p.Kind == wire.Polled && p.Node == l.Node && l.step > p.step {
					chain = append(chain, s.cause(l))
				}
			}
		}
	}
	return chain
}
