package tui

import "testing"

// TestNothingGoesOnWhenNothingMoves: a screen that stands still asks for nothing, and what an earlier motion
// had asked for comes too late.
func TestNothingGoesOnWhenNothingMoves(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	if m.Init() != nil {
		t.Error("it begins with something")
	}
	stale := m.player.motion.gen
	for _, key := range []string{"n", "right", "left", "]", "end", "[", "1", "tab", "v", "b", "esc", "space", "space"} {
		cmd := press(m, key)
		if running := m.player.motion.running; (cmd != nil) != running {
			t.Errorf("%s: it asks for something: %v, runs: %v", key, cmd != nil, running)
		}
	}
	before := m.View()
	for gen := stale; gen <= m.player.motion.gen; gen++ {
		if _, cmd := m.Update(moveMsg{&m.player.motion, gen}); cmd != nil || m.View() != before {
			t.Fatalf("a message of motion %d moves a player that stands still", gen)
		}
	}
}

// TestATickOfAnotherPlayerMovesNothing: who turns to another run leaves the ticks of the run before behind.
func TestATickOfAnotherPlayerMovesNothing(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 80, h: 24})
	press(m, "space")
	old := m.player.motion.due()
	m.player = newPlayer(read(t, "leader-crash"))
	press(m, "space")
	for m.player.motion.gen < old.gen {
		press(m, "space space")
	}
	m.player.motion.gen = old.gen
	at := m.player.here().ID
	if _, cmd := m.Update(old); cmd != nil || m.player.here().ID != at {
		t.Error("a tick of the run before moves the one that is played now")
	}
}
