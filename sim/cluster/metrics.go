package cluster

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// MetricRow is one of the numbers that an operator of Kafka looks at.
type MetricRow struct {
	Name   string
	Source string // Kafka's MBean, or the tool that shows it
	Doc    string
	Always bool // it is shown though it is zero
	gauge  func(g *gauges) []Metric
	count  func(s *stride) []Metric
}

// Metric is a value of a row: of all, or of what its label names.
type Metric struct {
	Row   *MetricRow
	Label string
	Value int64
}

const (
	replicaManager = "kafka.server:type=ReplicaManager,name="
	kafkaControl   = "kafka.controller:type=KafkaController,name="
	controlStats   = "kafka.controller:type=ControllerStats,name="
	producerBean   = "kafka.producer:type=producer-metrics,client-id=..., attribute "
)

// MetricTable is every metric. A gauge is read off the world. A counter is what the steps of a line add up to: Kafka
// shows it per second, too, or only that.
var MetricTable = []MetricRow{
	{Name: "UnderReplicatedPartitions", Source: replicaManager + "UnderReplicatedPartitions", Always: true,
		Doc:   "partitions whose ISR lacks a replica, added up over the brokers that run and believe to lead them; one without a leader is in OfflinePartitionsCount instead",
		gauge: led(func(l *leadership) bool { return l.ISR.Len() < l.replicas })},
	{Name: "UnderMinIsrPartitionCount", Source: replicaManager + "UnderMinIsrPartitionCount", Always: true,
		Doc:   "of these: partitions whose ISR is smaller than min.insync.replicas, so that acks=all is refused",
		gauge: led(func(l *leadership) bool { return l.ISR.Len() < l.minISR })},
	{Name: "AtMinIsrPartitionCount", Source: replicaManager + "AtMinIsrPartitionCount",
		Doc:   "partitions whose ISR has just min.insync.replicas members: with one less, acks=all is refused",
		gauge: led(func(l *leadership) bool { return l.ISR.Len() == l.minISR })},
	{Name: "OfflinePartitionsCount", Source: kafkaControl + "OfflinePartitionsCount", Always: true,
		Doc:   "partitions that have no leader: nobody can write to them or read from them",
		gauge: sole(func(g *gauges) int { return g.offline() })},
	{Name: "ActiveControllerCount", Source: kafkaControl + "ActiveControllerCount", Always: true,
		Doc:   "controllers that run and believe to be the active one; 1 is right",
		gauge: sole(func(g *gauges) int { return g.controllers() })},
	{Name: "FencedBrokerCount", Source: kafkaControl + "FencedBrokerCount", Always: true,
		Doc:   "brokers that are registered and that the controller does not count on",
		gauge: sole(func(g *gauges) int { return len(g.survey.Image.Brokers) - g.survey.Image.Alive().Len() })},
	{Name: "IsrShrinksPerSec", Source: replicaManager + "IsrShrinksPerSec", Always: true,
		Doc:   "how often a leader had a follower that lags taken out of the ISR; when the controller does it because a broker is gone, nobody counts it, nor if the metadata tells the leader before the controller's answer does (Partition.submitAlterPartition)",
		count: func(s *stride) []Metric { return s.isrChanges(false) }},
	{Name: "IsrExpandsPerSec", Source: replicaManager + "IsrExpandsPerSec", Always: true,
		Doc:   "how often a leader had a follower that caught up taken into the ISR",
		count: func(s *stride) []Metric { return s.isrChanges(true) }},
	{Name: "leader elections", Source: "ZooKeeper's " + controlStats + "LeaderElectionRateAndTimeMs; KRaft has none", Always: true,
		Doc:   "how often a partition was given another leader",
		count: told(func(n *wire.Note) int { return when(n.Kind == wire.Elected) })},
	{Name: "UncleanLeaderElectionsPerSec", Source: controlStats + "UncleanLeaderElectionsPerSec", Always: true,
		Doc:   "how often that was a replica that was not in sync: acked records may be gone",
		count: told(func(n *wire.Note) int { return when(n.Kind == wire.Elected && n.Unclean) })},
	{Name: "NewActiveControllersCount", Source: kafkaControl + "NewActiveControllersCount",
		Doc:   "how often a controller became the active one",
		count: told(func(n *wire.Note) int { return when(n.Kind == wire.BecameActive) })},
	{Name: "ErrorsPerSec", Source: "kafka.network:type=RequestMetrics,name=ErrorsPerSec,request=...,error=...",
		Doc:   "errors in the answers that brokers and controllers gave, by request and error",
		count: func(s *stride) []Metric { return s.refusals() }},
	{Name: "record-send-total", Source: producerBean + "record-send-total",
		Doc:   "records that the producer put into requests, those that it sent again included",
		count: byNode(wire.Drained, func(n *wire.Note) int { return len(n.Carried()) })},
	{Name: "record-retry-total", Source: producerBean + "record-retry-total",
		Doc:   "records that an error sent back to the queue, to be sent again",
		count: byNode(wire.Retrying, func(n *wire.Note) int { return len(n.Carried()) })},
	{Name: "record-error-total", Source: producerBean + "record-error-total",
		Doc:   "records that failed: send() threw, or the producer gave up their batch, and told the application so",
		count: func(s *stride) []Metric { return s.failures() }},
	{Name: "records-lag", Source: "kafka.consumer:type=consumer-fetch-manager-metrics,partition=...,topic=...,client-id=..., attribute records-lag", Always: true,
		Doc:   "how many records the consumer's position is behind what it may read, by the leader as it is now; the consumer's own number is as old as its last fetch",
		gauge: func(g *gauges) []Metric { return g.recordsLag() }},
	{Name: "group lag", Source: "kafka-consumer-groups.sh --describe, column LAG", Always: true,
		Doc:   "how many records a group's committed offset is behind the high watermark; nothing as long as it has committed nothing",
		gauge: func(g *gauges) []Metric { return g.groupLag() }},
	{Name: "open transactions", Source: "kafka-transactions.sh list, state Ongoing",
		Doc:   "transactions that are begun and not decided, by the word of their coordinators",
		gauge: sole(func(g *gauges) int { return g.openTransactions() })},
	{Name: "LastStableOffsetLag", Source: "kafka.cluster:type=Partition,name=LastStableOffsetLag,topic=...,partition=...",
		Doc:   "how many offsets below the high watermark can't be read with read_committed yet, because of an open transaction",
		gauge: func(g *gauges) []Metric { return g.stableLag() }},
}

// Gauges are the metrics that can be read off a world.
func Gauges(w *sim.World) []Metric {
	g := &gauges{world: w, survey: SurveyOf(w)}
	g.lead()
	var out []Metric
	for i := range MetricTable {
		if row := &MetricTable[i]; row.gauge != nil {
			out = append(out, row.stamp(row.gauge(g))...)
		}
	}
	return out
}

// Counts is what one step added to the counters.
func Counts(names *Names, before, after *sim.World, h *sim.Happened) []Metric {
	s := &stride{before, after, names, h}
	var out []Metric
	for i := range MetricTable {
		if row := &MetricTable[i]; row.count != nil {
			out = append(out, row.stamp(row.count(s))...)
		}
	}
	return out
}

// Counts tells of a metric whether it is a counter.
func (r *MetricRow) Counts() bool { return r.count != nil }

// stamp says of values whose they are.
func (r *MetricRow) stamp(values []Metric) []Metric {
	for i := range values {
		values[i].Row = r
	}
	return values
}

// Sum adds values up that have the same row and label. They come in the order of the table, then of the labels.
func Sum(values []Metric) []Metric {
	var out []Metric
	for _, v := range values {
		i := slices.IndexFunc(out, func(o Metric) bool { return o.Row == v.Row && o.Label == v.Label })
		if i < 0 {
			out = append(out, v)
			continue
		}
		out[i].Value += v.Value
	}
	return out
}

// when is 1 if something is so.
func when(so bool) int {
	if so {
		return 1
	}
	return 0
}

// sole is a metric of the whole cluster.
func sole(value func(g *gauges) int) func(*gauges) []Metric {
	return func(g *gauges) []Metric { return []Metric{{Value: int64(value(g))}} }
}

// led counts the partitions of which something is so by the word of a broker that believes to lead them.
func led(so func(l *leadership) bool) func(*gauges) []Metric {
	return sole(func(g *gauges) int {
		n := 0
		for i := range g.led {
			n += when(so(&g.led[i]))
		}
		return n
	})
}

// told counts something in the notes of a step.
func told(n func(n *wire.Note) int) func(*stride) []Metric {
	return func(s *stride) []Metric {
		sum := 0
		for i := range s.h.Notes {
			sum += n(&s.h.Notes[i])
		}
		return some("", sum)
	}
}

// byNode likewise, in those of one kind and for each node.
func byNode(kind wire.NoteKind, n func(n *wire.Note) int) func(*stride) []Metric {
	return func(s *stride) []Metric {
		var out []Metric
		for i := range s.h.Notes {
			if note := &s.h.Notes[i]; note.Kind == kind {
				out = append(out, some(s.names.Node(note.Node), n(note))...)
			}
		}
		return out
	}
}

// some is a value, if there is anything to count.
func some(label string, n int) []Metric {
	if n == 0 {
		return nil
	}
	return []Metric{{Label: label, Value: int64(n)}}
}
