package broker

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// onAddPartitionsToTxn makes partitions part of a transaction, which begins with the first of them
// (KafkaApis.handleAddPartitionsToTxnRequest).
func (b *Broker) onAddPartitionsToTxn(c sim.Conn, r *wire.AddPartitionsToTxnRequest, out *sim.Out) {
	unheard := func(at wire.Partition) bool { return b.Image.Partition(at) == nil }
	switch {
	case slices.ContainsFunc(r.Partitions, unheard):
		b.refuseTxn(c, addition, wire.UnknownTopicOrPartition, out)
	case r.VerifyOnly:
		b.reply(c, b.verified(r), out)
	default:
		b.addToTxn(Asked{c, addition}, r.Transaction, r.ID, r.Epoch, r.Partitions, out)
	}
}

// onAddOffsetsToTxn makes what a group will commit part of a transaction.
func (b *Broker) onAddOffsetsToTxn(c sim.Conn, r *wire.AddOffsetsToTxnRequest, out *sim.Out) {
	at := []wire.Partition{b.partitionOf(r.Group)}
	b.addToTxn(Asked{c, offsetsAdded}, r.Transaction, r.ID, r.Epoch, at, out)
}

// addToTxn is TransactionCoordinator.handleAddPartitionsToTransaction.
func (b *Broker) addToTxn(
	a Asked, name wire.TransactionalID, id int64, epoch int16, added []wire.Partition, out *sim.Out,
) {
	t, err := b.initialisedTxn(name)
	if err == wire.None && t.Next != nil { // first of all, as what comes next may have another id
		err = wire.ConcurrentTransactions
	}
	if err == wire.None {
		err = t.isOf(id, epoch)
	}
	if err != wire.None {
		b.refuseTxn(a.Conn, a.What, err, out)
		return
	}
	next := following(t.Now, wire.TxnOngoing)
	next.Partitions = union(t.Now.Partitions, added)
	if t.Now.State == wire.TxnOngoing && len(next.Partitions) == len(t.Now.Partitions) {
		b.refuseTxn(a.Conn, a.What, wire.None, out)
		return
	}
	if t.Now.State != wire.TxnOngoing {
		out.Await(t.clock(), t.Now.Timeout, t.Client)
	}
	b.transition(t, next, a, out)
}

// isOf tells whether a producer is the one that has the transactional.id.
func (t *Txn) isOf(id int64, epoch int16) wire.Error {
	switch {
	case id != t.Now.ID:
		return wire.InvalidProducerIDMapping
	case epoch != t.Now.Epoch:
		return wire.ProducerFenced
	}
	return wire.None
}

// union is a set of partitions, sorted, and some more.
func union(have, more []wire.Partition) []wire.Partition {
	all := slices.Concat(have, more)
	slices.SortFunc(all, wire.Partition.Compare)
	return slices.Compact(all)
}

// verified tells a leader which partitions are part of a transaction. A transition under way does not
// matter: before the leader appends it looks again whether a marker came meanwhile
// (TransactionCoordinator.handleVerifyPartitionsInTransaction).
func (b *Broker) verified(r *wire.AddPartitionsToTxnRequest) *wire.AddPartitionsToTxnResponse {
	t, err := b.initialisedTxn(r.Transaction)
	if err == wire.None {
		err = t.isOf(r.ID, r.Epoch)
	}
	if err == wire.None && preparing(t.Now.State) {
		err = wire.ConcurrentTransactions
	}
	answer := &wire.AddPartitionsToTxnResponse{Err: err}
	if err != wire.None {
		return answer
	}
	for _, at := range r.Partitions {
		p := wire.PartitionError{At: at}
		if !slices.Contains(t.Now.Partitions, at) {
			p.Err = wire.TransactionAbortable
		}
		answer.Partitions = append(answer.Partitions, p)
	}
	return answer
}
