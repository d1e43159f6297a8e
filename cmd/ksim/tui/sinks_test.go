package tui

import (
	"testing"

	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim/wire"
)

func shipping(t *testing.T, name string) *model {
	t.Helper()
	s, err := scenario.Load(name, nil)
	if err != nil {
		t.Fatal(err)
	}
	return stage(s, look{w: 120, h: 36})
}

// TestASinkTellsWhatACrashWouldDo: nothing is committed when c1 has applied all, so its crash would do
// all again; and so it comes.
func TestASinkTellsWhatACrashWouldDo(t *testing.T) {
	m := shipping(t, "auto-commit-killed")
	for range 4 {
		onceTold(t, m, wire.Processed, "c1")
	}
	wants(t, paneText(m.sinkLines(200)), "✓ applied 4 of 4", "c1 m1-m4", "begins again at orders-0@0 · ² does again m1-m4")
	press(m, "end")
	wants(t, paneText(m.sinkLines(200)), "² duplicated: m1-m4", "m1-m4 m1² m2² m3² m4²",
		"begins again at orders-0@4 · nothing more is done again or skipped")
}

// TestASinkTellsWhatIsSkipped: what is committed before it is processed, a crash skips.
func TestASinkTellsWhatIsSkipped(t *testing.T) {
	m := shipping(t, "commit-before-process")
	for {
		onceTold(t, m, wire.Committed, "c1")
		if _, never := m.player.scene.ifDied(&m.player.scene.groups[0]); len(never) > 0 {
			break
		}
	}
	wants(t, paneText(m.sinkLines(200)), "✗ skips m")
	press(m, "end")
	wants(t, paneText(m.sinkLines(200)), "✗ unseen, committed past it: m")
}

const workers = `
title: workers
seed: 7
cluster: {brokers: 3, topics: [{name: orders, partitions: 1, replication.factor: 3}]}
producers:
  - {id: p1, topic: orders, records: 6, every: 1ms, config: {acks: all, linger.ms: 5}}
consumers:
  - {id: c1, group: g1, topics: [orders], config: {auto.offset.reset: earliest}, process: {takes: 20ms, workers: 2}}
until: settled
`

// TestWorkersAreSeen: the thread that polls is free while its workers are at work.
func TestWorkersAreSeen(t *testing.T) {
	s, err := scenario.Read("workers.yaml", []byte(workers))
	if err != nil {
		t.Fatal(err)
	}
	m := stage(s, look{w: 120, h: 36})
	onceTold(t, m, wire.EffectApplied, "c1")
	wants(t, paneText(m.sinkLines(200)), "✓ applied 1 of 6", "in poll() · worker 1 ▶m1 · worker 2 ▶m2 · waiting for one m3-m6",
		"² does again m1")
	wants(t, paneText(m.groupLines(200)), "in hand m1-m6")
}

// TestAccountsAreHeldAgainstWhatIsRight compares three sinks that are killed at the same record.
func TestAccountsAreHeldAgainstWhatIsRight(t *testing.T) {
	m := stage(read(t, "accounts"), look{w: 120, h: 36})
	for range 3 {
		onceTold(t, m, wire.Processed, "c1")
	}
	all := func() string { return paneText(m.sinkLines(300)) }
	wants(t, all(), "sink account := account + change · applies whatever comes",
		"sink account := account + change · knows a message again by its id",
		"sink account := account + change · applies whatever comes · keeps the offset with the effect",
		"begins again at payments-0@0 · ² does again m1 m2 m3")
	press(m, "end")
	wants(t, all(), "g1 ✓ applied 4 of 4 · ² duplicated: m1 m2 m3", "balance ✗ ann 4, right is 2 · ✗ bob 3, right is 2",
		"g2 ✓ applied 4 of 4 sink", "balance ✓ ann 2 · ✓ bob 2", "payments-0@4 (kept in the sink)")
}
