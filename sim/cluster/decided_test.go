package cluster_test

import (
	"strings"
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/wire"
)

// TestWhatIsReadableOfATransaction makes m1 part of a transaction, in the log of its partition's leader: it is
// readable once a commit marker stands below the high watermark. What the log says against its own markers is a
// fault that the invariants find.
func TestWhatIsReadableOfATransaction(t *testing.T) {
	for _, c := range []struct {
		name     string
		marker   wire.Marker
		open     bool
		aborted  bool // in the index
		above    bool // the marker is not below the high watermark
		readable bool
		fault    string
	}{
		{name: "open", open: true},
		{name: "committed", marker: wire.CommitMarker, readable: true},
		{name: "aborted", marker: wire.AbortMarker, aborted: true},
		{name: "not committed yet", marker: wire.CommitMarker, above: true},
		{name: "forgotten", readable: true, fault: "has no marker and is counts"},
		{name: "not in the index", marker: wire.AbortMarker, readable: true, fault: "has the marker ABORT and is counts"},
		{name: "in the index", marker: wire.CommitMarker, aborted: true, fault: "has the marker COMMIT and is discarded"},
	} {
		config := idempotent()
		config.Consumers = nil
		w := settled(t, config)
		l, r := leading(w)
		begin(l)
		p, end := &l.Producers[0], l.End()
		if !c.open {
			p.Txn = wire.NoOffset
		}
		if c.marker != wire.NoMarker {
			l.Batches.Append(wire.NewMarker(c.marker, p.ID, p.Epoch, 1).At(end, r.LeaderEpoch))
			r.HW = l.End()
		}
		over := []broker.Ended{{ID: p.ID, First: 0, Last: end}}
		if c.aborted {
			l.Aborted = over
		}
		if c.above {
			l.Unreplicated, r.HW = over, end
		}
		if got := cluster.Fates(w)[0].Has(cluster.Delivered); got != c.readable {
			t.Errorf("%s: m1 is readable: %v", c.name, got)
		}
		for _, p := range cluster.Invariants() {
			err := p.Check(w)
			if p.Name == "transactions-decided" && (err == nil) != (c.fault == "") ||
				err != nil && !strings.Contains(err.Error(), c.fault) {
				t.Errorf("%s: %s says %v", c.name, p.Name, err)
			}
		}
	}
}

// TestNoEarlierCoordinatorEndsATransaction: its marker behind that of a later one is a fault that the invariants find.
func TestNoEarlierCoordinatorEndsATransaction(t *testing.T) {
	for _, c := range []struct {
		epochs []int32
		other  int64 // how far the second marker's producer id is from the first's
		fault  bool
	}{
		{epochs: []int32{5, 5}}, {epochs: []int32{4, 5}}, {epochs: []int32{5, 4}, fault: true},
		{epochs: []int32{5, 4}, other: 1},
	} {
		w := settled(t, idempotent())
		l, r := leading(w)
		begin(l)
		p := &l.Producers[0]
		p.Txn = wire.NoOffset
		for i, epoch := range c.epochs {
			m := wire.NewMarker(wire.CommitMarker, p.ID+int64(i)*c.other, p.Epoch, epoch)
			l.Batches.Append(m.At(l.End(), r.LeaderEpoch))
		}
		for _, p := range cluster.Invariants() {
			if err := p.Check(w); (err != nil) != (c.fault && p.Name == "coordinators-ascend") {
				t.Errorf("markers of coordinators %v: %s says %v", c.epochs, p.Name, err)
			}
		}
	}
}

// TestWhoReadsWhatIsCommittedRestsBeforeAnOpenTransaction: there is nothing more for it to do.
func TestWhoReadsWhatIsCommittedRestsBeforeAnOpenTransaction(t *testing.T) {
	for level, rests := range map[string]bool{"read_committed": true, "read_uncommitted": false} {
		c := idempotent()
		c.Consumers = c.Consumers[:1]
		c.Consumers[0].Settings = set("auto.offset.reset", "earliest", "isolation.level", level)
		w := settled(t, c)
		l, _ := leading(w)
		begin(l)
		id, _ := w.Roster.ID("c1")
		w.Node(id).(*consumer.Consumer).Parts[0].Position = 0
		if cluster.Settled(w) != rests {
			t.Errorf("%s: at rest before an open transaction: %v", level, !rests)
		}
	}
}

// TestWhatIsDownIsNotWaitedFor: a world with something broken in it comes to rest as well, once the others have made do
// without: the dead are fenced and out of the ISR, who is cut off from the leader likewise.
func TestWhatIsDownIsNotWaitedFor(t *testing.T) {
	for _, c := range []struct {
		acts []string
		isr  string // of orders-0 in the end
		led  bool
	}{
		{[]string{"crash b1"}, "b2 b3", true},
		{[]string{"power b2"}, "b1 b3", true},
		{[]string{"partition b1-b3"}, "b1 b2 b3", true},
		{[]string{"crash b2", "crash b3", "crash b1"}, "(nobody)", false},
	} {
		w := settled(t, small("acks", "all"))
		run := w.Run()
		for _, act := range c.acts {
			e, err := run.World().ParseEvent(act)
			if err != nil {
				t.Fatal(err)
			}
			strike(t, run, e)
			if cluster.Settled(run.Look()) && run.Look().Health(e.Node) != sim.Up {
				t.Errorf("%s: at rest before anybody has noticed", act)
			}
			for range patience {
				if cluster.Settled(run.Look()) {
					break
				}
				run.Next()
			}
		}
		part := cluster.CommittedImage(run.Look()).Partition(wire.Partition{Topic: 1})
		names := cluster.NamesOf(run.World())
		if !cluster.Settled(run.Look()) || names.Set(part.ISR) != c.isr || (part.Leader != wire.Nobody) != c.led {
			t.Errorf("%s: at rest: %v, ISR %s, leader %d", c.acts, cluster.Settled(run.Look()), names.Set(part.ISR), part.Leader)
		}
	}
}

// begin makes the first batch of a log one of an open transaction.
func begin(l *broker.Log) {
	first, rest := l.Batches.At(0), []*wire.Batch(nil)
	for i, b := range l.Batches.All() {
		if i > 0 {
			rest = append(rest, b)
		}
	}
	l.Batches.Truncate(0)
	l.Batches.Append(first.InTransaction())
	for _, b := range rest {
		l.Batches.Append(b)
	}
	l.Producers[0].Txn = 0
}

// settled is a world in which a producer has written two records and everything has come to rest.
func settled(t *testing.T, c cluster.Config) *sim.World {
	t.Helper()
	c.Producers[0].Records = 2
	run := build(t, c).Run()
	for i := 0; !cluster.Settled(run.Look()); i++ {
		if i == patience {
			t.Fatal("it never came to rest")
		}
		run.Next()
	}
	return run.World()
}

// leading is the log of orders-0 at its leader, and what that is to it.
func leading(w *sim.World) (*broker.Log, *broker.Replica) {
	at := wire.Partition{Topic: 1}
	b := w.Node(cluster.SurveyOf(w).LeaderOf(at)).(*broker.Broker)
	for i := range b.Replicas {
		if b.Replicas[i].At == at {
			return logOf(b, at), &b.Replicas[i]
		}
	}
	return nil, nil
}
