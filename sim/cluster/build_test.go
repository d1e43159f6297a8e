package cluster

import (
	"testing"

	"example.com/ksim/sim"
)

func small(acks string) Config {
	return Config{
		Seed: 7, Brokers: []string{"b1", "b2", "b3"}, Controllers: []string{"k1"},
		Topics: []Topic{{Name: "orders", Partitions: 1, Replication: 3}},
		Producers: []Producer{{ID: "p1", Topic: "orders", Records: 3, Every: 10 * sim.Millisecond, Bytes: 100,
			Settings: []Setting{{"acks", acks}, {"enable.idempotence", "false"}}}},
		Consumers: []Consumer{{ID: "c1", Group: "g1", Topics: []string{"orders"}, Process: Process{Takes: sim.Millisecond},
			Settings: []Setting{{"auto.offset.reset", "earliest"}}}},
		Costs: DefaultCosts(),
	}
}

func TestTry(t *testing.T) {
	w, err := Build(small("1"))
	if err != nil {
		t.Fatal(err)
	}
	names := NamesOf(w)
	fp := w.Fingerprint()
	idle := 0
	for i := 0; i < 3000; i++ {
		e, at, ok := w.Earliest()
		if !ok || at > sim.Time(20*sim.Second) {
			break
		}
		s, err := w.Apply(e)
		if err != nil {
			t.Fatal(err)
		}
		w = s.World
		if f := w.Fingerprint(); f == fp {
			idle++
			if len(s.Notes) > 0 {
				t.Errorf("idle but told %v", s.Notes)
			}
			continue
		} else {
			fp = f
		}
		t.Logf("%4d %s %s", w.Steps(), w.Now(), w.Text(e))
		for j := range s.Notes {
			t.Logf("         %s", names.Note(&s.Notes[j]))
		}
	}
	t.Logf("idle %d", idle)
}
