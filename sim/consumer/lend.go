package consumer

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// A consumer can be a part of a node that is more than a consumer. Its loop is the same: poll, commit before
// or after the work, poll again. The work itself is the owner's.

// Lent are the records that poll() has returned and that the owner is to work on; none while the consumer is
// in a call of its own.
func (c *Consumer) Lent() []Item {
	if c.Config.App.Lends && c.App.State == Processing {
		return c.App.Batch
	}
	return nil
}

// Return ends the owner's work on them.
func (c *Consumer) Return(out *sim.Out) {
	for _, item := range c.App.Batch {
		c.tellItem(wire.Processed, item, out)
	}
	c.App.Done = len(c.App.Batch)
	c.pause(out)
	c.after(out)
}

// Rewind is the owner's work gone wrong: the positions go back to what is committed, and poll() is called
// again (TransactionalMessageCopier.resetToLastCommittedPositions).
func (c *Consumer) Rewind(out *sim.Out) {
	for i := range c.Parts {
		p := &c.Parts[i]
		p.Need, p.Asked, p.Buffer = NeedCommitted, false, nil
	}
	c.App.Batch = nil
	c.pause(out)
	c.after(out)
}

// Wake takes the application's thread out of poll(): it does something else (KafkaConsumer.wakeup).
func (c *Consumer) Wake() { c.App.State, c.App.Batch = Processing, nil }

// End closes the consumer.
func (c *Consumer) End(out *sim.Out) {
	c.Closing, c.App.Over, c.App.State = true, true, Polling
	c.after(out)
}

// Passed are the positions, as the owner would name them: without the leader epochs.
func (c *Consumer) Passed() []wire.PartitionOffset {
	return c.offsets(func(p *Part) int64 { return p.Position })
}

// GroupMetadata is what the consumer is in its group (KafkaConsumer.groupMetadata).
func (c *Consumer) GroupMetadata() (member wire.MemberID, generation int32, instance string) {
	member, generation = c.signature()
	return member, generation, c.Config.Instance
}
