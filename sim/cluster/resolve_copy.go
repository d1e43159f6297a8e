package cluster

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/copier"
	"example.com/ksim/sim/wire"
)

// inTransaction is the word for positions that are sent to the transaction.
const inTransaction = "transaction"

// copies tells whether a consumer copies; whether it can, is checked elsewhere.
func (c *Consumer) copies() bool {
	return c.Copy.Topic != "" || len(c.Copy.Settings)+len(c.Copy.Switches) > 0
}

// resolveCopy makes a consumer the consumer of a copier, with a producer beside it.
func (p *plan) resolveCopy(c *Consumer, t *target, path string) {
	p.checkCopiers(c, path)
	switch {
	case !c.copies() && c.Process.Commit == inTransaction:
		p.wrong(path+".process.commit", "%s: only a consumer that copies has a producer with transactions", inTransaction)
		return
	case !c.copies():
		return
	case c.Copy.Topic == "":
		p.wrong(path+".copy", "%s copies, but to no topic: set copy.topic", c.ID)
		return
	}
	out := Producer{ID: c.ID, Topic: c.Copy.Topic, Bytes: 1, Version: c.Version,
		Settings: c.Copy.Settings, Switches: c.Copy.Switches}
	t.consumer.App.Lends, t.producer.App.Fed = true, true
	p.configureProducer(&out, t, path+".copy")
	t.producer.Client.Lane = wire.ProducerLane
	t.make = func(t *target, self sim.NodeID) sim.Node {
		t.copier.Consumer, t.copier.Producer = t.consumer, t.producer
		return copier.New(self, &t.copier)
	}
	t.copier.Offsets = c.Process.Commit == inTransaction
	t.copier.Anonymous = p.choice(c.Copy.Metadata, path+".copy.group.metadata", "given", "none") == 1
	p.checkCopy(c, t, path)
}

// checkCopiers: what a group makes of a record, all its members do.
func (p *plan) checkCopiers(c *Consumer, path string) {
	for i := range p.Consumers {
		o := &p.Consumers[i]
		if o == c {
			return
		}
		if o.Group == c.Group && c.Group != "" && o.Copy.Topic != c.Copy.Topic {
			p.wrong(path+".copy", "the members of group %q do not all copy to the same topic, as %s does", c.Group, o.ID)
		}
	}
}

// checkCopy: what a copier does with a record is to send it on, in the thread that polls.
func (p *plan) checkCopy(c *Consumer, t *target, path string) {
	if c.Group == "" {
		p.wrong(path+".group", "a consumer that copies needs a group: it goes on after a restart from what it has committed")
	}
	if p.feeds(t.producer.App.Topic, t.consumer.Topics) {
		p.wrong(path+".copy.topic", "%s copies to a topic that it reads, or that comes back to it: it would never end", c.ID)
	}
	if to := int(t.producer.App.Topic) - 1; to >= 0 && to < len(p.topics) && p.topics[to].Config.Compact {
		p.wrong(path+".copy.topic", "%s is compacted: what a cleaner makes of copies is not modelled", p.topics[to].Name)
	}
	if t.copier.Offsets && !t.producer.Transactional() {
		p.wrong(path+".process.commit", "%s: its producer needs a transactional.id in copy.config", inTransaction)
	}
	if t.copier.Anonymous && !t.copier.Offsets {
		p.wrong(path+".copy.group.metadata", "nobody is told what member of the group it is but with process.commit: %s", inTransaction)
	}
	a := &t.consumer.App
	for _, row := range []struct {
		wrong       bool
		field, what string
	}{
		{a.Commit > consumer.CommitAfter, "commit", "never, before, after or transaction"},
		{a.Offsets == consumer.InSink, "offsets", "positions or processed"},
		{a.Workers > 0, "workers", "none"},
		{len(a.Failures) > 0, "failures", "none"},
		{a.Sink != consumer.Append, "sink", "none"},
		{a.Dedupe != consumer.DedupeNothing, "dedupe", "none"},
	} {
		if row.wrong {
			p.wrong(path+".process."+row.field, "a consumer that copies only sends records on: want %s", row.what)
		}
	}
}

// feeds tells whether what is written to a topic comes to one of others, by the copiers up to here.
func (p *plan) feeds(from wire.TopicID, topics []wire.TopicID) bool {
	if slices.Contains(topics, from) {
		return true
	}
	for i := range p.clients {
		t := &p.clients[i]
		if t.consumer.App.Lends && slices.Contains(t.consumer.Topics, from) && p.feeds(t.producer.App.Topic, topics) {
			return true
		}
	}
	return false
}
