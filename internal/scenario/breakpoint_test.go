package scenario_test

import (
	"slices"
	"strings"
	"testing"

	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// crashing is a session of acks-1-leader-crash at its end.
func crashing(t *testing.T) *scenario.Session {
	t.Helper()
	s, err := scenario.Load("acks-1-leader-crash", nil)
	if err != nil {
		t.Fatal(err)
	}
	p := scenario.Play(s)
	finish(t, p)
	return p
}

func breakpoint(t *testing.T, s *scenario.Session, text string) *scenario.Breakpoint {
	t.Helper()
	b, err := s.Breakpoint(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// stops are the steps of the line at which a breakpoint comes up.
func stops(s *scenario.Session, b *scenario.Breakpoint) (steps []int) {
	for i := range s.Tree.Len() {
		if b.At(i) {
			steps = append(steps, s.Tree.On(i).Step)
		}
	}
	return steps
}

// TestBreakpointsComeUpWhereTheNotesAre compares breakpoints with what the moments told.
func TestBreakpointsComeUpWhereTheNotesAre(t *testing.T) {
	s := crashing(t)
	told := func(kind wire.NoteKind, of func(*wire.Note) bool) (steps []int) {
		for i := range s.Tree.Len() {
			m := s.Tree.On(i)
			if slices.ContainsFunc(m.Notes, func(n wire.Note) bool { return n.Kind == kind && of(&n) }) {
				steps = append(steps, m.Step)
			}
		}
		return steps
	}
	of := func(node string) func(*wire.Note) bool {
		return func(n *wire.Note) bool { return s.Names.Node(n.Node) == node }
	}
	anybody := func(*wire.Note) bool { return true }
	b1, all := told(wire.HWAdvanced, of("b1")), told(wire.HWAdvanced, anybody)
	if len(b1) < 2 || len(all) <= len(b1) {
		t.Fatalf("b1 told it %d times, all %d times: too little to compare", len(b1), len(all))
	}
	before := slices.Clone(b1)
	for i := range before {
		before[i]--
	}
	for text, want := range map[string][]int{
		"b1 HW advanced": b1, "after b1 HW advanced": b1, "b1 HW advanced #2": b1[1:2], "before b1 HW advanced": before,
		"before b1 HW advanced #1": before[:1], "any HW advanced": all, "any HW advanced #99": nil,
	} {
		if got := stops(s, breakpoint(t, s, text)); !slices.Equal(got, want) {
			t.Errorf("%s: at steps %v, want %v", text, got, want)
		}
	}
}

// TestBreakpointsOnFates compares them, asked in any order, with a survey of every moment.
func TestBreakpointsOnFates(t *testing.T) {
	s := crashing(t)
	for text, c := range map[string]cluster.Class{
		"anything is acked-lost": cluster.AckedLost, "m3 is acked-lost": cluster.AckedLost,
		"anything is delivered": cluster.Delivered, "anything is pending": cluster.Pending,
	} {
		b, was := breakpoint(t, s, text), 0
		name, _, _ := strings.Cut(text, " ")
		var want []int
		for i := range s.Tree.Len() {
			n := 0
			for _, f := range cluster.SurveyOf(s.Tree.On(i).World).Fates() {
				if f.Has(c) && (name == "anything" || s.Names.Message(f.Message) == name) {
					n++
				}
			}
			if n > was && i > 0 {
				want = append(want, s.Tree.On(i).Step)
			}
			was = n
		}
		if len(want) == 0 {
			t.Fatalf("%s: never, so nothing is tested", text)
		}
		if i := s.Tree.Len() / 2; b.Known(i) || b.At(i) && !b.Known(i) {
			t.Errorf("%s: known before it was asked, or not after", text)
		}
		if got := stops(s, b); !slices.Equal(got, want) {
			t.Errorf("%s: at steps %v, want %v", text, got, want)
		}
	}
}

// TestABreakpointKnowsEveryBranch: on another line it comes up where it does there.
func TestABreakpointKnowsEveryBranch(t *testing.T) {
	s := crashing(t)
	b := breakpoint(t, s, "anything is acked-lost")
	if len(stops(s, b)) == 0 {
		t.Fatal("nothing is lost on the first line")
	}
	s.Tree.Seek(30)
	do(t, s, "crash b3")
	finish(t, s)
	if got := stops(s, b); len(got) > 0 {
		t.Errorf("on a line without a loss it comes up at %v", got)
	}
}

// TestWhatNobodyCanTellIsNoBreakpoint: what is wrong is said in the words that a script's author reads.
func TestWhatNobodyCanTellIsNoBreakpoint(t *testing.T) {
	s := crashing(t)
	for text, want := range map[string]string{
		"":                    `want a node and what it tells`,
		"b1 HW advance":       `did you mean "HW advanced"?`,
		"b9 appended":         `unknown node "b9"`,
		"HW advanced":         `did you mean "any HW advanced"?`,
		"m3 is acked":         `did you mean "any acked m3"?`,
		"anything is acked":   `did you mean "any acked"?`,
		"b1 acked m3":         `b1 is a broker: "acked" is only told of producers`,
		"any row written":     `nobody here is one: "row written" is only told of databases`,
		"any acked m99":       `no producer sends a message "m99"`,
		"b1 appended #0":      `want # and a number from 1 on`,
		"m3 is acked-losst":   `did you mean "acked-lost"?`,
		"m9 is lost":          `no producer sends a message "m9" (want a message, or "anything")`,
		"everything is lost":  `want a message, or "anything"`,
		"anything is":         `unknown fate ""`,
		"before any HW moved": `unknown note`,
	} {
		if _, err := s.Breakpoint(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want a word of %q", text, err, want)
		}
	}
}
