package cluster

import (
	"fmt"
	"math/rand"
	"testing"

	"example.com/ksim/sim"
)

func TestDbgWalk(t *testing.T) {
	for seed := int64(0); seed < 100000; seed++ {
		if !dbgWalk(t, seed) {
			return
		}
	}
}

func dbgWalk(t *testing.T, seed int64) (ok bool) {
	c := small("all")
	w, _ := Build(c)
	rng := rand.New(rand.NewSource(seed))
	var trail []string
	names := NamesOf(w)
	defer func() {
		if p := recover(); p != nil {
			for _, s := range trail[max(0, len(trail)-60):] {
				fmt.Println(s)
			}
			t.Errorf("seed %d: %v", seed, p)
			ok = false
		}
	}()
	for i := 0; i < 300; i++ {
		var es []sim.Event
		if rng.Intn(12) == 0 {
			for j := range w.Acts {
				es = w.Strikes(&w.Acts[j], es)
			}
		} else if rng.Intn(3) > 0 {
			e, _, ok := w.Earliest()
			if ok {
				es = append(es, e)
			}
		} else {
			es = w.Enabled(nil)
		}
		if len(es) == 0 {
			continue
		}
		e := es[rng.Intn(len(es))]
		trail = append(trail, fmt.Sprintf("%d %s", i, w.Text(e)))
		s, err := w.Apply(e)
		if err != nil {
			t.Fatalf("%v", err)
		}
		w = s.World
		for j := range s.Notes {
			trail = append(trail, "      "+names.Note(&s.Notes[j]))
		}
		for _, p := range Invariants() {
			if err := p.Check(w); err != nil {
				for _, s := range trail[max(0, len(trail)-160):] {
					fmt.Println(s)
				}
				t.Errorf("seed %d: %s: %v", seed, p.Name, err)
				return false
			}
		}
	}
	return true
}
