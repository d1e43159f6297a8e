package cluster

import (
	"slices"
	"testing"

	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/wire"
)

// TestAnOpenTransactionDoesNotHang: as long as nothing goes wrong a coordinator knows of every transaction that is open in a
// partition, at every moment.
func TestAnOpenTransactionDoesNotHang(t *testing.T) {
	at := wire.Partition{Topic: 1}
	r := transacting(t).Run()
	open := 0
	for range 300 {
		r.Next()
		l := logOf(r.Look().Node(1).(*broker.Broker), at)
		if l != nil && slices.ContainsFunc(l.Producers, func(p broker.ProducerState) bool { return p.Txn != wire.NoOffset }) {
			open++
		}
		if SurveyOf(r.Look()).hanging(at) {
			t.Fatalf("it hangs at step %d", r.Look().Steps())
		}
	}
	if open == 0 {
		t.Error("no transaction was ever open")
	}
}
