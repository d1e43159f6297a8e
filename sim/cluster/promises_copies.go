package cluster

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// CopyPromises are what groups are promised that copy in transactions with their positions (KIP-98, KIP-447), and that
// read only what is committed.
func CopyPromises() []sim.Property {
	always, _ := AppliedOnce()
	return []sim.Property{
		{Name: "only-committed-is-read", When: sim.Always, Check: onlyCommittedIsRead}, NothingSkipped(), always,
	}
}

// AppliedOnce: what a group makes of a record, it makes of it once: a copy in the topic that it copies to, if its
// positions are part of the transaction, or an entry in a sink that keeps the positions, too. At
// every step there is no second one; when all has come to rest, with somebody left in every group, there is one of
// each. A record that is twice in what a group reads, as its producer was started anew, counts twice.
func AppliedOnce() (always, finally sim.Property) {
	const name = "applied-once"
	return sim.Property{Name: name, When: sim.Always, Check: func(w *sim.World) error {
			return eachApplied(w, func(times, _, written int) bool { return times <= written })
		}}, sim.Property{Name: name, When: sim.Finally, Check: func(w *sim.World) error {
			return eachApplied(w, func(times, readable, _ int) bool { return times == readable })
		}}
}

// eachApplied compares how often groups have applied a message with how often they can read it, now or later. That is
// only known while everything is led.
func eachApplied(w *sim.World, right func(times, readable, written int) bool) error {
	s := SurveyOf(w)
	for _, p := range s.Image.Partitions {
		if s.LeaderOf(p.At) == wire.Nobody {
			return nil
		}
	}
	for i, f := range s.Fates() {
		for g := range s.ledger.Groups {
			in := s.input(g, f.Message)
			if in == nil {
				continue
			}
			if times := int(f.Row.Effects[g]); !right(times, in.readable, in.onLeader) {
				return s.wrong(i, "was applied %d times by %s, and is %d times in what that reads",
					times, s.ledger.Groups[g], in.onLeader)
			}
		}
	}
	return nil
}
