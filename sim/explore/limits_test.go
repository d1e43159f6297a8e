package explore_test

import (
	"errors"
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/explore"
)

// unfit is a property that no world has.
func unfit(when sim.When) []sim.Property {
	return []sim.Property{{Name: "unfit", When: when, Check: func(*sim.World) error { return errors.New("unfit") }}}
}

// A search that has cut a run off has not covered its budget, and knows nothing of how that run ends.
func TestARunWithTooManyEventsIsNotCovered(t *testing.T) {
	for name, faults := range map[string]int{"the run itself": 0, "a run with an act": 1} {
		t.Run(name, func(t *testing.T) {
			lim := limits(faults, 1)
			lim.MaxEvents = 50
			r := explore.Faults(build(t, config("all"), "crash"), lim, unfit(sim.Finally), nil)
			if r.Exhausted || r.Limit != "events" || len(r.Findings) > 0 {
				t.Errorf("a search that was cut off: %+v", r)
			}
		})
	}
}

// What mends is looked at like any other act.
func TestWhatMendsIsLookedAt(t *testing.T) {
	lim := limits(1, 1)
	lim.Until, lim.Settle = 0, 0
	stays := []sim.Property{{Name: "who is dead stays dead", When: sim.Always, Check: func(w *sim.World) error {
		if b1, _ := w.ID("b1"); w.Health(b1) == sim.Booting {
			return errors.New("it boots")
		}
		return nil
	}}}
	r := explore.Faults(build(t, config("all"), "crash"), lim, stays, nil)
	if len(r.Findings) != 1 || len(r.Findings[0].Acts) != 1 {
		t.Errorf("nobody looked when a fault was mended: %+v", r)
	}
}
