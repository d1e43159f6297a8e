package tui

import (
	"fmt"
	"os"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/internal/scenario"
)

// through does what a key has begun until nothing is under way; it tells whether ksim ends by that.
func through(m *model, cmd tea.Cmd) (ends bool) {
	for cmd != nil {
		msg := cmd()
		if _, ends = msg.(tea.QuitMsg); ends {
			return true
		}
		cmd = hand(m, msg)
	}
	return false
}

// saving is a model that saves into an empty directory.
func saving(t *testing.T, k look) *model {
	t.Helper()
	s := read(t, "leader-crash")
	t.Chdir(t.TempDir())
	return stage(s, k)
}

// comesOut runs a file that was saved: it must come out as it says, and its script must do all that is wanted.
func comesOut(t *testing.T, file string, acts ...string) {
	t.Helper()
	s, err := scenario.Load(file, nil)
	if err != nil {
		t.Fatal(err)
	}
	if o := scenario.Run(s, nil); o.Failed() {
		t.Errorf("%s does not come out as it says: %v %s %+v", file, o.Refused, o.Missed, o.Checks)
	}
	var done []string
	for _, l := range s.Document.Script {
		done = append(done, l.Do)
	}
	if got := strings.Join(done, ", "); got != strings.Join(acts, ", ") {
		t.Errorf("%s does %q, want %q", file, got, acts)
	}
}

// TestSavingFromAnEarlierMoment leaves nothing out, and what it says holds.
func TestSavingFromAnEarlierMoment(t *testing.T) {
	m := saving(t, look{w: 120, h: 36})
	press(m, "s s s s s s s s")
	order(m, "crash b2")
	through(m, press(m, "home ctrl+s"))
	comesOut(t, "leader-crash-saved.yaml", "crash b2")
	if !through(m, press(m, "q")) {
		t.Errorf("everything is in a file, and yet it asks:\n%s", text(m))
	}
}

// TestASaveSaysHowFarItGoes, if what comes of the last act was not played yet.
func TestASaveSaysHowFarItGoes(t *testing.T) {
	m := saving(t, look{w: 120, h: 36})
	press(m, "s s s s s s s s")
	order(m, "crash b2")
	step := m.player.here().Step
	through(m, press(m, "ctrl+s"))
	wants(t, m.said.String(), fmt.Sprintf("replays it up to step %d; End and saving again takes in what comes of it", step))
	through(m, press(m, "end ctrl+s"))
	if said := m.said.String(); strings.Contains(said, "up to step") {
		t.Errorf("played to the end, and it says %q", said)
	}
}

// TestAnotherBranchIsNotForgotten: leaving asks, says which branch is in no file, and can save that.
func TestAnotherBranchIsNotForgotten(t *testing.T) {
	m := saving(t, look{w: 80, h: 24})
	order(m, "crash b2")
	press(m, "home")
	order(m, "crash b3")
	through(m, press(m, "n n ctrl+s"))
	comesOut(t, "leader-crash-saved.yaml", "crash b3")
	if through(m, press(m, "q")) {
		t.Fatal("it does not ask")
	}
	wants(t, text(m), "in no file yet: what you did on what-if-1 ")
	if !through(m, press(m, "j enter")) {
		t.Errorf("saved, it does not leave:\n%s", text(m))
	}
	comesOut(t, "leader-crash-saved-2.yaml", "crash b2")
}

// TestAnAnswerStays when a run that goes on meanwhile comes to its end, or to a breakpoint: what that tells stands after it.
func TestAnAnswerStays(t *testing.T) {
	s := read(t, "leader-crash")
	t.Chdir(t.TempDir())
	for stop, tells := range map[string]string{"": "the run ends here", "break b1 answered m3": "stopped at the breakpoint: b1 answered m3"} {
		m := stage(s, look{w: 140, h: 36})
		if stop != "" {
			m.command(stop)
		}
		press(m, "space")
		through(m, press(m, "ctrl+s"))
		for m.player.motion.running {
			hand(m, m.player.motion.due())
		}
		wants(t, text(m), "replays it · "+tells)
		press(m, "end")
		if strings.Contains(text(m), "replays it") {
			t.Errorf("the answer to a key before stays:\n%s", text(m))
		}
	}
}

// TestEveryBranchIsSaved, each to a file of its own, when one is told to save and leave; one that goes on from
// another one holds that one's acts, too.
func TestEveryBranchIsSaved(t *testing.T) {
	m := saving(t, look{w: 120, h: 36})
	order(m, "crash b2")
	order(m, "crash b3")
	press(m, "home")
	order(m, "pause b1")
	press(m, "q")
	wants(t, text(m), "what you did on what-if-1, what-if-2")
	if !through(m, press(m, "j enter")) {
		t.Errorf("it does not leave:\n%s", text(m))
	}
	comesOut(t, "leader-crash-saved.yaml", "pause b1")
	comesOut(t, "leader-crash-saved-2.yaml", "crash b2", "crash b3")
	if _, err := os.Stat("leader-crash-saved-3.yaml"); err == nil {
		t.Error("one file too many")
	}
}

// TestWhatWasDoneAgainIsSavedOnce: the same act at the same moment is the same moment.
func TestWhatWasDoneAgainIsSavedOnce(t *testing.T) {
	m := saving(t, look{w: 120, h: 36})
	order(m, "crash b2")
	through(m, press(m, "ctrl+s"))
	press(m, "home")
	order(m, "crash b2")
	if got := m.player.unsaved(); len(got) != 0 {
		t.Errorf("in no file: %v", got)
	}
	order(m, "crash b3")
	if got := m.player.unsavedBranches(); len(got) != 1 || got[0] != "what-if-1" {
		t.Errorf("in no file: %v", got)
	}
}
