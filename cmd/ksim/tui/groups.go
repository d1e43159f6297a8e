package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/wire"
)

// group is a consumer group: what its coordinator knows of it, and what its consumers believe.
type group struct {
	id wire.GroupID
	office
	roster    *roster // nil: the coordinator has never heard of it, or there is none
	consumers []*consumer.Consumer
	claims    []claim
}

// roster is a group as its coordinator knows it, of whichever protocol.
type roster struct {
	state    phase
	epoch    string
	assignor string
	settled  bool // who owns what is as it is said
	members  []member
	waits    paint.Line // what a rebalance waits for; nil if there is none
}

// member is a member by the coordinator's word.
type member struct {
	id     wire.MemberID
	leads  bool
	stands phase // in the round
	owns   []wire.Partition
	going  []wire.Partition // of these: what it must give up, or had before the rebalance that goes on
	then   paint.Line       // what is to become of it
}

// claim is a partition that a group reads.
type claim struct {
	at        wire.Partition
	owners    []wire.MemberID // by the coordinator's word: one, nobody, or, if the assignment is wrong, more
	committed int64           // NoOffset: nothing, or nobody can tell
	untold    wire.Partition  // of __consumer_offsets, that nobody leads, so that nobody can tell; zero: somebody can
	hw, end   int64           // the leader's high watermark and log end
	led       bool            // there is a leader
	believers []*consumer.Consumer
}

// readGroups finds out about the groups of the consumers.
func (s *scene) readGroups() {
	for _, id := range s.ledger.Groups {
		g := group{id: id}
		for _, c := range s.consumers {
			if c.Config.Group == id {
				g.consumers = append(g.consumers, c)
			}
		}
		s.readCoordinator(&g)
		s.readClaims(&g)
		s.groups = append(s.groups, g)
	}
}

func (s *scene) readCoordinator(g *group) {
	g.office = s.readOffice(cluster.OffsetsTopic,
		func(partitions int32) int16 { return wire.GroupPartition(g.id, partitions) },
		func(b *broker.Broker, at wire.Partition) (loading, ok bool) {
			i := slices.IndexFunc(b.Offsets, func(o broker.OffsetsLog) bool { return o.At == at })
			return i >= 0 && b.Offsets[i].Loading, i >= 0
		})
	if g.empty() {
		return
	}
	b := s.world.Node(g.coordinator).(*broker.Broker)
	if i := slices.IndexFunc(b.Groups, func(k broker.Group) bool { return k.ID == g.id }); i >= 0 {
		s.readClassic(g, &b.Groups[i])
	}
	if i := slices.IndexFunc(b.Modern, func(k broker.ModernGroup) bool { return k.Now.ID == g.id }); i >= 0 {
		s.readModern(g, b.Modern[i].Now)
	}
}

func (s *scene) readClaims(g *group) {
	for i := range s.partitions {
		p := &s.partitions[i]
		if !slices.ContainsFunc(g.consumers, func(c *consumer.Consumer) bool {
			return slices.Contains(c.Config.Topics, p.at.Topic)
		}) {
			continue
		}
		c := claim{at: p.at, owners: g.owners(p.at), committed: cluster.Committed(s.world, g.id, p.at)}
		if c.committed == wire.NoOffset && g.coordinator == wire.Nobody && s.zookeeper == nil {
			c.untold = g.at
		}
		if c.hw, c.led = p.highWatermark(); c.led {
			c.end = p.replica(p.leader).log.End()
		}
		for _, k := range g.consumers {
			if s.world.Health(k.Self) == sim.Up && holding(k, p.at) != nil {
				c.believers = append(c.believers, k)
			}
		}
		g.claims = append(g.claims, c)
	}
}

// owners are the members that have a partition by the coordinator's word.
func (g *group) owners(at wire.Partition) []wire.MemberID {
	var out []wire.MemberID
	if g.roster != nil {
		for i := range g.roster.members {
			if m := &g.roster.members[i]; slices.Contains(m.owns, at) {
				out = append(out, m.id)
			}
		}
	}
	return out
}

// groupOf is a consumer's group.
func (s *scene) groupOf(c *consumer.Consumer) *group {
	i := slices.IndexFunc(s.groups, func(g group) bool { return g.id == c.Config.Group })
	return &s.groups[i]
}

// member is a member by the coordinator's word, nil if there is no such.
func (g *group) member(id wire.MemberID) *member {
	if g.roster != nil {
		for i := range g.roster.members {
			if g.roster.members[i].id == id {
				return &g.roster.members[i]
			}
		}
	}
	return nil
}

// consumer is the process that a member id was given to, nil if it runs and goes by another one.
func (g *group) consumer(id wire.MemberID) *consumer.Consumer {
	for _, c := range g.consumers {
		if c.Self == id.Client && c.Member.ID == id {
			return c
		}
	}
	return nil
}

// holding is a partition as a consumer holds it, nil if it does not believe that it has it.
func holding(c *consumer.Consumer, at wire.Partition) *consumer.Part {
	for i := range c.Parts {
		if c.Parts[i].At == at {
			return &c.Parts[i]
		}
	}
	return nil
}

// zombie is a word on a consumer that believes to own a partition and does not; nil if it may be
// right. As long as members are being called together, what they had before is not taken from them.
func (s *scene) zombie(g *group, k *claim, c *consumer.Consumer) paint.Line {
	if g.roster == nil {
		return nil
	}
	judge, why := s.names.Node(g.coordinator), ""
	switch m := g.member(c.Member.ID); {
	case m == nil && c.Member.ID == wire.NoMember && len(inHand(c, k.at)) > 0:
		why = "it is no member any more, and still at work"
	case m == nil && c.Member.ID == wire.NoMember:
		why = "it is no member any more, and gives it up in its next poll()"
	case m == nil:
		why = judge + " has removed it, and it does not know"
	case g.roster.settled && len(k.owners) > 0 && !slices.Contains(k.owners, m.id):
		why = judge + " gave the partition to " + s.memberNames(k.owners)
	default:
		return nil
	}
	return paint.Text(paint.Bad, "! zombie").Addf(paint.Warn, ": %s", why).Add(paint.Dim, " · ")
}

// memberName is a member's name: its client's, and which of that client's member ids it is.
func (s *scene) memberName(id wire.MemberID) string {
	if id == wire.NoMember {
		return "nobody"
	}
	return fmt.Sprintf("%s-%d", s.names.Node(id.Client), id.Birth)
}

// memberNames are the names of members.
func (s *scene) memberNames(ids []wire.MemberID) string {
	var names []string
	for _, id := range ids {
		names = append(names, s.memberName(id))
	}
	return cmp.Or(strings.Join(names, " and "), "nobody")
}

// inHand are the records of a partition that an application has from poll() and is not done with.
func inHand(c *consumer.Consumer, at wire.Partition) []wire.MessageID {
	items := slices.DeleteFunc(c.InHand(), func(item consumer.Item) bool { return item.At != at })
	return messages(items)
}

func messages(items []consumer.Item) []wire.MessageID {
	var out []wire.MessageID
	for i := range items {
		out = append(out, items[i].Message)
	}
	return out
}
