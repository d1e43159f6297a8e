package cluster

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// addTxn adds what became of a message as part of its transaction, told that told of it.
func (f *Fate) addTxn(s *Survey, told promise) {
	txn := f.Row.Txn
	if txn == 0 {
		return
	}
	g := s.at(f.Message)
	gone := g.onLeader == 0 && !g.flying && !f.removed && s.decided(f.Message)
	aborted := told == broken || gone && (g.aborted > 0 || !s.inTxn(f.Message))
	f.add(AbortedRead, aborted && told != kept && (g.readable > 0 || g.onLeader == 0 && f.Row.applied()))
	f.add(Torn, gone && told != broken && s.halfRead(f.Message.Producer, txn))
	f.add(Aborted, aborted && told != kept && !f.Has(AbortedRead) && !f.Has(Torn))
}

// applied tells whether any group has applied it.
func (r *Row) applied() bool { return r.Effects != [MaxGroups]uint8{} }

// inTxn tells whether the process of a message's producer still has the transaction before it.
func (s *Survey) inTxn(m wire.MessageID) bool {
	p, ok := s.world.Node(m.Producer).(*producer.Producer)
	return ok && s.world.Health(m.Producer) == sim.Up && p.Begun == s.ledger.Row(m).Txn && p.Txn.Pending()
}

// halfRead tells whether a message of a transaction is readable.
func (s *Survey) halfRead(id wire.NodeID, txn int32) bool {
	rows := &s.ledger.Accounts[id-s.ledger.First].Rows
	for n := range rows.Len() {
		if rows.At(n).Txn == txn && s.at(wire.MessageID{Producer: id, N: int32(n) + 1}).readable > 0 {
			return true
		}
	}
	return false
}
