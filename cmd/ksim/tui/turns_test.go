package tui

import (
	"fmt"
	"strings"
	"testing"

	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim/cluster"
)

// withMark are the moments of the line that have a mark.
func withMark(p *player, k mark) []int {
	var out []int
	for i := range p.Tree.Len() {
		if p.marks(p.Tree.BareOn(i))&k != 0 {
			out = append(out, i)
		}
	}
	return out
}

// TestTheTimelineMarksTheLoss: it is the moment when the promise is broken, not when a log is cut, later; it is told in
// words there, and not a step before.
func TestTheTimelineMarksTheLoss(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	p := m.player
	at := withMark(p, lost)
	if len(at) != 1 || len(withMark(p, cut)) != 1 || withMark(p, cut)[0] <= at[0] {
		t.Fatalf("losses at %v, cut logs at %v", at, withMark(p, cut))
	}
	for _, k := range []struct {
		i, lost int
	}{{at[0] - 1, 0}, {at[0], 1}} {
		p.seek(k.i)
		if got := p.scene.tally[cluster.AckedLost]; got != k.lost {
			t.Errorf("at %d %d messages are lost", k.i, got)
		}
		if said := strings.Contains(text(m), "m3 now acked-lost: "); said != (k.lost == 1) {
			t.Errorf("at %d the screen tells of the loss: %v\n%s", k.i, said, text(m))
		}
	}
}

// TestALossWithoutNotesIsNews: nobody tells that a group has gone past a message, and one gets there with n all the same.
func TestALossWithoutNotesIsNews(t *testing.T) {
	s, err := scenario.Load("c06-auto-commit-prefetched", nil)
	if err != nil {
		t.Fatal(err)
	}
	p := newPlayer(s)
	at := withMark(p, harmed)
	if len(at) != 1 || !p.tells(p.Tree.BareOn(at[0])) {
		t.Fatalf("harm at %v", at)
	}
	if got := p.firstTold(p.Tree.BareOn(at[0])); !strings.HasPrefix(got, "m2 now unseen: ") {
		t.Errorf("told: %q", got)
	}
}

// TestOfManyMessagesHarmIsSoughtWhereSomethingHappened: not at every step, but at those that have a mark.
func TestOfManyMessagesHarmIsSoughtWhereSomethingHappened(t *testing.T) {
	const source = `
title: many messages, and a log that is emptied
cluster: {brokers: 1, topics: [{name: orders, partitions: 1, replication.factor: 1}]}
producers: [{id: p1, topic: orders, records: %d, every: 1ms, config: {acks: "1"}}]
script:
  - {when: "any acked m%d", do: power b1}
  - {at: 5s, do: restart b1}
`
	for _, n := range []int{mostFollowed, 2 * mostFollowed} {
		s, err := scenario.Read("many.yaml", fmt.Appendf(nil, source, n, n))
		if err != nil {
			t.Fatal(err)
		}
		p := newPlayer(s)
		p.seek(p.Tree.Len() - 1)
		at := withMark(p, lost)
		if p.scene.tally[cluster.AckedLost] != n || len(at) == 0 {
			t.Errorf("%d messages: %d lost, marked at %v", n, p.scene.tally[cluster.AckedLost], at)
		}
	}
}
