package cluster

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/controller"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/wire"
)

// CommittedImage is the metadata as the quorum has committed it: the records that a majority of the
// controllers has on disk, dead or alive, whoever has heard that they are committed.
func CommittedImage(w *sim.World) *metadata.Image {
	voters := controllersOf(w)
	var holder *controller.Controller
	end := -1
	for _, k := range voters {
		if n := sharedByMajority(k, voters); n > end {
			holder, end = k, n
		}
	}
	for _, k := range voters {
		if k.Image.Offset == int64(end) && shared(k, holder) >= end {
			return k.Image
		}
	}
	entries := make([]wire.MetadataEntry, end)
	for i := range entries {
		entries[i] = *holder.Log.At(i)
	}
	return (&metadata.Image{}).Replay(entries)
}

func controllersOf(w *sim.World) []*controller.Controller {
	var out []*controller.Controller
	for id := range ids(w) {
		if k, ok := w.Node(id).(*controller.Controller); ok {
			out = append(out, k)
		}
	}
	return out
}

// sharedByMajority is how much of a controller's log a majority has.
func sharedByMajority(k *controller.Controller, voters []*controller.Controller) int {
	var ends []int
	for _, v := range voters {
		ends = append(ends, shared(k, v))
	}
	slices.Sort(ends)
	return ends[(len(ends)-1)/2]
}

// shared is up to where two logs are the same: where a record is of the same epoch in both, all
// before it are too.
func shared(a, b *controller.Controller) int {
	n := min(a.Log.Len(), b.Log.Len())
	for a != b && n > 0 && a.Log.At(n-1).Epoch != b.Log.At(n-1).Epoch {
		n--
	}
	return n
}
