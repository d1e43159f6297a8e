package explore_test

import (
	"errors"
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/explore"
	"example.com/ksim/sim/wire"
)

// acked says no to a world in which the first message is acked.
func acked(when sim.When) []sim.Property {
	return []sim.Property{{Name: "never-acked", When: when, Check: func(w *sim.World) error {
		p1, _ := w.ID("p1")
		if cluster.LedgerOf(w).Row(wire.MessageID{Producer: p1, N: 1}).Acked > 0 {
			return errors.New("m1 is acked")
		}
		return nil
	}}}
}

func TestAPathLeadsToItsFinding(t *testing.T) {
	root := build(t, config("all"))
	path := leads(t, root, acked(sim.Always), limits(0, 1))
	before := follow(t, root, path[:len(path)-1])
	if acked(sim.Always)[0].Check(before) != nil {
		t.Error("the property was broken before the last event")
	}
}

func TestAPathLeadsToAnEndThatBreaksAProperty(t *testing.T) {
	leads(t, build(t, config("all")), acked(sim.Finally), limits(0, 1))
}

func TestAPathCountsItsFaults(t *testing.T) {
	root := build(t, solo("1"), "power")
	r := explore.Exhaustive(root, limits(1, 1), cluster.Never(cluster.AckedLost), nil)
	if len(r.Findings) != 1 || r.Findings[0].Cost != 1 {
		t.Fatalf("want one finding of one power loss: %+v", r.Findings)
	}
	power := 0
	for _, e := range r.Findings[0].Path {
		if e.Verb == "power" {
			power++
		}
	}
	if power != 1 {
		t.Errorf("%d power losses on a path that costs one fault", power)
	}
	leads(t, root, cluster.Never(cluster.AckedLost), limits(1, 1))
}

func TestARootThatBreaksAPropertyIsFoundAtOnce(t *testing.T) {
	root := build(t, config("all"))
	never := []sim.Property{{Name: "never", Check: func(*sim.World) error { return errors.New("no") }}}
	r := explore.Exhaustive(root, limits(0, 1), never, nil)
	if len(r.Findings) != 1 || len(r.Findings[0].Path) != 0 || r.Worlds != 1 {
		t.Errorf("want a finding at the root: %+v", r)
	}
}

func TestExhaustiveStopsWhenItIsTold(t *testing.T) {
	root := build(t, config("all"))
	r := explore.Exhaustive(root, limits(0, 1), nil, func(r explore.Report) bool { return r.Depth < 3 })
	if r.Depth != 3 || r.Limit != "interrupted" || r.Exhausted {
		t.Errorf("want to be stopped at depth 3: %+v", r)
	}
}

func TestExhaustiveStopsAtItsLimitOfWorlds(t *testing.T) {
	lim := limits(0, 1)
	lim.MaxWorlds = 20
	r := explore.Exhaustive(build(t, config("all")), lim, nil, nil)
	if r.Worlds != 20 || r.Limit != "worlds" || r.Exhausted {
		t.Errorf("want to be stopped at 20 worlds: %+v", r)
	}
}

func TestAnExhaustiveReportDoesNotDependOnTheWorkers(t *testing.T) {
	root := build(t, solo("1"), "crash", "cut", "power")
	var reports [2]string
	for i := range reports {
		reports[i] = text(explore.Exhaustive(root, limits(1, i+1), cluster.Never(cluster.AckedLost), nil))
	}
	if reports[0] != reports[1] {
		t.Errorf("one worker reports\n%s\ntwo workers\n%s", reports[0], reports[1])
	}
}

// leads searches, and goes the way of the finding event by event; it must be the way to the world
// that was found, and the property must be broken there.
func leads(t *testing.T, root *sim.World, props []sim.Property, lim explore.Limits) []sim.Event {
	t.Helper()
	r := explore.Exhaustive(root, lim, props, nil)
	if len(r.Findings) != 1 {
		t.Fatalf("nothing found: %+v", r)
	}
	f := r.Findings[0]
	there := follow(t, root, f.Path)
	if there.Fingerprint() != f.World.Fingerprint() || there.Steps() != f.World.Steps() {
		t.Error("the path leads somewhere else")
	}
	for _, p := range props {
		if p.Check(there) != nil {
			return f.Path
		}
	}
	t.Fatalf("%s holds where the path leads", f.Property)
	return nil
}

// follow applies events in turn.
func follow(t *testing.T, w *sim.World, path []sim.Event) *sim.World {
	t.Helper()
	for _, e := range path {
		step, err := w.Apply(e)
		if err != nil {
			t.Fatal(err)
		}
		w = step.World
	}
	return w
}
