package cluster

import (
	"example.com/ksim/sim/value"
	"example.com/ksim/sim/wire"
)

// TxnTold is what an application was told of one of its transactions.
type TxnTold uint8

// What can be told of a transaction.
const (
	TxnOpen TxnTold = iota // nothing yet
	TxnCommitted
	TxnAborted  // it was, or can't be committed any more
	TxnDoubtful // it was to be committed, and nobody has told what came of that
)

func (t TxnTold) String() string {
	return [...]string{"open", "committed", "aborted", "in doubt"}[t]
}

// Sum hashes it.
func (t TxnTold) Sum(h value.Hash, _ bool) value.Hash { return h.Add(uint64(t)) }

// tellTxn takes in a note about a producer's transactions. Who can do nothing more with its transactional.id
// can't commit what is open either.
func (l *Ledger) tellTxn(n *wire.Note) {
	txns := &l.Accounts[n.Node-l.First].Txns
	last := txns.Len() - 1
	switch n.Kind {
	case wire.TxnBegun:
		txns.Append(TxnOpen)
	case wire.TxnCommitted:
		txns.Set(last, TxnCommitted)
	case wire.TxnAborted:
		txns.Set(last, TxnAborted)
	case wire.TxnDoubtful:
		txns.Set(last, TxnDoubtful)
	case wire.FencedOut, wire.TxnFatal:
		if last >= 0 && txns.At(last) == TxnOpen {
			txns.Set(last, TxnAborted)
		}
	}
}

// Txn is the transaction that a message was sent in last, and what its application was told of it; 0: none.
func (l *Ledger) Txn(m wire.MessageID) (number int32, told TxnTold) {
	if number = l.Row(m).Txn; number > 0 {
		told = l.Accounts[m.Producer-l.First].Txns.At(int(number) - 1)
	}
	return number, told
}

// promise is what an application may believe of a message.
type promise uint8

const (
	unsettled promise = iota // neither
	kept                     // it is written; in a transaction: that is committed
	broken                   // it is not, and will not be
)

// promised is what the application was told of a message. In a transaction the answers to single records
// promise nothing.
func (l *Ledger) promised(m wire.MessageID) promise {
	row := l.Row(m)
	txn, told := l.Txn(m)
	switch {
	case txn > 0 && told == TxnCommitted, txn == 0 && row.Acked > 0:
		return kept
	case txn > 0 && told == TxnAborted, txn == 0 && row.failed():
		return broken
	}
	return unsettled
}
