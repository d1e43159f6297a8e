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
	State   commitState
	Err     wire.Error             // when answered
	Offsets []wire.PartitionOffset `sim:"frozen"`
}

type commitKind uint8

const (
	commitAuto    commitKind = iota // tried again at the next auto commit, with newer offsets
	commitSync                      // tried again until it is answered; the application waits
	commitAsync                     // not tried again: it could overwrite a later one
	commitLast                      // auto commit before partitions are given up: tried again as it is
	commitRevoke                    // commitSync() in onPartitionsRevoked
	commitGivenUp                   // commitSync() has timed out; its answer is still to come
)

// retried tells of a commit that is tried again until it is answered.
func (k commitKind) retried() bool {
	return k == commitSync || k == commitLast || k == commitRevoke
}

type commitState uint8

const (
	commitWaits    commitState = iota // for the coordinator to be found and connected
	commitBacksOff                    // it has failed, and it is too early to try again
	commitSent
	commitAnswered // its callback has not run yet
)

// Auto is the state of auto commit.
type Auto struct {
	Due     bool
	Flushed bool // the last positions of this generation were committed
	Last    []wire.PartitionOffset
}

// settled tells whether committing at would change nothing.
func (a *Auto) settled(at []wire.PartitionOffset) bool { return slices.Equal(a.Last, at) }

// maybeAutoCommit commits what earlier polls returned, if auto.commit.interval.ms has passed. It
// runs inside poll() before new records are taken (ConsumerCoordinator.maybeAutoCommitOffsetsAsync).
// Without a coordinator poll() does not come that far.
func (c *Consumer) maybeAutoCommit(out *sim.Out) {
	if !c.Config.AutoCommit || !c.Auto.Due || c.committing(commitAuto) || c.standing() != wire.None ||
		c.subscribes() && c.Member.Coordinator == wire.Nobody {
		return
	}
	c.Auto.Due = false
	c.commit(c.autoOffsets(), commitAuto, out)
	c.scheduleAuto(c.Config.AutoCommitInterval, out)
}

// scheduleAuto arms the next auto commit. One that would commit what is committed is idle.
func (c *Consumer) scheduleAuto(d sim.Duration, out *sim.Out) {
	t := sim.Timer{Kind: autoIdleTimer}
	if !c.Auto.settled(c.autoOffsets()) {
		t.Kind = autoCommitTimer
	}
	out.SetTimer(t, d)
}

func (c *Consumer) committing(k commitKind) bool {
	return slices.ContainsFunc(c.Commits, func(m Commit) bool { return m.Kind == k })
}

// commitByHand is a call of commitSync() or commitAsync(). Without offsets it returns at once.
func (c *Consumer) commitByHand(at []wire.PartitionOffset, mode CommitMode, out *sim.Out) {
	c.callbacks(out)
	if len(at) == 0 {
		return
	}
	if mode != Sync {
		c.commit(at, commitAsync, out)
		return
	}
	c.App.State = Committing
	out.SetTimer(sim.Timer{Kind: syncTimer}, c.Config.APITimeout)
	c.commit(at, commitSync, out)
}

// commit asks the coordinator to store offsets.
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
	c.sendCommits(out)
}

// sendCommits sends what waits for the coordinator, in the order of the calls: commits that wait for
// the same lookup go out as they were made (ConsumerCoordinator.commitOffsetsAsync). Those of a consumer
// that knows that it is in no generation fail at once.
func (c *Consumer) sendCommits(out *sim.Out) {
	for i := range c.Commits {
		m := &c.Commits[i]
		if m.State != commitWaits {
			continue
		}
		keeper := c.keeper()
		if keeper == wire.Nobody {
			c.find(out)
			return
		}
		if !c.Net.Ready(&c.Config.Client, keeper, wire.CoordinatorLane, out) {
			return
		}
		if m.Err = c.standing(); m.Err != wire.None {
			m.State = commitAnswered
			continue
		}
		c.sendCommit(m, out)
	}
	if c.App.State.inKafka() {
		c.callbacks(out)
	}
}

func (c *Consumer) sendCommit(m *Commit, out *sim.Out) {
	keeper := c.keeper()
	member, generation := c.signature()
	m.State = commitSent
	for _, o := range m.Offsets {
		out.Tell(wire.Note{Kind: wire.CommitSent, Node: c.Self, Peer: keeper,
			At: o.At, Offset: o.Offset})
	}
	c.Net.Send(&c.Config.Client, keeper, wire.CoordinatorLane, client.Call{
		What: commitCall, Ref: m.Ref, Body: &wire.OffsetCommitRequest{
			Group: c.Config.Group, Generation: generation, Member: member,
			Instance: c.Config.Instance, Offsets: m.Offsets,
		},
	}, out)
}

// recommit ends a commit's back-off.
func (c *Consumer) recommit(ref int32) { c.Commits[c.commitAt(ref)].State = commitWaits }

func (c *Consumer) commitAt(ref int32) int {
	return slices.IndexFunc(c.Commits, func(m Commit) bool { return m.Ref == ref })
}

// onCommitted takes the coordinator's word on a commit, or the news that there will be none.
func (c *Consumer) onCommitted(call client.Call, err wire.Error, out *sim.Out) {
	was := c.Member.Coordinator
	c.commitError(call.Body.(*wire.OffsetCommitRequest), err, out)
	c.answerCommit(c.commitAt(call.Ref), err, out)
	if c.Member.Coordinator == wire.Nobody && was != wire.Nobody {
		c.disconnect(was, out)
	}
}

func (c *Consumer) answerCommit(i int, err wire.Error, out *sim.Out) {
	m := &c.Commits[i]
	switch {
	case m.Kind == commitGivenUp:
		c.Commits = slices.Delete(c.Commits, i, i+1)
	case err.Retriable() && m.Kind.retried(), err == wire.StaleMemberEpoch && c.outpaced(m):
		m.State = commitBacksOff
		c.limit(m.Kind, out)
		d := out.Jitter(c.Config.Client.RetryBackoff, 20, "commit", uint64(m.Ref))
		out.SetTimer(sim.Timer{Kind: commitRetryTimer, Key: m.Ref}, d)
	default:
		m.State, m.Err = commitAnswered, err
		if c.App.State.inKafka() || c.background() {
			c.callbacks(out)
		}
	}
}

// callbacks settles the commits that were answered, in their order. The callbacks of commitAsync()
// and of auto commit run in the application's thread: inside its next poll(), commit or close()
// (ConsumerCoordinator.invokeCompletedOffsetCommitCallbacks).
func (c *Consumer) callbacks(out *sim.Out) {
	for i := c.answeredCommit(); i >= 0; i = c.answeredCommit() {
		m := c.Commits[i]
		c.Commits = slices.Delete(c.Commits, i, i+1)
		c.settle(&m, out)
	}
}

func (c *Consumer) answeredCommit() int {
	return slices.IndexFunc(c.Commits, func(m Commit) bool { return m.State == commitAnswered })
}

// settle lets the application know what became of a commit.
func (c *Consumer) settle(m *Commit, out *sim.Out) {
	c.tellCommitted(m, out)
	switch {
	case m.Kind == commitAuto && m.Err.Retriable():
		c.Auto.Last = nil
		out.StopTimer(sim.Timer{Kind: autoIdleTimer})
		c.scheduleAuto(c.Config.Client.RetryBackoff, out)
	case m.Kind == commitAsync && m.Err.Retriable() && c.Config.App.Mode == AsyncRetry:
		c.commit(m.Offsets, commitAsync, out)
	case m.Kind == commitSync:
		c.committedSync(out)
	}
}

func (c *Consumer) tellCommitted(m *Commit, out *sim.Out) {
	for _, o := range m.Offsets {
		n := wire.Note{Kind: wire.Committed, Node: c.Self, At: o.At, Offset: o.Offset}
		if m.Err != wire.None {
			n.Kind, n.Err = wire.CommitFailed, m.Err
		}
		out.Tell(n)
	}
}

// committedSync lets the application go on after commitSync().
func (c *Consumer) committedSync(out *sim.Out) {
	out.StopTimer(sim.Timer{Kind: syncTimer})
	c.goOn(out)
}

// giveUpSync ends a commitSync() that has taken default.api.timeout.ms: TimeoutException. The application
// logs it and goes on.
func (c *Consumer) giveUpSync(out *sim.Out) {
	c.giveUpCommit(commitSync, out)
	c.goOn(out)
}

// giveUpCommit stops waiting for a commit. What was sent may still be stored.
func (c *Consumer) giveUpCommit(k commitKind, out *sim.Out) {
	i := slices.IndexFunc(c.Commits, func(m Commit) bool { return m.Kind == k })
	m := &c.Commits[i]
	m.Err = wire.ClientTimeout
	c.tellCommitted(m, out)
	out.StopTimer(sim.Timer{Kind: commitRetryTimer, Key: m.Ref})
	if m.State == commitSent {
		m.Kind = commitGivenUp
	} else {
		c.Commits = slices.Delete(c.Commits, i, i+1)
	}
}

// commitError takes what a failed commit says of the group.
func (c *Consumer) commitError(asked *wire.OffsetCommitRequest, err wire.Error, out *sim.Out) {
	switch {
	case c.Config.ZooKeeper != wire.Nobody: // which knows of no group
	case err == wire.RequestTimedOut:
		c.Member.Coordinator = wire.Nobody
	case err == wire.RebalanceInProgress:
		c.Member.Rejoin = true
	case c.modern():
		c.coordinatorError(err)
	case c.refused(err, asked.Member, asked.Generation, out):
	default:
		c.coordinatorError(err)
	}
}

// disconnect hangs up on a coordinator that is none any more: what is still in flight to it fails,
// and may have been stored (AbstractCoordinator.markCoordinatorUnknown).
func (c *Consumer) disconnect(from wire.NodeID, out *sim.Out) {
	out.Close(from, wire.CoordinatorLane)
	lost := c.Net.Lost(&c.Config.Client, from, wire.CoordinatorLane, out)
	c.lost(lost, from, wire.CoordinatorLane, out)
}

// lookupFailed fails every commitAsync() that waits for the coordinator to be found, for nobody tries
// it again (ConsumerCoordinator.commitOffsetsAsync).
func (c *Consumer) lookupFailed(out *sim.Out) {
	for i := range c.Commits {
		m := &c.Commits[i]
		if m.State == commitWaits && m.Kind == commitAsync && c.Config.ZooKeeper == wire.Nobody {
			m.State, m.Err = commitAnswered, wire.CoordinatorNotAvailable
		}
	}
	if c.App.State.inKafka() {
		c.callbacks(out)
	}
}
