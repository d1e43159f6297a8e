package cluster_test

import (
	"slices"
	"strings"
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// lived plays a world for a while, with acts after what was told, and tells the life of its n-th message without steps.
func lived(t *testing.T, w *sim.World, until sim.Time, n int32, acts ...string) []string {
	t.Helper()
	var path []sim.Happened
	names := cluster.NamesOf(w)
	do := func(e sim.Event) {
		body := w.Body(e)
		step, err := w.Apply(e)
		if err != nil {
			t.Fatal(err)
		}
		w = step.World
		path = append(path, sim.Happened{Step: w.Steps(), At: w.Now(), Event: e, Body: body, Notes: step.Notes})
	}
	for w.Now() < until {
		e, _, ok := w.Earliest()
		if !ok {
			break
		}
		do(e)
		if len(acts) == 0 || !toldSo(names, path[len(path)-1].Notes, acts[0]) {
			continue
		}
		act, err := w.ParseEvent(acts[1])
		if err != nil {
			t.Fatal(err)
		}
		acts = acts[2:]
		do(act)
	}
	var out []string
	last := 0
	for _, c := range cluster.Life(w, path, wire.MessageID{Producer: cluster.LedgerOf(w).First, N: n}) {
		if c.Step < last {
			t.Errorf("step %d comes after step %d", c.Step, last)
		}
		last = c.Step
		out = append(out, c.Text)
	}
	return out
}

func toldSo(names *cluster.Names, notes []wire.Note, what string) bool {
	return slices.ContainsFunc(notes, func(n wire.Note) bool { return strings.Contains(names.Note(&n), what) })
}

func livingCluster(pairs ...string) cluster.Config {
	return cluster.Config{Seed: 7, Brokers: []string{"b1", "b2"}, Controllers: []string{"k1"}, Costs: cluster.DefaultCosts(),
		Topics: []cluster.Topic{{Name: "orders", Partitions: 1, Replication: 2}},
		Producers: []cluster.Producer{{ID: "p1", Topic: "orders", Records: 2, Every: sim.Second, Bytes: 100,
			Settings: set(pairs...)}},
		Consumers: []cluster.Consumer{{ID: "c1", Group: "g1", Topics: []string{"orders"},
			Settings: set("auto.offset.reset", "earliest"), Process: cluster.Process{Takes: sim.Millisecond}}},
	}
}

// TestALifeIsWhole: no stage between send() and the commit of the group is missing.
func TestALifeIsWhole(t *testing.T) {
	same(t, lived(t, build(t, livingCluster()), sim.Time(20*sim.Second), 1), `
p1 is blocked in send() of m1: the topic's partitions are not known yet
p1 sent m1: it waits in a batch for orders-0
p1 goes on with send() of m1
p1 sent b1 a batch for orders-0: m1 (sequence 0)
b1 appended m1 at orders-0@0 (epoch 0, page cache)
b2 copied m1 at orders-0@0 from b1
high watermark of orders-0 on b1: 0 to 1
b1 answered p1 for m1 of orders-0: ok
p1 was told that m1 is at orders-0@0
high watermark of orders-0 on b2: 0 to 1
c1 fetched m1 from b1: it waits there for poll()
c1 polled m1 m2 of orders-0@0
c1 applied m1 to its sink
c1 finished m1
c1 was told that orders-0@2 is committed
`)
}

func same(t *testing.T, got []string, want string) {
	t.Helper()
	if text := strings.Join(got, "\n"); text != strings.TrimSpace(want) {
		t.Errorf("its life is\n%s\nnot\n%s", text, strings.TrimSpace(want))
	}
}

// TestALifeEndsWithItsLastCopy: what passes the place of a message that is gone is not about it any more.
func TestALifeEndsWithItsLastCopy(t *testing.T) {
	w := build(t, livingCluster("acks", "1"))
	same(t, lived(t, w, sim.Time(60*sim.Second), 1, "p1 sent b1 a batch", "partition b1>b2", "p1 was told that m1", "power b1", "b2 leads orders-0", "restart b1",
		"b1 started", "heal b1>b2"), `
p1 is blocked in send() of m1: the topic's partitions are not known yet
p1 sent m1: it waits in a batch for orders-0
p1 goes on with send() of m1
p1 sent b1 a batch for orders-0: m1
b1 appended m1 at orders-0@0 (epoch 0, page cache)
b1 answered p1 for m1 of orders-0: ok
p1 was told that m1 is at orders-0@0
b1 lost m1 of orders-0@0: never flushed to disk
`)
}

// TestALifeInATransaction tells the marker and the last stable offset.
func TestALifeInATransaction(t *testing.T) {
	same(t, lived(t, build(t, transactional()), sim.Time(20*sim.Second), 1), `
p1 is blocked in send() of p1.m1: the topic's partitions are not known yet
p1 sent p1.m1: it waits in a batch for orders-0
p1 goes on with send() of p1.m1
p1 sent b1 a batch for orders-0: p1.m1 (sequence 0)
b1 appended p1.m1 at orders-0@0 (epoch 0, page cache)
b3 copied p1.m1 at orders-0@0 from b1
b2 copied p1.m1 at orders-0@0 from b1
high watermark of orders-0 on b1: 0 to 1
b1 answered p1 for p1.m1 of orders-0: ok
p1 was told that p1.m1 is at orders-0@0
high watermark of orders-0 on b3: 0 to 1
high watermark of orders-0 on b2: 0 to 1
b1 wrote a marker at orders-0@1: the transaction of producer id 3000001 is over, COMMIT (epoch 1)
last stable offset of orders-0 on b1: 0 to 2
c1 fetched p1.m1 from b1: it waits there for poll()
c1 polled p1.m1 of orders-0@0
c1 applied p1.m1 to its sink
c1 finished p1.m1
c1 was told that orders-0@22 is committed
`)
}
