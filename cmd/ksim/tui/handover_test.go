package tui

import (
	"strings"
	"testing"

	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim/wire"
)

// picked plays one of the runs of a scenario that comes with ksim.
func picked(t *testing.T, name, variant string) *model {
	t.Helper()
	s, err := scenario.Load(name, nil)
	if err != nil {
		t.Fatal(err)
	}
	if s, err = s.Pick(variant); err != nil {
		t.Fatal(err)
	}
	return stage(s, look{w: 120, h: 36})
}

// TestGivingUpAPartitionIsSeen: the coordinator still has c1 as the owner while its members come
// together; c1 has given the partition up, the pane says so, and it is a mark.
func TestGivingUpAPartitionIsSeen(t *testing.T) {
	m := shipping(t, "c08-rebalance-before-commit")
	onceTold(t, m, wire.Revoked, "c1")
	wants(t, paneText(m.groupLines(200)), "orders-0 owned by c1-1, but c1 gave it up")
	if m.player.marks(m.player.here())&rebalance == 0 {
		t.Error("giving a partition up is no mark of a rebalance")
	}
	onceTold(t, m, wire.Assigned, "c2")
	wants(t, paneText(m.groupLines(200)), "orders-0 owned by c2-1 ·")
}

// TestLosingPartitionsIsAMark: whoever is thrown out of the group loses what it had.
func TestLosingPartitionsIsAMark(t *testing.T) {
	m := stage(read(t, "zombie"), look{w: 120, h: 36})
	onceTold(t, m, wire.PartitionsLost, "c1")
	if m.player.marks(m.player.here())&rebalance == 0 {
		t.Error("losing partitions is no mark of a rebalance")
	}
}

// TestTheOwnerIsToldLater: the coordinator has dealt a partition to a member that has not heard of it.
func TestTheOwnerIsToldLater(t *testing.T) {
	m := shipping(t, "claim-new-group-protocol")
	onceTold(t, m, wire.Dealt, "b1")
	for i := 0; i < 200 && !strings.Contains(paneText(m.groupLines(300)), "but c1 does not have it"); i++ {
		press(m, "right")
	}
	wants(t, paneText(m.groupLines(300)), "orders-0 owned by c1-1, but c1 does not have it",
		"assignor uniform, run by the coordinator (KIP-848)")
}

// TestPausedIsSaid: a partition that its application has paused, and a process that does not run.
func TestPausedIsSaid(t *testing.T) {
	m := picked(t, "claim-pause-keeps-membership", "fix")
	onceTold(t, m, wire.PartitionPaused, "c1")
	wants(t, paneText(m.sinkLines(200)), "orders-0 paused")
	wants(t, paneText(m.groupLines(200)), "to read, paused by its application")
	onceTold(t, m, wire.PartitionResumed, "c1")
	if got := paneText(m.sinkLines(200)); strings.Contains(got, "paused") {
		t.Errorf("still paused: %s", got)
	}
	z := stage(read(t, "zombie"), look{w: 120, h: 36})
	onceTold(t, z, wire.Paused, "c1")
	wants(t, paneText(z.sinkLines(200)), "paused · poll() gave")
}

// TestWhenItCommits: whoever commits only at the end does not commit never.
func TestWhenItCommits(t *testing.T) {
	wants(t, paneText(picked(t, "c08-rebalance-before-commit", "base").clientLines(200)),
		"c1 consumer · group g1 · commits before close()")
	wants(t, paneText(picked(t, "c08-rebalance-before-commit", "fix").clientLines(200)),
		"commits when it gives partitions up, commits before close()")
}

// TestTwoOwnersAreSeen: the assignment gives orders-0 to two members, so neither is a zombie.
func TestTwoOwnersAreSeen(t *testing.T) {
	m := shipping(t, "c18-two-owners")
	press(m, "end")
	got := paneText(m.groupLines(200))
	wants(t, got, "orders-0 owned by c2-1 and c1-2 ✗ that is one too many ·")
	if strings.Contains(got, "zombie") {
		t.Errorf("b1 gave it to both, and yet one is called a zombie: %s", got)
	}
}

// TestWhoHasNotStartedSaysWhen: c2 starts at 8 s.
func TestWhoHasNotStartedSaysWhen(t *testing.T) {
	m := shipping(t, "c08-rebalance-before-commit")
	onceTold(t, m, wire.Acked, "p1")
	wants(t, paneText(m.groupLines(200)), "c2 says ↻ starts in 4.0 s")
}

// TestWhatWasDeletedSaysSo: the topic is gone, and with it what was applied long before.
func TestWhatWasDeletedSaysSo(t *testing.T) {
	m := shipping(t, "c16-topic-recreated-stuck")
	press(m, "end")
	s := m.player.scene
	if got := s.whereabouts(0); !strings.HasPrefix(got, "deleted, acked") || s.risk(0) != "" {
		t.Errorf("m1 is %q, with the risk %q", got, s.risk(0))
	}
}
