package explore

import "example.com/ksim/sim"

// Limits bound a search.
type Limits struct {
	Faults    int // how much the acts of a path may cost together
	Delays    int // how often a later event may be let go first (Faults only)
	Until     sim.Time
	Settle    sim.Duration                       // how long a mended world may take to come to rest
	Mend      func(*sim.World) (sim.Event, bool) // an act that undoes a fault, if any is left
	Settled   func(*sim.World) bool              // the mended world has come to rest
	MaxRuns   int                                // 0: no limit (Faults)
	MaxWorlds int                                // 0: no limit (Exhaustive)
	MaxEvents int                                // of one run (Faults)
	Workers   int                                // 0: one
}

// The limits that are hit without a number of the search's own: it was told to stop, or a run has more events
// than MaxEvents.
const (
	interrupted = "interrupted"
	tooMany     = "events"
)

// Report is what a search found, and how far it looked.
type Report struct {
	Search    string
	Runs      int // runs to the end (Faults)
	Events    int // steps taken
	Points    int // places where acts were inserted (Faults)
	At, Of    int // the first act is inserted after this event, of so many that the clock alone makes (Faults)
	Merged    int // runs left out because an equal world had been run
	Worlds    int // different worlds seen (Exhaustive)
	Edges     int // events tried (Exhaustive)
	Bytes     int // what remembering the worlds takes (Exhaustive)
	Depth     int
	Exhausted bool
	Limit     string // which limit was hit; empty if none
	Struck    []Struck
	Findings  []Finding
}

// Struck is how often an act was inserted.
type Struck struct {
	Verb   string
	Times  int
	Points int // places where it was possible
}

// Finding is a path that breaks a property.
type Finding struct {
	Property string
	Err      string
	Cost     int // of its acts
	Delays   int
	Acts     []Inserted
	Path     []sim.Event // Exhaustive: every event from the root; applied in turn they lead to World
	World    *sim.World  // where the property was found broken
}

// Inserted is an act of a finding: struck when Step events had happened.
type Inserted struct {
	Step  int
	Event sim.Event
	Delay bool // not an act, but an event let go before its turn
}

// strike counts an act.
func (r *Report) strike(verb string, times int) {
	if times == 0 {
		return
	}
	for i := range r.Struck {
		if r.Struck[i].Verb == verb {
			r.Struck[i].Times += times
			r.Struck[i].Points++
			return
		}
	}
	r.Struck = append(r.Struck, Struck{verb, times, 1})
}
