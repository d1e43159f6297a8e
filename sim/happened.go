package sim

import "example.com/ksim/sim/wire"

// Happened is one step of a run as a trace keeps it: what happened, when, and what it told.
type Happened struct {
	Step  int
	At    Time
	Event Event
	Idle  bool      // it left the Fingerprint as it was: nobody learnt anything
	Body  wire.Body // what was delivered; nil if nothing was, or only the end of a connection
	Notes []wire.Note
}
