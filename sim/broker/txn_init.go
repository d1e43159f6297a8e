package broker

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// onInitProducerId gives a producer its id. For a transactional.id that is the next epoch of it, so that
// whoever had it before is fenced (TransactionCoordinator.handleInitProducerId).
func (b *Broker) onInitProducerId(c sim.Conn, r *wire.InitProducerIdRequest, out *sim.Out) {
	if r.Transaction == "" {
		out.Reply(c, &wire.InitProducerIdResponse{ID: b.newProducerID()})
		return
	}
	if r.Timeout <= 0 || r.Timeout > b.Config.TxnMaxTimeout {
		b.refuseTxn(c, initiation, wire.InvalidTransactionTimeout, out)
		return
	}
	t, err := b.coordinated(r.Transaction)
	if err == wire.None && t == nil {
		t = b.keepTxn(&wire.Transaction{Name: r.Transaction, ID: b.newProducerID(),
			PreviousID: wire.NoProducerID, NextID: wire.NoProducerID,
			Epoch: wire.NoProducerEpoch, LastEpoch: wire.NoProducerEpoch, Timeout: r.Timeout})
	}
	if err == wire.None {
		err = b.mayInit(t, r)
	}
	if err != wire.None {
		b.refuseTxn(c, initiation, err, out)
		return
	}
	t.Client = c.Client
	if t.Now.State == wire.TxnOngoing {
		b.fence(t, Asked{c, fencing}, out)
		return
	}
	b.transition(t, b.initialised(t.Now, r), Asked{c, initiation}, out)
}

// expects tells whether the asker says which id and epoch it has (KIP-360).
func expects(r *wire.InitProducerIdRequest) bool { return r.ID != wire.NoProducerID }

// mayInit looks at who asks: it must not have been fenced already. What it believes of its epoch may be one
// behind, if it is a retry (TransactionCoordinator.prepareInitProducerIdTransit,
// TransactionMetadata.prepareIncrementProducerEpoch).
func (b *Broker) mayInit(t *Txn, r *wire.InitProducerIdRequest) wire.Error {
	now := t.Now
	switch {
	case t.Next != nil:
		return wire.ConcurrentTransactions
	case !expects(r) || now.Epoch == wire.NoProducerEpoch:
	case r.ID != now.ID && !(r.ID == now.PreviousID && b.exhausted(r.Epoch)),
		now.State != wire.TxnOngoing && r.Epoch != now.Epoch && r.Epoch != now.LastEpoch:
		return wire.ProducerFenced
	}
	return wire.None
}

// initialised is the id with the next epoch or, when those are used up, with another producer id. A retry
// of who has missed the answer gets the same again (TransactionMetadata.prepareIncrementProducerEpoch,
// .prepareProducerIdRotation).
func (b *Broker) initialised(now *wire.Transaction, r *wire.InitProducerIdRequest) *wire.Transaction {
	next := following(now, wire.TxnEmpty)
	next.Timeout, next.Partitions = r.Timeout, nil
	if expects(r) && now.Epoch != wire.NoProducerEpoch && r.Epoch != now.Epoch {
		return next
	}
	next.LastEpoch = wire.NoProducerEpoch
	if expects(r) {
		next.LastEpoch = now.Epoch
	}
	next.Epoch++
	if b.exhausted(now.Epoch) {
		next.PreviousID, next.ID, next.Epoch = now.ID, b.newProducerID(), 0
	}
	return next
}

// exhausted tells that no producer may have an epoch after this one: the largest is kept to fence the
// producer that has this one (TransactionMetadata.isEpochExhausted).
func (b *Broker) exhausted(epoch int16) bool { return epoch >= b.Config.MaxEpoch-1 }

// following is a copy to be changed into the next state. What was the id before the last one is of no
// interest any more.
func following(now *wire.Transaction, s wire.TxnState) *wire.Transaction {
	next := *now
	next.State, next.PreviousID = s, wire.NoProducerID
	return &next
}

// fence aborts an open transaction in an epoch that its producer does not know (PrepareEpochFence). With
// transaction.version 2 that is the bump that every end makes (KAFKA-19367). Before, the epoch is counted
// up at once, also if it can't be written then; a second attempt counts it up no further, but before 2.7
// it did, until none was left (KAFKA-9666).
func (b *Broker) fence(t *Txn, a Asked, out *sim.Out) {
	if b.Config.TxnVersion >= 2 {
		b.transition(t, b.ended(t.Now, false, true), a, out)
		return
	}
	if t.Now.Epoch >= b.Config.MaxEpoch {
		b.answerTxn(a, wire.UnknownServerError, 0, 0, out)
		return
	}
	fenced := *t.Now
	fenced.LastEpoch = wire.NoProducerEpoch
	if !t.FailedFence {
		fenced.Epoch++
	}
	t.Now, t.FailedFence = &fenced, !b.Config.FailedFenceBumps
	b.transition(t, b.ended(t.Now, false, false), a, out)
}
