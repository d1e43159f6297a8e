package cluster

import (
	"fmt"
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/wire"
)

// OneOwner: no partition is dealt to two members of a group, neither by its coordinator's word nor by
// what two members of the same generation go by (OWNER-UNIQUE, Kafka's AssignmentValidationTest). Who
// waits for SyncGroup's answer is in the generation, and goes on reading if the protocol is cooperative.
func OneOwner() sim.Property {
	return sim.Property{Name: "one-owner", When: sim.Always, Check: func(w *sim.World) error {
		var members []*consumer.Consumer
		for id := range ids(w) {
			if c, ok := ConsumerOf(w, id); ok && (c.Member.State == consumer.Member || c.Member.State == consumer.Syncing) {
				members = append(members, c)
			}
			if n, ok := w.Node(id).(*broker.Broker); ok {
				for i := range n.Groups {
					if at, twice := dealtTwice(&n.Groups[i]); twice {
						return fmt.Errorf("%s has dealt %v of %s to two members", w.Name(id), at, n.Groups[i].ID)
					}
				}
				for i := range n.Modern {
					if at, twice := belongsTwice(n.Modern[i].Now); twice {
						return fmt.Errorf("%s has given %v of %s to two members", w.Name(id), at, n.Modern[i].Now.ID)
					}
				}
			}
		}
		return ownedTwice(w, members)
	}}
}

func dealtTwice(g *broker.Group) (wire.Partition, bool) {
	if g.State != broker.Stable {
		return wire.Partition{}, false
	}
	var dealt []wire.Partition
	for i := range g.Members {
		for _, at := range g.Members[i].Partitions {
			if slices.Contains(dealt, at) {
				return at, true
			}
			dealt = append(dealt, at)
		}
	}
	return wire.Partition{}, false
}

// belongsTwice finds a partition that belongs to two members of the consumer protocol, be it that one has
// yet to give it up (KIP-848; what KAFKA-16147 broke).
func belongsTwice(g *wire.ConsumerGroup) (wire.Partition, bool) {
	var taken []wire.Partition
	for i := range g.Members {
		for _, at := range slices.Concat(g.Members[i].Assigned, g.Members[i].Revoking) {
			if slices.Contains(taken, at) {
				return at, true
			}
			taken = append(taken, at)
		}
	}
	return wire.Partition{}, false
}

func ownedTwice(w *sim.World, members []*consumer.Consumer) error {
	for i, c := range members {
		for _, d := range members[:i] {
			if c.Config.Group != d.Config.Group || c.Member.Generation != d.Member.Generation {
				continue
			}
			for k := range c.Parts {
				if slices.ContainsFunc(d.Parts, func(p consumer.Part) bool { return p.At == c.Parts[k].At }) {
					return fmt.Errorf("%s and %s both own %v in generation %d", w.Name(d.Self), w.Name(c.Self),
						c.Parts[k].At, c.Member.Generation)
				}
			}
		}
	}
	return nil
}
