package producer

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/client"
	"example.com/ksim/sim/wire"
)

// onTxnAnswer takes an answer to a transactional request (TxnRequestHandler.handleResponse). To who can only be
// closed it tells nothing.
func (p *Producer) onTxnAnswer(from wire.NodeID, call client.Call, body wire.Body, out *sim.Out) {
	t := &p.Txn
	if t.InFlight = false; t.State == FatalError {
		return
	}
	switch r := body.(type) {
	case *wire.FindCoordinatorResponse:
		if find := call.Body.(*wire.FindCoordinatorRequest); p.accepts(call, r.Err, out) && find.Group != "" {
			t.Groups = r.Node
		} else if r.Err == wire.None {
			t.Coordinator = r.Node
		}
	case *wire.InitProducerIdResponse:
		if p.accepts(call, r.Err, out) {
			p.initialised(from, r, out)
		}
	case *wire.AddPartitionsToTxnResponse:
		if p.accepts(call, r.Err, out) {
			p.added(call.Body.(*wire.AddPartitionsToTxnRequest))
		}
	case *wire.AddOffsetsToTxnResponse:
		if p.accepts(call, r.Err, out) {
			p.offsetsAdded()
		}
	case *wire.TxnOffsetCommitResponse:
		if p.accepts(call, r.Err, out) {
			p.offsetsSent(call.Body.(*wire.TxnOffsetCommitRequest), out)
		}
	case *wire.EndTxnResponse:
		if p.accepts(call, r.Err, out) {
			p.ended(call.Body.(*wire.EndTxnRequest), r, out)
		}
	}
}

// accepts tells whether an answer is without an error, and does what the error says: look the coordinator up, ask
// again, abort, or give up. All requests agree about that.
func (p *Producer) accepts(call client.Call, err wire.Error, out *sim.Out) bool {
	kind := TxnRequest(call.Ref)
	asksBroker := kind == findCoordinator
	switch {
	case err == wire.None:
		return true
	case !asksBroker && (err == wire.CoordinatorNotAvailable || err == wire.NotCoordinator),
		kind == commitOffsets && err == wire.RequestTimedOut:
		p.again(call, false)
		p.lookUp(kind, call.Body)
	case err.Retriable():
		p.again(call, p.hurries(call, err))
	case err == wire.InvalidProducerEpoch || err == wire.ProducerFenced:
		p.fatal(wire.ProducerFenced, out)
	case kind == commitOffsets && strange(err), err == wire.TransactionAbortable && p.Txn.State != Aborting:
		p.abortable(err, out)
		p.letGo(kind, out)
	default:
		p.fatal(err, out)
	}
	return false
}

// hurries tells whether a request sleeps only a little: the first AddPartitionsToTxn of a transaction, while the one
// before is being completed (AddPartitionsToTxnHandler.maybeOverrideRetryBackoffMs).
func (p *Producer) hurries(call client.Call, err wire.Error) bool {
	return TxnRequest(call.Ref) == addPartitions && err == wire.ConcurrentTransactions && len(p.Txn.Added) == 0
}

// initialised takes the producer id and its epoch. In another epoch all numbers begin
// anew (see number).
func (p *Producer) initialised(from wire.NodeID, r *wire.InitProducerIdResponse, out *sim.Out) {
	p.Numbers.Who = Identity{ID: r.ID, Epoch: r.Epoch}
	out.Tell(wire.Note{Kind: wire.Initialised, Node: p.Self, Peer: from, Offset: r.ID, Epoch: int32(r.Epoch),
		Text: string(p.Config.Transaction)})
	p.ready(out)
}

// added takes in that partitions are part of the transaction.
func (p *Producer) added(req *wire.AddPartitionsToTxnRequest) {
	t := &p.Txn
	t.Adding = slices.DeleteFunc(t.Adding, func(at wire.Partition) bool { return slices.Contains(req.Partitions, at) })
	for _, at := range req.Partitions {
		if !slices.Contains(t.Added, at) {
			t.Added = append(t.Added, at)
		}
	}
	t.Started = true
}

// ended takes in that the coordinator has decided. With transaction.version 2 it gives the epoch of the next
// transaction (KIP-890).
func (p *Producer) ended(req *wire.EndTxnRequest, r *wire.EndTxnResponse, out *sim.Out) {
	if req.Bumps {
		p.Numbers.Who = Identity{ID: r.ID, Epoch: r.Epoch}
	}
	p.completed(out)
}
