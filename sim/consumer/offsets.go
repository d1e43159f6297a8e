package consumer

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// positions are the offsets of what poll() will return next, of every partition that has one: all
// that poll() has ever returned, processed or not. They carry the leader epoch of the record before;
// offsets that an application names do not (SubscriptionState.allConsumed).
func (c *Consumer) positions() []wire.PartitionOffset {
	out := c.offsets(func(p *Part) int64 { return p.Position })
	for i := range out {
		out[i].OffsetEpoch = c.part(out[i].At).OffsetEpoch
	}
	return out
}

// handled are the offsets after what is processed: in each partition that of the first record which
// is in hand and not finished, or the position if there is none.
func (c *Consumer) handled() []wire.PartitionOffset {
	return c.offsets(func(p *Part) int64 {
		first := p.Position
		for _, item := range c.InHand() {
			if item.At == p.At {
				first = min(first, item.Offset)
			}
		}
		return first
	})
}

// stored are the offsets that were stored for the background timer.
func (c *Consumer) stored() []wire.PartitionOffset {
	return c.offsets(func(p *Part) int64 {
		if p.Stored == 0 {
			return wire.NoOffset
		}
		return p.Stored
	})
}

// offsets are the offsets of every partition that can be read and has one.
func (c *Consumer) offsets(of func(p *Part) int64) []wire.PartitionOffset {
	var out []wire.PartitionOffset
	for i := range c.Parts {
		p := &c.Parts[i]
		if p.Need != NeedNothing {
			continue
		}
		if offset := of(p); offset != wire.NoOffset {
			out = append(out, wire.PartitionOffset{
				At: p.At, Offset: offset, OffsetEpoch: wire.NoEpoch,
			})
		}
	}
	return out
}

// keeper is who keeps the consumer's offsets: the coordinator of its group, Nobody if it has to be found, or
// ZooKeeper.
func (c *Consumer) keeper() wire.NodeID {
	if c.Config.ZooKeeper != wire.Nobody {
		return c.Config.ZooKeeper
	}
	return c.Member.Coordinator
}

// background tells whether a background timer commits what was stored, and not poll() what it has
// returned before.
func (c *Consumer) background() bool {
	return c.Config.App.Commit == CommitMark || c.Config.App.Commit == CommitStored
}

// autoOffsets are what auto commit would commit now.
func (c *Consumer) autoOffsets() []wire.PartitionOffset {
	if c.background() {
		return c.stored()
	}
	return c.positions()
}

// chosen are the offsets that the application commits by hand.
func (c *Consumer) chosen() []wire.PartitionOffset {
	if c.Config.App.Offsets == Handled {
		return c.handled()
	}
	return c.positions()
}

// store keeps the offsets after records for the background timer. The highest counts (Sarama's
// partitionOffsetManager.MarkOffset).
func (c *Consumer) store(items []Item) {
	for _, item := range items {
		if p := c.part(item.At); p != nil {
			p.Stored = max(p.Stored, item.Offset+1)
		}
	}
}

// autoStirs makes the next auto commit count, if there is something to commit now.
func (c *Consumer) autoStirs(out *sim.Out) {
	idle := sim.Timer{Kind: autoIdleTimer}
	if out.Armed(idle) && !c.Auto.settled(c.autoOffsets()) {
		out.MoveTimer(idle, sim.Timer{Kind: autoCommitTimer})
	}
}
