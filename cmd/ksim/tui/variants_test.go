package tui

import (
	"strings"
	"testing"

	"example.com/ksim/internal/scenario"
)

// TestVariantsAreAKeyAway plays a variant from the home screen, turns to another one and back to the
// file itself, and comes home.
func TestVariantsAreAKeyAway(t *testing.T) {
	s, err := scenario.Load("p02-retry-reorders", nil)
	if err != nil {
		t.Fatal(err)
	}
	m := stage(nil, look{w: 120, h: 36}, read(t, "long"), s)
	press(m, "V")
	if m.menu != nil || strings.Contains(text(m), "V variants") {
		t.Errorf("a scenario without variants offers some:\n%s", text(m))
	}
	press(m, "end")
	wants(t, text(m), "V variants", "V other runs: fix, one-in-flight")
	press(m, "V")
	wants(t, text(m), "which run of p02-retry-reorders?", "▶ base", "With sequence numbers m1 and m2 go back")
	press(m, "j")
	wants(t, text(m), "with p1.enable.idempotence=true")
	if got := text(m); !strings.Contains(got, "┃                  answered.") {
		t.Errorf("the second line of a row has a cursor of its own:\n%s", got)
	}
	press(m, "enter")
	wants(t, text(m), "ksim fix: retries with several requests", "V variants")
	if got := m.player.Variant; got != "fix" {
		t.Fatalf("%q is played", got)
	}
	press(m, "2 end V")
	wants(t, text(m), "▶ fix")
	press(m, "j enter")
	if got := m.player; got.Variant != "one-in-flight" || got.here().Step != 0 || got.focus() != paneClients {
		t.Errorf("%q is played, at step %d, in pane %d", got.Variant, got.here().Step, got.focus())
	}
	press(m, "V g enter end")
	wants(t, text(m), "behind a later one")
	press(m, "q")
	if h := m.home; m.player != nil || h.shown[h.at].Name != s.Name || h.shown[h.at].heading == openedHeading {
		t.Error("q does not lead back to the list")
	}
}

// TestTurningToAVariantAsksFirst: what was done and not saved is not forgotten in passing.
func TestTurningToAVariantAsksFirst(t *testing.T) {
	m := picked(t, "p02-retry-reorders", "fix") // as --variant picks it
	press(m, "n n n n n n f enter enter")
	if len(m.player.unsaved()) == 0 {
		t.Fatal("nothing was done")
	}
	saved, err := m.player.Save("")
	if err != nil {
		t.Fatal(err)
	}
	wants(t, string(saved), "Saved from p02-retry-reorders of variant fix after", "enable.idempotence: true")
	press(m, "V home enter enter")
	if m.player.Variant != "fix" {
		t.Error("it did not ask")
	}
	press(m, "V home enter end enter")
	if m.player.Variant != "" || len(m.player.unsaved()) != 0 {
		t.Errorf("%q is played, with %d deeds", m.player.Variant, len(m.player.unsaved()))
	}
}

func TestHomeAndEndOfTheList(t *testing.T) {
	m := stage(nil, look{w: 80, h: 24}, read(t, "leader-crash"), read(t, "long"), read(t, "retry"))
	for keys, want := range map[string]int{"end": 2, "end home": 0, "end end": 2} {
		m.home.at = 1
		if press(m, keys); m.home.at != want {
			t.Errorf("%s leads to %d, want %d", keys, m.home.at, want)
		}
	}
}
