package broker

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// loadTxns brings back the transactional.ids of a partition as their last records say, be they committed or
// not. What is decided goes on; what is open stays so until its producer ends it, or for another
// transaction.timeout.ms, which in Kafka count from when it began
// (TransactionStateManager.loadTransactionsForTxnTopicPartition).
func (b *Broker) loadTxns(at wire.Partition, out *sim.Out) {
	b.txnLog(at).Loading = false
	for _, r := range b.log(at).Records() {
		now := b.remembered(r.Entry.(*wire.Transaction))
		if i, ok := b.findTxn(now.Name); ok {
			b.Txns[i].Now = now
		} else {
			b.keepTxn(now)
		}
	}
	for i := range b.Txns {
		t := &b.Txns[i]
		switch {
		case b.TxnPartition(t.Now.Name) != at:
		case t.Now.State == wire.TxnOngoing:
			out.Await(t.clock(), t.Now.Timeout, t.Client)
		case preparing(t.Now.State):
			b.complete(t, out)
		}
	}
}

// unloadTxns forgets the transactional.ids of a partition that is led by another now. The markers that are on
// their way arrive in its epoch.
func (b *Broker) unloadTxns(at wire.Partition, out *sim.Out) {
	b.TxnLogs = slices.DeleteFunc(b.TxnLogs, func(l TxnLog) bool { return l.At == at })
	var left []Txn
	for _, t := range b.Txns {
		if b.TxnPartition(t.Now.Name) != at {
			left = append(left, t)
			continue
		}
		out.StopTimer(t.clock())
		b.answerTxn(t.Asked, wire.NotCoordinator, 0, 0, out)
	}
	b.Txns = left
}

// remembered is what a record still knows: never the epoch before the last one, and before
// transaction.version 1 not the id before the last one either (TransactionLog.valueToBytes).
func (b *Broker) remembered(r *wire.Transaction) *wire.Transaction {
	now := *r
	now.LastEpoch = wire.NoProducerEpoch
	if b.Config.TxnVersion < 1 {
		now.PreviousID = wire.NoProducerID
	}
	return &now
}
