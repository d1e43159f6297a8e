package consumer

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/client"
	"example.com/ksim/sim/wire"
)

// Commit is an OffsetCommit that is not settled yet.
type Commit struct {
	Ref     int32
	Kind    commitKind
	Offsets []wire.PartitionOffset `sim:"frozen"`
	Sent    bool
}

type commitKind uint8

const (
	commitAuto  commitKind = iota // tried again with newer positions
	commitSync                    // tried again until it is answered; the application waits
	commitAsync                   // not tried again: it could overwrite a later one
	commitLast                    // auto commit before partitions are given up: tried again as it is
)

// Auto is the state of auto commit.
type Auto struct {
	Due     bool
	Flushed bool // the last positions of this generation were committed
	Last    []wire.PartitionOffset
}

// maybeAutoCommit commits what earlier polls returned, if auto.commit.interval.ms has passed. It
// runs inside poll() before new records are taken (ConsumerCoordinator.maybeAutoCommitOffsetsAsync).
func (c *Consumer) maybeAutoCommit(out *sim.Out) {
	if !c.Config.AutoCommit || !c.Auto.Due || c.committing(commitAuto) {
		return
	}
	c.Auto.Due = false
	if at := c.positions(); len(at) > 0 {
		c.commit(at, commitAuto, out)
	}
	c.scheduleAuto(c.Config.AutoCommitInterval, out)
}

// scheduleAuto arms the next auto commit. One that would commit what is committed is idle.
func (c *Consumer) scheduleAuto(d sim.Duration, out *sim.Out) {
	t := sim.Timer{Kind: autoIdleTimer}
	if !slices.Equal(c.Auto.Last, c.positions()) {
		t.Kind = autoCommitTimer
	}
	out.SetTimer(t, d)
}

// positions are the offsets of what poll() will return next, of every partition that has one.
func (c *Consumer) positions() []wire.PartitionOffset {
	var out []wire.PartitionOffset
	for i := range c.Parts {
		if p := &c.Parts[i]; p.Need == NeedNothing {
			out = append(out, wire.PartitionOffset{
				At: p.At, Offset: p.Position, OffsetEpoch: p.OffsetEpoch,
			})
		}
	}
	return out
}

func (c *Consumer) committing(k commitKind) bool {
	return slices.ContainsFunc(c.Commits, func(m Commit) bool { return m.Kind == k })
}

// commit asks the coordinator to store positions.
func (c *Consumer) commit(offsets []wire.PartitionOffset, k commitKind, out *sim.Out) {
	if len(offsets) == 0 {
		return
	}
	m := Commit{Kind: k, Offsets: offsets}
	for slices.ContainsFunc(c.Commits, func(o Commit) bool { return o.Ref == m.Ref }) {
		m.Ref++
	}
	c.Commits = append(c.Commits, m)
	if k == commitAuto || k == commitLast {
		c.Auto.Last = offsets
	}
	c.sendCommit(&c.Commits[len(c.Commits)-1], out)
}

func (c *Consumer) sendCommit(m *Commit, out *sim.Out) {
	g := &c.Member
	if g.Coordinator == wire.Nobody {
		c.find(out)
		c.commitLater(m, out)
		return
	}
	if !c.Net.Ready(&c.Config.Client, g.Coordinator, wire.CoordinatorLane, out) {
		c.commitLater(m, out)
		return
	}
	m.Sent = true
	for _, o := range m.Offsets {
		out.Tell(wire.Note{Kind: wire.CommitSent, Node: c.Self, Peer: g.Coordinator,
			At: o.At, Offset: o.Offset})
	}
	c.Net.Send(&c.Config.Client, g.Coordinator, wire.CoordinatorLane, client.Call{
		What: commitCall, Ref: m.Ref, Body: &wire.OffsetCommitRequest{
			Group: c.Config.Group, Generation: g.Generation, Member: g.ID, Offsets: m.Offsets,
		},
	}, out)
}

func (c *Consumer) commitLater(m *Commit, out *sim.Out) {
	d := out.Jitter(c.Config.Client.RetryBackoff, 20, "commit", uint64(m.Ref))
	out.SetTimer(sim.Timer{Kind: commitRetryTimer, Key: m.Ref}, d)
}

func (c *Consumer) recommit(ref int32, out *sim.Out) {
	for i := range c.Commits {
		if m := &c.Commits[i]; m.Ref == ref {
			if at := c.positions(); m.Kind == commitAuto && len(at) > 0 {
				m.Offsets, c.Auto.Last = at, at
			}
			c.sendCommit(m, out)
			return
		}
	}
}

// onCommitted takes the coordinator's word on a commit, or the news that there will be none.
func (c *Consumer) onCommitted(ref int32, err wire.Error, out *sim.Out) {
	i := slices.IndexFunc(c.Commits, func(m Commit) bool { return m.Ref == ref })
	m := c.Commits[i]
	c.commitError(err)
	if err.Retriable() && (m.Kind == commitSync || m.Kind == commitLast) {
		c.Commits[i].Sent = false
		c.commitLater(&c.Commits[i], out)
		return
	}
	c.Commits = slices.Delete(c.Commits, i, i+1)
	for _, o := range m.Offsets {
		n := wire.Note{Kind: wire.Committed, Node: c.Self, At: o.At, Offset: o.Offset}
		if err != wire.None {
			n.Kind, n.Err = wire.CommitFailed, err
		}
		out.Tell(n)
	}
	switch m.Kind {
	case commitAuto:
		if err.Retriable() {
			c.Auto.Last = nil
			out.StopTimer(sim.Timer{Kind: autoIdleTimer})
			c.scheduleAuto(c.Config.Client.RetryBackoff, out)
		}
	case commitSync:
		c.committedSync(out)
	}
}

// commitError takes what a failed commit says of the group.
func (c *Consumer) commitError(err wire.Error) {
	switch err {
	case wire.NotCoordinator, wire.CoordinatorNotAvailable:
		c.Member.Coordinator = wire.Nobody
	case wire.UnknownMemberID:
		c.Member.ID, c.Member.Joined = wire.NoMember, false
	case wire.IllegalGeneration, wire.RebalanceInProgress:
		c.Member.Joined = false
	}
}
