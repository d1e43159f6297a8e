package explore_test

import (
	"fmt"
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/explore"
)

var lost = cluster.Never(cluster.AckedLost)

// find searches a cluster with acks=1 for an acked message that is lost.
func find(t *testing.T, verbs ...string) (*sim.World, explore.Finding) {
	t.Helper()
	root := build(t, config("1"), verbs...)
	r := explore.Faults(root, limits(1, 1), lost, nil)
	if len(r.Findings) != 1 {
		t.Fatalf("nothing found: %+v", r)
	}
	return root, r.Findings[0]
}

func TestFaultsFindsWhatOneCrashCosts(t *testing.T) {
	_, f := find(t, "crash")
	if f.Cost != 1 || len(f.Acts) != 1 || f.Acts[0].Event.Verb != "crash" {
		t.Errorf("want one crash: %+v", f)
	}
}

func TestFaultsFindsNothingWhereNothingIs(t *testing.T) {
	r := explore.Faults(build(t, config("all"), "crash"), limits(1, 2), lost, nil)
	if len(r.Findings) != 0 || !r.Exhausted {
		t.Errorf("acks=all lost a message to one crash: %+v", r)
	}
}

// A finding is an ordinary run with acts at certain steps, so the clock alone must come to it.
func TestAFindingOfFaultsIsARunUnderTheClock(t *testing.T) {
	root, f := find(t, "crash")
	r := root.Run()
	for _, a := range f.Acts {
		for r.Look().Steps() < a.Step {
			r.Next()
		}
		if err := r.Apply(a.Event); err != nil {
			t.Fatal(err)
		}
	}
	for r.Look().Steps() < f.World.Steps() {
		if _, at, _ := r.Look().Earliest(); at > sim.Time(15*sim.Second) {
			if e, ok := cluster.Mend(r.Look()); ok {
				if err := r.Apply(e); err != nil {
					t.Fatal(err)
				}
				continue
			}
		}
		r.Next()
	}
	if r.Look().TimedFingerprint() != f.World.TimedFingerprint() {
		t.Error("the run under the clock came to another world")
	}
}

func TestReportsDoNotDependOnTheWorkers(t *testing.T) {
	for name, lim := range map[string]explore.Limits{
		"a finding": limits(1, 0), "a delay": {
			Delays: 1, Until: sim.Time(sim.Second), Settle: sim.Second, Mend: cluster.Mend,
			Settled: cluster.Settled, MaxEvents: 1000,
		},
	} {
		t.Run(name, func(t *testing.T) {
			root := build(t, config("1"), "crash", "cut")
			var reports [2]string
			for i := range reports {
				lim.Workers = i + 1
				reports[i] = text(explore.Faults(root, lim, lost, nil))
			}
			if reports[0] != reports[1] {
				t.Errorf("one worker reports\n%s\ntwo workers\n%s", reports[0], reports[1])
			}
		})
	}
}

// text is all of a report, worlds by their fingerprints.
func text(r explore.Report) string {
	s := ""
	for i := range r.Findings {
		w := r.Findings[i].World
		s += fmt.Sprintf("found at step %d, %s: %x\n", w.Steps(), w.Now(), w.TimedFingerprint())
		r.Findings[i].World = nil
	}
	return fmt.Sprintf("%+v\n%s", r, s)
}

func TestAFindingIsShrunk(t *testing.T) {
	root, f := find(t, "crash", "pause", "resume")
	padded := f
	padded.Cost++
	padded.Acts = append([]explore.Inserted{{Step: 3, Event: sim.Event{Verb: "pause", Node: 3}}}, f.Acts...)
	for i := range padded.Acts[1:] {
		padded.Acts[i+1].Step++ // the pause is a step too
	}
	shrunk := explore.Shrink(root, limits(2, 1), lost, padded)
	if len(shrunk.Acts) != 1 || shrunk.Acts[0] != f.Acts[0] || shrunk.Cost != 1 {
		t.Errorf("want %+v, not %+v", f.Acts, shrunk.Acts)
	}
	if shrunk.World.TimedFingerprint() != f.World.TimedFingerprint() {
		t.Error("without the pause the run should be the one that was found")
	}
}

func TestWhatAFindingNeedsIsNotLeftOut(t *testing.T) {
	root, f := find(t, "crash")
	if shrunk := explore.Shrink(root, limits(1, 1), lost, f); text(explore.Report{
		Findings: []explore.Finding{shrunk}}) != text(explore.Report{Findings: []explore.Finding{f}}) {
		t.Errorf("want %+v, not %+v", f, shrunk)
	}
}

// TestASearchTellsHowFarItIs: the place of the first act goes up to the end of the run that the clock makes.
func TestASearchTellsHowFarItIs(t *testing.T) {
	last, of := 0, 0
	lim := limits(1, 1)
	explore.Faults(build(t, config("all"), "crash"), lim, nil, func(r explore.Report) bool {
		if r.Depth == 1 && (r.At > r.Of || r.At < last && last < r.Of) { // it goes over the run twice: time-outs come last
			t.Errorf("at event %d of %d, after %d", r.At, r.Of, last)
		}
		if r.Depth == 1 {
			last, of = r.At, r.Of
		}
		return true
	})
	if last == 0 || of == 0 {
		t.Errorf("it ended at event %d of %d", last, of)
	}
}
