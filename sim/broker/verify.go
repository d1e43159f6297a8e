package broker

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Verification is what a leader knows of a request's transactional batches before it appends them: those
// that its coordinator was asked about (VerificationGuard), and those that can't be appended.
type Verification struct {
	Guarded []wire.Partition
	Refused []wire.PartitionError
}

// Guard is what a leader keeps of a producer from when it has asked the coordinator about its transaction in
// a partition until it appends the first batch of it. A marker in between takes it away: what was true of
// the transaction before is not true of the next one (VerificationStateEntry, KIP-890).
type Guard struct {
	At     wire.Partition
	ID     int64
	Epoch  int16
	Lowest int32 // sequence number that was seen in that epoch: a higher one must not be first
}

func (b *Broker) guard(at wire.Partition, id int64) *Guard {
	for i := range b.Guards {
		if g := &b.Guards[i]; g.At == at && g.ID == id {
			return g
		}
	}
	return nil
}

// ongoing tells whether a producer has a transaction of this epoch open (UnifiedLog.hasOngoingTransaction).
func (l *Log) ongoing(batch *wire.Batch) bool {
	p := l.producer(batch.ProducerID)
	return p != nil && p.open() && p.Epoch == batch.ProducerEpoch
}

// guardAll finds out which batches of a request would open a transaction, and guards them
// (UnifiedLog.maybeStartTransactionVerification).
func (b *Broker) guardAll(r *wire.ProduceRequest) Verification {
	v := Verification{}
	for i := range r.Partitions {
		p := &r.Partitions[i]
		if !p.Batch.Transactional {
			continue
		}
		if err := b.checkEpoch(b.replica(p.At), wire.NoEpoch); err != wire.None {
			v.Refused = append(v.Refused, wire.PartitionError{At: p.At, Err: err})
		} else if !b.log(p.At).ongoing(p.Batch) {
			b.keepGuard(p.At, p.Batch)
			v.Guarded = append(v.Guarded, p.At)
		}
	}
	return v
}

// keepGuard makes a guard or, if there is one, notes which sequence numbers it has seen
// (VerificationStateEntry.maybeUpdateLowestSequenceAndEpoch).
func (b *Broker) keepGuard(at wire.Partition, batch *wire.Batch) {
	g := b.guard(at, batch.ProducerID)
	if g == nil {
		b.Guards = append(b.Guards, Guard{At: at, ID: batch.ProducerID, Epoch: batch.ProducerEpoch, Lowest: batch.BaseSequence})
		return
	}
	if batch.ProducerEpoch > g.Epoch || batch.ProducerEpoch == g.Epoch && batch.BaseSequence < g.Lowest {
		g.Epoch, g.Lowest = batch.ProducerEpoch, batch.BaseSequence
	}
}

// dropGuard is when a transactional batch or a marker of a producer is in the log. Requests that the guard
// was for have none any more.
func (b *Broker) dropGuard(at wire.Partition, batch *wire.Batch) {
	if !batch.Transactional || b.guard(at, batch.ProducerID) == nil {
		return
	}
	b.Guards = slices.DeleteFunc(b.Guards, func(g Guard) bool { return g.At == at && g.ID == batch.ProducerID })
	for i := range b.Unverified {
		if u := &b.Unverified[i]; u.producer().ProducerID == batch.ProducerID {
			u.Guarded = slices.DeleteFunc(u.Guarded, func(p wire.Partition) bool { return p == at })
		}
	}
}

// mayOpen tells whether a batch may be the first of a transaction in its partition, as the coordinator knows
// of it; err is what there is to be said against it else (UnifiedLog.analyzeAndValidateProducerState,
// ProducerAppendInfo.checkSequence).
func (b *Broker) mayOpen(l *Log, batch *wire.Batch, v *Verification, err wire.Error) wire.Error {
	if !batch.Transactional {
		return err
	}
	if b.Config.VerifyTxns && !l.ongoing(batch) && !slices.Contains(v.Guarded, l.At) {
		return wire.InvalidTxnState
	}
	if g := b.guard(l.At, batch.ProducerID); err == wire.None && g != nil && batch.BaseSequence > g.Lowest {
		return wire.OutOfOrderSequenceNumber
	}
	return err
}

// refused is why a partition's batch can't be appended, whatever the log says.
func (v *Verification) refused(at wire.Partition) wire.Error {
	for _, p := range v.Refused {
		if p.At == at {
			return p.Err
		}
	}
	return wire.None
}

// refuseGuarded takes it that nothing of what was asked about can be appended.
func (v *Verification) refuseGuarded(err wire.Error) {
	for _, at := range v.Guarded {
		v.Refused = append(v.Refused, wire.PartitionError{At: at, Err: err})
	}
}

// produceError is what a coordinator's error means to a producer. Clients that don't know better are told
// something that makes them try again (AddPartitionsToTxnManager, ReplicaManager.handleProduceAppend).
func produceError(err wire.Error, r *wire.ProduceRequest) wire.Error {
	switch err {
	case wire.ProducerFenced:
		return wire.InvalidProducerEpoch
	case wire.TransactionAbortable:
		if !r.Abortable && !r.Adds {
			return wire.InvalidTxnState
		}
	case wire.ConcurrentTransactions:
		if !r.Adds {
			return wire.NotEnoughReplicas
		}
	case wire.NetworkException, wire.CoordinatorLoadInProgress, wire.CoordinatorNotAvailable, wire.NotCoordinator:
		return wire.NotEnoughReplicas
	}
	return err
}

// onProduce serves a client. Before a transactional batch opens a transaction, the transaction's coordinator
// is asked whether the partition is part of it, or, with transaction.version 2, told to add it
// (KafkaApis.handleProduceRequest, ReplicaManager.handleProduceAppend).
func (b *Broker) onProduce(c sim.Conn, r *wire.ProduceRequest, out *sim.Out) {
	if !b.mustVerify(r) {
		b.appendRecords(DelayedProduce{Conn: c}, r, &Verification{}, out)
		return
	}
	u := b.numbered(Unverified{Conn: c, Request: r})
	if r.Adds {
		out.SetTimer(sim.Timer{Kind: verifyPatienceTimer, Key: u.ID}, b.Config.AddRetryMax)
	}
	b.verify(u, out)
}

// mustVerify tells whether a transaction's coordinator is asked at all.
func (b *Broker) mustVerify(r *wire.ProduceRequest) bool {
	return r.Transaction != "" && (r.Adds || b.Config.VerifyTxns)
}

// numbered gives a request that is to be verified a number that no other has.
func (b *Broker) numbered(u Unverified) Unverified {
	for slices.ContainsFunc(b.Unverified, func(o Unverified) bool { return o.ID == u.ID }) {
		u.ID++
	}
	return u
}
