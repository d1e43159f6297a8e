package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// typed types a command.
func typed(m *model, text string) {
	hand(m, keyMsg(":"))
	hand(m, keyMsg(text))
	press(m, "enter")
}

// stepsThatTold are the steps of the line that told some kind of note.
func stepsThatTold(m *model, kind wire.NoteKind) (steps []int) {
	for i := range m.player.Tree.Len() {
		at := m.player.Tree.On(i)
		if slices.ContainsFunc(at.Notes, func(n wire.Note) bool { return n.Kind == kind }) {
			steps = append(steps, at.Step)
		}
	}
	return steps
}

// TestWhateverRunsStopsAtABreakpoint: keys that go far stop where it comes up, and say at which.
func TestWhateverRunsStopsAtABreakpoint(t *testing.T) {
	for _, key := range []string{"c", "end", "space", "shift+right", ": #2000 enter"} {
		m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
		acked := stepsThatTold(m, wire.Acked)
		typed(m, "break p1 acked m2")
		for range 30 { // ten steps at a time
			if press(m, key); m.player.motion.running {
				for m.player.motion.running {
					m.Update(m.player.motion.due())
				}
			}
			if key == ": #2000 enter" || m.player.here().Step >= acked[1] {
				break
			}
		}
		if got := m.player.here().Step; key[0] != ':' && got != acked[1] {
			t.Errorf("%s: stopped at step %d, want %d", key, got, acked[1])
		} else if key[0] == ':' && got != 2000 {
			t.Errorf("%s: it goes to a step that was played, so it does not run: at %d", key, got)
		}
		if key[0] != ':' && !strings.Contains(text(m), "stopped at the breakpoint: p1 acked m2") {
			t.Errorf("%s: nobody says why it stopped:\n%s", key, text(m))
		}
	}
}

// TestContinueAndBack walks from one to the next and back again, right after and right before notes.
func TestContinueAndBack(t *testing.T) {
	for when, early := range map[string]int{"any acked": 0, "before any acked": 1} {
		m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
		var want, on, back []int
		for _, step := range stepsThatTold(m, wire.Acked) {
			want = append(want, step-early)
		}
		typed(m, "break "+when)
		for range want {
			press(m, "c")
			on = append(on, m.player.here().Step)
		}
		if press(m, "c"); !m.player.Ended() || !strings.Contains(text(m), "the run ends here") {
			t.Errorf("%s: after the last one it stops at step %d", when, m.player.here().Step)
		}
		for range want {
			press(m, "C")
			back = append(back, m.player.here().Step)
		}
		slices.Reverse(back)
		if !slices.Equal(on, want) || !slices.Equal(back, want) {
			t.Errorf("%s: on %v, back %v, want %v", when, on, back, want)
		}
		if press(m, "C"); m.player.here().Step != 0 {
			t.Errorf("%s: before the first one is step %d", when, m.player.here().Step)
		}
	}
}

// TestABreakpointBeforeWhatWasNotPlayedYet stops at the very moment that it does when that was foreseen.
func TestABreakpointBeforeWhatWasNotPlayedYet(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	press(m, "n n n")
	typed(m, "crash b3") // a branch that is not played yet
	typed(m, "break before any acked")
	press(m, "c")
	stopped := m.player.here().ID
	if m.player.Tree.Index() != m.player.Tree.Len()-2 {
		t.Fatalf("at %d of a line of %d", m.player.Tree.Index(), m.player.Tree.Len())
	}
	if press(m, "c"); m.player.here().ID == stopped {
		t.Error("it does not go on from there")
	}
	if press(m, "C"); m.player.here().ID != stopped {
		t.Errorf("back at moment %d, want %d", m.player.here().ID, stopped)
	}
}

func TestStopWhenAFateIsMet(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	typed(m, "break anything is acked-lost")
	press(m, "c")
	if lost := m.player.here(); lost.Step == 0 || m.player.scene.tally[cluster.AckedLost] != 1 || m.player.Ended() {
		t.Errorf("stopped at step %d with %v", lost.Step, m.player.scene.tally)
	}
	press(m, "left")
	if m.player.scene.tally[cluster.AckedLost] != 0 {
		t.Error("it was lost a step before already")
	}
	if wants(t, text(m), "◉ breakpoint"); t.Failed() {
		t.Log(text(m))
	}
}

// TestTheMenuOfBreakpoints sets a ready-made one, switches it off, on, and removes it.
func TestTheMenuOfBreakpoints(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	press(m, "n n n n n n B")
	for !strings.Contains(m.menu.items[m.menu.at].line.String(), "any acked m1") {
		press(m, "j")
	}
	press(m, "enter B")
	wants(t, text(m), "◉ on   any acked m1", "once on this line")
	press(m, "g enter")
	wants(t, text(m), "○ off  any acked m1")
	if press(m, "esc c"); m.player.here().Step > 20 || !strings.Contains(text(m), "no breakpoint is on") {
		t.Error("it stops at a breakpoint that is off, or runs without one")
	}
	press(m, "B g enter esc home c")
	if got := stepsThatTold(m, wire.Acked)[0]; m.player.here().Step != got {
		t.Errorf("on again: at step %d, want %d", m.player.here().Step, got)
	}
	if press(m, "B g x"); len(m.player.pins.stops) != 0 || m.menu == nil {
		t.Error("it was not removed, or the menu is gone")
	}
}

// TestABreakpointThatCantBeIsMended: the text stays to be corrected.
func TestABreakpointThatCantBeIsMended(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	press(m, "B enter")
	hand(m, keyMsg("b1 HW advance"))
	press(m, "enter")
	wants(t, text(m), `did you mean "HW advanced"?`, "stop when b1 HW advance")
	hand(m, keyMsg("d"))
	if press(m, "enter"); len(m.player.pins.stops) != 1 || m.prompt != nil {
		t.Errorf("not set:\n%s", text(m))
	}
}

// TestReadyMadeBreakpointsCanBe offers none that would be refused, anywhere in runs of all kinds.
func TestReadyMadeBreakpointsCanBe(t *testing.T) {
	for _, name := range []string{"leader-crash", "copier", "transactions", "retry"} {
		m := stage(read(t, name), look{w: 120, h: 36})
		for range 40 {
			press(m, "n 3 k")
			for _, r := range m.player.readyMade() {
				if _, err := m.player.Breakpoint(r.text); err != nil {
					t.Errorf("%s: %q: %v", name, r.text, err)
				}
			}
		}
	}
}

// TestReadyMadeBreakpointsCanCome: who asks for no answer with acks=0 is never told that a message is written, and what
// is lost was not acked.
func TestReadyMadeBreakpointsCanCome(t *testing.T) {
	offers := func(m *model) string {
		var all []string
		for _, r := range m.player.readyMade() {
			all = append(all, r.text)
		}
		return strings.Join(all, "; ")
	}
	never := func(got string, words ...string) {
		for _, w := range words {
			if strings.Contains(got, w) {
				t.Errorf("it offers what can't come, %q: %s", w, got)
			}
		}
	}
	m := shipping(t, "acks-0-loses")
	press(m, "n n n n n n n n n n n n")
	got := offers(m)
	wants(t, got, "any sent-ok m", " is lost", "anything is lost")
	never(got, "any acked", "acked-lost")
	m = stage(read(t, "leader-crash"), look{w: 120, h: 36})
	press(m, "end")
	got = offers(m)
	wants(t, got, "any acked m3", "m3 is acked-lost", "anything is acked-lost")
	never(got, "sent-ok", "m3 is lost")
}

func TestBookmarksLeadBackFromOtherBranches(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	press(m, "n n n n m enter")
	here := m.player.here().ID
	wants(t, text(m), "bookmark a is here", "◆ bookmark")
	press(m, "n f enter enter n n m")
	hand(m, keyMsg("down"))
	press(m, "enter")
	there := m.player.here().ID
	if press(m, "' g enter"); m.player.here().ID != here || m.player.branch() != "what-if-1" {
		t.Errorf("a: at %d of %s, want %d on the line that is looked at", m.player.here().ID, m.player.branch(), here)
	}
	press(m, "b g enter ' G enter")
	if m.player.here().ID != there || m.player.branch() != "what-if-1" {
		t.Errorf("down: at %d of %s, want %d", m.player.here().ID, m.player.branch(), there)
	}
	typed(m, "goto a")
	if m.player.here().ID != here {
		t.Error(":goto a went elsewhere")
	}
	typed(m, "goto main")
	if m.player.branch() != "main" {
		t.Error(":goto main went elsewhere")
	}
	typed(m, "goto mian")
	wants(t, text(m), `did you mean "main"?`)
	if press(m, "' x"); len(m.player.pins.bookmarks) != 1 || m.menu == nil {
		t.Error("removing one of two left", len(m.player.pins.bookmarks))
	}
	if press(m, "x"); len(m.player.pins.bookmarks) != 0 || m.menu != nil {
		t.Error("the last one was not removed, or an empty menu is open")
	}
}

func TestRedoGoesForwardAgain(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	press(m, "n n n n n f enter enter n n f j enter enter n")
	there := m.player.here().ID
	press(m, "z z z")
	if m.player.Acted(m.player.here().ID) || m.player.here().ID == there {
		t.Fatal("nothing was undone")
	}
	press(m, "Z Z")
	if m.player.here().ID != there {
		t.Errorf("at moment %d, want %d", m.player.here().ID, there)
	}
	press(m, "z n f j j enter enter Z")
	if m.player.here().ID == there {
		t.Error("after another act there is nothing to redo")
	}
}

// TestATreeOfManyBranches begins branches on branches: each is listed once, below the one it left, and
// is gone to.
func TestATreeOfManyBranches(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 80, h: 24})
	for i := range 30 {
		if i%3 == 0 { // the third one leaves the one before
			press(m, "left left")
		} else {
			typed(m, "goto main")
			typed(m, fmt.Sprintf("#%d", 10+i*3))
		}
		typed(m, []string{"pause c1", "pause b2", "pause b3"}[i%3])
		press(m, "shift+right shift+right")
	}
	limbs := m.player.limbs()
	if len(limbs) != len(m.player.Tree.Branches()) || len(limbs) < 30 {
		t.Fatalf("%d of %d branches are in the tree", len(limbs), len(m.player.Tree.Branches()))
	}
	seen := map[int]bool{}
	for i, b := range limbs {
		if b.From >= 0 && !seen[m.player.Tree.Moment(b.From).Branch] {
			t.Errorf("%s comes before the one that it left", branchName(b.ID))
		}
		seen[b.ID] = true
		press(m, "b g"+strings.Repeat(" j", i))
		if !strings.Contains(text(m), branchName(b.ID)+" ") {
			t.Errorf("%s is scrolled out of sight:\n%s", branchName(b.ID), text(m))
		}
		if press(m, "enter"); m.player.branch() != branchName(b.ID) || m.player.here().ID != b.Last {
			t.Errorf("row %d leads to %s, want the end of %s", i, m.player.branch(), branchName(b.ID))
		}
	}
}

// TestTheTimelineFitsAnyWidth: the line keeps most of the room, and the legend what is left.
func TestTheTimelineFitsAnyWidth(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	press(m, "n n n m enter end")
	typed(m, "break any HW advanced")
	for w := 60; w <= 300; w++ {
		m.w = w
		l := m.timeline()
		if l.Width() > w || l.Width() < w-1 {
			t.Fatalf("%d cells on a screen of %d: %s", l.Width(), w, l)
		}
		s := l.String()
		if axis, _, _ := strings.Cut(s, " 2421 "); len([]rune(axis)) < w/2-10 || !strings.Contains(axis, "◆") {
			t.Fatalf("%d: the line is too short or lacks the bookmark: %q", w, s)
		}
		if strings.Contains(s, "…") {
			t.Fatalf("%d: something is cut off: %q", w, s)
		}
	}
	m.w = 300
	wants(t, m.timeline().String(), "◆ bookmark", "✗ act", "● told", "◉ breakpoint")
}

// TestAnotherRunKeepsTheBreakpoints: so a file and its fix are compared at the same moments.
func TestAnotherRunKeepsTheBreakpoints(t *testing.T) {
	m := shipping(t, "p02-retry-reorders")
	typed(m, "break any acked m2")
	press(m, "V G enter")
	if len(m.player.pins.stops) != 1 || m.player.Variant == "" {
		t.Fatalf("%d breakpoints in %q", len(m.player.pins.stops), m.player.Variant)
	}
	if press(m, "c"); !strings.Contains(text(m), "stopped at the breakpoint") {
		t.Errorf("it does not stop:\n%s", text(m))
	}
}
