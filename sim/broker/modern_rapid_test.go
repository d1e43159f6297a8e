package broker

import (
	"flag"
	"slices"
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/wire"
	"pgregory.net/rapid"
)

// init keeps rapid from writing failures into testdata, where they would be read as conversations.
func init() {
	if err := flag.Set("rapid.nofailfile", "true"); err != nil {
		panic(err)
	}
}

// world is a coordinator and members that obey it, with a network between them that loses answers.
type world struct {
	t       *rapid.T
	b       *Broker
	g       *wire.ConsumerGroup
	members []*obedient
}

// obedient is a member that does what it is told, in its own time.
type obedient struct {
	id    wire.MemberID
	epoch wire.MemberEpoch
	in    bool // it runs
	deaf  bool // its last answer was lost: it says everything again
	topic []wire.TopicID
	told  []wire.Partition
	has   []wire.Partition
}

const topics = 2

func newWorld(t *rapid.T) *world {
	w := &world{t: t, g: &wire.ConsumerGroup{ID: "g"}, b: &Broker{
		Config: &Config{
			OffsetsTopic: 9, OffsetsPartitions: 1, ConsumerHeartbeat: 5 * sim.Second,
			ConsumerAssignors: []string{rapid.SampledFrom([]string{UniformAssignor, RangeAssignor}).Draw(t, "assignor")},
		},
		Offsets: []OffsetsLog{{At: wire.Partition{Topic: 9}}}, Image: &metadata.Image{},
	}}
	for topic := range wire.TopicID(topics) {
		for range rapid.IntRange(1, 5).Draw(t, "partitions") {
			w.grow(topic + 1)
		}
	}
	for i := range wire.NodeID(3) {
		w.members = append(w.members, &obedient{id: wire.MemberID{Client: i + 1, Birth: 1}})
	}
	return w
}

func (w *world) grow(topic wire.TopicID) {
	at := wire.Partition{Topic: topic, Index: int16(len(w.b.Image.Of(topic)))}
	w.b.Image.Partitions = append(w.b.Image.Partitions, &metadata.Partition{At: at})
}

// wants draws what a member reads.
func (w *world) wants() []wire.TopicID {
	return rapid.SampledFrom([][]wire.TopicID{{1}, {2}, {1, 2}}).Draw(w.t, "topics")
}

// beat is a heartbeat of a member that the coordinator hears; the answer may get lost. While the member
// takes over what it was told, it does not say what it has. Kafka's does if it has to say everything
// again, and then what it is about to take can be given to another; this one takes it first.
func (w *world) beat(m *obedient, lost bool) {
	if m.deaf {
		m.obey()
	}
	r := &wire.ConsumerGroupHeartbeatRequest{Group: "g", Member: m.id, Epoch: m.epoch}
	if slices.Equal(m.has, m.told) {
		r.Reports, r.Owned = true, m.has
	}
	if m.epoch == wire.JoinEpoch || m.deaf {
		r.RebalanceTimeout, r.Topics = 300*sim.Second, m.topic
	}
	w.b.Modern = []ModernGroup{{Now: w.g}}
	next, answer, err := w.b.consumerHeartbeat(r)
	switch {
	case err == wire.None:
		w.g = next
	case err != wire.FencedMemberEpoch && err != wire.UnknownMemberID:
		w.t.Fatalf("heartbeat of %v: %v", m.id, err)
	}
	switch m.deaf = lost; {
	case lost:
	case err != wire.None:
		m.has, m.told, m.epoch = nil, nil, wire.JoinEpoch
	default:
		m.epoch = answer.Epoch
		if answer.Assigns {
			m.told = answer.Partitions
		}
	}
}

// obey gives up what is not the member's any more and takes the rest.
func (m *obedient) obey() { m.has = m.told }

// remove takes a member out, as a good-bye or the end of its session or of its patience does.
func (w *world) remove(m *obedient) {
	if consumerMember(w.g, m.id) != nil {
		w.b.Modern = []ModernGroup{{Now: w.g}}
		w.g = w.b.fenced(w.g, m.id)
	}
}

// check: by the word of the coordinator no partition has two owners, and no member that is in the group
// has what it does not own.
func (w *world) check() {
	owners := map[wire.Partition]wire.MemberID{}
	for _, m := range w.g.Members {
		for _, at := range slices.Concat(m.Assigned, m.Revoking) {
			if other, taken := owners[at]; taken {
				w.t.Fatalf("%v belongs to %v and to %v", at, other, m.ID)
			}
			owners[at] = m.ID
		}
	}
	for _, m := range w.members {
		if consumerMember(w.g, m.id) == nil {
			continue
		}
		for _, at := range m.has {
			if owners[at] != m.id {
				w.t.Fatalf("%v reads %v, which belongs to %v", m.id, at, owners[at])
			}
		}
	}
}

// settle lets sessions of the dead end, and everybody else say and obey for a while; then everything has one reader, who wants it, if
// anybody does, and nobody waits.
func (w *world) settle() {
	for _, m := range w.g.Members {
		if !slices.ContainsFunc(w.members, func(o *obedient) bool { return o.in && o.id == m.ID }) {
			w.remove(&obedient{id: m.ID})
		}
	}
	for range 12 {
		for _, m := range w.members {
			if m.in {
				w.beat(m, false)
				w.check()
				m.obey()
				w.check()
			}
		}
	}
	for _, m := range w.g.Members {
		if m.State != wire.Reconciled || m.Epoch != w.g.Epoch {
			w.t.Fatalf("%v is %v in epoch %d of %d", m.ID, m.State, m.Epoch, w.g.Epoch)
		}
	}
	for _, p := range w.b.Image.Partitions {
		var readers []wire.MemberID
		wanted := false
		for _, m := range w.members {
			if m.in && slices.Contains(m.has, p.At) {
				readers = append(readers, m.id)
			}
			wanted = wanted || m.in && slices.Contains(m.topic, p.At.Topic)
		}
		if wanted && len(readers) != 1 || !wanted && len(readers) > 0 {
			w.t.Fatalf("%v is read by %v", p.At, readers)
		}
	}
}

// act lets one member, or the network, do one thing. Heartbeats are what most often happens.
func (w *world) act() {
	m := rapid.SampledFrom(w.members).Draw(w.t, "member")
	switch what := rapid.IntRange(0, 19).Draw(w.t, "what"); {
	case what < 10:
		if !m.in {
			*m = obedient{id: m.id, in: true, topic: w.wants()}
			m.id.Birth++
		}
		w.beat(m, what < 3)
	case what < 15:
		m.obey()
	case what == 15: // it starts anew, as after max.poll.interval.ms
		m.has, m.told, m.epoch = nil, nil, wire.JoinEpoch
	case what == 16: // its session ends, or its time to give something up
		w.remove(m)
	case what == 17:
		w.remove(m)
		*m = obedient{id: m.id}
	case what == 18: // it dies: its session has yet to end
		*m = obedient{id: m.id}
	case what == 19:
		w.grow(wire.TopicID(rapid.IntRange(1, topics).Draw(w.t, "topic")))
	}
}

// TestNoPartitionHasTwoOwners: whatever members do and whatever the network loses, a partition is never
// two members' by the coordinator's word, and in the end every partition has a reader (KIP-848).
func TestNoPartitionHasTwoOwners(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		for range rapid.IntRange(0, 80).Draw(t, "acts") {
			w.act()
			w.check()
		}
		w.settle()
	})
}

// TestUniformIsEven: with the same topics for all, nobody has two partitions more than another, and a
// new member takes no more than its share.
func TestUniformIsEven(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := &wire.ConsumerGroup{Topics: []wire.TopicCount{{Topic: 1, Count: int16(rapid.IntRange(1, 9).Draw(t, "n"))}}}
		for i := range wire.NodeID(rapid.IntRange(1, 5).Draw(t, "members")) {
			was := slices.Clone(g.Members)
			g.Members = append(g.Members, wire.ConsumerMember{
				ID: wire.MemberID{Client: i + 1}, Topics: []wire.TopicID{1},
			})
			assignUniformly(g)
			moved := 0
			for k := range was {
				for _, at := range was[k].Target {
					if !slices.Contains(g.Members[k].Target, at) {
						moved++
					}
				}
			}
			newcomer := len(g.Members[len(g.Members)-1].Target)
			if len(was) > 0 && moved > newcomer {
				t.Fatalf("%d moved for a newcomer with %d", moved, newcomer)
			}
		}
		least, most := 99, 0
		for _, m := range g.Members {
			least, most = min(least, len(m.Target)), max(most, len(m.Target))
		}
		if most-least > 1 {
			t.Fatalf("from %d to %d", least, most)
		}
	})
}
