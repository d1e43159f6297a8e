package sim_test

import (
	"strings"
	"testing"

	"example.com/ksim/sim"
)

func TestWhoCrashesHangsUpAfterWhatItHasSent(t *testing.T) {
	s := parrots(t)
	s.do("tell a say b ask1 2", "deliver a>b", "crash b") // re:ask1 flies to a, 2 to b
	s.clock(50)
	s.heard("a", "re:ask1", "HANGUP")
	s.heard("b", "ask1", "KILLED")
}

func TestAClientThatCrashesHangsUpToo(t *testing.T) {
	s := parrots(t)
	s.do("tell a say b ask1 2", "deliver a>b", "crash a")
	s.clock(50)
	s.heard("a", "KILLED")
	s.heard("b", "ask1", "2", "HANGUP")
}

func TestAPowerLossIsSilentUntilTheMachineIsBack(t *testing.T) {
	s := parrots(t)
	s.do("tell a say b park1", "deliver a>b", "tell a say b 2", "power b")
	s.clock(50)
	s.heard("a")
	s.heard("b", "park1", "POWER")
	s.do("restart b")
	s.clock(100)
	s.heard("a", "HANGUP")
	s.heard("b", "park1", "POWER", "START")
}

// What a process has handed to its socket belongs to the machine: a kill leaves it to be sent, a power
// loss takes what has not left.
func TestWhatHasNotLeftDiesWithTheMachineOnly(t *testing.T) {
	for _, row := range []struct {
		does string
		b    []string
	}{
		{"partition a>b|crash a|heal a>b", []string{"1", "2", "3", "HANGUP"}},
		{"partition a>b|power a|heal a>b", []string{"1"}},
		{"partition a>b|power a|heal a>b|restart a", []string{"1", "HANGUP"}},
		{"partition a>b|crash a|power a|heal a>b|restart a", []string{"1", "HANGUP"}},
		{"partition b>a|power a|heal b>a", []string{"1", "2", "3"}},
		{"power a", []string{"1", "2", "3"}},
		{"hold a>b|partition a>b|power a|heal a>b|release a>b", []string{"1", "2", "3"}},
	} {
		t.Run(row.does, func(t *testing.T) {
			s := parrots(t)
			s.do("tell a say b 1 2 3", "deliver a>b")
			s.do(strings.Split(row.does, "|")...)
			s.clock(100)
			s.heard("b", row.b...)
		})
	}
}

func TestAnAnswerThatHasNotLeftDiesWithTheMachine(t *testing.T) {
	s := parrots(t)
	s.do("tell a say b ask1", "partition b>a", "deliver a>b", "power b", "heal b>a")
	s.clock(100)
	s.heard("a")
}

func TestWhatNeverHadAConnectionDiesWithTheMachine(t *testing.T) {
	s := parrots(t)
	s.do("partition b>a", "tell a say b 1", "power a", "heal b>a")
	s.clock(100)
	s.heard("b")
}

func TestARestartTakesItsTime(t *testing.T) {
	s := parrots(t)
	s.do("crash b", "restart b")
	s.possible("start b")
	s.clock(9)
	s.heard("b", "KILLED")
	s.clock(10)
	s.heard("b", "KILLED", "START")
}

func TestTimersDieWithTheProcess(t *testing.T) {
	s := parrots(t)
	s.do("tell a arm pace 5", "crash a", "restart a")
	s.clock(100)
	s.heard("a", "KILLED", "START")
}

func TestAPausedProcessHearsNothingAndLosesNothing(t *testing.T) {
	s := parrots(t)
	s.do("tell a say b ask1", "tell b arm pace 5", "pause b")
	s.possible()
	s.do("resume b")
	s.clock(50)
	s.heard("b", "ask1", "RANG pace")
	s.heard("a", "re:ask1")
}

// A process that wakes up goes on with the work it was at, for as long as that had still to go, and
// sees only then which time-outs have passed meanwhile, in the order of their dues.
func TestAPauseFreezesWorkAndNothingElse(t *testing.T) {
	s := parrots(t)
	s.do("tell a arm work 10", "tell a arm patience 8", "tell a arm pace 6", "tell a arm idle 70")
	s.clock(4)
	s.do("pause a")
	s.clock(40)
	s.do("resume a")
	s.clock(45)
	s.heard("a")
	s.clock(46)
	s.heard("a", "RANG work")
	s.clock(47)
	s.heard("a", "RANG work", "RANG pace", "RANG patience")
	s.clock(70)
	s.heard("a", "RANG work", "RANG pace", "RANG patience", "RANG idle")
}

// When frozen work will go on is a matter of when the pause began, so two worlds that differ in nothing else
// have different futures.
func TestSinceWhenAProcessIsPausedCounts(t *testing.T) {
	var worlds []*stage
	for _, since := range []int{4, 6} {
		s := parrots(t)
		s.do("tell a arm work 10")
		s.clock(since)
		s.do("pause a")
		s.clock(8)
		worlds = append(worlds, s)
	}
	if worlds[0].w.Fingerprint() != worlds[1].w.Fingerprint() {
		t.Error("but for the clock they are the same")
	}
	if worlds[0].w.TimedFingerprint() == worlds[1].w.TimedFingerprint() {
		t.Error("one rings at 14 ms if it is resumed now, the other at 12 ms")
	}
}

func TestActsThatCannotBeSayWhy(t *testing.T) {
	s := parrots(t)
	s.refused("restart a", "a is up already")
	s.refused("resume a", "a is not paused")
	s.refused("hold a>b", "nothing moves there")
	s.do("pause a")
	s.refused("pause a", "resume a first")
	s.do("crash a")
	s.refused("crash a", "restart a first")
	s.refused("pause a", "restart a first")
	s.do("power a")
	s.refused("power a", "no power already")
	s.do("restart a")
	s.refused("restart a", "a is booting already")
	s.refused("deliver a>b", "cannot happen now")
	s.refused("fire a pace", "cannot happen now")
}

// Chosen before its turn an event happens at once; the clock does not run on for it.
func TestAnEventOutOfTurnHappensNow(t *testing.T) {
	s := parrots(t)
	s.do("tell a arm pace 5", "tell a arm patience 30", "fire a patience")
	if s.w.Now() != 0 {
		t.Errorf("it is %s", s.w.Now())
	}
	s.clock(5)
	s.heard("a", "RANG patience", "RANG pace")
}

// A process can be made of components that know nothing of each other: each counts its timers from its
// own first row on, and none ends the process of the others.
func TestAComponentHasItsOwnTimersAndEndsNobody(t *testing.T) {
	s := parrots(t)
	s.do("tell a arm pace 5", "tell a part 2 arm pace 6", "tell a part 1 arm pace 7", "tell a part 1 disarm pace",
		"tell a part 2 leave")
	s.clock(50)
	s.heard("a", "A PART LEAVES", "RANG pace", "RANG work")
	s.do("tell a leave")
	if s.w.Health(peer("a")) == sim.Up {
		t.Error("a still runs")
	}
}
