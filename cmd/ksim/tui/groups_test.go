package tui

import (
	"slices"
	"strings"
	"testing"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/wire"
)

// paneText is all that a pane has to say, on one line.
func paneText(lines []paint.Line) string {
	var out []string
	for _, l := range lines {
		out = append(out, strings.Fields(l.String())...)
	}
	return strings.Join(out, " ")
}

func wants(t *testing.T, got string, wanted ...string) {
	t.Helper()
	for _, want := range wanted {
		if !strings.Contains(got, want) {
			t.Errorf("no word of %q in:\n%s", want, got)
		}
	}
}

// onceTold goes on to the first step that tells something.
func onceTold(t *testing.T, m *model, kind wire.NoteKind, node string) {
	t.Helper()
	for !m.player.Ended() {
		press(m, "n")
		for _, n := range m.player.here().Notes {
			if n.Kind == kind && m.player.Names.Node(n.Node) == node {
				return
			}
		}
	}
	t.Fatalf("%s never told %v", node, kind.Row().Name)
}

// TestAZombieIsSeen follows a consumer that is paused: it is none as long as its coordinator waits, it
// is one when it was removed, and none any more when it has joined again.
func TestAZombieIsSeen(t *testing.T) {
	m := stage(read(t, "zombie"), look{w: 120, h: 36})
	zombie := func() bool { return strings.Contains(paneText(m.groupLines(200)), "zombie") }
	onceTold(t, m, wire.Paused, "c1")
	if zombie() {
		t.Error("a zombie before it is removed")
	}
	onceTold(t, m, wire.LeftGroup, "c1")
	wants(t, paneText(m.groupLines(200)), "empty", "b1 says the group has no members",
		"c1 says c1-1 ! still thinks it is in generation 1 · ‖ paused · processing m1",
		"c1 ! zombie: b1 has removed it, and it does not know · position 1, 7 to read · in hand m1")
	onceTold(t, m, wire.Assigned, "c1")
	if zombie() {
		t.Error("a zombie after it has joined again")
	}
	wants(t, paneText(m.groupLines(200)), "stable · generation 3 · assignor range", "c1 says c1-2 ● in generation 3")
}

// withGroup changes what the coordinator knows of the group, by hand.
func withGroup(t *testing.T, change func(*broker.Group)) string {
	t.Helper()
	m := stage(read(t, "zombie"), look{w: 120, h: 36})
	onceTold(t, m, wire.Polled, "c1")
	s := m.player.scene
	g := &s.groups[0]
	known := s.world.Node(g.coordinator).(*broker.Broker).Groups[0]
	known.Members = slices.Clone(known.Members)
	change(&known)
	s.readClassic(g, &known)
	g.claims = nil
	s.readClaims(g)
	return paneText(m.groupLines(300))
}

// TestAGroupOfSeveral shows who is awaited in which phase, and to whom a partition was given.
func TestAGroupOfSeveral(t *testing.T) {
	other := broker.Member{Session: 45 * sim.Second, Rebalance: 300 * sim.Second, Protocols: []string{"range"}}
	enter := func(g *broker.Group) *broker.Member {
		other.ID = wire.MemberID{Client: g.Members[0].ID.Client, Birth: 7}
		g.Members = append(g.Members, other)
		return &g.Members[1]
	}
	for name, c := range map[string]struct {
		change func(*broker.Group)
		want   []string
	}{
		"one has not come": {func(g *broker.Group) {
			g.State = broker.Preparing
			enter(g).Joining = true
		}, []string{"preparing rebalance", "c1-1 ♛ ! has not come", "c1-7 ● has joined", "waits for c1-1"}},
		"an id is not used yet": {func(g *broker.Group) {
			g.State = broker.Preparing
			g.Members[0].Joining = true
			g.Pending = []wire.MemberID{{Client: g.Members[0].ID.Client, Birth: 9}}
		}, []string{"waits for c1-9 to join with the id it was given"}},
		"the leader deals out": {func(g *broker.Group) {
			g.State = broker.Completing
			enter(g).Syncing = true
		}, []string{"completing rebalance", "c1-1 ♛ ⋯ deals out the partitions", "c1-7 ● waits for its share",
			"waits for c1-1 to deal out the partitions"}},
		"the assignment is not committed": {func(g *broker.Group) {
			g.State = broker.Completing
			g.Members[0].Syncing = true
		}, []string{"waits for the assignment to be committed in __consumer_offsets"}},
		"the first ones wait for more": {func(g *broker.Group) {
			g.State, g.Initial = broker.Preparing, true
			g.Members[0].Joining = true
		}, []string{"waits for more members: group.initial.rebalance.delay.ms"}},
		"a partition was given away": {func(g *broker.Group) {
			m := enter(g)
			m.Partitions, g.Members[0].Partitions = g.Members[0].Partitions[:1], g.Members[0].Partitions[1:]
		}, []string{"orders-0 owned by c1-7", "orders-1 owned by c1-1", "c1 ! zombie: b1 gave the partition to c1-7",
			"c1-7 ● in · owns orders-0 · ✗ nobody any more: c1 is c1-1 now"}},
	} {
		t.Run(name, func(t *testing.T) { wants(t, withGroup(t, c.change), c.want...) })
	}
}

// TestNoCoordinator: nobody leads the group's part of __consumer_offsets, and the pane says so.
func TestNoCoordinator(t *testing.T) {
	m := shot(t, "leader-crash", "] ] ] ]", look{w: 120, h: 36})
	wants(t, paneText(m.groupLines(200)), "no coordinator")
}

// TestAGroupOfTheConsumerProtocol: partitions are handed over one by one, and nobody owns one that
// another has yet to give up.
func TestAGroupOfTheConsumerProtocol(t *testing.T) {
	m := stage(read(t, "zombie"), look{w: 120, h: 36})
	onceTold(t, m, wire.Polled, "c1")
	s := m.player.scene
	g := &s.groups[0]
	first, second := g.claims[0].at, g.claims[1].at
	c1 := s.consumers[0].Member.ID
	c2 := wire.MemberID{Client: c1.Client, Birth: 7}
	k := &wire.ConsumerGroup{ID: g.id, Epoch: 2, AssignmentEpoch: 2, Members: []wire.ConsumerMember{
		{ID: c1, Epoch: 1, State: wire.UnrevokedPartitions, Assigned: []wire.Partition{first},
			Revoking: []wire.Partition{second}, Target: []wire.Partition{first}},
		{ID: c2, Epoch: 2, State: wire.UnreleasedPartitions, Target: []wire.Partition{second}},
	}}
	show := func() string {
		s.readModern(g, k)
		g.claims = nil
		s.readClaims(g)
		return paneText(m.groupLines(300))
	}
	wants(t, show(), "↻ reconciling · group epoch 2", "c1-1 ↻ must give something up · owns orders-0 orders-1 · to give up orders-1",
		"c1-7 ⋯ waits for others to give something up · owns nothing · to get orders-1", "orders-1 owned by c1-1")
	k.Epoch = 3
	wants(t, show(), "⋯ assigning · group epoch 3")
	k.Epoch, k.Members = 2, k.Members[:1]
	k.Members[0] = wire.ConsumerMember{ID: c1, Epoch: 2, Assigned: []wire.Partition{first, second},
		Target: []wire.Partition{first, second}}
	wants(t, show(), "● stable", "c1-1 ● in, at epoch 2 · owns orders-0 orders-1")
	k.Members[0].Assignor = broker.RangeAssignor
	wants(t, show(), "assignor range, run by the coordinator (KIP-848)")
	k.Members = nil
	wants(t, show(), "○ empty", "the group has no members", "! zombie: b1 has removed it")
}

// TestNobodyCanTellWhatIsCommitted while nobody leads the partition of __consumer_offsets that has it. That is not to
// have committed nothing.
func TestNobodyCanTellWhatIsCommitted(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 200, h: 50})
	press(m, "n n n n n n n n n")
	wants(t, paneText(m.groupLines(200)), "committed nothing")
	press(m, "end")
	wants(t, paneText(m.groupLines(200)), "committed 2 · HW 2")
	for _, act := range []string{"crash b1", "crash b2", "crash b3"} {
		typed(m, act)
	}
	wants(t, paneText(m.groupLines(200)), "committed: unknown while nobody leads __consumer_offsets-42 · no leader")
	wants(t, text(m), "committed: unknown while nobody leads")
}

// TestAssignFormsNoGroup: nobody will ever join, so it does not say "yet".
func TestAssignFormsNoGroup(t *testing.T) {
	m := shipping(t, "t03-torn-transaction")
	press(m, "end")
	wants(t, paneText(m.groupLines(200)), "○ assign(): no group")
}
