package explore_test

import (
	"flag"
	"runtime"
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/explore"
)

// transacting is one broker, and a producer with two transactions of two records that go to two partitions.
func transacting(version string, ends ...string) cluster.Config {
	c := config("all")
	c.Brokers, c.Version = c.Brokers[:1], version
	c.Settings = []cluster.Setting{{Name: "transaction.state.log.min.isr", Value: "1"}}
	c.Topics[0].Partitions, c.Topics[0].Replication, c.Topics[0].Settings = 2, 1, nil
	p := &c.Producers[0]
	p.Records, p.Every, p.Partitions = 4, 3*sim.Second, []int{0, 1}
	p.Send.Transaction = cluster.Transaction{Records: 2, End: ends}
	p.Settings = []cluster.Setting{
		{Name: "transactional.id", Value: "t1"}, {Name: "linger.ms", Value: "0"},
		{Name: "request.timeout.ms", Value: "2000"}, {Name: "delivery.timeout.ms", Value: "2000"},
	}
	return c
}

// TestARequestThatHangsComesAtEveryMoment: a request that its client has given up does harm only if it arrives in the middle
// of another transaction, neither before nor at the end of the run. With transaction.version 2 it never does
// (KIP-890, KAFKA-17754).
func TestARequestThatHangsComesAtEveryMoment(t *testing.T) {
	for _, c := range []struct {
		name, version string
		ends          []string
		harm          cluster.Class
		found         bool
	}{
		{"T01", "3.9", []string{"commit", "abort"}, cluster.AbortedRead, true},
		{"T02", "3.9", []string{"abort", "commit"}, cluster.AckedLost, true},
		{"T03", "3.9", []string{"abort", "commit"}, cluster.Torn, true},
		{"T05", "3.5", []string{"commit"}, cluster.AbortedRead, true},
		{"T01, version 2", "4.1", []string{"commit", "abort"}, cluster.AbortedRead, false},
		{"T02, version 2", "4.1", []string{"abort", "commit"}, cluster.AckedLost, false},
		{"T03, version 2", "4.1", []string{"abort", "commit"}, cluster.Torn, false},
		{"T05, version 2", "4.1", []string{"commit"}, cluster.AbortedRead, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := explore.Faults(build(t, transacting(c.version, c.ends...), "hold"), limits(1, 1), cluster.Never(c.harm), nil)
			if found := len(r.Findings) == 1; found != c.found || !found && !r.Exhausted {
				t.Errorf("found: %v, in %d runs", found, r.Runs)
			}
			for _, f := range r.Findings {
				if t.Logf("%v", f.Acts); f.Cost != 1 {
					t.Errorf("it costs %d", f.Cost)
				}
			}
		})
	}
}

var pairs = flag.Bool("pairs", false, "try all pairs of faults on transactions of version 2; a minute or two")

// TestNoTwoFaultsHarmTransactionsOfVersion2: whatever two faults strike, whenever, and whatever hangs and arrives late: nothing of an
// aborted transaction is read, and none is torn (KIP-890). One broker is enough for the late requests of T01, T02, T03 and T05.
// That a broker of its own can lose what it has acked is another matter: it is what power does.
//
//	go test ./sim/explore -run TestNoTwoFaults -pairs -v
func TestNoTwoFaultsHarmTransactionsOfVersion2(t *testing.T) {
	if !*pairs {
		t.Skip("takes minutes: run with -pairs")
	}
	harms := append(cluster.Never(cluster.AbortedRead), cluster.Never(cluster.Torn)...)
	for _, ends := range [][]string{{"commit", "abort"}, {"abort", "commit"}} {
		c := transacting("4.1", ends...)
		c.Producers[0].Every = 50 * sim.Millisecond
		r := explore.Faults(build(t, c, "crash", "power", "pause", "cut", "partition", "hold"),
			limits(2, runtime.GOMAXPROCS(0)), harms, nil)
		t.Logf("%v: %d runs, %d findings", ends, r.Runs, len(r.Findings))
		if len(r.Findings) > 0 || !r.Exhausted {
			t.Errorf("%v: %v", ends, r.Findings)
		}
	}
}

// TestAHangingTransactionIsFound: what comes after an abort opens a transaction that nobody will end, and who reads what is committed
// waits for ever (T04). Leaders that verify do not let it. A transaction
// that waits for its time-out does not hang.
func TestAHangingTransactionIsFound(t *testing.T) {
	for _, run := range []struct {
		version string
		records int
		found   int
	}{{"3.5", 1, 1}, {"3.9", 1, 0}, {"4.1", 1, 0}, {"3.9", 4, 0}} {
		c := transacting(run.version, "commit")
		c.Producers[0].Records = run.records
		c.Producers = append(c.Producers, cluster.Producer{ID: "p2", Topic: "orders", Records: 2, Bytes: 100, Partitions: []int{0, 1},
			Start: 14 * sim.Second})
		c.Consumers = []cluster.Consumer{{ID: "c1", Assign: []string{"orders-0", "orders-1"}, Settings: []cluster.Setting{
			{Name: "auto.offset.reset", Value: "earliest"}, {Name: "enable.auto.commit", Value: "false"},
			{Name: "isolation.level", Value: "read_committed"}}}}
		r := explore.Faults(build(t, c, "hold"), limits(1, 1), cluster.Never(cluster.Pending), nil)
		if len(r.Findings) != run.found || run.found == 0 && !r.Exhausted {
			t.Errorf("%s: %d findings in %d runs", run.version, len(r.Findings), r.Runs)
		}
		for _, f := range r.Findings {
			t.Logf("%s: %v", f.Err, f.Acts)
		}
	}
}
