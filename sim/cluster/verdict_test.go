package cluster_test

import (
	"testing"

	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// TestAVerdictCountsWhatIsDecided: nothing goes wrong in this run, so nothing is ever missed; a message
// that the group has yet to apply is pending, however often it stands in the log, and as long as there
// is one no guarantee is named. Without a group it is the log that decides.
func TestAVerdictCountsWhatIsDecided(t *testing.T) {
	for name, change := range map[string]func(*cluster.Config){
		"a group": func(c *cluster.Config) { c.Consumers[0].Process.Commit = "after" },
		"the log": func(c *cluster.Config) { c.Consumers = nil },
	} {
		c := small("acks", "all")
		change(&c)
		undecided, over := 0, false
		for i, w := range moments(t, build(t, c), wire.Sent, wire.HWAdvanced, 3000) {
			v := cluster.Verdicts(w)[0]
			if v.Missed > 0 || v.Doubled > 0 || v.SoFar() != "exactly-once" {
				t.Fatalf("%s: at moment %d: %+v, though nothing has gone wrong", name, i, v)
			}
			if pending := cluster.Tally(cluster.Fates(w))[cluster.Pending]; v.Pending != pending {
				t.Fatalf("%s: at moment %d %d are pending, the verdict says %d", name, i, pending, v.Pending)
			}
			if want := (v.Pending == 0); want != (v.Name() == "exactly-once") {
				t.Fatalf("%s: at moment %d with %d pending: %s", name, i, v.Pending, v.Name())
			}
			if v.Pending > 0 {
				undecided++
			}
			over = over || v.Decided() == 20
		}
		if undecided == 0 || !over {
			t.Errorf("%s: %d moments undecided, in the end all decided: %v", name, undecided, over)
		}
	}
}

// TestWhatIsPendingCanChangeAVerdict: what is missed and doubled is known of the decided messages; with
// both no guarantee is left, whatever becomes of the others.
func TestWhatIsPendingCanChangeAVerdict(t *testing.T) {
	for _, c := range []struct {
		v           cluster.Verdict
		name, sofar string
	}{
		{cluster.Verdict{Messages: 3}, "exactly-once", "exactly-once"},
		{cluster.Verdict{Messages: 3, Pending: 1}, "undecided", "exactly-once"},
		{cluster.Verdict{Messages: 3, Pending: 1, Missed: 1}, "undecided", "at-most-once"},
		{cluster.Verdict{Messages: 3, Pending: 1, Doubled: 1}, "undecided", "at-least-once"},
		{cluster.Verdict{Messages: 3, Pending: 1, Missed: 1, Doubled: 1}, "none-of-them", "none-of-them"},
	} {
		if name, sofar := c.v.Name(), c.v.SoFar(); name != c.name || sofar != c.sofar {
			t.Errorf("%+v is %s, so far %s; want %s, %s", c.v, name, sofar, c.name, c.sofar)
		}
	}
}
