package paint

// Look says what a piece of text means, not how it is drawn: a role, and marks on top of it.
type Look uint16

// The roles. A theme draws each in its own way.
const (
	Plain  Look = iota
	Dim         // there, but not what matters
	Strong      // what matters
	Title       // names a pane or a part of it
	Frame       // borders and rules
	Focus       // the border of the pane that has the keys
	Key         // what one can press
	Good        // a promise that is kept
	Bad         // a promise that is broken
	Warn        // it may go wrong, or is not as it should be
	Info        // worth a second look
	Leader      // who leads
	Epoch0      // the leader epochs in turn; see Epoch
	Epoch1
	Epoch2
	Epoch3
	Epoch4
	Epoch5
	roles
)

// The marks.
const (
	Changed Look = 1 << (8 + iota) // it was not so a moment ago
	Chosen                         // the cursor is on it
	Struck                         // it does not count any more
	Marked                         // it belongs to what was chosen elsewhere
	Lit                            // it is about to settle
)

const (
	markBits = 5
	roleMask = 1<<8 - 1
)

// Epoch is the role of a leader epoch; neighbours differ.
func Epoch(n int32) Look {
	const tints = Epoch5 - Epoch0 + 1
	return Epoch0 + Look(uint32(n)%uint32(tints))
}
