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
