package sim_test

import (
	"testing"

	"example.com/ksim/sim"
)

// hire is the act by which a test adds a parrot: "hire b" adds one that is configured like b.
var hire = sim.Act{
	Verb: "hire", Form: sim.OneNode, Help: "add a parrot", Adds: true, Candidates: sim.EachNode("hire"),
	Refuse: func(*sim.World, sim.Event) error { return nil },
	Strike: func(r *sim.Runner, e sim.Event) { r.Add(&parrot{}, e.Node) },
}

// aviary is a world of two parrots with two seats for more, c and d.
func aviary(t *testing.T) *stage {
	ms := 10 * sim.Millisecond
	r := &sim.Roster{
		Names: []string{"-", "a", "b"}, Lanes: []string{""}, Acts: append(sim.Faults(), tell, hire),
		Seats: []sim.Seat{{Name: "c", Node: &parrot{}}, {Name: "d", Node: &parrot{}}},
		Costs: sim.Costs{Request: make([]sim.Duration, 5), Boot: []sim.Duration{0, ms, ms, ms, ms}},
	}
	for range 5 {
		r.Costs.Latency = append(r.Costs.Latency, make([]sim.Duration, 5))
	}
	s := &stage{t, sim.New(r, []sim.Node{&parrot{}, &parrot{}}, []sim.Time{0, 0}, nil)}
	s.do("start a", "start b")
	return s
}

func TestWhoIsAddedStartsAndTakesPart(t *testing.T) {
	s := aviary(t)
	s.do("hire a")
	s.possible("start c")
	s.clock(9) // it boots for 10 ms
	s.possible("start c")
	s.clock(10)
	s.possible()
	s.do("tell c say a hello", "tell a say c hi")
	s.clock(20)
	s.heard("a", "hello")
	s.heard("c", "hi")
	s.do("hire b")
	s.clock(40)
	s.do("partition c>d", "tell c say d never")
	s.clock(60)
	s.heard("d") // nothing since its start
	s.do("crash c", "restart c")
}

// TestWhoIsNotThereYet can be named, and nothing can happen to it.
func TestWhoIsNotThereYet(t *testing.T) {
	s := aviary(t)
	for _, text := range []string{"crash c", "power c", "restart c", "pause c", "resume c", "tell c say a hello"} {
		s.refused(text, "c is not there yet (hire a adds c)")
	}
	s.refused("crash d", "d is not there yet (hire a adds c)")
	for _, text := range []string{"cut a-c", "partition c-a", "partition a>c", "heal a>c", "hold a>c", "release a<c"} {
		s.refused(text, "c is not there yet")
	}
	for _, text := range []string{"start c", "fire c pace", "deliver a>c"} {
		s.refused(text, "cannot happen now")
	}
	if h := s.w.Health(3); h != sim.Absent || s.w.Paused(3) || len(s.w.Waits(3)) > 0 || s.w.Nodes() != 2 {
		t.Errorf("c is %s, and there are %d nodes", h, s.w.Nodes())
	}
	s.do("hire a", "hire a")
	if s.w.Vacancy() != 0 {
		t.Error("there is a seat left")
	}
}

// TestOnlyTheBranchThatAddsHasIt: worlds that were given out before stay as they are, also those of the same run.
func TestOnlyTheBranchThatAddsHasIt(t *testing.T) {
	s := aviary(t)
	root, was := s.w, s.w.TimedFingerprint()
	run := root.Run()
	var worlds []*sim.World
	for range 2 {
		worlds = append(worlds, run.World())
		if err := run.Apply(sim.Event{Verb: "hire", Node: 1}); err != nil {
			t.Fatal(err)
		}
	}
	for i, w := range append(worlds, run.World()) {
		if w.Nodes() != 2+i {
			t.Errorf("after %d hires there are %d parrots", i, w.Nodes())
		}
	}
	// Two branches from the world with c; each gets a d of its own.
	s.w = worlds[1]
	s.do("hire a", "start d", "tell d arm work 10")
	other := aviary(t)
	other.w = worlds[1]
	other.do("hire b")
	if s.w.Health(4) != sim.Up || other.w.Health(4) != sim.Booting || worlds[1].Health(4) != sim.Absent {
		t.Errorf("d is %s, %s and %s", s.w.Health(4), other.w.Health(4), worlds[1].Health(4))
	}
	if root.Nodes() != 2 || root.TimedFingerprint() != was {
		t.Error("what was added is in the world before, too")
	}
}

// TestWhomItIsLikeMakesADifference: configuration is in no node's sum.
func TestWhomItIsLikeMakesADifference(t *testing.T) {
	one, other := aviary(t), aviary(t)
	one.do("hire a")
	other.do("hire b")
	if one.w.Fingerprint() == other.w.Fingerprint() || one.w.TimedFingerprint() == other.w.TimedFingerprint() {
		t.Error("a parrot like a and one like b make the same world")
	}
}
