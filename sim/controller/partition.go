package controller

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/wire"
)

// update says which broker changed, so that partitions are looked at again
// (ReplicationControlManager.generateLeaderAndIsrUpdates).
type update struct {
	remove  wire.NodeID // leaves ISRs and leaderships
	add     wire.NodeID // may lead now
	unclean wire.NodeID // came back without a clean shutdown: leaves ELRs too
}

// touches tells whether a partition has to be looked at.
func (u update) touches(p *metadata.Partition) bool {
	switch {
	case u.remove != wire.Nobody:
		return p.ISR.Has(u.remove)
	case u.unclean != wire.Nobody:
		return p.ISR.Has(u.unclean) || p.ELR.Has(u.unclean)
	}
	return p.Leader == wire.Nobody
}

// updatePartitions gives the records that follow for partitions.
func (k *Controller) updatePartitions(u update, out *sim.Out) []wire.Entry {
	var records []wire.Entry
	for _, p := range k.Image.Partitions {
		if !u.touches(p) {
			continue
		}
		c := change{
			Partition: p, topic: k.Image.Topic(p.At.Topic), elr: k.Config.ELR,
			isr: p.ISR, uncleanShutdown: u.unclean,
			acceptable: func(id wire.NodeID) bool {
				return id != u.remove && id != u.unclean && (id == u.add || k.Image.Active(id))
			},
		}
		for _, gone := range [...]wire.NodeID{u.remove, u.unclean} {
			if gone != wire.Nobody {
				c.isr = c.isr.Without(gone)
			}
		}
		if next, unclean := c.build(); next != nil {
			k.tellChange(p, next, unclean, out)
			records = append(records, next)
		}
	}
	return records
}

func (k *Controller) tellChange(old, next *metadata.Partition, unclean bool, out *sim.Out) {
	if next.ISR != old.ISR {
		out.Tell(wire.Note{Kind: wire.ISRChanged, Node: k.Self, At: next.At, Set: next.ISR})
	}
	if next.Leader == old.Leader {
		return
	}
	n := wire.Note{Kind: wire.Elected, Node: next.Leader, Peer: k.Self, At: next.At,
		Epoch: next.LeaderEpoch, Unclean: unclean}
	if next.Leader == wire.Nobody {
		n.Kind, n.Node, n.Peer = wire.Leaderless, k.Self, old.Leader
	}
	out.Tell(n)
}

// change works out a partition's next state (PartitionChangeBuilder).
type change struct {
	*metadata.Partition
	topic           *metadata.Topic
	isr             wire.NodeSet // the target
	uncleanShutdown wire.NodeID
	elr             bool
	acceptable      func(wire.NodeID) bool
}

// build gives the next state, nil if nothing changes, and whether its leader was elected
// uncleanly.
func (c change) build() (*metadata.Partition, bool) {
	next := *c.Partition
	elr := c.targetELR()
	leader, unclean := c.elect(elr)
	isr := c.isr
	if leader != c.Leader {
		if elr.Has(leader) && leader != wire.Nobody {
			isr, elr = wire.Nodes(leader), elr.Without(leader)
		}
		next.Leader = leader
		next.LeaderEpoch++
	}
	switch {
	case unclean:
		next.ISR, elr = wire.Nodes(leader), 0
	case isr != 0 || c.elr: // without ELR the last member stays in the ISR
		next.ISR = isr
	}
	if !c.elr {
		elr = 0
	}
	next.ELR = elr
	next.LastKnownELR = c.lastKnownLeader(&next)
	if sameState(&next, c.Partition) {
		return nil, false
	}
	next.PartitionEpoch++
	return &next, unclean
}

// sameState compares what a change can change.
func sameState(a, b *metadata.Partition) bool {
	return a.Leader == b.Leader && a.LeaderEpoch == b.LeaderEpoch && a.ISR == b.ISR &&
		a.ELR == b.ELR && a.LastKnownELR == b.LastKnownELR
}

// targetELR is who, besides the ISR, certainly has everything committed: who left an ISR that
// fell below min.insync.replicas and did not come back from an unclean shutdown since.
func (c change) targetELR() wire.NodeSet {
	if !c.elr || c.isr.Len() >= c.EffectiveMinISR(c.topic) {
		return 0
	}
	elr := (c.ELR | c.ISR) &^ c.isr
	if c.uncleanShutdown != wire.Nobody {
		elr = elr.Without(c.uncleanShutdown)
	}
	return elr
}

// elect chooses: the present leader if it can stay, else the first replica in assignment order
// that is acceptable and in the ISR (in the ELR, if the ISR is empty), else the last known leader
// once ISR and ELR are empty, else, if the topic allows it, the first acceptable replica of all.
func (c change) elect(elr wire.NodeSet) (leader wire.NodeID, unclean bool) {
	valid := func(id wire.NodeID) bool {
		return c.acceptable(id) && (c.isr.Has(id) || c.isr == 0 && elr.Has(id))
	}
	if c.Leader != wire.Nobody && valid(c.Leader) {
		return c.Leader, false
	}
	for _, r := range c.Replicas {
		if valid(r) {
			return r, false
		}
	}
	if c.elr && c.isr == 0 && elr == 0 && c.LastKnownELR.Len() == 1 {
		for last := range c.LastKnownELR.All() {
			if c.acceptable(last) {
				return last, true
			}
		}
	}
	if c.topic.Config.Unclean {
		for _, r := range c.Replicas {
			if c.acceptable(r) {
				return r, true
			}
		}
	}
	return wire.Nobody, false
}

// lastKnownLeader remembers who led when the ISR became empty, until there is a leader again.
func (c change) lastKnownLeader(next *metadata.Partition) wire.NodeSet {
	switch {
	case !c.elr:
		return 0
	case next.ISR != c.ISR && next.ISR == 0 && c.Leader != wire.Nobody:
		return wire.Nodes(c.Leader)
	case next.Leader != wire.Nobody:
		return 0
	}
	return c.LastKnownELR
}
