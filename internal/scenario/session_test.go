package scenario_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim/timeline"
)

func load(t *testing.T, source string) *scenario.Scenario {
	t.Helper()
	s, err := scenario.Read("test.yaml", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// trace is everything that happens in a session from the root to where it stands.
func trace(s *scenario.Session) string {
	var b strings.Builder
	for i := 1; i <= s.Tree.Index(); i++ {
		b.WriteString(told(s.Scenario, s.Tree.On(i-1), s.Tree.On(i)))
	}
	return b.String()
}

func told(s *scenario.Scenario, before, m *timeline.Moment) string {
	text := fmt.Sprintf("%d %s %s\n", m.Step, m.At, before.World.Text(m.Event))
	for i := range m.Notes {
		text += "  " + s.Names.Note(&m.Notes[i]) + "\n"
	}
	return text
}

func advance(t *testing.T, s *scenario.Session, steps int) {
	t.Helper()
	for range steps {
		if ok, err := s.Advance(); !ok || err != nil {
			t.Fatalf("stuck at step %d: %v", s.World().Steps(), err)
		}
	}
}

func do(t *testing.T, s *scenario.Session, text string) {
	t.Helper()
	e, err := s.World().ParseEvent(text)
	if err == nil {
		err = s.Do(e)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func finish(t *testing.T, s *scenario.Session) {
	t.Helper()
	for !s.Ended() {
		advance(t, s, 1)
	}
}

const quiet = `
title: three records
seed: 7
cluster: {topics: [{name: orders}]}
producers: [{id: p1, topic: orders, records: 3, config: {acks: 1, linger.ms: 0}}]
script:
`

// TestALineStrikesAfterItsNote: the act is the very next step.
func TestALineStrikesAfterItsNote(t *testing.T) {
	s := scenario.Play(load(t, quiet+`  - {when: "b1 appended m2", do: "crash b1"}`+"\nuntil: 1s"))
	finish(t, s)
	text := trace(s)
	if i := strings.Index(text, "b1 appended m2"); i < 0 || !strings.Contains(text[i:], " crash b1\n") ||
		strings.Count(text[i:strings.Index(text, " crash b1\n")], "deliver") > 0 {
		t.Errorf("something came between the note and the act:\n%s", text)
	}
}

// TestALineStrikesBeforeItsNote: the whole event that would tell the note does not come first.
func TestALineStrikesBeforeItsNote(t *testing.T) {
	s := scenario.Play(load(t, quiet+`  - {when: "before b1 appended m2", do: "crash b1"}`+"\nuntil: 5s"))
	finish(t, s)
	before, _, struck := strings.Cut(trace(s), " crash b1\n")
	if !struck || strings.Contains(before, "b1 appended m2") || !strings.Contains(before, "b1 appended m1") {
		t.Errorf("want the crash after m1 and before m2 was appended:\n%s", before)
	}
}

// TestALineCountsFromTheLineBefore: #2 is the second such note since the previous act.
func TestALineCountsFromTheLineBefore(t *testing.T) {
	s := scenario.Play(load(t, quiet+`
  - {when: "p1 acked m1", do: "pause b3"}
  - {when: "p1 acked #2", do: "resume b3"}
until: 1s`))
	finish(t, s)
	paused := strings.Index(trace(s), " pause b3\n")
	between, _, _ := strings.Cut(trace(s)[paused:], " resume b3\n")
	if n := strings.Count(between, "p1 was told that"); n != 2 {
		t.Errorf("%d acks between the two acts, want 2", n)
	}
}

// TestALineAtATimeGoesBeforeWhatIsDueThen, and moves the clock there.
func TestALineAtATimeGoesBeforeWhatIsDueThen(t *testing.T) {
	s := scenario.Play(load(t, quiet+`  - {at: 1234ms, do: "crash b1"}`+"\nuntil: 2s"))
	finish(t, s)
	if !strings.Contains(trace(s), " 00:01.234000 crash b1\n") {
		t.Errorf("b1 did not crash at 1.234 s:\n%s", trace(s))
	}
}

// TestWhoActsLeavesTheScript: on the branch of a person's act the script's crash does not happen.
func TestWhoActsLeavesTheScript(t *testing.T) {
	s := scenario.Play(load(t, quiet+`  - {when: "b1 appended m2", do: "crash b1"}`+"\nuntil: 1s"))
	advance(t, s, 20)
	do(t, s, "crash b3")
	finish(t, s)
	if !s.Left() || strings.Contains(trace(s), " crash b1\n") {
		t.Errorf("the script went on after a person's act")
	}
}

// TestActingInThePastBeginsABranch, and the first branch stays as it was.
func TestActingInThePastBeginsABranch(t *testing.T) {
	s := scenario.Play(load(t, quiet+`  - {when: "b1 appended m2", do: "crash b1"}`+"\nuntil: 1s"))
	finish(t, s)
	first, end := trace(s), s.Tree.Here().ID
	s.Tree.Seek(10)
	do(t, s, "crash b2")
	if n := len(s.Tree.Branches()); n != 2 {
		t.Fatalf("%d branches, want 2", n)
	}
	if err := s.Tree.Goto(end); err != nil || trace(s) != first {
		t.Errorf("the first branch has changed (%v)", err)
	}
}

// TestBackIsExactlyWhereItWas: 20 steps and 20 back is the same world.
func TestBackIsExactlyWhereItWas(t *testing.T) {
	s := scenario.Play(load(t, quiet+"until: 1s"))
	advance(t, s, 15)
	world := s.World()
	advance(t, s, 20)
	for range 20 {
		s.Tree.Back()
	}
	if s.World() != world || s.World().Rehash() != world.Fingerprint() {
		t.Error("20 steps and 20 back is another world")
	}
}

// TestASavedSessionReplaysTheSame: whatever was done by hand, at whatever moment.
func TestASavedSessionReplaysTheSame(t *testing.T) {
	for _, acts := range [][]string{
		{"crash b1"}, {"partition b1-b2", "heal b1>b2"}, {"pause p1", "resume p1"}, {"power b2", "restart b2"},
		{"cut b1-p1", "crash k1"}, {"stop p1", "stop b1"},
	} {
		for _, moment := range []int{4, 7, 23, 40} {
			s := scenario.Play(load(t, quiet+"  - {when: \"p1 acked m1\", do: \"pause b3\"}\nuntil: 20s"))
			advance(t, s, moment)
			for _, act := range acts {
				do(t, s, act)
				advance(t, s, 5)
			}
			finish(t, s)
			replays(t, s, fmt.Sprintf("%v at %d", acts, moment))
		}
	}
}

// TestASessionSavedRightAfterAnActReplaysTheAct: the act is the last thing that happens in it.
func TestASessionSavedRightAfterAnActReplaysTheAct(t *testing.T) {
	for _, moment := range []int{0, 4, 7, 20, 23} {
		s := scenario.Play(load(t, quiet+"until: 20s"))
		advance(t, s, moment)
		do(t, s, "crash b1")
		replays(t, s, fmt.Sprintf("saved at %d", moment))
	}
}

// TestASavedSessionIsTheWholeLine: from whichever moment of it one saves, nothing that was done is left out, and
// what is expected is what there is at its end.
func TestASavedSessionIsTheWholeLine(t *testing.T) {
	for _, moment := range []int{0, 1, 8, 30} {
		s := scenario.Play(load(t, quiet+"  - {when: \"p1 acked m1\", do: \"pause b3\"}\nuntil: 20s"))
		finish(t, s)
		s.Tree.Seek(moment)
		replays(t, s, fmt.Sprintf("as it is, from moment %d", moment))
		s.Tree.Seek(8)
		do(t, s, "crash b2")
		advance(t, s, 30)
		do(t, s, "crash b1")
		s.Tree.Seek(moment)
		replays(t, s, fmt.Sprintf("with two crashes, from moment %d", moment))
	}
}

// TestASessionBeyondItsLimitsReplays: who goes on by hand is not held up by them, and neither is the file.
func TestASessionBeyondItsLimitsReplays(t *testing.T) {
	for _, limits := range []string{"steps: 30", "time: 1s"} {
		s := scenario.Play(load(t, quiet+"limits: {"+limits+"}"))
		advance(t, s, 100)
		do(t, s, "crash b1")
		replays(t, s, limits)
	}
}

// TestAnUnplayedSessionClaimsNothing: there is nothing to expect of it.
func TestAnUnplayedSessionClaimsNothing(t *testing.T) {
	text, err := scenario.Play(load(t, quiet+"until: 2s")).Save("")
	if err != nil {
		t.Fatal(err)
	}
	if o := scenario.Run(load(t, string(text)), nil); o.Failed() || o.World().Steps() == 0 {
		t.Errorf("it ends after %d steps: %+v", o.World().Steps(), o.Checks)
	}
}

// TestDeedsAreWhatAPersonDid, on whichever branch; the script's acts are none, and neither is what happens anyway.
func TestDeedsAreWhatAPersonDid(t *testing.T) {
	s := scenario.Play(load(t, quiet+"  - {when: \"p1 acked m1\", do: \"pause b3\"}\nuntil: 20s"))
	finish(t, s)
	s.Tree.Seek(8)
	var want []int
	for range 2 {
		do(t, s, "crash b2")
		want = append(want, s.Tree.Here().ID)
		advance(t, s, 5)
		s.Tree.Seek(4)
	}
	do(t, s, "crash b2") // again
	if got := s.Deeds(); !slices.Equal(got, want) {
		t.Errorf("deeds %v, want %v", got, want)
	}
}

func replays(t *testing.T, s *scenario.Session, what string) {
	t.Helper()
	text, err := s.Save("saved")
	if err != nil {
		t.Fatal(err)
	}
	again, err := scenario.Read("saved.yaml", text)
	if err != nil {
		t.Fatalf("%s: %v\n%s", what, err, text)
	}
	var b strings.Builder
	played := scenario.Play(again)
	before := played.Tree.Here()
	for !played.Ended() {
		advance(t, played, 1)
		b.WriteString(told(again, before, played.Tree.Here()))
		before = played.Tree.Here()
	}
	s.Tree.Seek(s.Tree.Len() - 1)
	if b.String() != trace(s) {
		t.Errorf("%s: the saved session replays otherwise\n%s", what, text)
	}
	if o := scenario.Run(again, nil); o.Failed() {
		t.Errorf("%s: what the saved file expects does not hold: %+v", what, o.Checks)
	}
}

// TestOverridesAreSettings: they replace what the file says, and are checked like it.
func TestOverridesAreSettings(t *testing.T) {
	s, err := scenario.Read("test.yaml", []byte(quiet+"until: 1s"), "p1.acks=0", "seed=9")
	if err != nil {
		t.Fatal(err)
	}
	o := scenario.Run(s, nil)
	if o.Fates[0].Row.SentOK != 1 || s.Document.Seed != 9 {
		t.Errorf("acks=0 and seed 9 did not take hold: %+v", o.Fates[0])
	}
	_, err = scenario.Read("test.yaml", []byte(quiet), "p1.linger.ms=x")
	if err == nil || !strings.Contains(err.Error(), `--set p1.linger.ms=x: "x" is not a duration`) {
		t.Errorf("a bad override: %v", err)
	}
}
