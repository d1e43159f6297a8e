package sim_test

import (
	"fmt"
	"testing"

	"example.com/ksim/sim"
	"pgregory.net/rapid"
)

// trace is what a run under the clock prints, and where it comes to.
func trace(w *sim.World, steps int) string {
	out := ""
	for range steps {
		e, _, _ := w.Earliest()
		step, err := w.Apply(e)
		if err != nil {
			return err.Error()
		}
		w = step.World
		out += fmt.Sprintf("%s %s %+v\n", w.Now(), w.Text(e), kinds(step))
	}
	return out + fmt.Sprintf("%x", w.TimedFingerprint())
}

func kinds(s sim.Step) []string {
	var out []string
	for i := range s.Notes {
		out = append(out, s.Notes[i].Kind.Row().Name)
	}
	return out
}

func TestTheSameSeedGivesTheSameTrace(t *testing.T) {
	if trace(town(t), 1000) != trace(town(t), 1000) {
		t.Error("two runs of the same world differ")
	}
}

// A run in place and a chain of worlds are two ways to take the same steps.
func TestARunInPlaceComesToTheSameWorld(t *testing.T) {
	root := town(t)
	rapid.Check(t, func(t *rapid.T) {
		w, r := root, root.Run()
		for range 60 {
			e := rapid.SampledFrom(offers(w)).Draw(t, "event")
			step, err := w.Apply(e)
			if err != nil {
				t.Fatal(err)
			}
			if err := r.Apply(e); err != nil {
				t.Fatal(err)
			}
			if w = step.World; len(r.Notes()) != len(step.Notes) {
				t.Fatalf("%s told %d notes in place, %d in a new world", w.Text(e), len(r.Notes()), len(step.Notes))
			}
		}
		if r.World().TimedFingerprint() != w.TimedFingerprint() || r.Now() != w.Now() {
			t.Fatal("they came to different worlds")
		}
	})
}

// What an event does not change it shares; what nobody learnt of is no change.
func TestAnEventThatToldNobodyAnythingLeavesTheFingerprint(t *testing.T) {
	w := town(t)
	idle := 0
	for range 500 {
		e, _, _ := w.Earliest()
		idling := e.Verb == sim.Fire && w.Class(e) == sim.Idle
		step, err := w.Apply(e)
		if err != nil {
			t.Fatal(err)
		}
		same := step.World.Fingerprint() == w.Fingerprint()
		if same && len(step.Notes) > 0 {
			t.Errorf("%s told %d notes and changed nothing", w.Text(e), len(step.Notes))
		}
		if idling && same {
			idle++
		}
		w = step.World
	}
	if idle == 0 {
		t.Error("no idle timer rang, so nothing was tested")
	}
}

func TestSilenceLeavesNothingUnheard(t *testing.T) {
	r := town(t).Run()
	quiet := 0
	for range 300 {
		r.Next()
		_, ok := r.Look().Unheard()
		if ok {
			quiet++
		}
		before := r.Look().Fingerprint()
		r.Silence()
		if _, ok := r.Look().Unheard(); ok {
			t.Fatal("something that tells nobody anything is still on its way")
		}
		if r.Look().Fingerprint() != before {
			t.Fatalf("at step %d what told nobody anything made a difference", r.Look().Steps())
		}
	}
	if quiet == 0 {
		t.Error("nothing was ever unheard, so nothing was tested")
	}
}
