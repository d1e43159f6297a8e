package consumer

import (
	"slices"

	"example.com/ksim/sim/wire"
)

// Look is how far a member that subscribes by a pattern has come in looking which topics there are. It
// does so before each join, so that one new topic leads to one rebalance (ConsumerCoordinator.poll).
type Look uint8

// How far a look can be.
const (
	NotLooked Look = iota
	Looking        // it waits for metadata
	Looked
)

// topics are what the consumer subscribes to: what it was told, or what matches its pattern in the
// metadata of now (ConsumerCoordinator.updatePatternSubscription).
func (c *Consumer) topics() []wire.TopicID {
	if c.Config.Pattern == "" {
		return c.Config.Topics
	}
	var out []wire.TopicID
	for _, t := range c.Config.Topics {
		if c.Net.Meta.Count(t) > 0 {
			out = append(out, t)
		}
	}
	return out
}

// unsubscribed are the partitions that the consumer has and does not subscribe to any more.
func (c *Consumer) unsubscribed() []wire.Partition {
	topics := c.topics()
	return slices.DeleteFunc(c.owned(), func(at wire.Partition) bool {
		return slices.Contains(topics, at.Topic)
	})
}

// looked asks for metadata if it may be asked for now, and tells whether it has come.
func (c *Consumer) looked() bool {
	m, meta := &c.Member, &c.Net.Meta
	if c.Config.Pattern == "" {
		return true
	}
	if m.Look == NotLooked {
		m.Look = Looked
		meta.Stale = meta.Stale || !meta.Waiting && !meta.Asking
		if meta.Stale || meta.Asking {
			m.Look = Looking
		}
	}
	return m.Look == Looked
}
