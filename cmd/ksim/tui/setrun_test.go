package tui

import (
	"strings"
	"testing"

	"example.com/ksim/internal/scenario"
)

// TestWhatIsSetIsAnotherRun: it plays from the beginning, is compared with the run before, stands among the file's
// runs, and is saved as it was played.
func TestWhatIsSetIsAnotherRun(t *testing.T) {
	m := shipping(t, "acks-1-leader-crash")
	file := m.player.Scenario
	press(m, "end")
	typed(m, "set p1.acks=all")
	wants(t, text(m), "p1.acks=all, from the beginning; d compares with base", "V other runs: base, fix")
	if m.player.here().Step != 0 {
		t.Errorf("it begins at step %d", m.player.here().Step)
	}
	press(m, "end")
	if got := text(m); strings.Contains(got, "LOST") {
		t.Errorf("m3 is lost again:\n%s", got)
	}
	saved, err := m.player.Save("")
	if err != nil {
		t.Fatal(err)
	}
	again, err := scenario.Read("again.yaml", saved)
	if err != nil {
		t.Fatal(err)
	}
	if o := scenario.Run(again, nil); o.Failed() {
		t.Errorf("what was saved fails: %+v", o.Checks)
	}
	press(m, "d")
	wants(t, text(m), "A p1.acks=all", "B base", "p1.acks A all B 1")
	press(m, "esc D")
	wants(t, text(m), "compare p1.acks=all with ...", "ksim compare acks-1-leader-crash --set p1.acks=all", "fix")
	press(m, "esc")
	typed(m, "orders.min.insync.replicas=2")
	wants(t, text(m), "p1.acks=all orders.min.insync.replicas=2, from the beginning")
	press(m, "V")
	wants(t, text(m), "which run of", "p1.acks=all  ", "▶ p1.acks=all orders.min.insync.replicas=2")
	press(m, "g enter")
	if m.player.Run() != scenario.TheFile || len(m.player.otherRuns()) != 3 {
		t.Errorf("%q is played, beside %q", m.player.Run(), m.player.otherRuns())
	}
	if len(file.Runs()) != 2 {
		t.Errorf("the file has %d runs now", len(file.Runs()))
	}
}

// TestWhatWasDoneIsNotTakenAlong: it asks first, like other ways to lose it, and says so.
func TestWhatWasDoneIsNotTakenAlong(t *testing.T) {
	m := shipping(t, "acks-1-leader-crash")
	press(m, "] ] ]")
	typed(m, "crash b2")
	typed(m, "p1.acks=all")
	if m.menu == nil || len(m.player.Set) > 0 {
		t.Fatal("it did not ask")
	}
	press(m, "end enter")
	wants(t, text(m), "p1.acks=all, from the beginning, without your crash b2; d compares with base")
}

// TestWhatCantBeSetIsToldAsBesideAFile: in the words of --set.
func TestWhatCantBeSetIsToldAsBesideAFile(t *testing.T) {
	for set, want := range map[string]string{
		"p1.ackz=1":   `did you mean "acks"`,
		"p9.acks=1":   `--set p9.acks=1: unknown owner "p9", did you mean "p1"`,
		"p1.acks":     "want OWNER.SETTING=VALUE",
		"p1.acks=1":   "p1.acks=1 changes nothing: it is so already",
		"p1.acks=two": "--set p1.acks=two: ",
	} {
		m := shipping(t, "acks-1-leader-crash")
		if typed(m, "set "+set); m.no == nil || !strings.Contains(m.no.Error(), want) || len(m.player.Set) > 0 {
			t.Errorf("%s: %v, want %s", set, m.no, want)
		}
	}
}
