package tui

import (
	"errors"
	"strings"
	"testing"
)

// talked gives lines to the terminal without a screen: what it prints, and what it refuses.
func talked(t *testing.T, m *model, lines ...string) (said, refused string) {
	t.Helper()
	var out, no strings.Builder
	err := converse(m, Options{Input: strings.NewReader(strings.Join(lines, "\n") + "\n"), Output: &out, Errors: &no})
	if err != nil && !errors.Is(err, ErrRefused) {
		t.Fatal(err)
	}
	return out.String(), no.String()
}

// TestWhatIsRefusedInAPromptIsTypedAgain: the new line takes the place of the refused one, an empty line leaves the
// prompt, and lines are commands again.
func TestWhatIsRefusedInAPromptIsTypedAgain(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 80, h: 24})
	said, refused := talked(t, m, "break", "1", "nonsense", "m1 is lost", "break", "2", "other nonsense", "", "step 2")
	if strings.Count(refused, "\n") != 2 || strings.Contains(refused, "nonsensem1") {
		t.Errorf("refused:\n%s", refused)
	}
	wants(t, said, "stop when ... (b1 answered m3 · ", "an empty line lets it be)", "stops when m1 is lost")
	if n := strings.Count(said, "stop when ... ("); n != 4 {
		t.Errorf("it asks %d times, want twice for each:\n%s", n, said)
	}
	if len(m.player.pins.stops) != 1 || m.prompt != nil || m.player.here().Step != 2 {
		t.Errorf("%d breakpoints, at step %d:\n%s", len(m.player.pins.stops), m.player.here().Step, said)
	}
}

// TestACommandIsChosenFromTheHelp, which asks for the words that it needs.
func TestACommandIsChosenFromTheHelp(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 80, h: 24})
	said, refused := talked(t, m, "help", "1", "2")
	wants(t, said, ":step ... ([N]; an empty line lets it be)")
	if m.player.here().Step != 2 || refused != "" {
		t.Errorf("at step %d; refused: %s", m.player.here().Step, refused)
	}
}
