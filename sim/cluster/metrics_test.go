package cluster_test

import (
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
)

// operated is a run whose metrics somebody looks at.
type operated struct {
	*testing.T
	w      *sim.World
	counts []cluster.Metric
}

func (o *operated) apply(e sim.Event) {
	before, body := o.w, o.w.Body(e)
	step, err := o.w.Apply(e)
	if err != nil {
		o.Fatal(err)
	}
	o.w = step.World
	h := sim.Happened{Step: o.w.Steps(), At: o.w.Now(), Event: e, Body: body, Notes: step.Notes}
	o.counts = cluster.Sum(append(o.counts, cluster.Counts(cluster.NamesOf(before), before, o.w, &h)...))
}

// do makes acts happen, and then lets the clock choose for some seconds.
func (o *operated) do(seconds int, acts ...string) {
	o.Helper()
	for _, text := range acts {
		e, err := o.w.ParseEvent(text)
		if err != nil {
			o.Fatal(err)
		}
		o.apply(e)
	}
	until := o.w.Now().Add(sim.Duration(seconds) * sim.Second)
	for {
		e, at, ok := o.w.Earliest()
		if !ok || at > until {
			return
		}
		o.apply(e)
	}
}

// shows checks a metric of a label.
func (o *operated) shows(name, label string, want int64) {
	o.Helper()
	got := int64(0)
	for _, m := range append(cluster.Gauges(o.w), o.counts...) {
		if m.Row.Name == name && m.Label == label {
			got = m.Value
		}
	}
	if got != want {
		o.Errorf("at %s: %s %s is %d, want %d", o.w.Now(), name, label, got, want)
	}
}

func operating(t *testing.T, c cluster.Config) *operated {
	c.Producers[0].Records = 60
	o := &operated{T: t, w: build(t, c)}
	o.do(20)
	return o
}

// TestMetricsOfAQuietCluster: all is well.
func TestMetricsOfAQuietCluster(t *testing.T) {
	o := operating(t, livingCluster())
	for name, want := range map[string]int64{"UnderReplicatedPartitions": 0, "UnderMinIsrPartitionCount": 0, "OfflinePartitionsCount": 0,
		"ActiveControllerCount": 1, "FencedBrokerCount": 0, "UncleanLeaderElectionsPerSec": 0, "IsrShrinksPerSec": 0} {
		o.shows(name, "", want)
	}
	o.shows("record-error-total", "p1", 0)
	o.shows("group lag", "g1 orders-0", 2) // polled and processed, and not committed yet
	o.shows("records-lag", "c1 orders-0", 0)
}

// TestMetricsOfALeaderThatDies: as long as nobody has noticed there is nothing to see; then the partitions of the other
// broker lack a replica. The controller has taken the dead one out of the ISRs, so no broker counts that as a shrink.
func TestMetricsOfALeaderThatDies(t *testing.T) {
	o := operating(t, livingCluster())
	o.do(1, "power b1")
	o.shows("UnderReplicatedPartitions", "", 0)
	o.shows("OfflinePartitionsCount", "", 0)
	elections := count(o, "leader elections")
	o.do(20)
	led := int64(0)
	for _, p := range cluster.SurveyOf(o.w).Image.Partitions {
		led += int64(len(p.Replicas) - p.ISR.Len())
	}
	o.shows("UnderReplicatedPartitions", "", led)
	o.shows("FencedBrokerCount", "", 1)
	o.shows("IsrShrinksPerSec", "", 0)
	if now := count(o, "leader elections"); led == 0 || now <= elections {
		t.Errorf("%d partitions lack a replica, %d elections after %d", led, now, elections)
	}
	o.do(20, "restart b1")
	o.shows("UnderReplicatedPartitions", "", 0)
	o.expanded(led)
	o.do(20, "power b2")
	o.shows("OfflinePartitionsCount", "", 0)
	o.do(20, "power b1")
	if count(o, "OfflinePartitionsCount") != led || count(o, "UncleanLeaderElectionsPerSec") != 0 {
		t.Errorf("all brokers are gone, and %d partitions of %d are offline", count(o, "OfflinePartitionsCount"), led)
	}
}

// expanded checks that leaders have counted ISRs that grew: not those of which the metadata told them first.
func (o *operated) expanded(most int64) {
	o.Helper()
	if n := count(o, "IsrExpandsPerSec"); n < 1 || n > most {
		o.Errorf("%d ISRs have grown, want 1 to %d", n, most)
	}
}

func count(o *operated, name string) int64 {
	for _, m := range append(cluster.Gauges(o.w), o.counts...) {
		if m.Row.Name == name {
			return m.Value
		}
	}
	return 0
}

// TestMetricsOfAFollowerThatLags: its leader has it taken out of the ISR, and back in.
func TestMetricsOfAFollowerThatLags(t *testing.T) {
	c := livingCluster()
	c.Settings = set("replica.lag.time.max.ms", "2000")
	o := operating(t, c)
	o.do(6, "partition b1>b2")
	shrunk := count(o, "IsrShrinksPerSec")
	o.shows("UnderReplicatedPartitions", "", shrunk)
	o.do(6, "heal b1>b2")
	o.expanded(shrunk)
	o.shows("UnderReplicatedPartitions", "", 0)
	if shrunk == 0 {
		t.Error("no ISR has shrunk")
	}
}

// TestMetricsOfTooSmallAnISR: what is refused is counted by request and error, what is tried again by record.
func TestMetricsOfTooSmallAnISR(t *testing.T) {
	c := livingCluster("delivery.timeout.ms", "3000", "request.timeout.ms", "1000")
	c.Topics[0].Settings = set("min.insync.replicas", "2")
	o := operating(t, c)
	o.do(14, "power b2")
	o.shows("UnderMinIsrPartitionCount", "", 1)
	for _, name := range []string{"ErrorsPerSec", "record-retry-total", "record-error-total"} {
		if count(o, name) == 0 {
			t.Errorf("%s: none", name)
		}
	}
	refused := int64(0)
	for _, m := range o.counts {
		if m.Row.Name == "ErrorsPerSec" && m.Label == "Produce NOT_ENOUGH_REPLICAS" {
			refused = m.Value
		}
	}
	if sent, errors := count(o, "record-send-total"), count(o, "record-error-total"); refused == 0 || sent <= errors {
		t.Errorf("%d sends refused; %d records sent, %d given up", refused, sent, errors)
	}
}

// TestMetricsOfSendsThatThrow: they count, though their records never were in a batch.
func TestMetricsOfSendsThatThrow(t *testing.T) {
	o := operating(t, livingCluster("max.request.size", "150"))
	o.shows("record-send-total", "p1", 0)
	if n := count(o, "record-error-total"); n < 20 {
		t.Errorf("%d records failed in 20 s, one a second", n)
	}
}

// TestMetricsOfMoreInSyncThanReplicas: min.insync.replicas counts as the number of replicas if that is less. Up to 3.6 it
// counts as it is set: acks=all is always refused, and acks=1 is not.
func TestMetricsOfMoreInSyncThanReplicas(t *testing.T) {
	for _, c := range []struct {
		version, acks string
		under, at     int64
		acked         bool
	}{{"4.1", "all", 0, 1, true}, {"3.6", "all", 1, 0, false}, {"3.6", "1", 1, 0, true}} {
		config := livingCluster("acks", c.acks)
		config.Version = c.version
		config.Topics[0].Settings = set("min.insync.replicas", "3")
		o := operating(t, config)
		o.shows("UnderMinIsrPartitionCount", "", c.under)
		o.shows("AtMinIsrPartitionCount", "", c.at)
		refused := false
		for _, m := range o.counts {
			refused = refused || m.Row.Name == "ErrorsPerSec" && m.Label == "Produce NOT_ENOUGH_REPLICAS"
		}
		if refused == c.acked {
			t.Errorf("%+v: refused is %t", c, refused)
		}
	}
}

// TestMetricsOfAnOpenTransaction: it holds back the last stable offset, not the high watermark.
func TestMetricsOfAnOpenTransaction(t *testing.T) {
	o := &operated{T: t, w: build(t, transactional())}
	seen := false
	for range 4000 {
		e, _, ok := o.w.Earliest()
		if !ok {
			break
		}
		o.apply(e)
		if count(o, "open transactions") > 0 {
			for _, m := range cluster.Gauges(o.w) {
				seen = seen || m.Row.Name == "LastStableOffsetLag" && m.Value > 0
			}
		}
	}
	if !seen {
		t.Error("no open transaction has held back a last stable offset")
	}
}
