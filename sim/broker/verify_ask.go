package broker

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Unverified is a produce request that waits for its transaction's coordinator
// (ReplicaManager.maybeSendPartitionsToTransactionCoordinator).
type Unverified struct {
	ID          int32 // of its timers
	Conn        sim.Conn
	Request     *wire.ProduceRequest
	Offsets     *wire.TxnOffsetCommitRequest // what the request stands for; nil: for itself
	Coordinator wire.NodeID
	State       askState
	Verification
}

// askState is how far the question is.
type askState uint8

const (
	queued askState = iota // one question at a time goes to a coordinator; Kafka puts those that wait into one
	asking
	pausing // before it is asked again
)

// producer is a transactional batch of the request: all of them are of one producer in one epoch.
func (u *Unverified) producer() *wire.Batch {
	i := slices.IndexFunc(u.Request.Partitions, func(p wire.ProducePart) bool { return p.Batch.Transactional })
	return u.Request.Partitions[i].Batch
}

// verify asks the coordinator about what needs it; else the request goes on.
func (b *Broker) verify(u Unverified, out *sim.Out) {
	u.Verification = b.guardAll(u.Request)
	u.Coordinator, u.State = b.leaderOf(b.TxnPartition(u.Request.Transaction)), queued
	if len(u.Guarded) > 0 && u.Coordinator == wire.Nobody {
		u.refuseGuarded(wire.CoordinatorNotAvailable)
	} else if len(u.Guarded) > 0 {
		b.enqueue(u, out)
		return
	}
	b.resolve(u, out)
}

// enqueue lets a question wait for its turn. Of one transactional.id only the latest does: the one before is
// of a fenced epoch, or its client has given it up (AddPartitionsToTxnManager.addTxnData).
func (b *Broker) enqueue(u Unverified, out *sim.Out) {
	epoch := u.producer().ProducerEpoch
	i := slices.IndexFunc(b.Unverified, func(o Unverified) bool {
		return o.State == queued && o.Coordinator == u.Coordinator && o.Request.Transaction == u.Request.Transaction
	})
	if i < 0 {
		b.Unverified = append(b.Unverified, u)
		b.askNext(u.Coordinator, out)
		return
	}
	loser, err := b.Unverified[i], wire.InvalidProducerEpoch
	switch was := loser.producer().ProducerEpoch; {
	case was > epoch:
		loser = u
	case was == epoch:
		err = wire.NetworkException
		fallthrough
	default:
		b.Unverified[i] = u
	}
	loser.refuseGuarded(err)
	b.resolve(loser, out)
}

// askNext sends a coordinator the next question, if it has answered the last one.
func (b *Broker) askNext(coordinator wire.NodeID, out *sim.Out) {
	if b.asked(coordinator) >= 0 {
		return
	}
	i := slices.IndexFunc(b.Unverified, func(u Unverified) bool {
		return u.State == queued && u.Coordinator == coordinator
	})
	if i < 0 {
		return
	}
	u := &b.Unverified[i]
	u.State = asking
	if coordinator != b.Self {
		out.Await(sim.Timer{Kind: verifyWaitTimer, Key: int32(coordinator)}, markerTimeout, coordinator)
	}
	b.ask(coordinator, wire.TxnLane, &wire.AddPartitionsToTxnRequest{
		Transaction: u.Request.Transaction, ID: u.producer().ProducerID, Epoch: u.producer().ProducerEpoch,
		VerifyOnly: !u.Request.Adds, Partitions: slices.Clone(u.Guarded),
	}, out)
}

// asked is the place of the request that a coordinator has been asked about, -1 if there is none.
func (b *Broker) asked(coordinator wire.NodeID) int {
	return slices.IndexFunc(b.Unverified, func(u Unverified) bool {
		return u.State == asking && u.Coordinator == coordinator
	})
}

// onVerified takes a coordinator's word (AddPartitionsToTxnHandler.onComplete).
func (b *Broker) onVerified(coordinator wire.NodeID, r *wire.AddPartitionsToTxnResponse, out *sim.Out) {
	i := b.asked(coordinator)
	if i < 0 {
		return
	}
	out.StopTimer(sim.Timer{Kind: verifyWaitTimer, Key: int32(coordinator)})
	u := b.Unverified[i]
	b.Unverified = slices.Delete(b.Unverified, i, i+1)
	if r.Err != wire.None {
		u.refuseGuarded(r.Err)
	}
	for _, p := range r.Partitions {
		if p.Err != wire.None {
			u.Refused = append(u.Refused, p)
		}
	}
	b.resolve(u, out)
	b.askNext(coordinator, out)
}

// verifierLost takes the news that a coordinator will not answer.
func (b *Broker) verifierLost(coordinator wire.NodeID, out *sim.Out) {
	b.onVerified(coordinator, &wire.AddPartitionsToTxnResponse{Err: wire.NetworkException}, out)
}

// resolve appends what may be appended. While the transaction before is being ended, a partition can't be
// added yet: the broker tries again for a while, which is cheaper than to let the client do so.
func (b *Broker) resolve(u Unverified, out *sim.Out) {
	busy := slices.ContainsFunc(u.Refused, func(p wire.PartitionError) bool { return p.Err == wire.ConcurrentTransactions })
	patience := sim.Timer{Kind: verifyPatienceTimer, Key: u.ID}
	if busy && out.Armed(patience) {
		u.State = pausing
		b.Unverified = append(b.Unverified, u)
		out.SetTimer(sim.Timer{Kind: verifyRetryTimer, Key: u.ID}, b.Config.AddRetryBackoff)
		return
	}
	out.StopTimer(patience)
	if u.Offsets != nil {
		b.commitInTxn(&u, out)
		return
	}
	for i := range u.Refused {
		u.Refused[i].Err = produceError(u.Refused[i].Err, u.Request)
	}
	b.appendRecords(DelayedProduce{Conn: u.Conn}, u.Request, &u.Verification, out)
}

// verifyAgain is when a request has paused.
func (b *Broker) verifyAgain(id int32, out *sim.Out) {
	i := slices.IndexFunc(b.Unverified, func(u Unverified) bool { return u.ID == id })
	u := b.Unverified[i]
	b.Unverified = slices.Delete(b.Unverified, i, i+1)
	b.verify(u, out)
}
