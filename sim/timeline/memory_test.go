package timeline_test

import (
	"math/rand/v2"
	"testing"
)

// TestWorldsThatWereForgottenAreMadeAgain grows the same tree twice, with branches, acts out of turn and acts at
// their own time; the one that forgets has every world as the one that does not.
func TestWorldsThatWereForgottenAreMadeAgain(t *testing.T) {
	all, few := plant(t), plant(t)
	few.Remember(10, 20)
	dice := rand.New(rand.NewPCG(1, 2))
	for i := range 1200 {
		before := all.Here().World
		events := before.Enabled(nil)
		e, at := events[dice.IntN(len(events))], before.Now()
		switch i % 40 {
		case 7:
			all.Seek(dice.IntN(all.Len()))
			few.Seek(all.Index())
			continue
		case 13:
			e = parse(t, all, []string{"crash b1", "restart b1", "pause b2", "resume b2"}[i/40%4])
			_, due, _ := before.Earliest()
			at = (before.Now() + due) / 2
		case 20:
		default:
			e, at, _ = before.Earliest()
		}
		if one, other := all.DoAt(at, e), few.DoAt(at, e); (one == nil) != (other == nil) {
			t.Fatalf("%v, but %v", one, other)
		}
	}
	kept, moments := 0, 0
	for _, b := range all.Branches() {
		moments = max(moments, b.Last+1)
	}
	for id := range moments {
		if few.Bare(id).World != nil {
			kept++
		}
	}
	if most := 10 + 20 + moments/8; kept > most || len(all.Branches()) < 5 {
		t.Errorf("%d of %d worlds are kept, want at most %d; %d branches", kept, moments, most, len(all.Branches()))
	}
	for range 2 * moments {
		id := dice.IntN(moments)
		one, other := all.Moment(id), few.Moment(id)
		if one.World.TimedFingerprint() != other.World.TimedFingerprint() || one.World.Now() != other.World.Now() ||
			one.World.Steps() != other.World.Steps() {
			t.Fatalf("moment %d is not what it was", id)
		}
	}
}
