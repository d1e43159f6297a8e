package tui

import (
	"slices"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/wire"
)

// claimLines are a partition that a group reads: who owns it, how far the group is by what is
// committed, and how far they are who believe to own it.
func (s *scene) claimLines(g *group, k *claim, w int) []paint.Line {
	l := paint.Text(paint.Dim, "owned by ").Add(paint.Strong, s.memberNames(k.owners))
	if len(k.owners) > 1 {
		l = l.Add(paint.Bad, " ✗ that is one too many")
	}
	for _, id := range k.owners {
		l = l.Join(s.let(g, k, id))
	}
	out := factLines(s.names.Partition(k.at), l.Join(s.progressOf(g, k)), w)
	for _, c := range k.believers {
		out = append(out, factLines("", s.belief(g, k, c), w)...)
	}
	return out
}

// let is a word on an owner that runs and does not hold its partition: the coordinator learns later
// what a member gives up, and a member what it is given. It is nil if there is nothing to say.
func (s *scene) let(g *group, k *claim, owner wire.MemberID) paint.Line {
	c := g.consumer(owner)
	if c == nil || s.world.Health(c.Self) != sim.Up || holding(c, k.at) != nil {
		return nil
	}
	if slices.Contains(g.member(owner).going, k.at) {
		return paint.Textf(paint.Warn, ", but %s gave it up", s.names.Node(c.Self))
	}
	return paint.Textf(paint.Warn, ", but %s does not have it", s.names.Node(c.Self))
}

// progressOf is how far a group is in a partition by what is committed.
func (s *scene) progressOf(g *group, k *claim) paint.Line {
	l := paint.Text(paint.Plain, " · "+s.committed(k))
	for _, o := range s.pendingOffsets("") {
		if o.Group == g.id && o.At == k.at {
			l = l.Addf(paint.Info, " · pending in a transaction %d", o.Offset)
		}
	}
	if !k.led {
		return l.Add(paint.Warn, " · no leader")
	}
	l = l.Addf(paint.Dim, " · HW %d · LEO %d", k.hw, k.end)
	if k.committed != wire.NoOffset {
		l = l.Addf(paint.Plain, " · lag %d", max(0, k.hw-k.committed))
	}
	return l
}

// belief is how far a consumer is that believes to own a partition, and whether it is right.
func (s *scene) belief(g *group, k *claim, c *consumer.Consumer) paint.Line {
	p := holding(c, k.at)
	l := paint.Text(paint.Strong, s.names.Node(c.Self)+" ").Join(s.zombie(g, k, c), s.reading(k, c))
	if held := inHand(c, k.at); len(held) > 0 {
		l = l.Add(paint.Dim, " · in hand ").Add(paint.Strong, s.runs(held))
	}
	l = l.Join(s.fetched(p))
	for i := range c.Commits {
		for _, o := range c.Commits[i].Offsets {
			if o.At == k.at {
				l = l.Addf(paint.Info, " · commit of %d not answered", o.Offset)
			}
		}
	}
	return l
}

// needs are the words for what a partition lacks before it can be read.
var needs = map[consumer.Need]paint.Line{
	consumer.NeedCommitted: paint.Text(paint.Dim, "asks for the committed offset"),
	consumer.NeedReset:     paint.Text(paint.Dim, "asks where the log begins or ends"),
	consumer.NeedBeginning: paint.Text(paint.Dim, "asks where the log begins"),
	consumer.NeedEnd:       paint.Text(paint.Dim, "asks where the log ends"),
	consumer.NeedHelp:      paint.Text(paint.Bad, "no offset, and auto.offset.reset=none"),
}

// committed is how far a group has committed a partition. It is in no log that can be asked while nobody leads it.
func (s *scene) committed(k *claim) string {
	switch {
	case k.untold != wire.Partition{}:
		return "committed: unknown while nobody leads " + s.names.Partition(k.untold)
	case k.committed == wire.NoOffset:
		return "committed nothing"
	}
	return "committed " + decimal(k.committed)
}

// fetched are the records that poll() has yet to return, if there are any.
func (s *scene) fetched(p *consumer.Part) paint.Line {
	var records []wire.Record
	for _, b := range p.Buffer {
		records = append(records, b.Records[b.From(p.Position):]...)
	}
	if len(records) == 0 {
		return nil
	}
	return paint.Text(paint.Dim, " · fetched ").Add(paint.Strong, s.held(records))
}
