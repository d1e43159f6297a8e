package tui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/ksim/internal/scenario"
)

// lengthy is a file with a variant that takes more steps than are foreseen.
func lengthy(t *testing.T, limits string) *scenario.Scenario {
	t.Helper()
	source, err := os.ReadFile(filepath.Join("testdata", "lengthy.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := scenario.Read("lengthy.yaml", fmt.Appendf(source, "limits: {%s}\n", limits))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestRunsAreComparedToTheirEnd, however far that is: what is foreseen of a run to draw its timeline is not enough to judge by.
func TestRunsAreComparedToTheirEnd(t *testing.T) {
	m := stage(lengthy(t, ""), look{w: 120, h: 36})
	if m.player.Tree.Len() <= foreseen {
		t.Fatalf("all %d steps are foreseen", m.player.Tree.Len())
	}
	press(m, "d")
	for i, end := range m.compare.Verdicts {
		if end.A.Pending > 0 || end.B.Pending > 0 || end.A.Messages != 2000 || end.B.Messages != 2000 {
			t.Errorf("verdict %d: A %+v, B %+v", i, end.A, end.B)
		}
	}
	wants(t, text(m), "each of 2000 messages")
}

// TestAComparisonSaysWhatWasNotFinished: a limit of the file was hit.
func TestAComparisonSaysWhatWasNotFinished(t *testing.T) {
	m := stage(lengthy(t, "steps: 100"), look{w: 120, h: 36})
	press(m, "n n n f enter enter d") // a branch, which was struck before
	wants(t, text(m), "A was not finished: the limit of 100 steps was hit at ", "B was not finished: the limit of 100 steps was hit at ")
}

// TestAComparisonThatIsClosedIsNotPlayedOn: neither by esc nor for another one in its place.
func TestAComparisonThatIsClosedIsNotPlayedOn(t *testing.T) {
	for _, keys := range []string{"esc", "D enter"} {
		m := stage(lengthy(t, ""), look{w: 120, h: 36})
		_, cmd := m.Update(keyMsg("d"))
		wants(t, text(m), "esc gives it up")
		for _, k := range strings.Fields(keys) {
			m.Update(keyMsg(k))
		}
		if msg := cmd(); msg != nil {
			t.Errorf("after %q it was played to the end: %T", keys, msg)
		}
	}
}
