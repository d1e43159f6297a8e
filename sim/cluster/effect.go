package cluster

import (
	"slices"

	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/wire"
)

// ofMembers are the settings that only a member of a group makes use of, one that subscribes.
var ofMembers = []string{"partition.assignment.strategy", "group.instance.id"}

// checkEffect refuses what could be read and would change nothing: somebody expects something of it.
func (p *plan) checkEffect(c *Consumer, path string) {
	if len(c.Assign) > 0 {
		for _, name := range ofMembers {
			if isSet(c.Settings, name) {
				p.wrong(path+".config."+name, "without effect: %s is assigned its partitions and joins no group: subscribe"+
					" to topics, or leave it out", c.ID)
			}
		}
		if r := c.Process.OnRevoke; r != "" && r != revokeWords[0].text {
			p.wrong(path+".process.on.revoke", "%s: without effect: %s is assigned its partitions, and nobody takes them"+
				" from it", r, c.ID)
		}
	}
	if on := c.Process.OnClose; c.Group == "" && on != "" && on != closeWords[0].text {
		p.wrong(path+".process.on.close", "%s without a group: there is nowhere to commit to"+
			" (InvalidGroupIdException)", on)
	}
}

// checkFailure refuses a failure of a message that is named before, or never comes to the consumer.
func (p *plan) checkFailure(m wire.MessageID, cfg *consumer.Config, at string) {
	if slices.ContainsFunc(cfg.App.Failures, func(f consumer.Failure) bool { return f.Message == m }) {
		p.wrong(at, "the same message is named twice")
	}
	topic := p.Producers[m.Producer-p.first].Topic
	id := wire.TopicID(slices.Index(p.topicNames(), topic))
	if !slices.Contains(cfg.Topics, id) &&
		!slices.ContainsFunc(cfg.Assign, func(a wire.Partition) bool { return a.Topic == id }) {
		p.wrong(at, "it is sent to %s, which this consumer does not read", topic)
	}
}
