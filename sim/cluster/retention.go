package cluster

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/controller"
)

// Week is Kafka's default of how long records and committed offsets are kept, and how long a run is at
// the most: what would be due after a week never is, so nothing keeps its time.
const Week = 7 * 24 * 3600 * sim.Second

// duly is a time after which something is due in a run; 0 if it never is.
func duly(d sim.Duration) sim.Duration {
	switch {
	case d >= Week:
		return 0
	case d == 0:
		return 1 // at once is not never
	}
	return d
}

// topicRetention are the settings of topics on how long they keep records.
var topicRetention = []SettingRow{
	{Name: "retention.ms", Kind: Millis, Default: "604800000", Min: -1,
		Doc: "a segment is deleted when its newest record is older than this; -1: never",
		set: func(t *target, v Value) { t.topic.Retention = duly(v.Duration) }},
	{Name: "retention.bytes", Kind: Count, Default: "-1", Min: -1, Max: maxLong,
		Doc: "the oldest segments are deleted as long as this many bytes of a partition are left; -1: any number",
		set: func(t *target, v Value) {
			t.topic.Limited, t.topic.RetentionBytes = v.Int >= 0, max(v.Int, 0)
		}},
	{Name: "segment.ms", Kind: Millis, Default: "604800000", Min: 1,
		Doc: "a new segment begins when the first record of the active one is older than this",
		set: func(t *target, v Value) { t.topic.SegmentAge = duly(v.Duration) }},
	{Name: "segment.bytes", Kind: Count, Default: "1073741824", Min: 14, Max: maxInt,
		Doc: "bytes of a segment; from 4.0 on at least 1048576",
		set: func(t *target, v Value) { t.topic.SegmentBytes = v.Int }},
}

// brokerRetention are the settings of brokers on the same. Kafka takes the finest unit that is set.
var brokerRetention = []SettingRow{
	{Name: "log.retention.minutes", Kind: Count, Min: -1, Max: maxInt,
		Doc: "log.retention.ms in minutes",
		set: func(t *target, v Value) { t.topic.Retention = duly(inUnits(v.Int, 60*sim.Second)) }},
	{Name: "log.retention.hours", Kind: Count, Min: -1, Max: maxInt,
		Doc: "log.retention.ms in hours",
		set: func(t *target, v Value) { t.topic.Retention = duly(inUnits(v.Int, 3600*sim.Second)) }},
	{Name: "log.roll.hours", Kind: Count, Min: 1, Max: maxInt,
		Doc: "log.roll.ms in hours",
		set: func(t *target, v Value) { t.topic.SegmentAge = duly(inUnits(v.Int, 3600*sim.Second)) }},
	{Name: "log.retention.check.interval.ms", Kind: Millis, Default: "300000", Min: 1,
		Doc: "how often a broker looks for what it may delete, from 30 s after its start on",
		set: func(t *target, v Value) { t.broker.RetentionCheck = v.Duration }},
}

// inUnits is n of a unit; -1 is for ever.
func inUnits(n int64, unit sim.Duration) sim.Duration {
	if n < 0 || n > int64(Week/unit) {
		return sim.Forever
	}
	return sim.Duration(n) * unit
}

// sameInUnits are settings of which Kafka takes the first that is set.
var sameInUnits = [][]string{
	{"log.retention.ms", "log.retention.minutes", "log.retention.hours"},
	{"log.roll.ms", "log.roll.hours"},
}

// checkUnits refuses the same said twice: Kafka would take the one and ignore the other.
func (p *plan) checkUnits() {
	for _, names := range sameInUnits {
		said := ""
		for _, name := range names {
			switch {
			case !isSet(p.Settings, name):
			case said == "":
				said = name
			default:
				p.wrong("cluster.config."+name, "%s is set, too, and Kafka goes by that: set one of them", said)
			}
		}
	}
}

// smallestSegment is what segment.bytes is at least since 4.0 (KIP-1030).
const smallestSegment = 1048576

func (p *plan) checkSegments(t *target, path string) {
	if n := t.topic.SegmentBytes; n < smallestSegment && !p.version.Before(Release{4, 0}) {
		p.wrong(path, "%d is less than %d, the least since Kafka 4.0 (cluster.version: \"3.9\" takes smaller"+
			" ones; segment.ms ends segments by time)", n, smallestSegment)
	}
}

// settleRetention lets brokers look for what they may delete only if a topic can have any.
func (p *plan) settleRetention(topics []controller.Topic) {
	for i := range topics {
		if c := &topics[i].Config; c.Retention > 0 || c.Limited {
			return
		}
	}
	p.base.broker.RetentionCheck = 0
}

// clusterNames are the names of topics' settings where they are set for all topics, if they have another one there.
var clusterNames = map[string]string{
	"flush.messages": "log.flush.interval.messages", "max.message.bytes": "message.max.bytes",
	"retention.ms": "log.retention.ms", "retention.bytes": "log.retention.bytes",
	"segment.ms": "log.roll.ms", "segment.bytes": "log.segment.bytes",
	"cleanup.policy": "log.cleanup.policy", "min.cleanable.dirty.ratio": "log.cleaner.min.cleanable.ratio",
	"delete.retention.ms": "log.cleaner.delete.retention.ms",
}
