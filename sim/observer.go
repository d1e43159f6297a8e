package sim

import (
	"example.com/ksim/sim/value"
	"example.com/ksim/sim/wire"
)

// Observer is the ledger of a run: it folds notes into the little that properties must remember.
// Nodes never see it.
type Observer interface {
	// Heeds tells whether a note of that kind would change anything.
	Heeds(k wire.NoteKind) bool
	// Tell takes in one note.
	Tell(n *wire.Note)
	// Copy is an observer that shares no memory that Tell could change.
	Copy() Observer
	// Sum hashes what properties read, and nothing else.
	Sum(h value.Hash, exact bool) value.Hash
}
