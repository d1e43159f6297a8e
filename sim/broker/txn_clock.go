package broker

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// A transaction's clock only says that its time is over; what is done about it is done by the next check,
// which comes every transaction.abort.timed.out.transaction.cleanup.interval.ms from the broker's start on.

// txnTimeout is what the timers of transactions are for.
func (b *Broker) txnTimeout(t sim.Timer, out *sim.Out) {
	switch t.Kind {
	case loopTimer:
		b.looped(out)
	case txnTimer:
		b.checkSoon(out)
	case txnCheckTimer, txnCheckIdleTimer:
		b.checkTxns(out)
	case markerTimer:
		b.sendMarkers(out)
	case markerWaitTimer:
		out.Close(wire.NodeID(t.Key), wire.MarkerLane)
		b.markersLost(wire.NodeID(t.Key), out)
	case markerBackoffTimer:
		b.endMarkerBackoff(wire.NodeID(t.Key), out)
	case verifyWaitTimer:
		out.Close(wire.NodeID(t.Key), wire.TxnLane)
		b.verifierLost(wire.NodeID(t.Key), out)
	case verifyRetryTimer:
		b.verifyAgain(t.Key, out)
	case verifyPatienceTimer: // that it rang is all there is to it
	}
}

// checkSoon is when a transaction's clock has rung: that it rang is all there is to it, but that the next
// check matters now.
func (b *Broker) checkSoon(out *sim.Out) {
	if idle := (sim.Timer{Kind: txnCheckIdleTimer}); out.Armed(idle) {
		out.MoveTimer(idle, sim.Timer{Kind: txnCheckTimer})
	}
}

// checkTxns aborts the transactions that have been open for longer than transaction.timeout.ms
// (TransactionCoordinator.abortTimedOutTransactions).
func (b *Broker) checkTxns(out *sim.Out) {
	out.SetTimer(sim.Timer{Kind: txnCheckIdleTimer}, b.Config.TxnCleanup)
	for i := range b.Txns {
		if t := &b.Txns[i]; t.old(out) && t.Next == nil {
			out.Tell(wire.Note{Kind: wire.TxnExpired, Node: b.Self, Text: string(t.Now.Name)})
			b.fence(t, Asked{}, out)
		}
	}
}

// old tells of an open transaction that its time is over.
func (t *Txn) old(out *sim.Out) bool {
	return t.Now.State == wire.TxnOngoing && !out.Armed(t.clock())
}
