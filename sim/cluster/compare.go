package cluster

import (
	"fmt"
	"slices"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/value"
)

// Side is one of two runs that are compared.
type Side struct {
	Names *Names
	World *sim.World // at its end
	Path  []sim.Happened
}

// Telling is a line of a run's story, and the step that told it.
type Telling struct {
	Step int
	At   sim.Time
	Text string
}

// Comparison is two runs side by side. Steps that only say "still here" are left out of it, and so are
// times: a run that does the same later is the same.
type Comparison struct {
	A, B     []Telling
	Rows     []value.Pair     // the two stories; the rows' places are in A and B
	First    int              // the first row that is not the same; len(Rows) if all are
	Common   int              // how many steps both have in common from the beginning
	Parts    [2]*sim.Happened // the first step of each that the other does not have; nil: it ended before
	Later    [2]*sim.Happened // the first step that they have in common at different times; nil: there is none
	Tally    Beside           // how many messages are in each class
	Fates    []Beside         // of the messages
	Sinks    []Beside         // of the groups' accounts: what they hold
	Verdicts []VerdictPair
}

// Beside is how something stands in each run.
type Beside struct {
	What, A, B string
	Worst      Class // of a message: the worst of its classes, in either run
}

// Same tells whether it is the same in both.
func (p Beside) Same() bool { return p.A == p.B }

// differ tells of a pair that it is not the same in both.
func differ(p Beside) bool { return !p.Same() }

// Missing is how something stands in a run that does not have it.
const Missing = "not there"

// VerdictPair is what was judged of a group in each run; nil in one that does not have it.
type VerdictPair struct {
	Group string
	A, B  *Verdict
}

// Who says whose guarantee it is.
func (p *VerdictPair) Who() string { return Verdict{Group: p.Group}.Who() }

// Same tells whether it is the same in both.
func (p *VerdictPair) Same() bool { return p.A != nil && p.B != nil && *p.A == *p.B }

// Same tells whether the runs do the same steps, and come to the same end.
func (c *Comparison) Same() bool {
	return c.Parts == [2]*sim.Happened{} && !slices.ContainsFunc(c.Fates, differ) && !slices.ContainsFunc(c.Sinks, differ)
}

// Compare lays two runs side by side: first what they have in common step by step, then, from the step on
// at which they part, what meets again of their stories.
func Compare(a, b Side) *Comparison {
	c := &Comparison{}
	i, k := c.together(&a, &b)
	var shared int
	c.A, shared = a.story(i)
	c.B, _ = b.story(k)
	for n := range shared {
		c.Rows = append(c.Rows, value.Pair{A: n, B: n, Same: true})
	}
	for _, r := range value.Align(textsOf(c.A[shared:]), textsOf(c.B[shared:])) {
		if r.A != value.Gap {
			r.A += shared
		}
		if r.B != value.Gap {
			r.B += shared
		}
		c.Rows = append(c.Rows, r)
	}
	c.First = len(c.Rows)
	if n := slices.IndexFunc(c.Rows, func(r value.Pair) bool { return !r.Same }); n >= 0 {
		c.First = n
	}
	ours, theirs := SurveyOf(a.World), SurveyOf(b.World)
	c.Tally = Beside{What: "in all", A: ours.tally(), B: theirs.tally()}
	c.Fates = besides(a.fates(ours), b.fates(theirs))
	c.Sinks = besides(accounts(ours), accounts(theirs))
	c.Verdicts = verdictPairs(ours.Verdicts(), theirs.Verdicts())
	return c
}

// together goes along both runs as far as their steps are the same: the same event, and the same told of
// it. It gives how far that is in each.
func (c *Comparison) together(a, b *Side) (i, k int) {
	for {
		i, k = a.busy(i), b.busy(k)
		var x, y *sim.Happened
		if i < len(a.Path) {
			x = &a.Path[i]
		}
		if k < len(b.Path) {
			y = &b.Path[k]
		}
		if x == nil || y == nil || a.Text(x) != b.Text(y) || !slices.Equal(a.Notes(x), b.Notes(y)) {
			c.Parts = [2]*sim.Happened{x, y}
			return i, k
		}
		if c.Later[0] == nil && x.At != y.At {
			c.Later = [2]*sim.Happened{x, y}
		}
		i, k, c.Common = i+1, k+1, c.Common+1
	}
}

// busy is the first step from one on that is not idle.
func (s *Side) busy(i int) int {
	for i < len(s.Path) && s.Path[i].Idle {
		i++
	}
	return i
}

// Text is an event in one line.
func (s *Side) Text(h *sim.Happened) string { return s.World.Text(h.Event) }

// Notes are all that a step told, in words.
func (s *Side) Notes(h *sim.Happened) []string {
	var out []string
	for i := range h.Notes {
		out = append(out, s.Names.Note(&h.Notes[i]))
	}
	return out
}

// story is the run's story, and how many lines of it the first n steps tell.
func (s *Side) story(n int) (lines []Telling, first int) {
	story := s.Names.Story()
	for i := range s.Path {
		if i == n {
			first = len(lines)
		}
		h := &s.Path[i]
		for _, text := range story.Tell(h) {
			lines = append(lines, Telling{h.Step, h.At, text})
		}
	}
	if n == len(s.Path) {
		first = len(lines)
	}
	return lines, first
}

func textsOf(lines []Telling) []string {
	out := make([]string, len(lines))
	for i := range lines {
		out[i] = lines[i].Text
	}
	return out
}

// besides lays what each run has side by side by its name. Each comes with its A alone.
func besides(ours, theirs []Beside) []Beside {
	at := map[string]int{} // looked up, never ranged
	for i := range ours {
		at[ours[i].What], ours[i].B = i, Missing
	}
	for _, p := range theirs {
		i, known := at[p.What]
		if !known {
			i, ours = len(ours), append(ours, Beside{What: p.What, A: Missing})
		}
		ours[i].B, ours[i].Worst = p.A, max(ours[i].Worst, p.Worst)
	}
	return ours
}

// fates are what became of the messages of one run.
func (s *Side) fates(survey *Survey) []Beside {
	var out []Beside
	for _, f := range survey.Fates() {
		out = append(out, Beside{What: s.Names.Message(f.Message), A: f.words(), Worst: f.Worst()})
	}
	return out
}

// tally says how many messages are in each class, the worst first.
func (s *Survey) tally() string {
	fates := s.Fates()
	n := Tally(fates)
	text := fmt.Sprintf("sent %d", len(fates))
	for c := Classes; c > 0; {
		if c--; n[c] > 0 {
			text += fmt.Sprintf(" · %s %d", c, n[c])
		}
	}
	return text
}

// accounts are what the sinks of one run hold.
func accounts(survey *Survey) []Beside {
	var out []Beside
	for _, sink := range survey.Sinks() {
		for _, b := range sink.Balances {
			_, holds, _ := strings.Cut(b.String(), " ")
			out = append(out, Beside{What: "group " + sink.Group + " " + b.Account, A: holds})
		}
	}
	return out
}

// words are all of its classes, the worst first.
func (f *Fate) words() string {
	var out []string
	for c := Classes; c > 0; c-- {
		if f.Has(c - 1) {
			out = append(out, (c - 1).String())
		}
	}
	return strings.Join(out, ", ")
}

func verdictPairs(ours, theirs []Verdict) []VerdictPair {
	var out []VerdictPair
	for i := range ours {
		out = append(out, VerdictPair{Group: ours[i].Group, A: &ours[i]})
	}
	for i := range theirs {
		n := slices.IndexFunc(out, func(p VerdictPair) bool { return p.Group == theirs[i].Group })
		if n < 0 {
			n, out = len(out), append(out, VerdictPair{Group: theirs[i].Group})
		}
		out[n].B = &theirs[i]
	}
	return out
}
