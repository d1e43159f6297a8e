package broker

import (
	"fmt"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// txnRecordBytes is a round figure for a record of __transaction_state.
const txnRecordBytes = 100

// transition lets a transaction change once the log has it. There is one at a time for each id.
func (b *Broker) transition(t *Txn, next *wire.Transaction, a Asked, out *sim.Out) {
	t.Next, t.Asked = next, a
	b.writeTxn(t, out)
}

// writeTxn appends the transition under way to the log, as a producer with acks=all would that waits for no
// longer than transaction.timeout.ms (TransactionStateManager.appendTransactionToLog).
func (b *Broker) writeTxn(t *Txn, out *sim.Out) {
	t.Writing = true
	batch := wire.NewBatch([]wire.Record{{Bytes: txnRecordBytes, Entry: t.Next}})
	req := &wire.ProduceRequest{Acks: wire.AcksAll, Timeout: t.Next.Timeout,
		Partitions: []wire.ProducePart{{At: b.TxnPartition(t.Next.Name), Batch: batch}}}
	b.appendRecords(DelayedProduce{For: t.Next.Name}, req, &Verification{}, out)
}

// transitioned takes what came of writing a transition. If the partition was lost meanwhile, who asked has
// been told so, and a coordinator of another epoch goes by what it has read
// (TransactionStateManager.updateCacheCallback).
func (b *Broker) transitioned(name wire.TransactionalID, p *DelayedPart, out *sim.Out) {
	t, err := b.coordinated(name)
	if err != wire.None || p.Batch != nil && p.Batch.Epoch != b.coordinatorEpoch(name) {
		return
	}
	t.Writing = false
	if p.Result.Err != wire.None {
		b.notMoved(t, coordinatorError(p.Result.Err), out)
	} else {
		b.moved(t, p, out)
	}
	if t.old(out) {
		b.checkSoon(out)
	}
}

// coordinatorError is what a failed append means to who asked for the transition.
func coordinatorError(err wire.Error) wire.Error {
	if err == wire.NotLeaderOrFollower {
		return wire.NotCoordinator
	}
	return wire.CoordinatorNotAvailable
}

// moved makes a transition that is committed. Who wanted the transaction to end is answered once that is
// decided; the markers are sent after that.
func (b *Broker) moved(t *Txn, p *DelayedPart, out *sim.Out) {
	t.Now, t.Next = t.Next, nil
	out.Tell(wire.Note{Kind: wire.TxnMoved, Node: b.Self, At: p.Result.At, Offset: p.Result.Base,
		Text: fmt.Sprintf("%s is %s (producer id %d, epoch %d)", t.Now.Name, t.Now.State, t.Now.ID, t.Now.Epoch)})
	a, own := t.Asked, t.Now
	t.Asked = Asked{}
	if preparing(t.Now.State) {
		out.StopTimer(t.clock())
		b.complete(t, out)
		own = t.Next
	}
	b.answerTxn(a, wire.None, own.ID, own.Epoch, out)
}

// complete begins to send the markers of a decided transaction.
func (b *Broker) complete(t *Txn, out *sim.Out) {
	t.Next, t.Left, t.FailedFence = completed(t.Now), union(nil, t.Now.Partitions), false
	out.SetTimer(sim.Timer{Kind: markerTimer}, 0)
}

// notMoved leaves a transaction as it was. Only its completion is tried again.
func (b *Broker) notMoved(t *Txn, err wire.Error, out *sim.Out) {
	if preparing(t.Now.State) {
		b.retryMarkers(out)
		return
	}
	if t.Next.State == wire.TxnOngoing && t.Now.State != wire.TxnOngoing {
		out.StopTimer(t.clock())
	}
	a := t.Asked
	t.Next, t.Asked = nil, Asked{}
	b.answerTxn(a, err, 0, 0, out)
}
