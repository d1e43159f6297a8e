package cluster

import (
	"slices"

	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// whyTxn: how far the message came, what its application was told of the transaction, and which marker has decided
// about it.
func (s *story) whyTxn(txn int32) []Cause {
	chain := s.plain(wire.Sent, wire.Refused, wire.Retrying, wire.Appended, wire.Failed, wire.Unknown, wire.Truncated,
		wire.LostUnflushed, wire.EffectApplied)
	for _, l := range s.world {
		if s.ofTxn(l, txn) {
			chain = append(chain, s.cause(l))
		}
	}
	chain = append(chain, s.cleanings()...)
	return append(chain, s.markers()...)
}

// cleanings are when the log that has the message was cleaned, and which markers that removed.
func (s *story) cleanings() []Cause {
	var out []Cause
	for _, l := range s.world {
		of := func(m line) bool { return m.Kind == wire.Appended && m.At == l.At }
		if (l.Kind == wire.Cleaned || l.Kind == wire.MarkerRemoved) && slices.ContainsFunc(s.mine, of) {
			out = append(out, s.cause(l))
		}
	}
	return out
}

// ofTxn tells whether a note is about the producer's transaction, or about the end of its transactional.id.
func (s *story) ofTxn(l line, txn int32) bool {
	switch l.Kind {
	case wire.TxnBegun, wire.TxnEnding, wire.TxnCommitted, wire.TxnAborted, wire.TxnDoubtful, wire.TxnBroken:
		return l.Node == s.m.Producer && l.Offset == int64(txn)
	case wire.FencedOut, wire.TxnFatal:
		return l.Node == s.m.Producer
	case wire.TxnExpired:
		p, ok := s.names.world.Node(s.m.Producer).(*producer.Producer)
		return ok && l.Text == string(p.Config.Transaction)
	}
	return l.Kind.Died() && l.Node == s.m.Producer
}

// markers are the first ones of its producer id behind each copy of the message.
func (s *story) markers() []Cause {
	var out []Cause
	for _, copied := range s.mine {
		if copied.Kind != wire.Appended || copied.Batch == nil {
			continue
		}
		for _, l := range s.world {
			if l.Kind == wire.MarkerWritten && l.At == copied.At && l.To == copied.Batch.ProducerID && l.step >= copied.step {
				out = append(out, s.cause(l))
				break
			}
		}
	}
	return out
}
