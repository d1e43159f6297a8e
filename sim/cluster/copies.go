package cluster

import (
	"slices"

	"example.com/ksim/sim/wire"
)

// A group that copies has no effect but its copies: each that can be read in its output topic counts as one.
// Who reads that topic reads the copies in place of the messages.

// readGroups finds out what groups read, and what they copy to.
func (s *Survey) readGroups() {
	for id := range ids(s.world) {
		c, ok := ConsumerOf(s.world, id)
		if !ok {
			continue
		}
		g := slices.Index(s.ledger.Groups, c.Config.Reads)
		s.reads[g] = append(s.reads[g], c.Config.Topics...)
		s.assigned[g] = append(s.assigned[g], c.Config.Assign...)
		if p, copies := ProducerOf(s.world, id); copies && s.copies[g] == nil {
			s.outputs[g] = p.Config.App.Topic
			s.copies[g] = make([]sighting, len(s.messages))
		}
	}
}

// of is the sighting that a record belongs to; nil if it is no application's.
func (s *Survey) of(r *wire.Record) *sighting {
	if r.Copier == wire.Nobody {
		return s.at(r.Message)
	}
	c, _ := ConsumerOf(s.world, r.Copier)
	return &s.copies[slices.Index(s.ledger.Groups, c.Config.Reads)][s.index(r.Message)]
}

// concerned tells whether a group reads a message, or a copy of it.
func (s *Survey) concerned(group int, m wire.MessageID) bool { return s.input(group, m) != nil }

// input is what a group reads of a message: itself, if the group reads its topic, or the copy that another
// group makes; nil if neither.
func (s *Survey) input(group int, m wire.MessageID) *sighting {
	who, ok := speakerOf(s.world, m.Producer)
	if !ok {
		return nil
	}
	if g := s.at(m); s.meets(group, who.app.Topic, g) {
		return g
	}
	for other, topic := range s.outputs {
		if topic == 0 || other == group || !s.concerned(other, m) {
			continue
		}
		if g := &s.copies[other][s.index(m)]; s.meets(group, topic, g) {
			return g
		}
	}
	return nil
}

// meets tells whether a group reads what was sent to a topic: the topic, or the partition that it is in; if
// it is in none, any that it could have been in.
func (s *Survey) meets(group int, topic wire.TopicID, g *sighting) bool {
	return slices.Contains(s.reads[group], topic) ||
		slices.ContainsFunc(s.assigned[group], func(at wire.Partition) bool {
			return at.Topic == topic && (g.onLeader == 0 || g.first.At == at)
		})
}

// row is a message's row in the ledger, with the effects of the groups that copy.
func (s *Survey) row(m wire.MessageID) Row {
	row := s.ledger.Row(m)
	for i, copies := range s.copies {
		if copies != nil {
			row.Effects[i] = uint8(min(255, copies[s.index(m)].readable))
		}
	}
	return row
}

// copiedTwice tells whether a group has made more than one copy of a message.
func (s *Survey) copiedTwice(m wire.MessageID) bool {
	return slices.ContainsFunc(s.copies[:], func(copies []sighting) bool {
		return copies != nil && copies[s.index(m)].readable > 1
	})
}

// underway tells whether a group's copy of a message may still become readable: while nobody leads a partition that it
// can be in, nobody can tell.
func (s *Survey) underway(group int, m wire.MessageID) bool {
	if s.copies[group] == nil {
		return false
	}
	g := &s.copies[group][s.index(m)]
	return g.flying || g.onLeader > g.readable || !s.led(s.outputs[group])
}

// elsewhere tells whether a record is a copy, and another copy may be where nobody leads at the moment.
func (s *Survey) elsewhere(r *wire.Record) bool {
	if r.Copier != wire.Nobody {
		p, _ := ProducerOf(s.world, r.Copier)
		return !s.led(p.Config.App.Topic)
	}
	return false
}
