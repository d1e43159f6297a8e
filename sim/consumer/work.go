package consumer

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Pool are the workers of an application that does not process in the thread that polls.
type Pool struct {
	Queue []Item // handed over and not begun
	Hands []Hand
}

// Hand is a worker.
type Hand struct {
	Busy bool
	Item Item
}

// thread is the hand of the thread that polls; workers are 1, 2, ...
const thread int32 = 0

// item is what a hand works on.
func (c *Consumer) item(hand int32) Item {
	if hand == thread {
		return c.App.Batch[c.App.Done]
	}
	return c.Pool.Hands[hand-1].Item
}

// InHand are the records that poll() has returned and that are not finished.
func (c *Consumer) InHand() []Item {
	items := slices.Clone(c.App.Batch[c.App.Done:])
	for i := range c.Pool.Hands {
		if c.Pool.Hands[i].Busy {
			items = append(items, c.Pool.Hands[i].Item)
		}
	}
	return append(items, c.Pool.Queue...)
}

// begin starts work on the next record, or leaves all to the workers, or to the owner.
func (c *Consumer) begin(out *sim.Out) {
	if c.Config.App.Workers > 0 {
		c.handOver(out)
		return
	}
	if c.App.State = Processing; c.Config.App.Lends {
		return
	}
	out.SetTimer(sim.Timer{Kind: effectTimer}, c.Config.App.Takes)
}

// handOver gives what poll() has returned to the workers. The thread does not wait for them.
func (c *Consumer) handOver(out *sim.Out) {
	c.Pool.Queue = append(c.Pool.Queue, c.App.Batch[c.App.Done:]...)
	c.App.Done = len(c.App.Batch)
	c.hold(out)
	for len(c.Pool.Hands) < c.Config.App.Workers {
		c.Pool.Hands = append(c.Pool.Hands, Hand{})
	}
	for i := range c.Pool.Hands {
		c.pick(int32(i)+1, out)
	}
	c.pause(out)
}

// hold pauses the partitions whose records the workers have, if the application does that (KafkaConsumer.pause).
// It goes on calling poll(), so that it stays in its group however long they take.
func (c *Consumer) hold(out *sim.Out) {
	for i := range c.Parts {
		if p := &c.Parts[i]; c.Config.App.Pause && !p.Paused && c.holds(p.At) {
			p.Paused = true
			out.Tell(wire.Note{Kind: wire.PartitionPaused, Node: c.Self, At: p.At})
		}
	}
}

// resume lets poll() return more of partitions that the workers are done with (KafkaConsumer.resume).
func (c *Consumer) resume(out *sim.Out) {
	for i := range c.Parts {
		if p := &c.Parts[i]; p.Paused && !c.holds(p.At) {
			p.Paused = false
			out.Tell(wire.Note{Kind: wire.PartitionResumed, Node: c.Self, At: p.At})
		}
	}
}

// holds tells whether a record of a partition is not finished.
func (c *Consumer) holds(at wire.Partition) bool {
	return slices.ContainsFunc(c.InHand(), func(i Item) bool { return i.At == at })
}

// pick lets a worker that is free take the next record.
func (c *Consumer) pick(hand int32, out *sim.Out) {
	h := &c.Pool.Hands[hand-1]
	if h.Busy || len(c.Pool.Queue) == 0 {
		return
	}
	h.Busy, h.Item = true, c.Pool.Queue[0]
	c.Pool.Queue = c.Pool.Queue[1:]
	if len(c.Pool.Queue) == 0 {
		c.Pool.Queue = nil
	}
	out.SetTimer(sim.Timer{Kind: effectTimer, Key: hand}, c.Config.App.Takes)
}

// effect lets the record's effect happen, outside Kafka and for good; or the handler throws.
func (c *Consumer) effect(hand int32, out *sim.Out) {
	item := c.item(hand)
	if c.throws(item.Message) {
		c.tellItem(wire.HandlerFailed, item, out)
		c.failed(hand, out)
		return
	}
	c.apply(item, out)
	out.SetTimer(sim.Timer{Kind: processTimer, Key: hand}, 0)
}

func (c *Consumer) tellItem(k wire.NoteKind, item Item, out *sim.Out) {
	out.Tell(wire.Note{Kind: k, Node: c.Self, At: item.At, Offset: item.Offset,
		Message: item.Message, Attempt: item.Attempt, Text: string(c.Config.Reads)})
}

// processed ends work on a record.
func (c *Consumer) processed(hand int32, out *sim.Out) {
	c.tellItem(wire.Processed, c.item(hand), out)
	c.finish(hand, out)
}

// finish puts a record behind, processed or not.
func (c *Consumer) finish(hand int32, out *sim.Out) {
	if c.Config.App.Commit == CommitMark {
		c.store([]Item{c.item(hand)})
		c.autoStirs(out)
	}
	if hand != thread {
		c.Pool.Hands[hand-1] = Hand{}
		c.pick(hand, out)
		c.lapLater(out)
		return
	}
	c.App.Done++
	if c.App.Done < len(c.App.Batch) && c.Config.App.Commit != CommitEach {
		c.begin(out)
		return
	}
	c.pause(out)
}

// pollTimeout is what an application with something to do besides gives to poll(): when there was nothing to
// return it goes through its loop all the same, commits what its workers have finished, resumes what they are
// done with, and seeks if it was told to.
const pollTimeout = 100 * sim.Millisecond

func (c *Consumer) lapLater(out *sim.Out) {
	a, t := &c.Config.App, sim.Timer{Kind: lapTimer}
	if (len(c.Seeks) > 0 || a.Pause || a.Commit == CommitAfter && a.Offsets == Handled) && !out.Armed(t) {
		out.SetTimer(t, pollTimeout)
	}
}

// lap lets poll() return without records.
func (c *Consumer) lap(out *sim.Out) {
	if c.App.State == Polling && !c.withheld() && !c.Closing {
		c.pause(out)
		return
	}
	c.lapLater(out)
}
