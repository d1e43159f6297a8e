package producer

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Txn is what a producer with a transactional.id knows of its transactions (TransactionManager).
type Txn struct {
	State       TxnState
	Err         wire.Error                   // why it is in an error state (lastError)
	Coordinator wire.NodeID                  // Nobody: it is to be looked up
	Groups      wire.NodeID                  // the coordinator of the group whose positions it sends; Nobody likewise
	Started     bool                         // there is something that the coordinator has to end (transactionStarted)
	Bump        bool                         // the client asks for the next epoch before it goes on (epochBumpRequired)
	Offsets     *wire.TxnOffsetCommitRequest // that the application has sent last
	New         []wire.Partition
	Adding      []wire.Partition // being added
	Added       []wire.Partition
	Queue       []TxnCall // what is to be asked, the most urgent first
	InFlight    bool      // one is asked: never more than one at a time
	Sleeping    bool      // the sender thread sleeps before it asks again

	Sent   int32 // messages that the application has sent in it
	Commit bool  // how the application ends it
	Asked  bool  // EndTxn was sent
	Broken bool  // the application has been told that it can only abort
}

// TxnState is the state of a transactional producer (TransactionManager.State).
type TxnState uint8

// The states of a transactional producer.
const (
	Uninitialized TxnState = iota
	Initializing
	Ready
	InTransaction
	Committing
	Aborting
	AbortableError
	FatalError
)

func (s TxnState) String() string {
	return [...]string{"UNINITIALIZED", "INITIALIZING", "READY", "IN_TRANSACTION", "COMMITTING_TRANSACTION",
		"ABORTING_TRANSACTION", "ABORTABLE_ERROR", "FATAL_ERROR"}[s]
}

// completing tells whether a transaction is being ended.
func (t *Txn) completing() bool { return t.State == Committing || t.State == Aborting }

// Open tells whether the application has a transaction that it has yet to end.
func (t *Txn) Open() bool { return t.State == InTransaction || t.State == AbortableError }

// Pending tells whether a transaction is open, or being ended.
func (t *Txn) Pending() bool { return t.Open() || t.completing() }

// busy tells whether the sender thread does nothing else: it sleeps before a request, waits for the connection
// that it needs, or for an answer (Sender.maybeSendAndPollTransactionalRequest).
func (p *Producer) busy() bool {
	t := &p.Txn
	return t.InFlight || t.State == FatalError || len(t.Queue) > 0 && !p.heldBack(t.Queue[0])
}

// heldBack tells whether a request waits for batches: EndTxn, until all are done
// (TransactionManager.nextRequest).
func (p *Producer) heldBack(c TxnCall) bool {
	return c.Kind == endTxn && slices.ContainsFunc(p.Batches, func(b Batch) bool { return !b.Done })
}

// Transactional tells whether there is a transactional.id.
func (c *Config) Transactional() bool { return c.Transaction != "" }

// bumpsAlone tells whether a client counts up its epoch without asking anybody: not before KIP-360, and not
// in transactions, whose coordinator gives the epochs.
func (c *Config) bumpsAlone() bool { return !c.NewID && !c.Transactional() }

// join makes a partition part of the transaction: by a request, before its first batch is sent. With
// transaction.version 2 its leader does that when it gets the batch (TransactionManager.maybeAddPartition,
// KIP-890).
func (p *Producer) join(at wire.Partition) {
	t := &p.Txn
	switch {
	case !p.Config.Transactional() || slices.Contains(t.Added, at):
	case p.Config.Version2:
		t.Added, t.Started = append(t.Added, at), true
	case !slices.Contains(t.New, at) && !slices.Contains(t.Adding, at):
		t.New = append(t.New, at)
	}
}

// spoil takes in that a record failed: its transaction can only be aborted. The client then asks for the next
// epoch, so that the numbers may begin anew, unless the end is under way, or every end gives one
// (TransactionManager.maybeTransitionToErrorState).
func (p *Producer) spoil(err wire.Error, out *sim.Out) {
	t := &p.Txn
	if !p.Config.Transactional() || t.State == FatalError {
		return
	}
	if p.mayBump() && !t.completing() {
		t.Bump = true
	}
	p.abortable(err, out)
}

// mayBump tells whether the client asks its coordinator for an epoch after an error: since 2.5 (KIP-360), and
// not with transaction.version 2.
func (p *Producer) mayBump() bool { return !p.Config.NewID && !p.Config.Version2 }

// abortable is the state in which a transaction can only be aborted (transitionToAbortableError).
func (p *Producer) abortable(err wire.Error, out *sim.Out) {
	t := &p.Txn
	if t.State == Aborting || t.State == FatalError {
		return
	}
	t.State, t.Err = AbortableError, err
	if !t.Broken {
		t.Broken = true
		p.tellTxn(wire.Note{Kind: wire.TxnBroken, Err: err}, out)
	}
}

// fatal is the state that a producer can only be closed in (transitionToFatalError). If the coordinator was
// asked to commit, nobody here knows what came of it.
func (p *Producer) fatal(err wire.Error, out *sim.Out) {
	t := &p.Txn
	doubtful := t.State == Committing && t.Asked
	t.State, t.Err, t.Queue = FatalError, err, nil
	switch {
	case err == wire.ProducerFenced:
		out.Tell(wire.Note{Kind: wire.FencedOut, Node: p.Self, Err: err})
	default:
		out.Tell(wire.Note{Kind: wire.TxnFatal, Node: p.Self, Err: err})
	}
	if doubtful {
		p.tellTxn(wire.Note{Kind: wire.TxnDoubtful, Err: err}, out)
	}
	p.throw(out)
}

// unsettled takes in that a batch was given up after several attempts, and no later one shows that it is in the
// log (TransactionManager.maybeResolveSequences).
func (p *Producer) unsettled(out *sim.Out) {
	t := &p.Txn
	if p.Config.NewID {
		p.fatal(wire.OutOfOrderSequenceNumber, out)
		return
	}
	if t.State != Aborting {
		t.Bump = t.Bump || p.mayBump()
	}
	p.abortable(wire.ClientTimeout, out)
}

// drop fails the batches that must not be sent any more: all, or those that never were
// (RecordAccumulator.abortBatches, .abortUndrainedBatches).
func (p *Producer) drop(all bool, err wire.Error, out *sim.Out) {
	var ids []int32
	for i := range p.Batches {
		if b := &p.Batches[i]; !b.Done && (all || !b.numbered()) {
			ids = append(ids, b.ID)
		}
	}
	for _, id := range ids {
		b := p.batch(id)
		q := p.queue(b.At)
		q.Batches = slices.DeleteFunc(q.Batches, func(other int32) bool { return other == id })
		if b.InFlight {
			b.Doubtful, b.Done = true, true
			p.untrack(b)
		}
		p.tellFailure(b, err, out)
		if !p.batch(id).InFlight {
			p.forget(id, out)
		}
	}
}

// tellTxn tells a note about the transaction of now.
func (p *Producer) tellTxn(n wire.Note, out *sim.Out) {
	n.Node, n.Offset = p.Self, int64(p.Begun)
	out.Tell(n)
}

// failedInTxn takes in that a batch was given up for good (TransactionManager.handleFailedBatch). If the broker has said
// no, later batches close up, as their transaction may be aborted without asking for an epoch.
func (p *Producer) failedInTxn(b *Batch, err wire.Error, out *sim.Out) {
	q := p.queue(b.At)
	switch p.spoil(err, out); {
	case err == wire.UnknownProducerID:
		q.Sequences = p.fresh()
	case b.Left > 0:
		p.moveUp(q, b)
	}
}
