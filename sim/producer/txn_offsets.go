package producer

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// SendOffsets is sendOffsetsToTransaction(): the transaction's coordinator hears that the group's partition of
// __consumer_offsets is part of it, then the group's coordinator gets the positions. With transaction.version 2
// the second does the first (TransactionManager.sendOffsetsToTransaction, KIP-890). What they say of
// whose positions they are comes from the consumer.
func (p *Producer) SendOffsets(of *wire.TxnOffsetCommitRequest, out *sim.Out) {
	r := *of
	r.Transaction, r.ID, r.Epoch, r.Adds = p.Config.Transaction, p.Numbers.Who.ID, p.Numbers.Who.Epoch, p.Config.Version2
	p.Txn.Offsets = &r
	if r.Adds {
		p.offsetsAdded()
	} else {
		p.enqueue(TxnCall{Kind: addOffsets, Body: &wire.AddOffsetsToTxnRequest{
			Transaction: r.Transaction, ID: r.ID, Epoch: r.Epoch, Group: r.Group,
		}})
	}
	p.block(InOffsets, out)
	p.after(out)
}

// offsetsAdded goes on to the group's coordinator.
func (p *Producer) offsetsAdded() {
	p.Txn.Started = true
	p.enqueue(TxnCall{Kind: commitOffsets, Body: p.Txn.Offsets})
}

// offsetsSent lets the call return, if it still waits.
func (p *Producer) offsetsSent(r *wire.TxnOffsetCommitRequest, out *sim.Out) {
	for _, o := range r.Offsets {
		out.Tell(wire.Note{Kind: wire.OffsetsSent, Node: p.Self, At: o.At, Offset: o.Offset})
	}
	p.letGo(commitOffsets, out)
}

// strange tells of an error whether it says that who commits is not what the group has as its member: the
// application gets a CommitFailedException, and can only abort (TxnOffsetCommitHandler).
func strange(err wire.Error) bool {
	return err == wire.UnknownMemberID || err == wire.IllegalGeneration || err == wire.FencedInstanceID
}

// Begin is beginTransaction().
func (p *Producer) Begin(out *sim.Out) { p.begin(out) }

// End is commitTransaction() or abortTransaction().
func (p *Producer) End(commit bool, out *sim.Out) {
	p.end(commit, out)
	p.after(out)
}

// Spoilt tells whether the next call would throw, or one has: what was begun can't be ended well.
func (p *Producer) Spoilt() bool {
	return p.Fed.Failed || p.Txn.State == AbortableError || p.Txn.State == FatalError
}
