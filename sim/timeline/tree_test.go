package timeline_test

import (
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/timeline"
	"pgregory.net/rapid"
)

func TestBackAndForwardComesToTheSameMoment(t *testing.T) {
	tree := grown(t, 20)
	there := tree.Here()
	for range 5 {
		tree.Back()
	}
	for range 5 {
		tree.Advance()
	}
	if tree.Here() != there || tree.Len() != 21 {
		t.Errorf("at moment %d of %d, not back at %d of 21", tree.Here().ID, tree.Len(), there.ID)
	}
}

func TestThereIsNothingBeforeTheRoot(t *testing.T) {
	tree := plant(t)
	if tree.Back() || tree.Here().ID != 0 {
		t.Error("it went back from the root")
	}
}

func TestSeekGoesAsNearAsItCan(t *testing.T) {
	tree := grown(t, 10)
	for i, want := range map[int]int{-3: 0, 0: 0, 4: 4, 10: 10, 99: 10} {
		if tree.Seek(i); tree.Index() != want {
			t.Errorf("seek %d: at %d, want %d", i, tree.Index(), want)
		}
	}
}

func TestAnActInThePastBeginsABranch(t *testing.T) {
	tree := grown(t, 20)
	old := tree.Here()
	tree.Seek(8)
	fork := tree.Here()
	m := do(t, tree, "crash b1")
	if m.Branch != 1 || m.Parent != fork.ID || tree.Len() != 10 || tree.Index() != 9 {
		t.Errorf("moment %d on branch %d after %d; line of %d", m.ID, m.Branch, m.Parent, tree.Len())
	}
	if b := tree.Branches(); len(b) != 2 || b[1].From != fork.ID || b[1].Last != m.ID || b[0].Last != old.ID {
		t.Errorf("branches %+v", b)
	}
	if kids := tree.Children(fork.ID); len(kids) != 2 || kids[1] != m {
		t.Errorf("%d moments follow where the branch left, want the old one and the new", len(kids))
	}
}

func TestABranchGrowsAtItsOwnEnd(t *testing.T) {
	tree := grown(t, 20)
	tree.Seek(8)
	do(t, tree, "crash b1")
	tree.Advance()
	if tree.Here().Branch != 1 || len(tree.Branches()) != 2 || tree.Branches()[1].Last != tree.Here().ID {
		t.Errorf("branches %+v, at moment %d", tree.Branches(), tree.Here().ID)
	}
}

func TestToDoAgainWhatHappenedIsNoBranch(t *testing.T) {
	tree := grown(t, 20)
	tree.Seek(8)
	crashed := do(t, tree, "crash b1")
	tree.Back()
	if do(t, tree, "crash b1") != crashed {
		t.Error("the same act at the same moment led somewhere else")
	}
	tree.Seek(7)
	e := tree.On(8).Event
	if err := tree.Do(e); err != nil || tree.Here() != tree.Moment(8) || len(tree.Branches()) != 2 {
		t.Errorf("%v: what had happened then led to moment %d, with %d branches", err,
			tree.Here().ID, len(tree.Branches()))
	}
}

func TestGotoMakesAMomentsBranchTheLine(t *testing.T) {
	tree := grown(t, 20)
	old := tree.Here()
	tree.Seek(8)
	crashed := do(t, tree, "crash b1")
	if err := tree.Goto(old.ID); err != nil || tree.Here() != old || tree.Len() != 21 {
		t.Errorf("%v: at %d on a line of %d, want the end of the first branch", err, tree.Here().ID, tree.Len())
	}
	if err := tree.Goto(crashed.ID); err != nil || tree.Here() != crashed || tree.Len() != 10 {
		t.Errorf("%v: at %d on a line of %d, want the end of the second", err, tree.Here().ID, tree.Len())
	}
}

func TestGotoOfAMomentThatIsNotThere(t *testing.T) {
	tree := grown(t, 3)
	for _, id := range []int{-1, 4} {
		if tree.Goto(id) == nil || tree.Index() != 3 {
			t.Errorf("went to moment %d of 3", id)
		}
	}
}

func TestDoAtLetsTheClockRunOn(t *testing.T) {
	tree := plant(t)
	here, due := gap(tree)
	between := (here + due) / 2
	from := tree.Here()
	for _, row := range []struct{ at, want sim.Time }{
		{here, here}, {here - 1, here}, {between, between}, {due, due}, {due + 1, due},
	} {
		tree.Seek(from.ID)
		if err := tree.DoAt(row.at, parse(t, tree, "crash b1")); err != nil || tree.Here().At != row.want {
			t.Errorf("%v: asked for %d, crashed at %d, want %d", err, row.at, tree.Here().At, row.want)
		}
	}
	if n := len(tree.Children(from.ID)); n != 3 {
		t.Errorf("%d moments follow, want one for each time", n)
	}
}

func TestTheSameEventAtAnotherTimeIsAnotherMoment(t *testing.T) {
	tree := plant(t)
	here, due := gap(tree)
	from := tree.Here()
	first, _, _ := from.World.Earliest()
	events := from.World.Enabled(nil)
	early := events[len(events)-1] // due later than the first, so it happens as soon as it is chosen
	if early == first {
		early = events[0]
	}
	for _, at := range []sim.Time{here, (here + due) / 2} {
		tree.Seek(from.ID)
		if err := tree.DoAt(at, early); err != nil || tree.Here().At != at {
			t.Errorf("%v: asked for %d, happened at %d", err, at, tree.Here().At)
		}
	}
}

// gap goes on until nothing is due for a while; it tells from when to when.
func gap(tree *timeline.Tree) (here, due sim.Time) {
	for {
		tree.Advance()
		if _, at, _ := tree.Here().World.Earliest(); at > tree.Here().At+1 {
			return tree.Here().At, at
		}
	}
}

func TestARefusedActLeavesTheTreeAsItWas(t *testing.T) {
	tree := grown(t, 5)
	if tree.Do(parse(t, tree, "restart b1")) == nil || tree.Index() != 5 || tree.Len() != 6 {
		t.Errorf("at %d of %d after an act that can't be", tree.Index(), tree.Len())
	}
}

func TestPathTellsTheWay(t *testing.T) {
	tree := grown(t, 20)
	tree.Seek(12)
	do(t, tree, "crash b1")
	w := tree.On(0).World
	for i, h := range tree.Path() {
		step, err := w.Apply(h.Event)
		if err != nil {
			t.Fatal(err)
		}
		if w = step.World; h.Step != i+1 || h.At != w.Now() || len(h.Notes) != len(step.Notes) {
			t.Errorf("step %d is told as %+v", i+1, h)
		}
	}
	if w.Fingerprint() != tree.Here().World.Fingerprint() {
		t.Error("the path leads somewhere else")
	}
}

func TestAnIdleMomentToldNobodyAnything(t *testing.T) {
	tree := grown(t, 200)
	idle := 0
	for i := 1; i < tree.Len(); i++ {
		m := tree.On(i)
		same := m.World.Fingerprint() == tree.On(i-1).World.Fingerprint()
		if m.Idle != (same && len(m.Notes) == 0) {
			t.Errorf("step %d, %s: idle %v", m.Step, m.World.Text(m.Event), m.Idle)
		}
		if m.Idle {
			idle++
		}
	}
	if idle == 0 {
		t.Error("no moment was idle, so nothing was tested")
	}
}

func TestATreeThatForgetsKeepsTheLastWorldOnly(t *testing.T) {
	tree := plant(t)
	tree.Forgets = true
	for range 10 {
		tree.Advance()
	}
	for i := range tree.Len() {
		if kept := tree.On(i).World != nil; kept != (i == 10) {
			t.Errorf("world %d of 10 kept: %v", i, kept)
		}
	}
}

// TestTheLineIsAlwaysALine moves about at random: wherever one is, the line leads there from the
// root, and on the way happened what the path says.
func TestTheLineIsAlwaysALine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tree := grown(t, 10)
		if rapid.Bool().Draw(t, "remembers little") {
			tree.Remember(rapid.IntRange(0, 12).Draw(t, "all"), 20)
		}
		for range 30 {
			switch rapid.IntRange(0, 4).Draw(t, "move") {
			case 0:
				tree.Advance()
			case 1:
				tree.Back()
			case 2:
				tree.Seek(rapid.IntRange(0, tree.Len()).Draw(t, "index"))
			case 3:
				_ = tree.Goto(rapid.IntRange(0, 40).Draw(t, "moment")) // to nowhere is a move too
			case 4:
				events := tree.Here().World.Enabled(nil)
				_ = tree.Do(rapid.SampledFrom(events).Draw(t, "event"))
			}
			straight(t, tree)
		}
	})
}
