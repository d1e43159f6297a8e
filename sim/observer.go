package sim

import (
	"example.com/ksim/sim/value"
	"example.com/ksim/sim/wire"
)

// Observer is the ledger of a run: it folds notes into the little that properties must remember. Nodes
// never see it; only what an application has done outside it can ask for again.
type Observer interface {
	// Heeds tells whether a note of that kind would change anything.
	Heeds(k wire.NoteKind) bool
	// Tell takes in one note.
	Tell(n *wire.Note)
	// Recall answers a question of an application to a place outside, like its database, that keeps
	// what was told.
	Recall(q *wire.Note) int64
	// Copy is an observer that shares no memory that Tell could change.
	Copy() Observer
	// Sum hashes what properties read, and nothing else.
	Sum(h value.Hash, exact bool) value.Hash
}
