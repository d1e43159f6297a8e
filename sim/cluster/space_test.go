package cluster

import (
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"example.com/ksim/sim"
	"example.com/ksim/sim/explore"
)

func TestSpace(t *testing.T) {
	c := small("all")
	c.Consumers = nil
	c.Producers[0].Records = 2
	c.Producers[0].Settings = append(c.Producers[0].Settings, Setting{"linger.ms", "0"})
	c.Topics[0].Settings = []Setting{{"min.insync.replicas", "2"}}
	w, err := Build(c)
	if err != nil {
		t.Fatal(err)
	}
	faults, _ := strconv.Atoi(os.Getenv("F"))
	mw, _ := strconv.Atoi(os.Getenv("MW"))
	if only := os.Getenv("ONLY"); only != "" {
		var keep []sim.Act
		for _, a := range w.Acts {
			if a.Mends || a.Verb == only {
				keep = append(keep, a)
			}
		}
		w.Roster.Acts = keep
	}
	start := time.Now()
	last := 0
	r := explore.Exhaustive(w, explore.Limits{Faults: faults, Workers: 2, MaxWorlds: mw}, nil, func(r explore.Report) bool {
		fmt.Printf("depth %d worlds %d (+%d) edges %d %.0f edges/s\n", r.Depth, r.Worlds, r.Worlds-last, r.Edges, float64(r.Edges)/time.Since(start).Seconds())
		last = r.Worlds
		return true
	})
	t.Logf("%+v %v", r, time.Since(start))
	_ = sim.Second
}
