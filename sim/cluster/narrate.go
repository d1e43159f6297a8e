package cluster

import "example.com/ksim/sim/wire"

// Minor tells whether a note is too small for a story: the inner life of internal topics, and what
// brokers do all the time. Traces have it all.
func (n *Names) Minor(note *wire.Note) bool {
	switch note.Kind {
	case wire.Fetched, wire.Checkpointed, wire.Flushed, wire.Registered:
		return true
	}
	return Internal(n.Topic(note.At.Topic))
}

// Repeats marks kinds of notes that a story tells only once in the same words.
func Repeats(k wire.NoteKind) bool {
	switch k {
	case wire.Disconnected, wire.RequestTimeout, wire.LearntLeader, wire.CommitSent, wire.Committed:
		return true
	}
	return false
}

// Meaning says in plain words what a note means for whoever sees its kind for the first time.
func (n *Names) Meaning(note *wire.Note) string {
	return expand(note.Kind.Meaning(), func(field string) string { return n.field(note, field) })
}
