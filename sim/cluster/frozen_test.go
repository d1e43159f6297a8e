package cluster_test

import (
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/controller"
	"example.com/ksim/sim/value"
	"pgregory.net/rapid"
)

// TestWorldsNeverChange walks back and forth among the worlds it has seen, branches from any of
// them, by Apply and by runs in place, and then takes every sum anew: a world that anything done to
// another one has touched gives itself away.
func TestWorldsNeverChange(t *testing.T) {
	root := build(t, wide())
	rapid.Check(t, func(t *rapid.T) {
		f := &forest{land: land{root: root, budget: 100}, roll: rapidDice(t)}
		f.keep(root)
		for range 50 {
			f.grow(f.worlds[len(f.worlds)-1-f.roll("back", len(f.worlds))])
		}
		for i, w := range f.worlds {
			if sumOf(w) != f.sums[i] {
				t.Fatalf("the world after %d steps is not what it was", w.Steps())
			}
		}
	})
}

// forest is many worlds that share what they have in common, and their sums when they were new.
type forest struct {
	land
	roll   dice
	worlds []*sim.World
	sums   []sums
}

func (f *forest) keep(w *sim.World) {
	f.worlds = append(f.worlds, w)
	f.sums = append(f.sums, sumOf(w))
}

// grow walks a few steps from a world, in place or a new world each, and keeps worlds on the way.
func (f *forest) grow(from *sim.World) {
	from.Fingerprint() // so that there are sums to go stale
	w := land{root: from, steps: 12, budget: f.budget}.walk(f.roll)
	inPlace := f.roll("in place", 2) == 1
	for w.step() {
		if inPlace && len(w.path)%4 != 0 {
			continue
		}
		f.keep(w.run.World())
		if !inPlace {
			w.run = f.worlds[len(f.worlds)-1].Run()
		}
	}
}

// sums are a world's sums from scratch. World.Rehash trusts the sums that long sequences keep of
// their frozen parts, so their elements are summed one by one.
type sums struct {
	world sim.Fingerprint
	logs  value.Hash
}

func sumOf(w *sim.World) sums {
	h := value.Seeded
	for id := sim.NodeID(1); int(id) <= w.Nodes(); id++ {
		switch n := w.Node(id).(type) {
		case *broker.Broker:
			for i := range n.Logs {
				h = h.Add(uint64(n.Logs[i].Batches.Rehash()))
			}
		case *controller.Controller:
			h = h.Add(uint64(n.Log.Rehash()))
		}
	}
	l := cluster.LedgerOf(w)
	for i := range l.Accounts {
		h = h.Add(uint64(l.Accounts[i].Rows.Rehash())).Add(uint64(l.Accounts[i].Sink.Rehash()))
	}
	return sums{w.Rehash(), h}
}
