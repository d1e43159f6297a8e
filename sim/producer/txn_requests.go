package producer

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/client"
	"example.com/ksim/sim/wire"
)

// TxnCall is a request of a transactional producer that waits to be sent (TxnRequestHandler). What it says is
// fixed when it is queued.
type TxnCall struct {
	Kind  TxnRequest
	Body  wire.Body
	Retry bool // the sender thread sleeps before it sends it
	Slept bool // it has slept
	Soon  bool // it sleeps only 20 ms
}

// TxnRequest is the kind of a TxnCall.
type TxnRequest uint8

// The requests.
const (
	findCoordinator TxnRequest = iota
	initProducerID
	addPartitions
	addOffsets
	commitOffsets
	endTxn
	bumpEpoch // InitProducerId of who has an id
)

// awaited tells whether the call that the application is in waits for what comes of a request, and of nothing else. One
// that has timed out does not wait any more, though its request goes on (TransactionalRequestResult).
func (p *Producer) awaited(k TxnRequest) bool {
	switch p.Thread.Blocked {
	case InOffsets:
		return k == addOffsets || k == commitOffsets
	case InCommit, InAbort:
		return k == endTxn
	}
	return false
}

// letGo lets the call return that waits for what has come of a request, if there is one.
func (p *Producer) letGo(k TxnRequest, out *sim.Out) {
	if p.awaited(k) {
		p.throw(out)
	}
}

// urgency is how long a request has to wait for others; those that are as urgent go in their order
// (TransactionManager.Priority).
var urgency = [...]uint8{
	findCoordinator: 0, initProducerID: 1, addPartitions: 2, addOffsets: 2, commitOffsets: 2, endTxn: 3, bumpEpoch: 4,
}

// soon is how long the first AddPartitionsToTxn of a transaction waits after CONCURRENT_TRANSACTIONS
// (ADD_PARTITIONS_RETRY_BACKOFF_MS).
const soon = 20 * sim.Millisecond

// enqueue puts a request behind those that are as urgent.
func (p *Producer) enqueue(c TxnCall) {
	q := p.Txn.Queue
	i := slices.IndexFunc(q, func(other TxnCall) bool { return urgency[other.Kind] > urgency[c.Kind] })
	if i < 0 {
		i = len(q)
	}
	p.Txn.Queue = slices.Insert(q, i, c)
}

// enqueueNew asks for the partitions that the transaction has got meanwhile, with those that are being added.
func (p *Producer) enqueueNew() {
	t := &p.Txn
	if len(t.New) == 0 {
		return
	}
	t.Adding, t.New = append(t.Adding, t.New...), nil
	p.enqueue(TxnCall{Kind: addPartitions, Body: &wire.AddPartitionsToTxnRequest{
		Transaction: p.Config.Transaction, ID: p.Numbers.Who.ID, Epoch: p.Numbers.Who.Epoch,
		Partitions: slices.Clone(t.Adding),
	}})
}

// enqueueInit asks for an epoch: of the id that the coordinator has, or the next one of who's.
func (p *Producer) enqueueInit(kind TxnRequest, who Identity) {
	p.enqueue(TxnCall{Kind: kind, Body: &wire.InitProducerIdRequest{
		Transaction: p.Config.Transaction, Timeout: p.Config.TransactionTimeout, ID: who.ID, Epoch: who.Epoch,
	}})
}

// coordinator is where a request goes: to the coordinator of the transaction, or of a group.
func (t *Txn) coordinator(k TxnRequest) *wire.NodeID {
	if k == commitOffsets {
		return &t.Groups
	}
	return &t.Coordinator
}

// lookUp asks any broker who the coordinator is that a request goes to.
func (p *Producer) lookUp(k TxnRequest, body wire.Body) {
	t := &p.Txn
	*t.coordinator(k) = wire.Nobody
	find := &wire.FindCoordinatorRequest{Transaction: p.Config.Transaction}
	if r, ok := body.(*wire.TxnOffsetCommitRequest); ok {
		find = &wire.FindCoordinatorRequest{Group: r.Group}
	}
	if len(t.Queue) == 0 || t.Queue[0].Kind != findCoordinator {
		p.enqueue(TxnCall{Kind: findCoordinator, Body: find})
	}
}

// transact is the part of the sender thread's turn that is about transactions: it comes before batches are
// sent, and they are sent only if nothing is to be asked (Sender.runOnce).
func (p *Producer) transact(out *sim.Out) {
	t := &p.Txn
	if !p.Config.Transactional() || p.forced() {
		return
	}
	if p.Closing {
		p.abortOnClose(out)
	}
	switch {
	case t.State == FatalError:
		p.drop(true, t.Err, out)
		return
	case t.InFlight || t.Sleeping:
		return
	case t.State == AbortableError:
		p.drop(false, t.Err, out)
	case t.State == Aborting:
		p.drop(false, wire.TransactionAborted, out)
	}
	p.enqueueNew()
	for len(t.Queue) > 0 && !t.InFlight && !t.Sleeping && !p.heldBack(t.Queue[0]) {
		if !p.next(out) {
			return
		}
	}
}

// next does what the first request of the queue needs; false: it has to wait
// (TransactionManager.nextRequest, Sender.maybeSendAndPollTransactionalRequest). In an error state only the
// coordinator is looked up. What nothing was added to needs no end.
func (p *Producer) next(out *sim.Out) bool {
	t := &p.Txn
	c := &t.Queue[0]
	switch k := c.Kind; {
	case t.State == AbortableError && k != findCoordinator:
		t.Queue = slices.Delete(t.Queue, 0, 1)
		p.letGo(k, out)
		return true
	case c.Kind == endTxn && !t.Started:
		t.Queue = slices.Delete(t.Queue, 0, 1)
		p.completed(out)
		return true
	}
	to := *t.coordinator(c.Kind)
	if c.Kind == findCoordinator {
		to = p.Net.Any(&p.Config.Client)
	} else if to == wire.Nobody {
		c.Retry, c.Slept = true, false
		p.lookUp(c.Kind, c.Body)
		return true
	}
	if to == wire.Nobody || !p.Net.Ready(&p.Config.Client, to, p.Config.Client.Lane, out) {
		return false
	}
	if c.Retry && !c.Slept {
		p.sleep(c, out)
		return false
	}
	p.ask(to, *c, out)
	return true
}

// sleep is the sender thread's sleep before it asks again; it does nothing else meanwhile
// (TxnRequestHandler.retryBackoffMs).
func (p *Producer) sleep(c *TxnCall, out *sim.Out) {
	d := p.Config.Client.RetryBackoff
	if c.Soon {
		d = min(d, soon)
	}
	p.Txn.Sleeping = true
	out.SetTimer(sim.Timer{Kind: txnTimer}, d)
}

// slept ends the sleep. Something more urgent may have come.
func (p *Producer) slept() {
	t := &p.Txn
	if t.Sleeping = false; len(t.Queue) > 0 {
		t.Queue[0].Slept = true
	}
}

func (p *Producer) ask(to wire.NodeID, c TxnCall, out *sim.Out) {
	t := &p.Txn
	t.Queue = slices.Delete(t.Queue, 0, 1)
	t.InFlight = true
	if req, ends := c.Body.(*wire.EndTxnRequest); ends {
		t.Asked = true
		p.tellTxn(wire.Note{Kind: wire.TxnEnding, Peer: to, Text: ending(req.Commit)}, out)
	}
	p.Net.Send(&p.Config.Client, to, p.Config.Client.Lane,
		client.Call{What: txnCall, Ref: int32(c.Kind), Body: c.Body}, out)
}

func ending(commit bool) string {
	if commit {
		return "commit"
	}
	return "abort"
}

// again queues a request that has to be sent once more.
func (p *Producer) again(call client.Call, soon bool) {
	p.enqueue(TxnCall{Kind: TxnRequest(call.Ref), Body: call.Body, Retry: true, Soon: soon})
}

// unanswered takes in that a request will not be answered: it is sent again.
func (p *Producer) unanswered(call client.Call) {
	if p.Txn.InFlight = false; p.Txn.State != FatalError {
		p.again(call, false)
	}
}

// unreached looks the coordinator up if the connection to it is gone and there is something to ask, be it for the first
// time or again (TxnRequestHandler.onComplete, Sender.maybeFindCoordinatorAndRetry).
func (p *Producer) unreached(peer wire.NodeID) {
	t := &p.Txn
	if len(t.Queue) == 0 || p.heldBack(t.Queue[0]) {
		return
	}
	if c := t.Queue[0]; *t.coordinator(c.Kind) == peer {
		p.lookUp(c.Kind, c.Body)
	}
}
