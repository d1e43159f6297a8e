package tui

import (
	"os"
	"strings"
	"testing"
)

// branched crashes b3 right before the script would have crashed b1: that begins a branch.
const branched = "] ] ] f enter j enter"

// TestBranchesAreLaidSideBySide compares a branch with the line it left, and goes to a step of each.
func TestBranchesAreLaidSideBySide(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	press(m, branched)
	moments, here := m.player.Tree.Len(), m.player.here().Step
	press(m, "d")
	wants(t, text(m), "A what-if-1", "B main", "── the first difference ─", "how they end", "enter goes to step")
	if m.player.Tree.Len() != moments || len(m.player.Tree.Branches()) != 2 {
		t.Error("the tree has grown by being compared")
	}
	c := m.compare
	if c.at != c.First || c.Rows[c.at].Same {
		t.Fatalf("the cursor is on row %d, the first difference is %d", c.at, c.First)
	}
	_, step := c.goal()
	press(m, "enter")
	if m.compare != nil || m.player.branch() != "what-if-1" || m.player.here().Step != step {
		t.Errorf("enter leads to step %d of %s, want %d of what-if-1, from %d", m.player.here().Step, m.player.branch(), step, here)
	}
	press(m, "d G tab")
	if c = m.compare; !c.meant() {
		t.Fatal("the last row is not main's")
	}
	_, step = c.goal()
	press(m, "enter")
	if m.player.branch() != "main" || m.player.here().Step != step {
		t.Errorf("enter leads to step %d of %s, want %d of main", m.player.here().Step, m.player.branch(), step)
	}
}

// TestEveryDifferenceIsAKeyAway: n goes from one run of rows that differ to the next, N back the same way.
func TestEveryDifferenceIsAKeyAway(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	press(m, branched+" d")
	c := m.compare
	var begin []int
	for i, r := range c.Rows {
		if !r.Same && (i == 0 || c.Rows[i-1].Same) {
			begin = append(begin, i)
		}
	}
	press(m, "g")
	for _, want := range begin {
		if press(m, "n"); c.at != want {
			t.Fatalf("n leads to row %d, want %d", c.at, want)
		}
	}
	press(m, "n")
	wants(t, text(m), "no difference further that way")
	for i := len(begin) - 2; i >= 0; i-- {
		if press(m, "N"); c.at != begin[i] {
			t.Fatalf("N leads to row %d, want %d", c.at, begin[i])
		}
	}
	press(m, "esc")
	if m.compare != nil || m.player == nil {
		t.Error("esc does not lead back to the panes")
	}
}

// TestAVariantIsLaidBesideTheFile compares a variant with the file, by key and by command, and turns to it.
func TestAVariantIsLaidBesideTheFile(t *testing.T) {
	m := picked(t, "p02-retry-reorders", "fix")
	m.w, m.h = 120, 36
	press(m, "D")
	wants(t, text(m), "compare fix with ...", "▶ base", "one-in-flight", "ksim compare p02-retry-reorders:fix p02-retry-reorders:base")
	press(m, "enter")
	wants(t, text(m), "A fix", "B base", "p1.enable.idempotence A true B false", "m1", "reordered")
	press(m, "esc")
	typed(m, "compare bose")
	wants(t, text(m), "nothing to compare with, did you mean \"base\"")
	typed(m, "compare base")
	press(m, "tab")
	_, step := m.compare.goal()
	press(m, "enter")
	if m.player.Variant != "" || m.player.here().Step != step {
		t.Errorf("enter leads to step %d of %q, want %d of the file", m.player.here().Step, m.player.Variant, step)
	}
}

// TestAComparisonIsKeptWhileOneIsAsked: who chooses a step of a variant and then would rather stay is where he was; who saves
// or forgets is there.
func TestAComparisonIsKeptWhileOneIsAsked(t *testing.T) {
	for answer, want := range map[string]string{"enter": "fix", "j enter": "", "G enter": ""} {
		m := picked(t, "p02-retry-reorders", "fix")
		m.w, m.h = 120, 36
		t.Chdir(t.TempDir())
		typed(m, "crash b1")
		typed(m, "compare base")
		press(m, "n tab")
		before, c := text(m), m.compare
		press(m, "enter")
		wants(t, text(m), "in no file yet: what you did on what-if-1", "save it, then play base", "play base, and forget it")
		through(m, press(m, answer))
		if m.player.Variant != want {
			t.Errorf("%s: %q is played", answer, m.player.Variant)
		}
		if stays := want != ""; (m.compare == c) != stays || stays && text(m) != before {
			t.Errorf("%s leads to\n%s", answer, text(m))
		}
		_, err := os.Stat("p02-retry-reorders-saved.yaml")
		if saved := err == nil; saved != (answer == "j enter") {
			t.Errorf("%s: saved %v", answer, saved)
		}
	}
}

// TestTheVerdictIsAlwaysInSight: however much differs, it stands first, then the tallies, then what is worst off, and
// it is told that there is more.
func TestTheVerdictIsAlwaysInSight(t *testing.T) {
	for _, k := range []look{{w: 60, h: 16}, {w: 80, h: 24}, {w: 200, h: 50}} {
		m := stage(lengthy(t, ""), k)
		typed(m, "300ms")
		typed(m, "power b1")
		press(m, "d")
		c := m.compare
		_, ends, _ := strings.Cut(text(m), "how they end")
		wants(t, ends, "group g1", " more ─")
		lines := c.ends(300)
		wants(t, paneText(lines[:2]), "group g1 ", "in all A sent 2000 · acked-lost ", "B sent 2000 · delivered 2000")
		if first, last := lines[2].String(), lines[len(lines)-1].String(); !strings.Contains(first, "acked-lost") || !strings.Contains(last, "pending") {
			t.Errorf("the worst is not first: %q, %q", first, last)
		}
	}
}

// TestWithoutAScreenTheEndsComeFirst, verdicts and tallies, before what differs.
func TestWithoutAScreenTheEndsComeFirst(t *testing.T) {
	m := picked(t, "p02-retry-reorders", "fix")
	said, _ := talked(t, m, "compare base")
	_, told, _ := strings.Cut(said, "A fix · B base\n")
	wants(t, told, "log          in both: exactly-once (2 messages, 0 missed, 0 doubled)\n"+
		"in all       A sent 2 · delivered 2                  B sent 2 · reordered 1 · delivered 2\n the same for ",
		"m1           A delivered                             B reordered, delivered\n")
}

func TestAloneThereIsNothingToCompareWith(t *testing.T) {
	for _, key := range []string{"d", "D"} {
		m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
		press(m, key)
		wants(t, text(m), "there is nothing to compare with")
	}
}

// TestWhatIsInSightHoldsTheCursor goes through all rows on screens of several sizes.
func TestWhatIsInSightHoldsTheCursor(t *testing.T) {
	for _, k := range []look{{w: 60, h: 16}, {w: 80, h: 24}, {w: 120, h: 36}} {
		m := stage(read(t, "leader-crash"), k)
		press(m, branched+" d g")
		for i := range m.compare.Rows {
			if m.compare.at != i || strings.Count(text(m), "▶") != 2 {
				t.Fatalf("%dx%d: row %d has no cursor in sight:\n%s", k.w, k.h, i, text(m))
			}
			r := m.compare.Rows[i]
			if !r.InA() && !m.compare.meant() {
				t.Fatalf("row %d: the cursor is in a gap", i)
			}
			press(m, "j")
		}
	}
}

// TestAComparisonThatIsNotWantedAnyMoreIsForgotten: it was closed while the runs were played.
func TestAComparisonThatIsNotWantedAnyMoreIsForgotten(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	press(m, branched)
	_, cmd := m.Update(keyMsg("d"))
	wants(t, text(m), "playing both runs to their end")
	m.Update(keyMsg("esc"))
	m.Update(cmd())
	if m.compare != nil {
		t.Error("it came back")
	}
}

// BenchmarkCompareView draws the comparison of two long runs.
func BenchmarkCompareView(b *testing.B) {
	m := stage(read(b, "long"), look{w: 200, h: 60})
	press(m, "n n n n n n n n f enter enter d")
	for b.Loop() {
		_ = m.View()
	}
}
