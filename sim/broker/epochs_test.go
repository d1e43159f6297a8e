package broker_test

import (
	"testing"

	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/wire"
)

// TestALogKnowsWhatItNeverHad: where two logs have parted, the same offset is of another epoch in each.
func TestALogKnowsWhatItNeverHad(t *testing.T) {
	l := broker.Log{Epochs: []broker.EpochStart{{Epoch: 0, Start: 0}, {Epoch: 3, Start: 8}}}
	for _, b := range []wire.Batch{{Base: 0, Epoch: 0}, {Base: 4, Epoch: 0}, {Base: 9, Epoch: 3}} {
		b.Records = make([]wire.Record, 1)
		l.Batches.Append(&b)
	}
	for _, c := range []struct {
		epoch  int32
		offset int64
		had    bool
	}{
		{0, 2, true},  // removed between two of its epoch
		{0, 6, true},  // behind the last of its epoch
		{0, 8, false}, // there epoch 3 has begun
		{3, 8, true},
		{2, 3, false}, // epoch 0 went on behind it
		{2, 7, true},  // nothing may be left of epoch 2
		{2, 8, false},
		{4, 9, false}, // it never came here
	} {
		if had := l.Had(c.epoch, c.offset); had != c.had {
			t.Errorf("epoch %d at %d: %v", c.epoch, c.offset, had)
		}
	}
}
