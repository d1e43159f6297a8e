package tui

import (
	"fmt"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// index is a message's place among the fates, -1 if it was not sent yet. Fates are listed by client
// and number.
func (s *scene) index(m wire.MessageID) int {
	before := 0
	for i := range s.ledger.Accounts {
		sent := s.ledger.Accounts[i].Rows.Len()
		if s.ledger.First+wire.NodeID(i) != m.Producer {
			before += sent
			continue
		}
		if m.N >= 1 && int(m.N) <= sent {
			return before + int(m.N) - 1
		}
	}
	return -1
}

// fate is what became of a message, nil if it was not sent yet.
func (s *scene) fate(m wire.MessageID) *cluster.Fate {
	if i := s.index(m); i >= 0 {
		return &s.fates[i]
	}
	return nil
}

// longestName is how many cells the longest name of a message takes.
func (s *scene) longestName() int {
	n := 0
	for i := range s.ledger.Accounts {
		last := wire.MessageID{Producer: s.ledger.First + wire.NodeID(i), N: int32(s.ledger.Accounts[i].Rows.Len())}
		n = max(n, paint.Width(s.names.Message(last)))
	}
	return n
}

// worst is the fate that is worst off, nil if nothing was sent.
func (s *scene) worst() *cluster.Fate {
	var worst *cluster.Fate
	for i := range s.fates {
		if worst == nil || s.fates[i].Worst() > worst.Worst() {
			worst = &s.fates[i]
		}
	}
	return worst
}

// findConcern finds the first message in danger, and the one to look at first: who is worst off, or else
// that one.
func (s *scene) findConcern() {
	s.risky = -1
	for i := range s.fates {
		if s.risk(i) != "" {
			s.risky, s.concern = i, s.fates[i].Message
			break
		}
	}
	if f := s.worst(); f != nil && f.Harmed() {
		s.concern = f.Message
	}
}

// promised are the places at which lost messages were acked, read from the way here; nil if none is
// lost.
func (p *player) promised(fates []cluster.Fate) map[wire.MessageID]wire.PartitionOffset {
	var out map[wire.MessageID]wire.PartitionOffset
	for i := range fates {
		if fates[i].Has(cluster.AckedLost) && out == nil {
			out = map[wire.MessageID]wire.PartitionOffset{}
		}
	}
	for i := 1; out != nil && i <= p.Tree.Index(); i++ {
		if m := p.Tree.BareOn(i); p.marks(m)&told != 0 {
			for j := range m.Notes {
				if n := &m.Notes[j]; n.Kind == wire.Acked {
					out[n.Message] = wire.PartitionOffset{At: n.At, Offset: n.Offset}
				}
			}
		}
	}
	return out
}

// whereabouts are who has a copy, what the application was told, and what was done with it.
func (s *scene) whereabouts(i int) string {
	f := &s.fates[i]
	text := "on no broker"
	if held := s.copies[i].held; held != 0 {
		text = "on " + s.names.Set(held)
	} else if f.Row.Expired > 0 {
		text = "deleted"
	} else if f.Has(cluster.Superseded) {
		text = "compacted away"
	}
	for _, a := range answers {
		if a.of(&f.Row) > 0 {
			text += ", " + a.word
		}
	}
	text += s.inTransaction(i)
	for g, name := range s.ledger.Groups {
		if n := f.Row.Effects[g]; n == 1 {
			text += fmt.Sprintf(", applied by %s", name)
		} else if n > 1 {
			text += fmt.Sprintf(", applied %d times by %s", n, name)
		}
	}
	return text
}
