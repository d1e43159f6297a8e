package broker

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/wire"
)

// AlterManager carries the leaders' wishes to the controller, one request at a time
// (AlterPartitionManager).
type AlterManager struct {
	Asked   wire.NodeID // the controller asked; Nobody: no request is under way
	Waiting bool        // backing off after a failure
}

// minISR is how large the ISR of a partition must be.
func (b *Broker) minISR(r *Replica) int {
	return b.Config.MinISR(b.Image.Partition(r.At), b.Image.Topic(r.At.Topic))
}

// MinISR is how large an ISR must be for acks=all: min.insync.replicas, but never more than there are replicas
// (Partition.effectiveMinIsr). Before 3.7 (KAFKA-15583) it is what is set: with more than there are replicas
// acks=all is always refused.
func (c *Config) MinISR(p *metadata.Partition, t *metadata.Topic) int {
	if c.LooseMinISR {
		return int(t.Config.MinISR)
	}
	return p.EffectiveMinISR(t)
}

// advance raises a leader's high watermark to what every member of the maximal ISR has, and every
// follower that is about to join it. Below min.insync.replicas it stays (KAFKA-15583, 3.7+)
// (Partition.maybeIncrementLeaderHW). It tells whether it rose.
func (b *Broker) advance(r *Replica, out *sim.Out) bool {
	if !b.Config.LooseMinISR && r.ISR.Len() < b.minISR(r) {
		return false
	}
	maximal := r.MaximalISR()
	hw := b.log(r.At).End()
	for i := range r.Followers {
		f := &r.Followers[i]
		if maximal.Has(f.ID) || b.caughtUp(r, f, out) && b.eligible(f) {
			hw = min(hw, f.End)
		}
	}
	if hw <= r.HW {
		return false
	}
	b.setHW(r, hw, out)
	b.checkProduces(out)
	b.checkFetches(out)
	b.checkCommits(out)
	return true
}

// caughtUp: the follower has everything, or had everything at most replica.lag.time.max.ms ago
// (Replica.isCaughtUp).
func (b *Broker) caughtUp(r *Replica, f *Follower, out *sim.Out) bool {
	return f.End == b.log(r.At).End() || out.Armed(lagTimerOf(r, f))
}

// eligible: the follower may be in an ISR: not fenced, not shutting down, and its fetches come
// from the process that is registered (KIP-841, KIP-903).
func (b *Broker) eligible(f *Follower) bool {
	reg := b.Image.Broker(f.ID)
	return reg != nil && reg.Active() && (f.BrokerEpoch == wire.NoOffset || f.BrokerEpoch == reg.Epoch)
}

// checkISRs drops followers that have lagged for too long from the ISRs, every half of
// replica.lag.time.max.ms.
func (b *Broker) checkISRs(out *sim.Out) {
	next := sim.Timer{Kind: isrIdleTimer}
	for i := range b.Replicas {
		r := &b.Replicas[i]
		if r.Role != Leads {
			continue
		}
		isr := r.ISR
		for j := range r.Followers {
			f := &r.Followers[j]
			if !isr.Has(f.ID) {
				continue
			}
			if !b.caughtUp(r, f, out) {
				isr = isr.Without(f.ID)
			}
			if !out.Armed(lagTimerOf(r, f)) {
				next.Kind = isrTimer
			}
		}
		if isr != r.ISR && r.Wish == 0 {
			b.wish(r, isr, out)
		}
	}
	out.SetTimer(next, b.Config.LagTimeMax/2)
	b.sendAlter(out)
}

func lagTimerOf(r *Replica, f *Follower) sim.Timer {
	return sim.Timer{Kind: lagTimer, Key: partitionKey(r.At, f.ID)}
}

// maybeExpand asks to let a follower into the ISR that has reached the high watermark and the
// start of this leader's epoch (KAFKA-7128) (Partition.maybeExpandIsr).
func (b *Broker) maybeExpand(r *Replica, f *Follower, out *sim.Out) {
	if r.Wish != 0 || r.ISR.Has(f.ID) || f.End < r.HW || f.End < r.EpochStart || !b.eligible(f) {
		return
	}
	b.wish(r, r.ISR.With(f.ID), out)
	b.sendAlter(out)
}

func (b *Broker) wish(r *Replica, isr wire.NodeSet, out *sim.Out) {
	r.Wish = isr
	out.Tell(wire.Note{Kind: wire.ISRAsked, Node: b.Self, At: r.At, Set: isr})
}

// sendAlter sends the wishes that are not on their way yet.
func (b *Broker) sendAlter(out *sim.Out) {
	if b.Alter.Asked != wire.Nobody || b.Alter.Waiting {
		return
	}
	req := &wire.AlterPartitionRequest{Broker: b.Self, BrokerEpoch: b.Life.Epoch}
	for i := range b.Replicas {
		r := &b.Replicas[i]
		if r.Role != Leads || r.Wish == 0 || r.Asked {
			continue
		}
		part := wire.AlterPart{
			At: r.At, LeaderEpoch: r.LeaderEpoch, PartitionEpoch: r.PartitionEpoch, ISR: r.Wish,
		}
		for id := range r.Wish.All() {
			part.ISREpochs = append(part.ISREpochs, b.brokerEpoch(r, id))
		}
		req.Partitions = append(req.Partitions, part)
	}
	if len(req.Partitions) == 0 {
		return
	}
	if b.Quorum.Leader == wire.Nobody {
		b.alterRetry(out)
		return
	}
	for i := range req.Partitions {
		b.replica(req.Partitions[i].At).Asked = true
	}
	b.Alter.Asked = b.Quorum.Leader
	out.Await(sim.Timer{Kind: alterTimer}, 30*sim.Second, b.Alter.Asked)
	out.Send(b.Alter.Asked, wire.AlterLane, req)
}

// brokerEpoch is the epoch to name for an ISR member: its own, or that of its last fetch.
func (b *Broker) brokerEpoch(r *Replica, id wire.NodeID) int64 {
	if f := r.follower(id); f != nil {
		return f.BrokerEpoch
	}
	return b.Life.Epoch
}

// onAltered takes the controller's word (Partition.handleAlterPartitionUpdate / -Error).
func (b *Broker) onAltered(answer *wire.AlterPartitionResponse, out *sim.Out) {
	b.Alter.Asked = wire.Nobody
	out.StopTimer(sim.Timer{Kind: alterTimer})
	if answer.Err != wire.None {
		if answer.Err == wire.NotController {
			b.Quorum.hint(answer.Leader)
		}
		b.alterRetry(out)
		return
	}
	for i := range answer.Partitions {
		a := &answer.Partitions[i]
		r := b.replica(a.At)
		if r == nil || r.Role != Leads || r.Wish == 0 || !r.Asked {
			continue // the metadata was faster
		}
		b.settleWish(r, a, out)
	}
	b.sendAlter(out)
}

func (b *Broker) settleWish(r *Replica, a *wire.AlterResult, out *sim.Out) {
	switch a.Err {
	case wire.None:
		if a.LeaderEpoch == r.LeaderEpoch && a.PartitionEpoch > r.PartitionEpoch {
			r.ISR, r.PartitionEpoch = a.ISR, a.PartitionEpoch
			r.Wish, r.Asked = 0, false
			b.advance(r, out)
		} else if a.PartitionEpoch == r.PartitionEpoch {
			r.Wish, r.Asked = 0, false
		}
	case wire.IneligibleReplica:
		r.Wish, r.Asked = 0, false // back to what is confirmed
	case wire.FencedLeaderEpoch, wire.InvalidUpdateVersion, wire.InvalidRequest,
		wire.UnknownTopicOrPartition: // it stays pending until new metadata settles it
	default:
		r.Asked = false
		b.alterRetry(out)
	}
}

// alterLost takes the news that the request will not be answered: it is sent again.
func (b *Broker) alterLost(out *sim.Out) {
	if b.Alter.Asked == wire.Nobody {
		return
	}
	b.Alter.Asked = wire.Nobody
	out.StopTimer(sim.Timer{Kind: alterTimer})
	b.alterRetry(out)
}

func (b *Broker) alterRetry(out *sim.Out) {
	for i := range b.Replicas {
		b.Replicas[i].Asked = false
	}
	b.Alter.Waiting = true
	out.SetTimer(sim.Timer{Kind: alterRetryTimer}, retryBackoff)
}
