package cluster

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// overtaking is a message that a group applied after a later one of the same producer and key, which
// was in another partition.
type overtaking struct {
	group    int
	late, by Effect
}

// keyOf is the key of a message; keyed is false if its producer gives none.
func keyOf(w *sim.World, m wire.MessageID) (key string, keyed bool) {
	s, ok := speakerOf(w, m.Producer)
	if !ok {
		return "", false
	}
	r := s.says(m.N)
	return r.Key, r.Keyed
}

// readKeys finds the messages that were overtaken by one of their key on the way through another
// partition. It says nothing of two messages of one partition: the log says in which order they are.
func (s *Survey) readKeys() {
	for i := range s.ledger.Groups {
		var heads []Effect // of each producer, key and partition: the latest message applied so far
		for _, e := range s.ledger.firstEffects(i) {
			key, keyed := keyOf(s.world, e.Message)
			if !keyed {
				continue
			}
			mine := -1
			for j, h := range heads {
				other, _ := keyOf(s.world, h.Message)
				switch g := s.at(e.Message); {
				case h.Message.Producer != e.Message.Producer || other != key:
				case h.At == e.At:
					mine = j
				case h.Message.N > e.Message.N && g.late == nil:
					g.late = &overtaking{i, e, h}
				}
			}
			if mine < 0 {
				heads = append(heads, e)
			} else if heads[mine].Message.N < e.Message.N {
				heads[mine] = e
			}
		}
	}
}

// firstEffects are a group's effects without those of messages that it had applied before. What comes
// again after a rebalance comes behind later messages: that is a duplicate, and no other order.
func (l *Ledger) firstEffects(group int) []Effect {
	seen := map[wire.MessageID]bool{} // looked up, never ranged
	return slices.DeleteFunc(l.effects(group), func(e Effect) bool {
		again := seen[e.Message]
		seen[e.Message] = true
		return again
	})
}

// whyLate: how the message and the one that overtook it came into their partitions, what gave the key
// another home in between, and when the group applied the two.
func (s *story) whyLate(path []sim.Happened, ledger *Ledger, o *overtaking) []Cause {
	kinds := []wire.NoteKind{wire.Sent, wire.Appended, wire.EffectApplied}
	chain := append(s.plain(kinds...), tellStory(s.names, path, o.by.Message).plain(kinds...)...)
	for _, l := range s.world {
		if l.Kind == wire.PartitionsAdded && l.At.Topic == o.late.At.Topic {
			chain = append(chain, s.cause(l))
		}
	}
	end := 0
	for _, c := range chain {
		end = max(end, c.Step)
	}
	key, _ := keyOf(s.names.world, s.m)
	return append(chain, s.say(end, "so %s applied %s of key %q, from %s, after %s, from %s: only a partition keeps an order",
		ledger.Groups[o.group], s.names.Message(s.m), key, s.names.Partition(o.late.At),
		s.names.Message(o.by.Message), s.names.Partition(o.by.At)))
}
