package cluster_test

import (
	"runtime"
	"runtime/debug"
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/explore"
)

// steady is three brokers, two producers that never have done, and a consumer.
func steady(b *testing.B) *sim.World {
	c := small("acks", "1")
	c.Producers[0].Records = 10_000_000
	c.Producers[0].Every = sim.Millisecond
	c.Producers = append(c.Producers, c.Producers[0])
	c.Producers[1].ID = "p2"
	return build(b, c)
}

func perSecond(b *testing.B, n int, unit string) {
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), unit+"/s")
}

// BenchmarkSteady is a run in place under the clock.
func BenchmarkSteady(b *testing.B) {
	r := steady(b).Run()
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := r.Next(); !ok {
			b.Fatal("stuck")
		}
	}
	perSecond(b, b.N, "events")
}

// BenchmarkApply is the same run with a world after every event.
func BenchmarkApply(b *testing.B) {
	w := steady(b)
	b.ReportAllocs()
	for b.Loop() {
		w = apply(b, w)
	}
	perSecond(b, b.N, "events")
}

// BenchmarkFingerprint is that with a fingerprint of every world.
func BenchmarkFingerprint(b *testing.B) {
	w := steady(b)
	b.ReportAllocs()
	for b.Loop() {
		w = apply(b, w)
		w.Fingerprint()
	}
	perSecond(b, b.N, "events")
}

func apply(b *testing.B, w *sim.World) *sim.World {
	e, _, _ := w.Earliest()
	step, err := w.Apply(e)
	if err != nil {
		b.Fatal(err)
	}
	return step.World
}

// BenchmarkExhaustive is a search of every order of a small world with one fault in it, stopped
// after a number of worlds. A round is the whole search: run it with -benchtime=1x.
func BenchmarkExhaustive(b *testing.B) {
	const worlds = 200_000
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	c := small("acks", "all", "linger.ms", "0")
	c.Consumers = nil
	c.Producers[0].Records = 2
	root := build(b, c)
	edges, bytes := 0, 0
	for b.Loop() {
		r := explore.Exhaustive(root, explore.Limits{
			Faults: 1, Workers: runtime.GOMAXPROCS(0), MaxWorlds: worlds,
		}, cluster.Never(cluster.AckedLost), nil)
		if r.Worlds < worlds {
			b.Fatalf("ended at %d worlds: %s", r.Worlds, r.Limit)
		}
		edges, bytes = edges+r.Edges, r.Bytes
	}
	perSecond(b, b.N*worlds, "worlds")
	perSecond(b, edges, "edges")
	b.ReportMetric(float64(bytes)/worlds, "B/world")
}
