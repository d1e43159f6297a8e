package consumer

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Failure is how often the handler throws an exception on a message: what it needs is not there, or
// the message is one that it cannot handle.
type Failure struct {
	Message wire.MessageID
	Times   int32 // Always: every time
}

// Always is a failure that never ends: a poison pill.
const Always int32 = -1

// OnFailure is what the application does when its handler throws.
type OnFailure uint8

// What an application does about an exception.
const (
	Stop       OnFailure = iota // nothing: the exception ends the process, without close()
	Close                       // try ... finally { consumer.close() }: then the process ends
	Retry                       // it tries the record again, and again
	Skip                        // it logs it and goes on with the next record
	DeadLetter                  // it puts the record aside and goes on with the next
	PollAgain                   // it swallows it and calls poll() again: the rest of the batch is left
	SeekBack                    // it seeks to the record and calls poll() again
)

// throws tells whether the handler throws on a message, and counts it. The count is the outside
// world's: a new process does not start it anew.
func (c *Consumer) throws(m wire.MessageID) bool {
	for i, f := range c.Config.App.Failures {
		if f.Message != m {
			continue
		}
		for len(c.Thrown) <= i {
			c.Thrown = append(c.Thrown, 0)
		}
		if f.Times != Always && c.Thrown[i] >= f.Times {
			return false
		}
		if f.Times != Always {
			c.Thrown[i]++
		}
		return true
	}
	return false
}

// failed does what the application does about an exception.
func (c *Consumer) failed(hand int32, out *sim.Out) {
	item := c.item(hand)
	switch c.Config.App.OnFailure {
	case Stop:
		out.Tell(wire.Note{Kind: wire.Panicked, Node: c.Self})
		out.Die()
	case Close:
		c.Closing, c.App.Over, c.App.State = true, true, Polling
	case Retry:
		out.SetTimer(sim.Timer{Kind: effectTimer, Key: hand}, c.Config.App.Takes)
	case Skip:
		c.tellItem(wire.Skipped, item, out)
		c.finish(hand, out)
	case DeadLetter:
		c.tellItem(wire.DeadLettered, item, out)
		c.finish(hand, out)
	case PollAgain:
		c.App.Done = len(c.App.Batch)
		c.pause(out)
	case SeekBack:
		c.seek(c.handled(), out)
		c.App.Batch = c.App.Batch[:c.App.Done]
		c.pause(out)
	}
}

// seek goes back, where poll() has returned more, to offsets.
func (c *Consumer) seek(to []wire.PartitionOffset, out *sim.Out) {
	for _, o := range to {
		if p := c.part(o.At); p.Position != o.Offset {
			c.seekTo(p, o.Offset, out)
		}
	}
}
