package tui

import (
	"os"
	"strings"
	"testing"

	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim/timeline"
)

func TestTwentyOnAndTwentyBack(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	press(m, "n n n")
	var on []string
	for range 20 {
		on = append(on, text(m))
		press(m, "right")
	}
	for i := 19; i >= 0; i-- {
		press(m, "left")
		if got := text(m); got != on[i] {
			t.Fatalf("going back %d steps shows another screen:\n%s\nwant:\n%s", 20-i, got, on[i])
		}
	}
}

func TestACrashInThePastBeginsABranch(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	press(m, "end")
	end := m.player.here().ID
	press(m, "home n n n n n f enter j enter")
	if got := m.player.branch(); got != "what-if-1" {
		t.Fatalf("on branch %q", got)
	}
	if !strings.Contains(text(m), "what-if-1") || !strings.Contains(text(m), "script left") {
		t.Errorf("the screen does not tell of the branch:\n%s", text(m))
	}
	press(m, "b k enter")
	if m.player.here().ID != end || m.player.branch() != "main" {
		t.Errorf("switching back led to moment %d of %s", m.player.here().ID, m.player.branch())
	}
}

func TestUndoGoesBackBeforeTheLastAct(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	press(m, "n n n n n")
	before := m.player.here().ID
	press(m, "f enter enter n n z")
	if m.player.here().ID != before {
		t.Errorf("at moment %d, want %d", m.player.here().ID, before)
	}
}

func TestForcingAnEventOutOfTurn(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	press(m, "n n n n n 3 j j")
	want := m.player.scene.choices[2].event
	press(m, "enter")
	if m.player.here().Event != want || !m.player.Left() {
		t.Errorf("%v happened, want %v", m.player.here().Event, want)
	}
	press(m, "k k k enter")
	if m.player.Tree.Index() == m.player.Tree.Len()-1 {
		t.Error("choosing what happened did not go back to it")
	}
}

func TestWhyGoesToTheCause(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	press(m, "end w g enter")
	if m.menu == nil || m.player.Tree.Index() == m.player.Tree.Len()-1 {
		t.Fatal("choosing a cause did not go to its step, or closed the explanation")
	}
	if !strings.Contains(m.menu.title, "acked-lost") {
		t.Errorf("it explains %q", m.menu.title)
	}
}

func TestCommands(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	for _, c := range []struct {
		text string
		step int
	}{{"#30", 30}, {"#10", 10}, {"50%", 1210}, {"1.9ms", 10}, {"2ms", 13}, {"#60", 60}} {
		hand(m, keyMsg(":"))
		hand(m, keyMsg(c.text))
		press(m, "enter")
		if got := m.player.here().Step; got != c.step {
			t.Errorf(":%s leads to step %d, want %d", c.text, got, c.step)
		}
	}
	for _, bad := range []string{"#x", "200%", "crash b9", "walk", "save " + os.DevNull} {
		hand(m, keyMsg(":"))
		hand(m, keyMsg(bad))
		if cmd := press(m, "enter"); cmd != nil {
			m.Update(cmd())
		}
		if len(m.said) == 0 {
			t.Errorf(":%s was not answered", bad)
		}
	}
}

// TestASavedSessionReplays does something, saves it, and runs the file: the trace must be the same.
func TestASavedSessionReplays(t *testing.T) {
	s := read(t, "leader-crash")
	t.Chdir(t.TempDir())
	m := stage(s, look{w: 120, h: 36})
	press(m, "n n n n n n n n f enter j enter n n n f j j enter enter ] ] ] n n 3 j enter n n")
	m.Update(press(m, "ctrl+s")())
	if !strings.Contains(text(m), "ksim run leader-crash-saved.yaml") || len(m.player.unsaved()) != 0 {
		t.Fatalf("not saved:\n%s", text(m))
	}
	source, err := os.ReadFile("leader-crash-saved.yaml")
	if err != nil {
		t.Fatal(err)
	}
	saved, err := scenario.Read("leader-crash-saved.yaml", source)
	if err != nil {
		t.Fatal(err)
	}
	i, tree := 0, m.player.Tree
	o := scenario.Run(saved, func(got *timeline.Moment) bool {
		i++
		if i < tree.Len() && (tree.On(i).Event != got.Event || tree.On(i).At != got.At) {
			t.Fatalf("step %d is %v at %v, was %v at %v", i, got.Event, got.At, tree.On(i).Event, tree.On(i).At)
		}
		return true
	})
	if i < tree.Index() || o.Refused != nil {
		t.Errorf("it ended after %d steps, want %d (%v)", i, tree.Index(), o.Refused)
	}
}

func TestSavingNeverWritesOverAFile(t *testing.T) {
	s := read(t, "leader-crash")
	t.Chdir(t.TempDir())
	if err := os.WriteFile("mine.yaml", []byte("precious"), 0o644); err != nil {
		t.Fatal(err)
	}
	m := stage(s, look{w: 120, h: 36})
	hand(m, keyMsg(":"))
	hand(m, keyMsg("save mine.yaml"))
	m.Update(press(m, "enter")())
	if b, _ := os.ReadFile("mine.yaml"); string(b) != "precious" || !strings.Contains(text(m), "not written over") {
		t.Errorf("mine.yaml holds %q; the screen says:\n%s", b, text(m))
	}
	m.Update(press(m, "ctrl+s")())
	m.Update(press(m, "ctrl+s")())
	if _, err := os.Stat("leader-crash-saved-2.yaml"); err != nil {
		t.Errorf("a second save found no name: %v", err)
	}
}

func TestLeavingAsksOnlyIfSomethingWouldBeLost(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	if press(m, "n q") == nil {
		t.Error("nothing was done, and yet it does not quit")
	}
	press(m, "n n n f enter enter q")
	if m.menu == nil {
		t.Fatal("it does not ask")
	}
	if press(m, "G enter") == nil {
		t.Error("told to forget it, it does not quit")
	}
}

// TestALongRunIsForeseen: its timeline ends where the run does, before anybody has gone there.
func TestALongRunIsForeseen(t *testing.T) {
	m := shipping(t, "claim-rebalance-time")
	length := m.player.Tree.Len()
	if press(m, "end"); !m.player.Ended() || m.player.Tree.Len() != length {
		t.Errorf("the line had %d moments, the run has %d", length, m.player.Tree.Len())
	}
}

// TestNothingGoesBeyondTheEndByItself: what looks for something stops where the run ends, be it there already. Only
// who asks for it goes on.
func TestNothingGoesBeyondTheEndByItself(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	press(m, "end")
	end := m.player.here().Step
	for _, keys := range []string{"n", "]", "space"} {
		if press(m, keys); m.player.here().Step != end {
			t.Errorf("%s goes on to step %d", keys, m.player.here().Step)
		}
	}
	press(m, "home")
	if typed(m, "#99999"); m.player.here().Step != end {
		t.Errorf("#99999 goes on to step %d", m.player.here().Step)
	}
	wants(t, text(m), "the run ends here")
	if press(m, "right"); m.player.here().Step <= end {
		t.Error("→ does not go on beyond the end")
	}
}

// TestWhoLooksInVainIsTakenBack: where nothing more is told, and nothing ends, n leaves one where one was.
func TestWhoLooksInVainIsTakenBack(t *testing.T) {
	s, err := scenario.Read("f.yaml", []byte("title: t\ncluster: {topics: [{name: orders}]}"))
	if err != nil {
		t.Fatal(err)
	}
	m := stage(s, look{w: 120, h: 36})
	typed(m, "crash k1")
	typed(m, "crash b1") // nobody fences it
	for range 100 {
		was := m.player.here().ID
		if press(m, "n"); m.player.here().ID == was {
			wants(t, text(m), "; back where you were")
			return
		}
	}
	t.Error("there is always news")
}
