package timeline_test

import (
	"slices"
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/timeline"
	"pgregory.net/rapid"
)

// TestAPacketComesFromTheStepThatSentIt looks at every delivery of a line: where it is said to come from, the
// packet was not there before and is there after.
func TestAPacketComesFromTheStepThatSentIt(t *testing.T) {
	tree, seen := grown(t, 200), 0
	for i := 1; i < tree.Len(); i++ {
		m := tree.On(i)
		causes := tree.Causes(i)
		if m.Event.Verb != sim.Deliver || len(causes) == 0 || m.Body == nil {
			continue
		}
		seen++
		from := causes[0]
		flies := func(at int) bool {
			return slices.ContainsFunc(tree.On(at).World.Flights(), func(f sim.Flight) bool {
				return f.Body == m.Body && f.To == m.Event.Receiver()
			})
		}
		if from.How != timeline.Sent || flies(from.At-1) || !flies(from.At) {
			t.Errorf("step %d comes from %+v: it flies there %v, and the step before %v", m.Step, from,
				flies(from.At), flies(from.At-1))
		}
	}
	if seen < 50 {
		t.Errorf("only %d deliveries: that proves little", seen)
	}
}

// TestATimerComesFromTheStepThatSetIt likewise.
func TestATimerComesFromTheStepThatSetIt(t *testing.T) {
	tree, seen := grown(t, 200), 0
	due := func(at int, e sim.Event) sim.Time {
		if o, armed := tree.On(at).World.OriginOf(e); armed {
			return o.Due
		}
		return -1
	}
	for i := 1; i < tree.Len(); i++ {
		m := tree.On(i)
		causes := tree.Causes(i)
		if m.Event.Verb != sim.Fire || len(causes) == 0 {
			continue
		}
		seen++
		from := causes[0]
		if from.How != timeline.Set || due(from.At, m.Event) != m.At || due(from.At-1, m.Event) == m.At {
			t.Errorf("step %d at %s comes from %+v, where it was due at %s, and before at %s", m.Step, m.At, from,
				due(from.At, m.Event), due(from.At-1, m.Event))
		}
	}
	if seen < 5 {
		t.Errorf("only %d timers rang: that proves little", seen)
	}
}

// TestEffectsAreCausesReadBackwards walks anywhere, acts at random, and compares the two directions.
func TestEffectsAreCausesReadBackwards(t *testing.T) {
	acts := []string{"crash b1", "power b2", "pause b1", "resume b1", "cut p1-b1", "partition b1>b2", "heal b1>b2", "restart b1", "restart b2"}
	rapid.Check(t, func(t *rapid.T) {
		tree := plant(t)
		for range rapid.IntRange(1, 120).Draw(t, "steps") {
			tree.Advance()
			if rapid.IntRange(0, 15).Draw(t, "act?") == 0 {
				_ = tree.Do(parse(t, tree, rapid.SampledFrom(acts).Draw(t, "act"))) // some are refused
			}
		}
		of, missed := map[int][]int{}, map[int][]int{}
		for i := 1; i < tree.Len(); i++ {
			for _, c := range tree.Causes(i) {
				if c.At <= 0 || c.At >= i {
					t.Fatalf("moment %d comes from %d", i, c.At)
				}
				switch c.How {
				case timeline.Silenced:
					missed[c.At] = append(missed[c.At], i)
				case timeline.LetGo:
				default:
					of[c.At] = append(of[c.At], i)
				}
			}
		}
		for i := 1; i < tree.Len(); i++ {
			e := tree.Effects(i)
			if !slices.Equal(e.Happened, of[i]) || !slices.Equal(e.Missed, missed[i]) {
				t.Fatalf("moment %d: effects %v, but these name it as their cause: %v", i, e.Happened, of[i])
			}
			packets, waits := tree.On(i).World.Left(tree.On(i).Step)
			rang := slices.DeleteFunc(slices.Clone(e.Happened), func(j int) bool { return tree.On(j).Event.Verb == sim.Deliver })
			if came := len(e.Happened) - len(rang); packets != came+len(e.Lost)+e.Packets || waits != len(rang)+e.Dropped+e.Waits {
				t.Fatalf("moment %d sent %d packets and set %d timers; that came of it: %+v", i, packets, waits, e)
			}
		}
	})
}

// TestWhatWasKeptFromHappeningSaysWhatLetItGo pauses a broker until packets have come that it does not read.
func TestWhatWasKeptFromHappeningSaysWhatLetItGo(t *testing.T) {
	for _, row := range []struct{ stop, on string }{{"pause b1", "resume b1"}, {"partition b2>b1", "heal b2>b1"}} {
		tree := grown(t, 150)
		stopped := do(t, tree, row.stop)
		for tree.Here().At < stopped.At.Add(sim.Second) {
			tree.Advance()
		}
		resumed := do(t, tree, row.on)
		for range 20 {
			tree.Advance()
		}
		let := 0
		for i := 1; i < tree.Len(); i++ {
			for _, c := range tree.Causes(i) {
				if c.How == timeline.LetGo && tree.On(c.At) == resumed {
					let++
				} else if c.How == timeline.LetGo && tree.On(c.At).Event.Verb != sim.Deliver && tree.On(c.At).Event.Verb != sim.Fire {
					t.Errorf("%s let go step %d", tree.On(0).World.Text(tree.On(c.At).Event), tree.On(i).Step)
				}
			}
		}
		if let == 0 {
			t.Errorf("%s let nothing go", row.on)
		}
	}
}

// TestASessionThatIsOverComesFromTheDeath and not from the last heartbeat alone.
func TestASessionThatIsOverComesFromTheDeath(t *testing.T) {
	tree := grown(t, 1000)
	do(t, tree, "crash b2")
	died := tree.Index()
	for tree.Here().At < tree.On(died).At.Add(15*sim.Second) {
		tree.Advance()
	}
	e := tree.Effects(died)
	if len(e.Missed) != 1 || tree.On(0).World.Text(tree.On(e.Missed[0]).Event) != "fire k1 session:2" {
		t.Fatalf("b2 was missed at %v", e.Missed)
	}
	causes := tree.Causes(e.Missed[0])
	if len(causes) != 2 || causes[0] != (timeline.Cause{At: died, How: timeline.Silenced}) || causes[1].How != timeline.Set {
		t.Errorf("the session ends because of %+v", causes)
	}
}

// TestTheBeginningHasNoCause and neither has an act.
func TestTheBeginningHasNoCause(t *testing.T) {
	tree := grown(t, 3)
	do(t, tree, "crash b1")
	if c := append(tree.Causes(0), tree.Causes(4)...); len(c) > 0 {
		t.Errorf("the root, or a crash, comes from %+v", c)
	}
}

// TestARestartIsWhereAStartComesFrom follows a process that comes back, and the packets that its death lost.
func TestARestartIsWhereAStartComesFrom(t *testing.T) {
	tree := grown(t, 100)
	do(t, tree, "crash b1")
	restarted := do(t, tree, "restart b1")
	i := tree.Index()
	for tree.Here().Event.Verb != sim.Begin {
		tree.Advance()
	}
	c := tree.Causes(tree.Index())
	if len(c) != 1 || c[0] != (timeline.Cause{At: i, How: timeline.Ordered}) {
		t.Errorf("the start comes from %+v, not from step %d", c, restarted.Step)
	}
}
