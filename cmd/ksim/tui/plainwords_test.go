package tui

import (
	"strings"
	"testing"
)

// heard is what is said without a screen.
func heard(t *testing.T, lines ...string) string {
	t.Helper()
	var out, errors strings.Builder
	m := newModel(Options{Output: &out})
	m.player = newPlayer(read(t, "leader-crash"))
	in := strings.NewReader(strings.Join(lines, "\n") + "\n")
	if err := converse(m, Options{Input: in, Output: &out, Errors: &errors}); err != nil && errors.Len() == 0 {
		t.Fatal(err)
	}
	return out.String() + errors.String()
}

// TestWithoutAScreenNothingIsDrawn: words stand in place of glyphs, and commands in place of keys.
func TestWithoutAScreenNothingIsDrawn(t *testing.T) {
	got := heard(t, "#40", "state", "events", "cluster", "cause", "crash b2", "branches", "undo", "end", "fates", "metrics", "group")
	for _, l := range strings.Split(got, "\n") {
		if i := strings.IndexAny(l, "─▶▷╰├♛●○›▲▼✓✗▐░→"); i >= 0 {
			t.Errorf("drawn: %s", l)
		}
	}
	wants(t, got, "b1 Fetch answer m1 to b3", "`branches` lists all branches, `compare` compares", "what-if-1 (here)",
		"`redo` goes forward again", "`step` goes on beyond it")
	if strings.Contains(got, "\n\n\n") {
		t.Error("more than one blank line")
	}
}

// TestAWordIsExplainedAlone, with the names of what else tells of it; and a number is a step.
func TestAWordIsExplainedAlone(t *testing.T) {
	got := heard(t, "what isr", "goto 48")
	wants(t, got, "in-sync replicas", "also: IsrShrinksPerSec", `"48" is no bookmark and no branch: #48 goes to a step`)
	if n := strings.Count(got, "\n"); n > 10 {
		t.Errorf("%d lines:\n%s", n, got)
	}
}
