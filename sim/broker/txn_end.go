package broker

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// onEndTxn commits a transaction or aborts it (TransactionCoordinator.handleEndTransaction).
func (b *Broker) onEndTxn(c sim.Conn, r *wire.EndTxnRequest, out *sim.Out) {
	what, judge := ending, (*Txn).mayEnd
	if r.Bumps {
		what, judge = epochEnding, b.mayEndEpoch
	}
	t, err := b.initialisedTxn(r.Transaction)
	done := false
	if err == wire.None {
		done, err = judge(t, r)
	}
	switch {
	case err != wire.None:
		b.refuseTxn(c, what, err, out)
	case done:
		b.answerTxn(Asked{c, what}, wire.None, t.Now.ID, t.Now.Epoch, out)
	default:
		b.transition(t, b.ended(t.Now, r.Commit, r.Bumps), Asked{c, what}, out)
	}
}

// mayEnd is the table of before transaction.version 2. Two transactions in a row have the same id and epoch,
// so that an end which comes late ends the next one (endTransactionWithTV1, KAFKA-17754).
func (t *Txn) mayEnd(r *wire.EndTxnRequest) (done bool, err wire.Error) {
	if err := t.isOf(r.ID, r.Epoch); err != wire.None {
		return false, err
	}
	switch {
	case t.Next != nil:
		return false, wire.ConcurrentTransactions
	case t.Now.State == wire.TxnOngoing:
		return false, wire.None
	case t.Now.State == completion(r.Commit):
		return true, wire.None
	}
	return false, wire.InvalidTxnState
}

// mayEndEpoch is the table of transaction.version 2. Every end counts up the epoch, so an end with the epoch
// before is a retry, and one with the epoch of now is about a transaction that nothing was added to, which
// can only be aborted (TransactionCoordinator.endTransaction, KIP-890).
func (b *Broker) mayEndEpoch(t *Txn, r *wire.EndTxnRequest) (done bool, err wire.Error) {
	now := t.Now
	rotated := r.ID == now.PreviousID && r.Epoch == b.Config.MaxEpoch-1 && now.Epoch == 0
	retry := rotated || r.Epoch+1 == now.Epoch
	over := now.State == wire.TxnCompleteCommit || now.State == wire.TxnCompleteAbort
	switch {
	case t.Next != nil: // first of all, as what comes next may have another id
		return false, wire.ConcurrentTransactions
	case r.ID != now.ID && !rotated:
		return false, wire.InvalidProducerIDMapping
	case r.Epoch != now.Epoch && !(retry && over):
		return false, wire.ProducerFenced
	case now.State == wire.TxnOngoing:
		return false, wire.None
	case over && retry && now.State == completion(r.Commit):
		return true, wire.None
	case retry || r.Commit:
		return false, wire.InvalidTxnState
	}
	return false, wire.None
}

// ended is a transaction that is decided. With transaction.version 2 its epoch is counted up; if it was the
// last one, another id begins once the markers are written (TransactionMetadata.prepareAbortOrCommit).
// That a fence does so too is KAFKA-20090; in 4.1 it can leave an epoch that has no next one.
func (b *Broker) ended(now *wire.Transaction, commit, bumps bool) *wire.Transaction {
	next := following(now, decision(commit))
	next.Bumps = bumps
	if !bumps {
		return next
	}
	next.LastEpoch, next.Epoch = now.Epoch, now.Epoch+1
	if b.exhausted(now.Epoch) {
		next.NextID = b.newProducerID()
	}
	return next
}

// completed is a decided transaction whose markers are written (TransactionMetadata.prepareComplete).
func completed(now *wire.Transaction) *wire.Transaction {
	next := following(now, completion(now.State == wire.TxnPrepareCommit))
	next.Partitions = nil
	if now.NextID != wire.NoProducerID {
		next.PreviousID, next.ID, next.NextID, next.Epoch = now.ID, now.NextID, wire.NoProducerID, 0
	}
	return next
}
