package sim

import (
	"fmt"
	"slices"

	"example.com/ksim/sim/wire"
)

// Runner is a run nobody looks back into: it takes the steps in place and gives out a World when
// asked. Apply on a World is a Runner of one step, so there is one way to advance, not two.
//
// What a frozen world can still see is copied before its first change: a slot or link may be
// changed only if its stamp is the runner's, and a runner's stamp is later than the step of every
// world given out before.
type Runner struct {
	w      World
	stamp  uint32
	ledger bool // the ledger is the run's own
	notes  []wire.Note
	out    Out
}

// Run starts a run from w, which stays as it is.
func (w *World) Run() *Runner {
	r := &Runner{}
	r.Restart(w)
	return r
}

// Restart makes the run one from w, as if it were new.
func (r *Runner) Restart(w *World) {
	*r = Runner{w: *w, stamp: w.step + 1}
}

// World freezes the run as it stands.
func (r *Runner) World() *World {
	w := r.w
	r.stamp = r.w.step + 1
	return &w
}

// Step is what one event led to.
type Step struct {
	World *World
	Notes []wire.Note
}

// Apply is what happens if e does. The error is a refusal and gives its reason; w is untouched.
func (w *World) Apply(e Event) (Step, error) {
	r := w.Run()
	if err := r.Apply(e); err != nil {
		return Step{}, err
	}
	return Step{r.World(), r.notes}, nil
}

// Notes are what the last event told; the next one overwrites them.
func (r *Runner) Notes() []wire.Note { return r.notes }

// Now is the moment of virtual time.
func (r *Runner) Now() Time { return r.w.now }

// Look is the run as it stands, for reading until the next Apply.
func (r *Runner) Look() *World { return &r.w }

// Next takes the step that the clock chooses; false when nothing can happen any more.
func (r *Runner) Next() (Event, bool) {
	e, at, ok := r.w.Earliest()
	if !ok {
		return Event{}, false
	}
	r.begin(at)
	r.happen(e)
	return e, true
}

// Apply makes e happen: at its due, or now if it is an act or is chosen before others.
func (r *Runner) Apply(e Event) error {
	if a := r.w.act(e.Verb); a != nil {
		if err := a.Refusal(&r.w, e); err != nil {
			return fmt.Errorf("%s: %w", r.w.Text(e), err)
		}
		r.begin(r.w.now)
		a.Strike(r, e)
		return nil
	}
	due, ok := r.w.Due(e)
	if !ok {
		return fmt.Errorf("%s: cannot happen now", r.w.Text(e))
	}
	if _, earliest, _ := r.w.Earliest(); due > earliest {
		due = r.w.now // chosen out of turn: it happens early
	}
	r.begin(due)
	r.happen(e)
	return nil
}

// begin opens a step: the clock moves, the notes start anew.
func (r *Runner) begin(at Time) {
	r.own()
	r.w.now = at
	r.w.step++
	r.notes = r.notes[:0]
}

// own makes the slices of the world the run's own.
func (r *Runner) own() {
	w := &r.w
	if w.stamp == r.stamp {
		return
	}
	w.nodes = slices.Clone(w.nodes)
	w.links = slices.Clone(w.links)
	w.stamp = r.stamp
	r.ledger, r.notes = false, nil
}

func (r *Runner) happen(e Event) {
	switch e.Verb {
	case Deliver:
		r.deliver(e)
	case Fire:
		s := r.slot(e.Node)
		s.stop(e.Timer)
		r.drive(e.Node, Input{Kind: Timeout, Timer: e.Timer})
	case Begin:
		r.slot(e.Node).health = Up
		r.comeBack(e.Node)
		r.Tell(wire.Note{Kind: wire.Started, Node: e.Node})
		r.drive(e.Node, Input{Kind: Start})
	default:
		panic("sim: no such event: " + e.Verb)
	}
}

// drive is the only place where a node steps.
func (r *Runner) drive(id NodeID, in Input) {
	s := r.slot(id)
	r.out = Out{r: r, id: id, slot: s, kinds: s.node.Timers()}
	s.node.Step(in, &r.out)
	if r.out.dies {
		r.Kill(id)
		return
	}
	if r.out.exit {
		r.end(id, Exited, CrashKind{})
		r.Tell(wire.Note{Kind: wire.Exited, Node: id})
	}
}

// Tell hands a note to the ledger and to whoever watches the run.
func (r *Runner) Tell(n wire.Note) {
	r.notes = append(r.notes, n)
	if r.w.ledger == nil || !r.w.ledger.Heeds(n.Kind) {
		return
	}
	if !r.ledger {
		r.w.ledger, r.ledger = r.w.ledger.Copy(), true
	}
	r.w.ledger.Tell(&n)
}

// Command tells a running node an operator's words.
func (r *Runner) Command(id NodeID, text string) {
	r.drive(id, Input{Kind: Command, Text: text})
}

// Kill ends a node's process: it does nothing more, and its machine hangs up for it.
func (r *Runner) Kill(id NodeID) { r.end(id, Killed, CrashKind{}) }

// slot is a node's slot, to be changed.
func (r *Runner) slot(id NodeID) *slot {
	s := r.w.nodes[id-1]
	if s.stamp != r.stamp {
		s = s.copyFor(r.stamp)
		r.w.nodes[id-1] = s
	}
	s.summed = [2]bool{}
	return s
}

// link is the i-th link, to be changed.
func (r *Runner) link(i int) *link {
	l := r.w.links[i]
	if l.stamp != r.stamp {
		l = l.copyFor(r.stamp)
		r.w.links[i] = l
	}
	l.summed = false
	return l
}

// StartAt makes a booting node start at t instead.
func (r *Runner) StartAt(id NodeID, t Time) {
	r.begin(r.w.now)
	r.slot(id).boot = t
}

// Observe gives the run a new ledger.
func (r *Runner) Observe(ledger Observer) { r.w.ledger = ledger }

// Settle sets the clock and the count of steps to zero: what came before was only preparation.
func (r *Runner) Settle() *World {
	w := &r.w
	r.begin(w.now)
	for i := range w.nodes {
		s := r.slot(NodeID(i + 1))
		for j := range s.timers {
			s.timers[j].due -= w.now
			s.timers[j].origin = 0
		}
		s.boot, s.origin = max(0, s.boot-w.now), 0
		s.stamp = 0
	}
	for i := range w.links {
		l := r.link(i)
		for _, st := range [...]*stream{&l.up, &l.down} {
			st.last = max(0, st.last-w.now)
			for j := range st.queue {
				st.queue[j].Due -= w.now
				st.queue[j].Origin = 0
			}
		}
		l.stamp = 0
	}
	w.now, w.step, w.stamp = 0, 0, 0
	return r.World()
}
