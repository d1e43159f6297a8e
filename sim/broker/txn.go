package broker

import (
	"cmp"
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// TxnLog is a partition of __transaction_state that the broker leads, and so the transactional.ids that
// hash to it (TxnMetadataCacheEntry).
type TxnLog struct {
	At      wire.Partition
	Epoch   int32 // the coordinator epoch: the leader epoch that it was loaded in
	Loading bool  // the log is being read; requests are refused until it is
}

// Txn is a transactional.id that the broker coordinates (TransactionMetadata). A transition is written to
// the log, and when that is committed, what is known of the id changes and who asked for it is answered.
type Txn struct {
	Timer   int32             // of its clock
	Client  wire.NodeID       // who initialised it last here; Nobody: somebody at another coordinator
	Now     *wire.Transaction // as its last committed record says
	Next    *wire.Transaction // the transition under way (pendingState); nil: none
	Writing bool              // Next is being written; else it waits for markers
	Asked   Asked             // who waits for Next
	Left    []wire.Partition  // of PREPARE_x: those whose marker is not written yet
	Dropped bool              // a marker of it was refused for good: it is never completed (removeMarkersForTxn)
	// FailedFence: its epoch was counted up to fence its producer, and that could not be written
	// (hasFailedEpochFence).
	FailedFence bool
}

// Asked is who waits for a transition, and for what.
type Asked struct {
	Conn sim.Conn
	What asked
}

// asked is what was asked of a coordinator of transactions.
type asked uint8

const (
	nothing      asked = iota // nobody has: a time-out, or what follows from a decision
	initiation                // InitProducerId
	fencing                   // InitProducerId, which found an open transaction: it is aborted first
	addition                  // AddPartitionsToTxn
	offsetsAdded              // AddOffsetsToTxn
	ending                    // EndTxn
	epochEnding               // EndTxn of transaction.version 2
)

// TxnPartition is the partition of __transaction_state that holds a transactional.id.
func (b *Broker) TxnPartition(name wire.TransactionalID) wire.Partition {
	return wire.Partition{
		Topic: b.Config.TxnTopic,
		Index: wire.TransactionPartition(name, b.Config.TxnPartitions),
	}
}

// txnLog is what the broker keeps of a partition of __transaction_state, nil if it does not lead it.
func (b *Broker) txnLog(at wire.Partition) *TxnLog {
	for i := range b.TxnLogs {
		if b.TxnLogs[i].At == at {
			return &b.TxnLogs[i]
		}
	}
	return nil
}

// coordinatorEpoch goes into the markers of an id that this broker coordinates.
func (b *Broker) coordinatorEpoch(name wire.TransactionalID) int32 {
	return b.txnLog(b.TxnPartition(name)).Epoch
}

// coordinated is what the broker knows of a transactional.id, nil if it has never been heard of, and
// whether it coordinates it at all (TransactionStateManager.getAndMaybeAddTransactionState).
func (b *Broker) coordinated(name wire.TransactionalID) (*Txn, wire.Error) {
	switch l := b.txnLog(b.TxnPartition(name)); {
	case l == nil:
		return nil, wire.NotCoordinator
	case l.Loading:
		return nil, wire.CoordinatorLoadInProgress
	}
	if i, ok := b.findTxn(name); ok {
		return &b.Txns[i], wire.None
	}
	return nil, wire.None
}

// initialisedTxn is coordinated for requests that only make sense for an id that was initialised.
func (b *Broker) initialisedTxn(name wire.TransactionalID) (*Txn, wire.Error) {
	t, err := b.coordinated(name)
	if t == nil {
		err = cmp.Or(err, wire.InvalidProducerIDMapping)
	}
	return t, err
}

func (b *Broker) findTxn(name wire.TransactionalID) (int, bool) {
	return slices.BinarySearchFunc(b.Txns, name, func(t Txn, name wire.TransactionalID) int {
		return cmp.Compare(t.Now.Name, name)
	})
}

// keepTxn begins to keep a transactional.id.
func (b *Broker) keepTxn(now *wire.Transaction) *Txn {
	t := Txn{Now: now}
	for slices.ContainsFunc(b.Txns, func(o Txn) bool { return o.Timer == t.Timer }) {
		t.Timer++
	}
	i, _ := b.findTxn(now.Name)
	b.Txns = slices.Insert(b.Txns, i, t)
	return &b.Txns[i]
}

// clock is what a transaction's time runs on.
func (t *Txn) clock() sim.Timer { return sim.Timer{Kind: txnTimer, Key: t.Timer} }

// preparing tells of a decided transaction that it is not everywhere yet.
func preparing(s wire.TxnState) bool {
	return s == wire.TxnPrepareCommit || s == wire.TxnPrepareAbort
}

// decision is the state that a transaction is in once it is decided; completion the one after its markers.
func decision(commit bool) wire.TxnState {
	if commit {
		return wire.TxnPrepareCommit
	}
	return wire.TxnPrepareAbort
}

func completion(commit bool) wire.TxnState {
	if commit {
		return wire.TxnCompleteCommit
	}
	return wire.TxnCompleteAbort
}

// answerTxn tells who asked for a transition what came of it. The id and epoch are the asker's from now on.
func (b *Broker) answerTxn(a Asked, err wire.Error, id int64, epoch int16, out *sim.Out) {
	if a.What == fencing {
		err = cmp.Or(err, wire.ConcurrentTransactions)
	}
	if err != wire.None || a.What == ending {
		id, epoch = wire.NoProducerID, wire.NoProducerEpoch
	}
	switch a.What {
	case initiation, fencing:
		out.Reply(a.Conn, &wire.InitProducerIdResponse{Err: err, ID: id, Epoch: epoch})
	case addition:
		b.reply(a.Conn, &wire.AddPartitionsToTxnResponse{Err: err}, out)
	case offsetsAdded:
		out.Reply(a.Conn, &wire.AddOffsetsToTxnResponse{Err: err})
	case ending, epochEnding:
		out.Reply(a.Conn, &wire.EndTxnResponse{Err: err, ID: id, Epoch: epoch})
	}
}

// refuseTxn answers an error, or that there was nothing to do.
func (b *Broker) refuseTxn(c sim.Conn, what asked, err wire.Error, out *sim.Out) {
	b.answerTxn(Asked{c, what}, err, wire.NoProducerID, wire.NoProducerEpoch, out)
}
