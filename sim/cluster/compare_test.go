package cluster_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/value"
)

// wander makes a run that chance chooses from a world on, after what happened before.
func wander(t *rapid.T, w *sim.World, before []sim.Happened) cluster.Side {
	s := cluster.Side{Names: cluster.NamesOf(w), World: w, Path: slices.Clone(before)}
	for range rapid.IntRange(0, 60).Draw(t, "steps") {
		e, _, ok := s.World.Earliest()
		if rapid.IntRange(0, 4).Draw(t, "wild") == 4 {
			e = rapid.SampledFrom(s.World.Enabled(nil)).Draw(t, "event")
		}
		step, err := s.World.Apply(e)
		if !ok || err != nil {
			break
		}
		s.Path = append(s.Path, sim.Happened{Step: step.World.Steps(), At: step.World.Now(), Event: e,
			Body: s.World.Body(e), Notes: step.Notes,
			Idle: len(step.Notes) == 0 && step.World.Fingerprint() == s.World.Fingerprint()})
		s.World = step.World
	}
	return s
}

// TestComparedRunsAreWhole parts two runs somewhere: what they had in common is, the columns are both stories
// from beginning to end, and rows that are the same say the same.
func TestComparedRunsAreWhole(t *testing.T) {
	root := build(t, small("acks", "1"))
	rapid.Check(t, func(t *rapid.T) {
		common := wander(t, root, nil)
		a, b := wander(t, common.World, common.Path), wander(t, common.World, common.Path)
		c := cluster.Compare(a, b)
		var left, right []string
		for i, r := range c.Rows {
			if r.A != value.Gap {
				left = append(left, c.A[r.A].Text)
			}
			if r.B != value.Gap {
				right = append(right, c.B[r.B].Text)
			}
			if r.Same && c.A[r.A].Text != c.B[r.B].Text || !r.Same && i < c.First {
				t.Fatalf("row %d is %+v, the first difference %d", i, r, c.First)
			}
		}
		if !slices.Equal(left, story(&a)) || !slices.Equal(right, story(&b)) {
			t.Fatal("a column is not the story of its run")
		}
		busy := 0
		for i := range common.Path {
			if !common.Path[i].Idle {
				busy++
			}
		}
		if c.Common < busy {
			t.Fatalf("%d steps are in common, and they parted after %d", c.Common, busy)
		}
		if !reflect.DeepEqual(c, cluster.Compare(a, b)) {
			t.Fatal("compared again they are otherwise")
		}
	})
}

func story(s *cluster.Side) []string {
	var out []string
	story := s.Names.Story()
	for i := range s.Path {
		out = append(out, story.Tell(&s.Path[i])...)
	}
	return out
}

func TestARunBesideItselfIsTheSame(t *testing.T) {
	root := build(t, small("acks", "all"))
	rapid.Check(t, func(t *rapid.T) {
		a := wander(t, root, nil)
		c := cluster.Compare(a, a)
		if !c.Same() || c.First != len(c.Rows) || c.Parts[0] != nil || c.Later[0] != nil {
			t.Fatalf("a run beside itself: the first difference is row %d of %d, it parts at %v", c.First, len(c.Rows), c.Parts)
		}
	})
}

// TestRunsPartAtTheFirstStepThatIsNotTheSame strikes one of two runs that are the same.
func TestRunsPartAtTheFirstStepThatIsNotTheSame(t *testing.T) {
	root := build(t, small("acks", "1"))
	rapid.Check(t, func(t *rapid.T) {
		common := wander(t, root, nil)
		e, err := common.World.ParseEvent("crash b1")
		if err != nil {
			t.Fatal(err)
		}
		step, err := common.World.Apply(e)
		if err != nil {
			t.Skip("b1 is down already")
		}
		struck := common
		struck.World = step.World
		struck.Path = append(slices.Clone(common.Path), sim.Happened{Step: step.World.Steps(), Event: e, Notes: step.Notes})
		c := cluster.Compare(common, struck)
		if c.Same() || c.Parts[0] != nil || c.Parts[1] == nil || c.Parts[1].Event != e {
			t.Fatalf("they part at %+v", c.Parts)
		}
		if r := c.Rows[c.First]; r.A != value.Gap || c.B[r.B].Text != "b1 crashed: the process is gone, disk and page cache stay" {
			t.Fatalf("the first difference is %+v", r)
		}
	})
}
