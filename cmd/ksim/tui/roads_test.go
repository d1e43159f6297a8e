package tui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// TestPacketsAreDrawnBetweenTheNodes where there is room: an arrow from lane to lane, with what it carries behind it,
// what is lost or can't go on too. Where there is none they are a list.
func TestPacketsAreDrawnBetweenTheNodes(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	press(m, "] ] n")
	for !strings.Contains(clusterText(m), "Produce m3") {
		press(m, "left")
	}
	wants(t, clusterText(m), "p1 b1 b2 b3 c1 k1 in flight", "│────●▶│ │ │ │ │ Produce m3")
	m.Update(tea.WindowSizeMsg{Width: 99, Height: 36})
	wants(t, clusterText(m), "p1 ─Produce m3─▶ b1")
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 36})
	typed(m, "hold p1>b1")
	wants(t, clusterText(m), "▶│ │ │ │ │ Produce m3 (held)")
	typed(m, "crash b1")
	wants(t, clusterText(m), "b1✗", "✗│ │ │ │ │ Produce m3 (lost)")
	press(m, "right")
	if got := clusterText(m); strings.Contains(got, "(lost)") {
		t.Errorf("still shown after a step:\n%s", got)
	}
}

// TestAPacketMovesOn from step to step, and never past its arrow's tip.
func TestAPacketMovesOn(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	seen := map[int]bool{}
	for range 60 {
		press(m, "right")
		for _, l := range strings.Split(text(m), "\n") {
			if before, _, ok := strings.Cut(l, "●"); ok && strings.Contains(l, "Produce m") && strings.Contains(before, "┃ │") {
				seen[len([]rune(before))] = true
				if !strings.Contains(l, "▶│") {
					t.Errorf("it hides where it goes: %s", l)
				}
			}
		}
	}
	if len(seen) < 3 {
		t.Errorf("it was seen in %d places", len(seen))
	}
}
