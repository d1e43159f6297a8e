package tui

import (
	"slices"
	"testing"

	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim/wire"
)

// TestBatchesAndTheirNumbers follows a batch whose answer is lost: the producer is in doubt, keeps its
// numbers, and the leader knows them.
func TestBatchesAndTheirNumbers(t *testing.T) {
	m := stage(read(t, "retry"), look{w: 120, h: 36})
	text := func() string { return paneText(m.accumulatorLines(200)) }
	onceTold(t, m, wire.Sent, "p1")
	wants(t, text(), "⋯ asks for a producer id: nothing is sent before", "… filling [m1] linger 5.00 ms")
	onceTold(t, m, wire.Drained, "p1")
	wants(t, text(), "producer id 3000001, epoch 0", "→ in flight [m1 m2 m3] seq 0-2 → b1",
		"b1 knows nothing of this producer id")
	onceTold(t, m, wire.Retrying, "p1")
	wants(t, text(), "↻ backs off [m5 m6 m7] seq 3-5 retry 1 in", "? may be in the log already",
		"b1 knows seq 0-2@0, seq 3-5@3: it appends none of these again")
	press(m, "end")
	wants(t, text(), "none: nothing waits, nothing is in flight", "told ✓ acked m1-m12")
}

// TestWhatAProducerLacks: without idempotence there are no sequence numbers, and the pane says so.
func TestWhatAProducerLacks(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	press(m, "n n n n")
	wants(t, paneText(m.accumulatorLines(200)), "idempotence is off")
}

// TestALongQueueSaysHowLong shows what is sent next, and how much more waits.
func TestALongQueueSaysHowLong(t *testing.T) {
	m := stage(read(t, "retry"), look{w: 120, h: 36})
	onceTold(t, m, wire.Sent, "p1")
	p := *m.player.scene.producers[0]
	p.Queues = slices.Clone(p.Queues)
	q := &p.Queues[0]
	b := p.Batches[0]
	p.Batches = nil
	q.Batches = nil
	for b.ID = range 1000 {
		p.Batches = append(p.Batches, b)
		q.Batches = append(q.Batches, b.ID)
	}
	shown, more := queued(&p, q, mostBatches)
	if len(shown) != mostBatches || more != 1000-mostBatches {
		t.Errorf("%d shown and %d more of 1000", len(shown), more)
	}
	wants(t, paneText(m.player.scene.queueLines(&p, q, 200)), "… and 980 more that wait")
}

const compressed = `
title: a batch that is compressed
seed: 7
cluster: {brokers: 1, topics: [{name: orders, partitions: 1, replication.factor: 1}]}
producers:
  - {id: p1, topic: orders, records: 3, every: 1ms, config: {acks: all, linger.ms: 50, compression.type: gzip}}
until: settled
`

// TestACompressedBatchIsEstimated: how full it is, is a guess until it is sent.
func TestACompressedBatchIsEstimated(t *testing.T) {
	s, err := scenario.Read("compressed.yaml", []byte(compressed))
	if err != nil {
		t.Fatal(err)
	}
	m := stage(s, look{w: 120, h: 36})
	onceTold(t, m, wire.Sent, "p1")
	wants(t, paneText(m.accumulatorLines(200)), "compression.type=gzip", "… filling [m1]", "(estimated: ", "before compression)")
}
