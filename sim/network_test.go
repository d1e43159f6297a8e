package sim_test

import (
	"slices"
	"testing"
)

func TestPacketsArriveInTheOrderTheyWereSent(t *testing.T) {
	s := parrots(t)
	s.do("tell a say b " + "oooooooooooooooooooooooooooooooo one two three four five six")
	s.clock(100)
	s.heard("b", "oooooooooooooooooooooooooooooooo", "one", "two", "three", "four", "five", "six")
}

func TestAServerIsGivenOneRequestAtATime(t *testing.T) {
	s := parrots(t)
	s.do("tell a say b park1 two", "deliver a>b")
	s.possible()
	s.do("tell b answer")
	s.possible("deliver a>b", "deliver a<b")
}

func TestACutLetsTheFirstPacketsOfEachDirectionArrive(t *testing.T) {
	for _, row := range []struct {
		cut  string
		a, b []string
	}{
		{"cut a-b", []string{"HANGUP"}, []string{"ask1", "ask2", "HANGUP"}},
		{"cut a-b keep=1", []string{"HANGUP"}, []string{"ask1", "ask2", "3", "HANGUP"}},
		{"cut a-b keep=0,1", []string{"re:ask1", "HANGUP"}, []string{"ask1", "ask2", "HANGUP"}},
		{"cut a-b keep=2,2", []string{"re:ask1", "re:ask2", "HANGUP"},
			[]string{"ask1", "ask2", "3", "4", "HANGUP"}},
		{"cut a-b keep=9,9", []string{"re:ask1", "re:ask2", "HANGUP"},
			[]string{"ask1", "ask2", "3", "4", "HANGUP"}},
	} {
		t.Run(row.cut, func(t *testing.T) {
			s := parrots(t)
			s.do("tell a say b ask1 ask2 3 4", "deliver a>b", "deliver a>b", row.cut)
			s.clock(100)
			s.heard("a", row.a...)
			s.heard("b", row.b...)
			s.possible()
		})
	}
}

func TestACutConnectionIsMadeAnew(t *testing.T) {
	s := parrots(t)
	s.do("tell a say b 1", "cut a-b keep=1", "deliver a<b", "tell a say b 2")
	s.possible("deliver a>b", "deliver a>b@1")
	s.clock(100)
	s.heard("b", "1", "HANGUP", "2")
}

func TestThereIsNothingToCutWithoutAConnection(t *testing.T) {
	parrots(t).refused("cut a-b", "no connection")
}

func TestWhoClosesIsStillHeardButHearsNothing(t *testing.T) {
	s := parrots(t)
	s.do("tell a say b ask1 2", "deliver a>b", "tell a close b")
	s.clock(100)
	s.heard("a")
	s.heard("b", "ask1", "2", "HANGUP")
	s.possible()
}

func TestAnAbandonedRequestIsServedLate(t *testing.T) {
	s := parrots(t)
	s.do("tell a say b ask:old", "hold a>b", "tell a close b", "tell a say b ask:new")
	s.clock(50)
	s.heard("a", "re:ask:new")
	s.heard("b", "ask:new")
	s.do("release a>b")
	s.clock(100)
	s.heard("a", "re:ask:new")
	s.heard("b", "ask:new", "ask:old", "HANGUP")
}

func TestAPartitionStallsOneDirectionAndHealingLetsItGoOn(t *testing.T) {
	s := parrots(t)
	s.do("tell a say b ask1", "deliver a>b", "tell a say b 2", "partition b>a")
	s.clock(50)
	s.heard("a")
	s.heard("b", "ask1", "2")
	s.do("heal b>a")
	s.clock(100)
	s.heard("a", "re:ask1")
	s.heard("b", "ask1", "2")
}

func TestAPartitionBothWaysStallsBoth(t *testing.T) {
	s := parrots(t)
	s.do("tell a say b ask1", "deliver a>b", "tell a say b 2", "partition a-b")
	s.possible()
	s.refused("partition a-b", "partitioned already")
	s.do("heal a-b")
	s.possible("deliver a>b", "deliver a<b")
	s.refused("heal a-b", "not partitioned")
}

func TestAHoldStallsOneDirectionOfOneConnection(t *testing.T) {
	s := parrots(t)
	s.do("tell a say b ask1", "deliver a>b", "tell a say b 2", "tell b say a 3", "hold a>b")
	s.possible("deliver a<b", "deliver b>a")
	s.do("release a>b")
	s.possible("deliver a>b", "deliver a<b", "deliver b>a")
	s.refused("release a>b", "nothing is held")
}

func TestWhatIsSentToADeadProcessIsRefused(t *testing.T) {
	s := parrots(t)
	s.do("crash b", "tell a say b 1")
	s.clock(50)
	s.heard("a", "HANGUP")
	s.heard("b", "KILLED")
}

func TestWhatNeverHadAConnectionIsNeverSent(t *testing.T) {
	s := parrots(t)
	s.do("power b", "tell a say b 1", "tell a close b", "restart b")
	s.clock(100)
	s.heard("a")
	s.heard("b", "POWER", "START")
}

func TestAPausedServerIsGivenUpAnyNumberOfTimes(t *testing.T) {
	const times = 300
	s := parrots(t)
	s.do("pause b")
	for range times {
		s.do("tell a say b old", "tell a close b")
	}
	s.do("resume b")
	s.clock(1000)
	got := slices.Sorted(slices.Values(s.w.Node(peer("b")).(*parrot).heard[1:]))
	want := slices.Concat(slices.Repeat([]string{"HANGUP"}, times), slices.Repeat([]string{"old"}, times))
	if !slices.Equal(got, want) {
		s.Errorf("b heard %d, want %d of each", len(got), times)
	}
}

func TestAConnectionOnWhichNothingComesGivesItsNumberBack(t *testing.T) {
	s := parrots(t)
	s.do("pause b")
	for range 5 {
		s.do("tell a mutter b here", "tell a close b")
	}
	s.do("tell a say b 1", "resume b")
	s.possible("deliver a>b")
	s.clock(100)
	s.heard("b", "1")
}

func TestAConnectionOnWhichTheServerWillAnswerKeepsItsNumber(t *testing.T) {
	s := parrots(t)
	s.do("tell a say b park", "deliver a>b", "tell a close b", "tell a say b ask", "tell b answer")
	s.clock(100)
	s.heard("a", "re:ask")
	s.heard("b", "park", "HANGUP", "ask")
}
