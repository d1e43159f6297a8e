package consumer

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Listener is the application's ConsumerRebalanceListener. It runs inside poll() and close().
type Listener struct {
	Called bool // onPartitionsRevoked has not returned yet
}

// OnRevoke is what an application does in onPartitionsRevoked.
type OnRevoke uint8

// What an application can do in onPartitionsRevoked.
const (
	RevokeNothing OnRevoke = iota
	RevokeCommit           // commitSync() of what the application commits: see Offsets
)

// giveUp gives partitions up. If they are still the consumer's, onPartitionsRevoked is called first,
// and a commit in it works; else onPartitionsLost is, which calls onPartitionsRevoked too unless it is
// overridden (ConsumerRebalanceListener). It tells whether the listener has returned.
func (c *Consumer) giveUp(what []wire.Partition, mine bool, out *sim.Out) bool {
	m := &c.Member
	if len(what) == 0 {
		return true
	}
	if c.Config.App.OnRevoke == RevokeCommit && !m.Listener.Called {
		m.Listener.Called = true
		c.commit(c.chosenOf(what), commitRevoke, out)
	}
	if c.committing(commitRevoke) {
		return false
	}
	m.Listener.Called = false
	kind := wire.PartitionsLost
	if mine {
		kind = wire.Revoked
	}
	for _, at := range what {
		out.Tell(wire.Note{Kind: kind, Node: c.Self, At: at})
	}
	c.Parts = slices.DeleteFunc(c.Parts, func(p Part) bool { return slices.Contains(what, p.At) })
	return true
}

// chosenOf are the offsets that the application commits of some partitions.
func (c *Consumer) chosenOf(what []wire.Partition) []wire.PartitionOffset {
	return slices.DeleteFunc(c.chosen(), func(o wire.PartitionOffset) bool {
		return !slices.Contains(what, o.At)
	})
}

// withheld tells whether poll() may not return records now although there are some: while the commit
// before everything is revoked is under way (KAFKA-14196), and while the listener runs.
func (c *Consumer) withheld() bool {
	flushing := c.Config.eager() && c.committing(commitLast) && !c.Config.FetchDuringRevocation
	return flushing || c.Member.Listener.Called
}
