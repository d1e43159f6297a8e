package broker

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// OffsetAge is the time since a group has committed in a partition or, if At is zero, since the group
// has had no members.
type OffsetAge struct {
	Group wire.GroupID
	At    wire.Partition
	Timer int32
	Old   bool // offsets.retention.minutes are over
	Past  bool // it was loaded, with a time of expiry that is long over: -1, which stands for none
}

func (b *Broker) offsetAge(g wire.GroupID, at wire.Partition) int {
	return slices.IndexFunc(b.Ages, func(a OffsetAge) bool { return a.Group == g && a.At == at })
}

// countFrom lets an age count from now. Kafka writes times into the records of __consumer_offsets; here
// the next coordinator counts anew from when it has loaded them.
func (b *Broker) countFrom(g wire.GroupID, at wire.Partition, out *sim.Out) {
	if b.Config.OffsetsRetention == 0 {
		return
	}
	i := b.offsetAge(g, at)
	if i < 0 {
		timer := int32(0)
		for slices.ContainsFunc(b.Ages, func(a OffsetAge) bool { return a.Timer == timer }) {
			timer++
		}
		i = len(b.Ages)
		b.Ages = append(b.Ages, OffsetAge{Group: g, At: at, Timer: timer})
	}
	b.Ages[i].Old, b.Ages[i].Past = false, false
	out.SetTimer(sim.Timer{Kind: offsetAgeTimer, Key: b.Ages[i].Timer}, b.Config.OffsetsRetention)
}

// stopCounting drops the ages that do not count any more.
func (b *Broker) stopCounting(which func(*OffsetAge) bool, out *sim.Out) {
	b.Ages = slices.DeleteFunc(b.Ages, func(a OffsetAge) bool {
		if !which(&a) {
			return false
		}
		out.StopTimer(sim.Timer{Kind: offsetAgeTimer, Key: a.Timer})
		return true
	})
}

// inUse ends the time without members.
func (b *Broker) inUse(g wire.GroupID, out *sim.Out) {
	b.stopCounting(func(a *OffsetAge) bool { return a.Group == g && a.At == wire.Partition{} }, out)
}

func (b *Broker) offsetGrewOld(timer int32) {
	for i := range b.Ages {
		if b.Ages[i].Timer == timer {
			b.Ages[i].Old = true
		}
	}
}

// countLoaded lets the ages in a partition of __consumer_offsets that was just loaded count from now.
func (b *Broker) countLoaded(at wire.Partition, out *sim.Out) {
	if b.Config.OffsetsRetention == 0 {
		return
	}
	out.SetTimer(sim.Timer{Kind: offsetCheckTimer, Key: partitionKey(at, 0)}, b.Config.OffsetsCheck)
	for _, c := range b.log(at).present(holds) {
		b.countFrom(c.Group, c.At, out)
		b.Ages[b.offsetAge(c.Group, c.At)].Past = b.Config.ExpireLoaded
	}
	for i := range b.Groups {
		if g := &b.Groups[i]; g.At == at && g.State == Empty {
			b.countFrom(g.ID, wire.Partition{}, out)
		}
	}
}

// uncount forgets the ages in a partition that is led by another now.
func (b *Broker) uncount(at wire.Partition, out *sim.Out) {
	out.StopTimer(sim.Timer{Kind: offsetCheckTimer, Key: partitionKey(at, 0)})
	b.stopCounting(func(a *OffsetAge) bool { return b.partitionOf(a.Group) == at }, out)
}

// checkOffsets writes tombstones for the offsets of a partition of __consumer_offsets that have expired
// (GroupCoordinatorShard.cleanupGroupMetadata, OffsetMetadataManager.cleanupExpiredOffsets).
func (b *Broker) checkOffsets(key int32, out *sim.Out) {
	at := keyPartition(key)
	out.SetTimer(sim.Timer{Kind: offsetCheckTimer, Key: key}, b.Config.OffsetsCheck)
	l := b.log(at)
	b.expire(at, l.present(holds), out, func(c *wire.CommittedOffset) bool {
		if !b.expired(c) || l.unstable(c.Group, c.At) {
			return false
		}
		b.stopCounting(func(a *OffsetAge) bool { return a.Group == c.Group && a.At == c.At }, out)
		out.Tell(wire.Note{Kind: wire.OffsetExpired, Node: b.Self, At: c.At, Offset: c.Offset,
			Text: string(c.Group)})
		return true
	})
}

// expired: what a classic group has committed lives as long as it has members, and then for
// offsets.retention.minutes; in a topic that its members do not read any more, of a group of the
// consumer protocol or of a consumer that is in no group, so long after the commit (KIP-211,
// ClassicGroup.offsetExpirationCondition). Before that it was so long after the commit, always. A group that
// rebalances keeps everything; from 2.4 to 3.1 it kept what its last generation read (KAFKA-13636), which is
// nothing if that had no members.
func (b *Broker) expired(c *wire.CommittedOffset) bool {
	age := func(at wire.Partition) OffsetAge {
		if i := b.offsetAge(c.Group, at); i >= 0 {
			return b.Ages[i]
		}
		return OffsetAge{}
	}
	mine := age(c.At)
	g, m := b.group(c.Group), b.modern(c.Group)
	switch {
	case b.Config.OffsetsAgeInUse:
	case m != nil:
		return !slices.ContainsFunc(m.Now.Members, func(m wire.ConsumerMember) bool {
			return slices.Contains(m.Topics, c.At.Topic)
		}) && mine.Old
	case g != nil && g.State == Empty:
		return age(wire.Partition{}).Old || mine.Past
	case g != nil:
		settled := g.State == Stable || b.Config.ExpireJoining && g.Generation > 0
		return settled && !slices.Contains(g.Read, c.At.Topic) && mine.Old
	}
	return mine.Old || mine.Past
}

// subscribed are the topics that any member wants to read (ClassicGroup.computeSubscribedTopics).
func (g *Group) subscribed() []wire.TopicID {
	var out []wire.TopicID
	for i := range g.Members {
		out = append(out, g.Members[i].Subscription.Topics...)
	}
	return out
}
