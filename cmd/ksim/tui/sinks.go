package tui

import (
	"slices"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/wire"
)

// applied is an entry of a sink.
type applied struct {
	cluster.Effect
	doubled bool // the group had applied the message already
}

// readSinks notes what each consumer's application has done, in order.
func (s *scene) readSinks() {
	s.effects = make([][]applied, len(s.ledger.Accounts))
	for i := range s.groups {
		first := map[wire.MessageID]int{} // which of the group's effects was the first
		for _, c := range s.groups[i].consumers {
			for _, e := range s.ledger.Accounts[c.Self-s.ledger.First].Sink.All() {
				if nth, known := first[e.Message]; !known || e.Nth < nth {
					first[e.Message] = e.Nth
				}
			}
		}
		for _, c := range s.groups[i].consumers {
			at := c.Self - s.ledger.First
			for _, e := range s.ledger.Accounts[at].Sink.All() {
				s.effects[at] = append(s.effects[at], applied{e, e.Nth > first[e.Message]})
			}
		}
	}
}

// sink draws the latest entries of a consumer's sink, in order; what was done more than once stands
// out.
func (s *scene) sink(c *consumer.Consumer, most int) paint.Line {
	sink := s.effects[c.Self-s.ledger.First]
	if len(sink) == 0 {
		return paint.Text(paint.Dim, "nothing yet")
	}
	var l paint.Line
	if hidden := len(sink) - most; hidden > 0 {
		l, sink = paint.Textf(paint.Dim, "(%d earlier) ", hidden), sink[hidden:]
	}
	var once []wire.MessageID // a run of messages that came for the first time
	for _, e := range sink {
		if !e.doubled {
			once = append(once, e.Message)
			continue
		}
		if len(once) > 0 {
			l = l.Add(paint.Plain, s.runs(once)+" ")
		}
		l, once = l.Add(paint.Bad, s.names.Message(e.Message)+"²").Add(paint.Plain, " "), nil
	}
	return l.Add(paint.Plain, s.runs(once))
}

// toll is what became of the messages that a group is to apply.
type toll struct {
	done, twice, skipped, dead, lost, coming []wire.MessageID
}

// tollOf sorts the messages of the topics that a group reads.
func (s *scene) tollOf(g *group) toll {
	var t toll
	place := slices.Index(s.ledger.Groups, g.id)
	for i := range s.fates {
		f := &s.fates[i]
		n := f.Row.Effects[place]
		if !s.reads(g, f.Message) {
			continue
		}
		to := &t.coming
		switch {
		case n > 0:
			to = &t.done
		case f.Row.Dead[place] > 0:
			to = &t.dead
		case f.Has(cluster.AckedLost) || f.Has(cluster.Lost) || f.Has(cluster.Failed):
			to = &t.lost
		case f.Has(cluster.Unseen) && g.passed(f.Where):
			to = &t.skipped
		}
		*to = append(*to, f.Message)
		if n > 1 {
			t.twice = append(t.twice, f.Message)
		}
	}
	return t
}

// reads tells whether a group reads the topic that a message was sent to.
func (s *scene) reads(g *group, m wire.MessageID) bool {
	for _, p := range s.producers {
		if p.Self != m.Producer {
			continue
		}
		for _, c := range g.consumers {
			if slices.Contains(c.Config.Topics, p.Config.App.Topic) {
				return true
			}
		}
	}
	return false
}

// passed tells whether a group's committed offset lies behind a record that none of its consumers
// has in hand.
func (g *group) passed(at wire.PartitionOffset) bool {
	for _, c := range g.consumers {
		for _, item := range c.InHand() {
			if item.At == at.At && item.Offset == at.Offset {
				return false
			}
		}
	}
	k := g.claim(at.At)
	return k != nil && k.committed > at.Offset
}

// claim is a group's claim to a partition, nil if it does not read it.
func (g *group) claim(at wire.Partition) *claim {
	for i := range g.claims {
		if g.claims[i].at == at {
			return &g.claims[i]
		}
	}
	return nil
}

// successor is where the group would begin to read a partition if its owner died now, and by whose
// word; false if that is open.
func (s *scene) successor(g *group, k *claim) (from int64, kept, ok bool) {
	config := g.consumers[0].Config
	if config.App.Offsets == consumer.InSink {
		place := uint8(slices.Index(s.ledger.Groups, g.id))
		for _, o := range s.ledger.Kept {
			if o.Group == place && o.At == k.at {
				return o.Offset, true, true
			}
		}
	}
	switch {
	case k.committed != wire.NoOffset:
		return k.committed, false, true
	case config.Reset == consumer.Earliest:
		return 0, false, true
	case config.Reset == consumer.Latest && k.led:
		return k.hw, false, true
	}
	return 0, false, false
}

// ifDied are the messages that would be applied again, and those that would never be, if the
// consumers died now.
func (s *scene) ifDied(g *group) (again, never []wire.MessageID) {
	place := slices.Index(s.ledger.Groups, g.id)
	done := map[wire.MessageID]bool{}
	for _, c := range g.consumers {
		for _, e := range s.effects[c.Self-s.ledger.First] {
			k := g.claim(e.At)
			if k == nil || done[e.Message] {
				continue
			}
			if from, _, ok := s.successor(g, k); ok && e.Offset >= from {
				again, done[e.Message] = append(again, e.Message), true
			}
		}
	}
	for i := range s.fates {
		f := &s.fates[i]
		if k := g.claim(f.Where.At); f.OnLog && k != nil && f.Row.Effects[place] == 0 && !g.passed(f.Where) {
			if from, _, ok := s.successor(g, k); ok && f.Where.Offset < from {
				never = append(never, f.Message)
			}
		}
	}
	return again, never
}
