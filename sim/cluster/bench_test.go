package cluster

import (
	"testing"

	"example.com/ksim/sim"
)

func steady(records int) Config {
	c := small("1")
	c.Producers[0].Records = records
	c.Producers[0].Every = sim.Millisecond
	p2 := c.Producers[0]
	p2.ID = "p2"
	c.Producers = append(c.Producers, p2)
	return c
}

// BenchmarkSteady is a 3-broker, 2-producer, 1-consumer run under the clock.
func BenchmarkSteady(b *testing.B) {
	w, err := Build(steady(10_000_000))
	if err != nil {
		b.Fatal(err)
	}
	r := w.Run()
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := r.Next(); !ok {
			b.Fatal("stuck")
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
}

// BenchmarkApply is the same run, keeping every world.
func BenchmarkApply(b *testing.B) {
	w, err := Build(steady(10_000_000))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		e, _, _ := w.Earliest()
		s, err := w.Apply(e)
		if err != nil {
			b.Fatal(err)
		}
		w = s.World
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
}

// BenchmarkFingerprint is a fingerprint after every event.
func BenchmarkFingerprint(b *testing.B) {
	w, err := Build(steady(10_000_000))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		e, _, _ := w.Earliest()
		s, err := w.Apply(e)
		if err != nil {
			b.Fatal(err)
		}
		w = s.World
		w.Fingerprint()
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
}
