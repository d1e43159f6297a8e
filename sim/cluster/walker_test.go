package cluster_test

import (
	"fmt"
	"slices"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
	"pgregory.net/rapid"
)

// dice draws a number below n.
type dice func(what string, n int) int

// rapidDice are dice that rapid can take back when it looks for a shorter walk that fails. Small
// numbers are what it takes them back to, so 0 must be the tamest choice.
func rapidDice(t *rapid.T) dice {
	return func(what string, n int) int { return rapid.IntRange(0, n-1).Draw(t, what) }
}

// seededDice give one and the same walk for ever.
func seededDice(seed int) dice {
	nth := uint64(0)
	return func(what string, n int) int {
		nth++
		return int(sim.Seed(seed).Draw(what, nth) % uint64(n))
	}
}

// land is where a walk goes, and what it may do there.
type land struct {
	root   *sim.World
	steps  int
	budget int                              // what its acts may cost together
	never  []string                         // verbs it never strikes
	only   []string                         // verbs it strikes; nil: all but those
	spared func(*sim.World, sim.Event) bool // what never happens to whom; nil: anything may
	orders bool                             // it strikes what operators order, too: topics come and go
	calm   int                              // how often the clock chooses at most; 0: as often as anywhere
	again  []string                         // clients that are started anew in the end, if they are gone
	comes  func(*sim.World) error           // what comes of that, sooner or later; nil: nothing that one waits for
}

// walk is a random walk under way: now the clock chooses, now anything that is enabled happens,
// now an act of the table is struck.
type walk struct {
	land
	roll  dice
	run   *sim.Runner
	calm  int // how often the clock chooses, against wildness and mischief
	spent int
	path  []sim.Event
	buf   []sim.Event
	// coordinators tells whether promises about transactions have ended.
	coordinators failovers
}

const (
	wildness = 8 // how often a walk takes any event that is enabled
	mischief = 1 // how often it strikes an act
)

func (l land) walk(roll dice) *walk {
	calm := max(l.calm, 20)
	return &walk{land: l, roll: roll, run: l.root.Run(), calm: calm - roll("storm", calm-2),
		coordinators: failovers{latest: map[wire.Partition]coordination{}}}
}

// step takes a step, and tells whether there was one to take.
func (w *walk) step() bool {
	e, ok := w.choose()
	if !ok || len(w.path) == w.steps {
		return false
	}
	w.path = append(w.path, e)
	w.apply(e)
	return true
}

// choose picks what happens next.
func (w *walk) choose() (sim.Event, bool) {
	look := w.run.Look()
	events := w.buf[:0]
	switch kind := w.roll("kind", w.calm+wildness+mischief); {
	case kind < w.calm:
	case kind < w.calm+wildness:
		events = look.Enabled(events)
	default:
		events = w.strikes(look, events)
	}
	if w.spared != nil {
		events = slices.DeleteFunc(events, func(e sim.Event) bool { return w.spared(look, e) })
	}
	w.buf = events
	if len(events) == 0 {
		if e, _, ok := look.Earliest(); ok {
			return e, true
		}
		return cluster.Mend(look) // nobody is left: a walk goes on with who comes back
	}
	return events[w.turned("which", len(events))], true
}

// strikes are the events of one act.
func (w *walk) strikes(look *sim.World, buf []sim.Event) []sim.Event {
	acts := look.Acts
	if !w.orders { // they stand last
		acts = acts[:slices.IndexFunc(acts, func(a sim.Act) bool { return a.Form == sim.Order })]
	}
	if w.only != nil {
		acts = slices.DeleteFunc(slices.Clone(acts), func(a sim.Act) bool { return !slices.Contains(w.only, a.Verb) })
	}
	a := &acts[w.turned("act", len(acts))]
	if slices.Contains(w.never, a.Verb) || w.spent+a.Cost > w.budget {
		return buf
	}
	buf = look.Strikes(a, buf)
	if len(buf) > 0 {
		w.spent += a.Cost
	}
	return buf
}

// turned draws an index from a wheel that turns with every step: rapid likes small numbers, and no
// node shall get more than its share for standing first.
func (w *walk) turned(what string, n int) int { return (w.roll(what, n) + len(w.path)) % n }

// String is the walk so far, an event a line, each with what it told.
func (w *walk) String() string {
	var lines strings.Builder
	names := cluster.NamesOf(w.root)
	again := w.root.Run()
	for _, e := range w.path {
		fmt.Fprintf(&lines, "%s %s\n", again.Now(), w.root.Text(e))
		if err := again.Apply(e); err != nil {
			return lines.String() + err.Error()
		}
		for i := range again.Notes() {
			fmt.Fprintf(&lines, "    %s\n", names.Note(&again.Notes()[i]))
		}
	}
	return lines.String()
}

// patience bounds the events that a mended world may take to come to rest.
const patience = 100_000

// rest mends everything until the world has come to rest, and what is to come of it has; it tells whether it rests.
func (w *walk) rest() bool {
	if !w.still(nil) {
		return false
	}
	for _, name := range w.again {
		if id, _ := w.root.Roster.ID(name); w.run.Look().Health(id) != sim.Up {
			w.apply(sim.Event{Verb: "restart", Node: id})
		}
	}
	return w.comes == nil || w.still(w.comes) || cluster.Settled(w.run.Look())
}

// still mends everything, and what ends up broken meanwhile, until nothing happens any more that counts, and
// something else is right, too; it tells whether it came to that.
func (w *walk) still(right func(*sim.World) error) bool {
	for range patience / 32 {
		for e, ok := cluster.Mend(w.run.Look()); ok; e, ok = cluster.Mend(w.run.Look()) {
			w.apply(e)
		}
		if cluster.Settled(w.run.Look()) && (right == nil || right(w.run.Look()) == nil) {
			return true
		}
		for range 32 {
			w.run.Next()
			w.tell()
		}
	}
	return false
}

func (w *walk) apply(e sim.Event) {
	if err := w.run.Apply(e); err != nil {
		panic("refused what was on offer: " + err.Error())
	}
	w.tell()
}

func (w *walk) tell() { w.coordinators.see(w.run.Look(), w.run.Notes()) }
