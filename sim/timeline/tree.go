package timeline

import (
	"fmt"

	"example.com/ksim/sim"
)

// Moment is a world and the event that led to it from its parent.
type Moment struct {
	sim.Happened
	ID     int // also its place among all moments; the root is 0
	Parent int // -1 for the root
	Branch int
	World  *sim.World // nil in a tree that forgets, but for the last moment; see Bare
	kids   []int
}

// Branch is a line of moments that left another one at a moment of it.
type Branch struct {
	ID   int
	From int // the moment it left, -1 for the first branch
	Last int // its latest moment
}

// Tree is all moments that were visited, and the line that is being looked at.
type Tree struct {
	Forgets  bool // keeps no world but the last, for long runs that nobody looks back into
	moments  []*Moment
	branches []Branch
	line     []int // from the root to the end of the branch that is looked at
	at       int   // where on the line Here is
	memory   memory
}

// New is a tree with nothing but a root.
func New(root *sim.World) *Tree {
	m := &Moment{Parent: -1, World: root}
	m.Step, m.At = root.Steps(), root.Now()
	return &Tree{
		moments: []*Moment{m}, branches: []Branch{{From: -1}}, line: []int{0},
		memory: memory{all: keepsAll, room: atHand},
	}
}

// Here is the moment that is being looked at.
func (t *Tree) Here() *Moment { return t.whole(t.line[t.at]) }

// Moment is a moment by its id.
func (t *Tree) Moment(id int) *Moment { return t.whole(id) }

// Len is how many moments the line holds, the root included; Index is where on it Here is.
func (t *Tree) Len() int { return len(t.line) }

// Index is where on the line Here is: 0 at the root.
func (t *Tree) Index() int { return t.at }

// On is the i-th moment of the line.
func (t *Tree) On(i int) *Moment { return t.whole(t.line[i]) }

// Path is what happened on the way from the root to Here.
func (t *Tree) Path() []sim.Happened {
	out := make([]sim.Happened, 0, t.at)
	for i := 1; i <= t.at; i++ {
		out = append(out, t.BareOn(i).Happened)
	}
	return out
}

// Branches are all branches, in the order they were begun.
func (t *Tree) Branches() []Branch { return t.branches }

// Children are the moments that follow a moment, each on a branch of its own.
func (t *Tree) Children(id int) []*Moment {
	var out []*Moment
	for _, k := range t.moments[id].kids {
		out = append(out, t.whole(k))
	}
	return out
}

// Back goes one moment back; false at the root.
func (t *Tree) Back() bool {
	if t.at == 0 {
		return false
	}
	t.at--
	return true
}

// Seek goes to the i-th moment of the line, as near as there is one.
func (t *Tree) Seek(i int) { t.at = max(0, min(i, len(t.line)-1)) }

// Advance goes one moment forward: along the line if it goes on, else by the event that the clock
// chooses. It is false when nothing can happen any more.
func (t *Tree) Advance() bool {
	if t.at+1 < len(t.line) {
		t.at++
		return true
	}
	e, _, ok := t.Here().World.Earliest()
	if !ok {
		return false
	}
	return t.Do(e) == nil
}

// Do makes an event happen here. In the past, unless it is what happened then, it begins a branch.
// The error is a refusal.
func (t *Tree) Do(e sim.Event) error { return t.do(t.Here().World, e) }

// DoAt is Do after the clock has run on to a moment before anything is due.
func (t *Tree) DoAt(at sim.Time, e sim.Event) error { return t.do(t.Here().World.Later(at), e) }

func (t *Tree) do(w *sim.World, e sim.Event) error {
	here := t.Here()
	step, err := w.Apply(e)
	if err != nil {
		return err
	}
	if k, ok := t.known(here, e, step.World.Now()); ok {
		return t.Goto(k)
	}
	next := &Moment{ID: len(t.moments), Parent: here.ID, Branch: here.Branch, World: step.World}
	next.Happened = sim.Happened{
		Step: step.World.Steps(), At: step.World.Now(), Event: e, Body: w.Body(e), Notes: step.Notes,
		Idle: len(step.Notes) == 0 && step.World.Fingerprint() == w.Fingerprint(),
	}
	if len(here.kids) > 0 {
		next.Branch = len(t.branches)
		t.branches = append(t.branches, Branch{ID: next.Branch, From: here.ID})
	}
	t.branches[next.Branch].Last = next.ID
	here.kids = append(here.kids, next.ID)
	t.moments = append(t.moments, next)
	t.line = append(t.line[:t.at+1], next.ID)
	t.at++
	t.lend(next)
	if t.Forgets {
		here.World = nil
	}
	return nil
}

// known is the moment that the same event, at the same time, led to before.
func (t *Tree) known(here *Moment, e sim.Event, at sim.Time) (int, bool) {
	for _, k := range here.kids {
		if kid := t.moments[k]; kid.Event == e && kid.At == at {
			return k, true
		}
	}
	return 0, false
}

// Goto goes to any moment of any branch and makes its branch the line.
func (t *Tree) Goto(id int) error {
	if id < 0 || id >= len(t.moments) {
		return fmt.Errorf("there is no moment %d", id)
	}
	last := t.branches[t.moments[id].Branch].Last
	var line []int
	at := 0
	for m := last; m >= 0; m = t.moments[m].Parent {
		line = append(line, m)
	}
	for i, j := 0, len(line)-1; i < j; i, j = i+1, j-1 {
		line[i], line[j] = line[j], line[i]
	}
	for i, m := range line {
		if m == id {
			at = i
		}
	}
	t.line, t.at = line, at
	return nil
}
