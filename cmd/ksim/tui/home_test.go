package tui

import (
	"strings"
	"testing"
)

// TestTheChosenScenarioIsInSight: at every place of the list, on a small screen, with all the
// headings between.
func TestTheChosenScenarioIsInSight(t *testing.T) {
	all, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	m := stage(nil, look{w: 80, h: 24})
	m.home = newHome(all, nil)
	for i, s := range all {
		if i > 0 {
			press(m, "down")
		}
		if !strings.Contains(text(m), "▶ "+s.Name) {
			t.Fatalf("the cursor is on %s, and the screen does not show it:\n%s", s.Name, text(m))
		}
	}
}
