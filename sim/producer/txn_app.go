package producer

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Transactions are what an application does with a transactional producer.
type Transactions struct {
	Records int32  // messages in a transaction
	Commits []bool // how they end, in turn
	Again   bool   // the messages of one that failed are sent again in the next; else they are given up
}

// initTransactions is the first thing that the application calls.
func (p *Producer) initTransactions(out *sim.Out) {
	p.Txn.State = Initializing
	p.enqueueInit(initProducerID, Identity{ID: wire.NoProducerID, Epoch: wire.NoProducerEpoch})
	p.block(InInit, out)
}

// shortestCall is how long a call takes that may wait for nothing: the application makes it again when it fails, and
// would never leave its moment else.
const shortestCall = sim.Millisecond

// block is a call that waits for the coordinator, for max.block.ms at the most.
func (p *Producer) block(why Block, out *sim.Out) {
	p.Thread = Thread{Blocked: why}
	out.SetTimer(sim.Timer{Kind: blockTimer}, max(p.Config.MaxBlock, shortestCall))
}

// unblockTxn lets a call return, if it is one that waits for the coordinator.
func (p *Producer) unblockTxn(out *sim.Out) bool {
	switch p.Thread.Blocked {
	case InInit, InOffsets, InCommit, InAbort:
		p.Thread = Thread{}
		out.StopTimer(sim.Timer{Kind: blockTimer})
		return true
	}
	return false
}

// talks makes the application's next call that is about transactions, and tells whether it goes on to send() a message.
// An error state shows at the next call of any kind: the application then aborts, or, if it is fatal, closes the
// producer and ends.
func (p *Producer) talks(out *sim.Out) bool {
	t, commits := &p.Txn, p.Config.App.Txn.Commits
	switch {
	case p.EndsNext():
		p.end(t.State == InTransaction && commits[int(p.Settled)%len(commits)], out)
	case t.State == Ready && p.HasToSend():
		p.begin(out)
		return true
	case t.State == InTransaction:
		t.Sent++
		return true
	case t.State == FatalError:
		p.close(out)
	}
	return false
}

// EndsNext tells whether the application's next call ends its transaction: it is spoilt, or full, or there are no more
// messages.
func (p *Producer) EndsNext() bool {
	t := &p.Txn
	full := t.Sent >= p.Config.App.Txn.Records || !p.HasToSend()
	return t.State == AbortableError || t.State == InTransaction && full
}

// begin is beginTransaction(): nobody else hears of it.
func (p *Producer) begin(out *sim.Out) {
	p.Begun++
	p.Txn.State, p.Txn.Sent = InTransaction, 1
	p.tellTxn(wire.Note{Kind: wire.TxnBegun}, out)
}

// end is commitTransaction() or abortTransaction(): it returns when the coordinator has decided. Before EndTxn
// everything is flushed, or, to abort, dropped if it was never sent (TransactionManager.beginCompletingTransaction).
func (p *Producer) end(commit bool, out *sim.Out) {
	p.beginEnd(commit)
	if commit {
		p.block(InCommit, out)
	} else {
		p.block(InAbort, out)
	}
}

func (p *Producer) beginEnd(commit bool) {
	t := &p.Txn
	t.State, t.Err, t.Commit = Committing, wire.None, commit
	if !commit {
		t.State, t.New = Aborting, nil
	}
	p.enqueueNew()
	p.enqueue(TxnCall{Kind: endTxn, Body: &wire.EndTxnRequest{
		Transaction: p.Config.Transaction, ID: p.Numbers.Who.ID, Epoch: p.Numbers.Who.Epoch,
		Commit: commit, Bumps: p.Config.Version2,
	}})
	if t.Bump {
		p.enqueueInit(bumpEpoch, p.Numbers.Who)
	}
}

// completed takes in that the transaction is over (TransactionManager.completeTransaction). If the client needs
// another epoch, the call returns only when it has that.
func (p *Producer) completed(out *sim.Out) {
	t := &p.Txn
	bump := t.Bump
	*t = Txn{State: Initializing, Coordinator: t.Coordinator, Groups: t.Groups, Queue: t.Queue, Sent: t.Sent,
		Commit: t.Commit, Broken: t.Broken}
	if !bump {
		p.ready(out)
	}
}

// ready lets the call return, and the application go on.
func (p *Producer) ready(out *sim.Out) {
	t := &p.Txn
	t.State = Ready
	if t.Sent > 0 {
		p.over(out)
	}
	*t = Txn{State: Ready, Coordinator: t.Coordinator, Groups: t.Groups, Queue: t.Queue}
	if p.unblockTxn(out) {
		p.scheduleSend(0, out)
	}
}

// over is what the application makes of a transaction that has ended. What close() has aborted is not settled:
// after a restart it goes on there.
func (p *Producer) over(out *sim.Out) {
	t := &p.Txn
	kind := wire.TxnAborted
	if t.Commit {
		kind = wire.TxnCommitted
	}
	p.tellTxn(wire.Note{Kind: kind}, out)
	switch {
	case p.Thread.Blocked == Free:
	case t.Broken && p.Config.App.Txn.Again:
		p.repeat()
	default:
		p.Settled++
		p.Unconfirmed = slices.DeleteFunc(p.Unconfirmed, func(c Call) bool { return !p.comes(c.N) })
	}
}

// comes tells whether a message is still to be sent again.
func (p *Producer) comes(n int32) bool {
	return slices.ContainsFunc(p.Again, func(c Call) bool { return c.N == n })
}

// repeat plans to send every message that is in no transaction that has ended well, once more.
func (p *Producer) repeat() {
	var again []Call
	for _, c := range p.Unconfirmed {
		if i := slices.IndexFunc(p.Again, func(o Call) bool { return o.N == c.N }); i >= 0 {
			again = append(again, p.Again[i])
		} else {
			again = append(again, Call{c.N, c.Attempt + 1})
		}
	}
	p.Again = again
}

// throw is an exception from a call: the application's next call shows what it makes of it.
func (p *Producer) throw(out *sim.Out) {
	if p.unblockTxn(out) {
		p.scheduleSend(0, out)
	}
}

// tooLong is TimeoutException, after max.block.ms: what was begun goes on. The application calls the same once
// more, which waits for the same (TransactionManager.handleCachedTransactionRequestResult).
func (p *Producer) tooLong(out *sim.Out) {
	b := p.Thread.Blocked
	switch b {
	case InInit, InOffsets, InCommit, InAbort:
	case NeedMemory:
		p.giveUp(p.Thread.call(), wire.BufferExhausted, out)
		return
	default:
		p.giveUp(p.Thread.call(), wire.ClientTimeout, out)
		return
	}
	out.Tell(wire.Note{Kind: wire.CallTimedOut, Node: p.Self, Text: b.call()})
	if b == InOffsets {
		p.Fed.Failed = true
		p.throw(out)
		return
	}
	if b == InCommit {
		p.tellTxn(wire.Note{Kind: wire.TxnDoubtful, Err: wire.ClientTimeout}, out)
	}
	p.block(b, out)
}

// abortOnClose ends what is still open when everything is sent or dropped (Sender.run).
func (p *Producer) abortOnClose(out *sim.Out) {
	if t := &p.Txn; t.Open() && len(p.Batches) == 0 && len(t.Queue) == 0 && !t.InFlight {
		p.beginEnd(false)
	}
}

// mayExit tells whether close() has nothing to wait for any more.
func (p *Producer) mayExit() bool {
	return p.Closing && len(p.Batches) == 0 && !p.Txn.Open() && !p.Txn.completing()
}
