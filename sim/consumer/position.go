package consumer

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/client"
	"example.com/ksim/sim/wire"
)

// Part is an assigned partition (SubscriptionState.TopicPartitionState and its FetchPosition).
type Part struct {
	At          wire.Partition
	Need        Need
	Asked       bool          // for what it needs
	Lost        bool          // its leader is in doubt: not fetched before there is news of the cluster
	Position    int64         // of the next record poll() will return
	OffsetEpoch int32         // leader epoch of the record before it; NoEpoch: unknown
	Leader      wire.NodeID   // whose log the position was checked against, or is to be
	LeaderEpoch int32         // that leader's
	Buffer      []*wire.Batch `sim:"frozen"` // fetched and not yet returned, from Position on
	Aborted     []int64       `sim:"frozen"` // the offsets of batches in there that were aborted
	Going       bool          // it is about to be given up: nothing more is read of it
	Paused      bool          // by the application: poll() returns nothing of it, and does not fetch it
	Stored      int64         // the offset that a background timer commits; 0: none yet
}

// Need is what a partition lacks before it can be read.
type Need uint8

// What a partition may lack.
const (
	NeedCommitted  Need = iota // the group's committed offset
	NeedReset                  // an offset by auto.offset.reset
	NeedValidation             // the new leader's word that what was read is still there
	NeedNothing
	NeedHelp      // auto.offset.reset=none: the application gets an exception
	NeedBeginning // where the log begins: seekToBeginning() was called
	NeedEnd       // where what can be read ends: seekToEnd() was called
)

func (c *Consumer) part(at wire.Partition) *Part {
	for i := range c.Parts {
		if c.Parts[i].At == at {
			return &c.Parts[i]
		}
	}
	return nil
}

// ensurePositions checks positions against new leaders, asks for committed offsets, then resets
// partitions that have none. It tells whether poll() can go on: it waits for committed offsets, but
// not for the rest, so that a partition without a leader keeps no other from being read
// (ClassicKafkaConsumer.updateFetchPositions).
func (c *Consumer) ensurePositions(out *sim.Out) bool {
	var committed []wire.Partition
	waiting := false
	for i := range c.Parts {
		p := &c.Parts[i]
		c.doubt(p)
		switch {
		case p.Need == NeedValidation && !p.Asked:
			c.validate(p, out)
		case p.Need == NeedCommitted && !p.Asked:
			committed = append(committed, p.At)
		case !p.Asked:
			c.reset(p, out)
		}
		waiting = waiting || p.Need == NeedCommitted
	}
	if len(committed) > 0 {
		c.askCommitted(committed, out)
	}
	return !waiting
}

// askCommitted asks for the group's committed offsets, but not as long as a transaction may change them
// (KIP-447; ConsumerCoordinator always sets require_stable).
func (c *Consumer) askCommitted(parts []wire.Partition, out *sim.Out) {
	keeper := c.keeper()
	if keeper == wire.Nobody {
		c.find(out)
		return
	}
	if !c.Net.Ready(&c.Config.Client, keeper, wire.CoordinatorLane, out) {
		return
	}
	for _, p := range parts {
		c.part(p).Asked = true
	}
	r := &wire.OffsetFetchRequest{Group: c.Config.Group, Stable: !c.Config.Unstable, Partitions: parts}
	if c.inModernGroup() {
		r.Member, r.Epoch = c.Member.ID, c.memberEpoch()
	}
	call := client.Call{What: offsetsCall, Body: r}
	c.Net.Send(&c.Config.Client, keeper, wire.CoordinatorLane, call, out)
}

func (c *Consumer) onOffsets(r *wire.OffsetFetchResponse, out *sim.Out) {
	if r.Err != wire.None {
		c.coordinatorError(r.Err)
		c.resetLater(out)
		return
	}
	for _, o := range r.Offsets {
		p := c.part(o.At)
		if p == nil || p.Need != NeedCommitted {
			continue
		}
		p.Asked = false
		if o.Offset == wire.NoOffset {
			c.loseWay(p, "NoOffsetForPartitionException", out)
			continue
		}
		c.place(p, o.Offset, "the committed offset", out)
		p.OffsetEpoch = o.OffsetEpoch
		c.Net.Meta.Seen(p.At, o.OffsetEpoch)
		c.Auto.Last = c.autoOffsets()
	}
}

// loseWay is what happens to a partition without an offset, or with one out of range: without a reset
// policy poll() throws (NoOffsetForPartitionException, OffsetOutOfRangeException, LogTruncationException).
func (c *Consumer) loseWay(p *Part, why string, out *sim.Out) {
	had := p.Need == NeedNothing || p.Need == NeedValidation
	p.Need, p.Asked = NeedReset, false
	p.discard()
	switch {
	case c.Config.Reset == None:
		p.Need = NeedHelp
		out.Tell(wire.Note{Kind: wire.PollFailed, Node: c.Self, At: p.At, Text: why})
	case had:
		out.Tell(wire.Note{Kind: wire.LostPlace, Node: c.Self, Peer: p.Leader, At: p.At, Offset: p.Position, Text: why})
	}
}

// reset asks the leader where the log begins or ends, if the position is to come from there.
func (c *Consumer) reset(p *Part, out *sim.Out) {
	to, _, wanted := c.resetOf(p)
	if !wanted {
		return
	}
	leader, epoch := c.Net.Meta.Leader(p.At)
	if leader == wire.Nobody || !c.Net.Ready(&c.Config.Client, leader, wire.MainLane, out) {
		return
	}
	p.Asked = true
	c.Net.Send(&c.Config.Client, leader, wire.MainLane, client.Call{
		What: listCall, Body: &wire.ListOffsetsRequest{
			Isolation: c.Config.Isolation, Earliest: to == Earliest,
			Partitions: []wire.ListOffsetsPart{{At: p.At, CurrentEpoch: epoch}},
		},
	}, out)
}

// onListed puts positions where they were asked for. Who has called for another reset meanwhile gets that one
// (SubscriptionState.maybeSeekUnvalidated).
func (c *Consumer) onListed(asked *wire.ListOffsetsRequest, r *wire.ListOffsetsResponse, out *sim.Out) {
	for _, res := range r.Partitions {
		p := c.part(res.At)
		if p == nil {
			continue
		}
		to, why, wanted := c.resetOf(p)
		if !wanted || asked.Earliest != (to == Earliest) {
			continue
		}
		if res.Err != wire.None {
			c.Net.Meta.Stale = c.Net.Meta.Stale || res.Err.InvalidMetadata()
			c.resetLater(out)
			continue
		}
		c.place(p, res.Offset, why, out)
	}
}

// place puts the position where nothing is known of the record before it. It is not checked against
// any leader yet.
func (c *Consumer) place(p *Part, offset int64, why string, out *sim.Out) {
	p.Need, p.Asked, p.Position = NeedNothing, false, offset
	p.discard()
	p.OffsetEpoch, p.Leader, p.LeaderEpoch = wire.NoEpoch, wire.Nobody, wire.NoEpoch
	out.Tell(wire.Note{Kind: wire.Positioned, Node: c.Self, At: p.At, Offset: offset, Text: why})
}

// resetLater asks again, for what is not answered, after retry.backoff.ms.
func (c *Consumer) resetLater(out *sim.Out) {
	d := out.Jitter(c.Config.Client.RetryBackoff, 20, "reset", 0)
	out.SetTimer(sim.Timer{Kind: resetTimer}, d)
}

func (c *Consumer) resetAgain() {
	for i := range c.Parts {
		c.Parts[i].Asked = false
	}
}

// returnable tells whether poll() may return records of a partition, and has some.
func (p *Part) returnable() bool { return len(p.Buffer) > 0 && !p.Going && !p.Paused }

// buffered tells whether poll() has something to return.
func (c *Consumer) buffered() bool {
	return slices.ContainsFunc(c.Parts, func(p Part) bool { return p.returnable() })
}
