package cluster

import (
	"slices"
	"testing"

	"example.com/ksim/sim/wire"
)

// fateIn is a fate of the n-th message of a producer, in some classes.
func fateIn(p wire.NodeID, n int32, classes ...Class) Fate {
	f := Fate{Message: wire.MessageID{Producer: p, N: n}}
	for _, c := range classes {
		f.add(c, true)
	}
	return f
}

// TestATurnIsTheWorstThatIsNew: of what a message has come into, the worst is told; what it was in before
// is not, nor what does no harm.
func TestATurnIsTheWorstThatIsNew(t *testing.T) {
	before := []Fate{fateIn(7, 1, Delivered), fateIn(7, 2, Lost), fateIn(8, 1, Pending), fateIn(8, 2, AckedLost)}
	after := []Fate{
		fateIn(7, 1, Delivered, Reordered, Duplicated), fateIn(7, 2, Lost), fateIn(7, 3, AckedLost),
		fateIn(8, 1, Delivered), fateIn(8, 2, AckedLost, Unseen),
	}
	got := Turns(before, after)
	want := []Turn{
		{wire.MessageID{Producer: 7, N: 1}, Duplicated},
		{wire.MessageID{Producer: 7, N: 3}, AckedLost},
		{wire.MessageID{Producer: 8, N: 2}, Unseen},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
