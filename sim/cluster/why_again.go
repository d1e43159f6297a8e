package cluster

import (
	"slices"

	"example.com/ksim/sim/wire"
)

// whyDoneTwice: who polled and applied the message, and between the first poll and the last effect what
// befell them: their process, their place in the group, their hold on the partition, where they began to
// read, and the commits that came too early or not at all.
func (s *story) whyDoneTwice() []Cause {
	chain := s.plain(wire.Polled, wire.EffectApplied)
	from, _ := s.find(wire.Polled, 0)
	first, _ := s.find(wire.EffectApplied, 0)
	last, _ := s.lastBefore(wire.EffectApplied, maxStep)
	for _, l := range s.world {
		ofPartition := l.At == first.At || l.At == (wire.Partition{})
		switch {
		case l.step < from.step || l.step > last.step:
		case l.Kind == wire.PassedOver, s.lowered(l, first.At), s.hasApplied(l.Node) && ofPartition && loosens(l.Kind):
			chain = append(chain, s.cause(l))
		}
	}
	if committed, ok := s.committedBefore(first); ok {
		chain = append(chain, s.cause(committed))
	}
	return chain
}

// whyCopiedTwice: who polled the message and wrote each copy of it, what befell the copiers between the first
// and the last, and what they had committed by the first.
func (s *story) whyCopiedTwice() []Cause {
	var chain []Cause
	var written []line
	var copiers wire.NodeSet
	for _, l := range s.copies {
		if l.Kind == wire.Appended {
			written, copiers = append(written, l), copiers.With(l.Carried()[0].Copier)
			chain = append(chain, s.cause(l))
		}
	}
	first, last := written[0], written[len(written)-1]
	var input wire.Partition
	for _, l := range s.mine {
		if l.Kind == wire.Polled && copiers.Has(l.Node) {
			chain, input = append(chain, s.cause(l)), l.At
		}
	}
	for _, l := range s.world {
		ofInput := l.At == input || l.At == (wire.Partition{})
		if l.step >= first.step && l.step <= last.step && copiers.Has(l.Node) && ofInput && loosens(l.Kind) {
			chain = append(chain, s.cause(l))
		}
	}
	if committed, ok := s.committedBefore(line{first.step, wire.Note{At: input}}); ok {
		chain = append(chain, s.cause(committed))
	}
	return chain
}

// loosens marks what can part a consumer from its partition, or from its place in it.
func loosens(k wire.NoteKind) bool {
	switch k {
	case wire.Paused, wire.Resumed, wire.Restarted, wire.ShuttingDown, wire.LeftGroup, wire.Revoked,
		wire.PartitionsLost, wire.Positioned, wire.LostPlace, wire.CommitFailed:
		return true
	}
	return k.Died()
}

// lowered tells of a note whether a group that has applied the message went back in its partition.
func (s *story) lowered(l line, at wire.Partition) bool {
	return l.Kind == wire.CommitLowered && l.At == at && slices.ContainsFunc(s.mine, func(m line) bool {
		c, ok := ConsumerOf(s.names.world, m.Node)
		return ok && m.Kind == wire.EffectApplied && string(c.Config.Group) == l.Text
	})
}

func (s *story) hasApplied(id wire.NodeID) bool {
	return slices.ContainsFunc(s.mine, func(l line) bool {
		return l.Kind == wire.EffectApplied && l.Node == id
	})
}

// committedBefore is the last commit that the consumer was told of before an effect.
func (s *story) committedBefore(effect line) (line, bool) {
	best, found := line{}, false
	for _, l := range s.world {
		if l.Kind == wire.Committed && l.step < effect.step && l.At == effect.At {
			best, found = l, true
		}
	}
	return best, found
}

// breakBefore is what kept the answer from coming before a retry, if anything did.
func (s *story) breakBefore(retry line) []Cause {
	broke, ok := s.before(retry.step, retry.Node, wire.WasCut, wire.RequestTimeout, wire.Held,
		wire.Partitioned, wire.Crashed, wire.Panicked, wire.Quit, wire.LostPower)
	if !ok {
		return nil
	}
	return []Cause{s.cause(broke)}
}

// breaksBefore is what broke before each note of a kind.
func (s *story) breaksBefore(kind wire.NoteKind) []Cause {
	var out []Cause
	for _, l := range s.mine {
		if l.Kind == kind {
			out = append(out, s.breakBefore(l)...)
		}
	}
	return out
}

// appendedAt is the step at which a leader last wrote the message at an offset.
func (s *story) appendedAt(offset int64) int {
	step := 0
	for _, l := range s.mine {
		if l.Kind == wire.Appended && l.Offset <= offset && offset < l.To {
			step = l.step
		}
	}
	return step
}
