package sim_test

import "testing"

// comesFrom checks which step what is pending comes from; -1: nothing of the kind is.
func (s *stage) comesFrom(event string, want int) {
	s.Helper()
	e, err := s.w.ParseEvent(event)
	if err != nil {
		s.Fatal(err)
	}
	got := -1
	if o, ok := s.w.OriginOf(e); ok {
		got = o.Step
	}
	if got != want {
		s.Errorf("%s comes from step %d, want %d", event, got, want)
	}
}

// TestAnEventComesFromTheStepThatBroughtItAbout counts steps: the two starts are the first.
func TestAnEventComesFromTheStepThatBroughtItAbout(t *testing.T) {
	s := parrots(t)
	s.do("tell a arm pace 5", "tell a say b ask1", "tell a say b two")
	s.comesFrom("fire a pace", 3)
	s.comesFrom("deliver a>b", 4)
	s.do("tell a arm pace 9")
	s.comesFrom("fire a pace", 6) // set anew
	s.do("deliver a>b")
	s.comesFrom("deliver a>b", 5)
	s.comesFrom("deliver a<b", 7)
	s.do("tell a disarm pace", "pause b")
	s.comesFrom("fire a pace", -1)
	s.comesFrom("deliver a>b", 5) // kept from happening, not gone
	s.do("crash b", "restart b")
	s.comesFrom("start b", 11)
	s.comesFrom("start a", -1)
}

// TestWhatIsLeftOfAStep counts what a step has brought about until it happens or is gone.
func TestWhatIsLeftOfAStep(t *testing.T) {
	s := parrots(t)
	left := func(packets, others int) {
		t.Helper()
		if p, o := s.w.Left(3); p != packets || o != others {
			t.Errorf("%d packets and %d timers or starts are left, want %d and %d", p, o, packets, others)
		}
	}
	s.do("tell a say b one two")
	left(2, 0)
	s.do("deliver a>b")
	left(1, 0)
	s.do("crash b")
	left(0, 0)
	s = parrots(t)
	s.do("tell a arm pace 5", "tell a arm work 5")
	left(0, 1)
	s.do("tell a arm pace 6")
	left(0, 0)
}
