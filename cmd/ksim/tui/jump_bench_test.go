package tui

import (
	"math/rand/v2"
	"runtime"
	"testing"

	"example.com/ksim/internal/scenario"
)

// busy has something to do for more than 100,000 steps: a consumer group follows two producers.
const busy = `
title: a long and busy run
seed: 11
cluster:
  brokers: 5
  topics: [{name: orders, partitions: 12, replication.factor: 3}]
producers:
  - {id: p1, topic: orders, records: 4000, every: 2ms, config: {acks: all, linger.ms: 5}}
  - {id: p2, topic: orders, records: 4000, every: 2ms, config: {acks: "1", linger.ms: 0}}
consumers:
  - {id: c1, group: g1, topics: [orders], config: {auto.offset.reset: earliest}, process: {takes: 1ms}}
  - {id: c2, group: g1, topics: [orders], config: {auto.offset.reset: earliest}, process: {takes: 1ms}}
`

const manySteps = 100_000

// played is a model whose line is that long, every world of it kept.
func played(b *testing.B, source string, steps int) *model {
	b.Helper()
	s, err := scenario.Read("busy.yaml", []byte(source))
	if err != nil {
		b.Fatal(err)
	}
	m := stage(s, look{w: 200, h: 60})
	m.player.seek(m.player.Tree.Len() - 1)
	for m.player.Tree.Len() <= steps {
		if ok, err := m.player.Advance(); !ok || err != nil {
			b.Fatalf("it ends after %d steps: %v", m.player.Tree.Len(), err)
		}
	}
	return m
}

// BenchmarkJump goes anywhere in a run of 100,000 steps and draws what is there: the aims are 50 ms a
// jump, and 500 MB for the run.
func BenchmarkJump(b *testing.B) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	m := played(b, busy, manySteps)
	runtime.GC()
	runtime.ReadMemStats(&after)
	dice := rand.New(rand.NewPCG(1, 2))
	for b.Loop() {
		m.player.seek(dice.IntN(manySteps))
		_ = m.View()
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MB")
}
