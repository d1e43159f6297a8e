package tui

import (
	"os"
	"strings"
	"testing"

	"example.com/ksim/internal/scenario"
)

const (
	readme       = "../../../README.md"
	screenBegins = "<!-- the screen of acks-1-leader-crash after: end [ [ -->\n```\n"
	screenEnds   = "```\n<!-- end of the screen -->\n"
)

// TestTheReadmeShowsTheRealScreen: its picture is what the terminal shows, not what somebody drew.
func TestTheReadmeShowsTheRealScreen(t *testing.T) {
	s, err := scenario.Load("acks-1-leader-crash", nil)
	if err != nil {
		t.Fatal(err)
	}
	m := stage(s, look{w: 120, h: 36})
	press(m, "end [ [")
	source, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begun := strings.Cut(string(source), screenBegins)
	shown, after, ended := strings.Cut(rest, screenEnds)
	if !begun || !ended {
		t.Fatal("README.md has no screen between its marks")
	}
	if *update {
		source = []byte(before + screenBegins + text(m) + screenEnds + after)
		if err := os.WriteFile(readme, source, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if shown != text(m) {
		t.Errorf("the README's screen is stale (go test ./cmd/ksim/tui -update)")
	}
}
