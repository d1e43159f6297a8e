package tui

import (
	"strings"
	"testing"
)

// TestWhatOneJumpsToIsSeen: an explanation makes room for the step that was chosen in it, and goes on from there.
func TestWhatOneJumpsToIsSeen(t *testing.T) {
	for _, open := range []string{"end w", "] ] ] e"} {
		m := stage(read(t, "leader-crash"), look{w: 80, h: 24})
		press(m, open)
		rows := func() int { return strings.Count(text(m), "┃┃") }
		if rows() < 12 {
			t.Fatalf("%s: opened over %d rows:\n%s", open, rows(), text(m))
		}
		press(m, "k k k enter")
		step := m.player.here().Step
		if got := len(m.menu.lines(m.w-2, m.h-4)); got < 3 || got > 6 {
			t.Errorf("%s: after a jump it has %d rows:\n%s", open, got, text(m))
		}
		wants(t, text(m), "orders-0 · leader ", "b2  ", "b3  ")
		press(m, "j j enter")
		if m.menu == nil || m.player.here().Step == step {
			t.Errorf("%s: j and enter do not go on from step %d", open, step)
		}
		press(m, "esc")
		if m.menu != nil {
			t.Errorf("%s: esc does not close it", open)
		}
	}
}

// TestAnExplanationEndsWithWhatItComesTo, in one sentence, and on a screen with room says what each line means.
func TestAnExplanationEndsWithWhatItComesTo(t *testing.T) {
	const so, means = "so m3 stood at offset 2 on b1 alone, and b2 took the lead from offset 2 on without it", "send() only puts m3 into"
	for _, k := range []look{{w: 80, h: 24}, {w: 200, h: 60}} {
		m := stage(read(t, "leader-crash"), k)
		press(m, "end w")
		if got := m.menu.items[len(m.menu.items)-1].line.String(); !strings.HasSuffix(got, so) {
			t.Errorf("it ends with %q", got)
		}
		if said := strings.Contains(text(m), means); said != (k.h > 24) {
			t.Errorf("%dx%d: says what all lines mean: %v\n%s", k.w, k.h, said, text(m))
		}
		press(m, "g")
		wants(t, text(m), means)
	}
}
