package cluster

import (
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/controller"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/wire"
)

// topicCompaction are the settings of topics on whether only the last record of each key is kept.
var topicCompaction = []SettingRow{
	{Name: "cleanup.policy", Kind: Word, Default: "delete", Words: []string{"delete", "compact"},
		Doc: "what becomes of old records: they are deleted by retention, or of each key only the last is kept",
		set: func(t *target, v Value) { t.topic.Compact = v.Text == "compact" }},
	{Name: "min.cleanable.dirty.ratio", Kind: Ratio, Default: "0.5",
		Doc: "a log is cleaned when more than that part of it, the active segment apart, has not been cleaned yet",
		set: func(t *target, v Value) { t.topic.MinDirty = int16(v.Int) }},
	{Name: "delete.retention.ms", Kind: Millis, Default: "86400000",
		Doc: "how long tombstones (records with a null value; not modelled) and transactions' markers are kept after a cleaning",
		set: func(t *target, v Value) { t.topic.DeleteRetention = duly(v.Duration) }},
}

// cleanerSettings are the settings of brokers on the same.
var cleanerSettings = []SettingRow{
	{Name: "log.cleaner.backoff.ms", Kind: Millis, Default: "15000", Min: 1,
		Doc: "how often a broker looks for logs to clean",
		set: func(t *target, v Value) { t.broker.CleanerBackoff = v.Duration }},
}

// cleanerSwitches are the rules of cleaners that were others once.
var cleanerSwitches = []SettingRow{
	{Name: "cleaned-abort-index", Kind: Word, Default: "whole", Words: []string{"whole", "looked-at"},
		Was: []Was{{Release{2, 8, 2}, "looked-at"}, {Release{3, 0}, "whole"}, {Release{3, 0, 2}, "looked-at"},
			{Release{3, 1}, "whole"}, {Release{3, 1, 1}, "looked-at"}},
		Doc: "which aborted transactions a cleaner knows in the last segment that it writes anew: those of all of it," +
			" or those up to where its map of keys was full (KAFKA-13727)",
		set: func(t *target, v Value) { t.broker.PartialAborts = v.Text == "looked-at" }},
	{Name: "markers-have-keys", Kind: Bool, Default: "false",
		Was: []Was{{Release{3, 0, 2}, "true"}, {Release{3, 1}, "false"}, {Release{3, 1, 2}, "true"}, {Release{3, 2}, "false"},
			{Release{3, 2, 1}, "true"}},
		Doc: "a cleaner removes the marker of a transaction if a later record has the same key (KAFKA-14055)",
		set: func(t *target, v Value) { t.broker.MarkersByKey = v.Bool }},
	{Name: "cleaner-keys", Kind: Count, Default: "5033164", Min: 1, Max: 5033164,
		Doc: "how many keys a cleaner takes in at a time; Kafka: log.cleaner.dedupe.buffer.size / 24 * 0.9, at least 39321;" +
			" a small one shows what happens when they are more",
		set: func(t *target, v Value) { t.broker.CleanerKeys = v.Int }},
}

// settleCompaction lets brokers look for what they may clean only if a topic can have any. Where records are
// compacted, they are not deleted for their age or number.
func (p *plan) settleCompaction(topics []controller.Topic) {
	some := p.base.topic.Compact
	for i := range topics {
		if c := &topics[i].Config; c.Compact {
			c.Retention, c.Limited, c.RetentionBytes, some = 0, false, 0, true
		}
	}
	if !some {
		p.base.broker.CleanerBackoff = 0
	}
}

// internalConfig are the settings of an internal topic. Its cleanup.policy is compact, so retention is not for
// it, and its segments have settings of their own, which no run comes near: it keeps all its records.
func internalConfig(c metadata.TopicConfig) metadata.TopicConfig {
	c.Retention, c.Limited, c.RetentionBytes, c.SegmentAge, c.SegmentBytes, c.Compact = 0, false, 0, 0, 0, false
	return c
}

// removed tells whether a broker has taken the message out of a log because that is what its topic is set to.
func (r *Row) removed() bool { return r.Expired > 0 || r.Superseded > 0 }

// supersede takes in that a cleaner has removed records because later ones have their keys.
func (l *Ledger) supersede(n *wire.Note) {
	for offset, r := range n.Batch.All() {
		if r.Message.Producer == wire.Nobody || r.Copier != wire.Nobody {
			continue
		}
		l.change(r.Message, func(row *Row) {
			count(&row.Superseded)
			row.Was, row.Epoch = wire.PartitionOffset{At: n.At, Offset: offset}, n.Batch.Epoch
		})
	}
}

// superseded tells of a message that is in no leader's log whether that is so because a later one of its key is
// there. An older message of its producer that stands behind it, or comes there again, makes a cleaner remove
// it, too; but then the topic keeps an old state for good. A log that has parted from the one that was cleaned says
// nothing of what was in that one.
func (s *Survey) superseded(m wire.MessageID) bool {
	row := s.row(m)
	leader := s.LeaderOf(row.Was.At)
	key, keyed := keyOf(s.world, m)
	if row.Superseded == 0 || !keyed || leader == wire.Nobody {
		return false
	}
	l := logOf(s.world.Node(leader).(*broker.Broker), row.Was.At)
	if !l.Had(row.Epoch, row.Was.Offset) {
		return false
	}
	for _, b := range l.Batches.All() {
		if b.Marker != wire.NoMarker || l.Outcome(b) == broker.Discarded {
			continue
		}
		for offset, r := range b.All() {
			if offset > row.Was.Offset && r.Keyed && r.Key == key && !before(r.Message, m) {
				return true
			}
		}
	}
	return false
}

// before tells whether a message was sent before another one by the same producer. Between producers there is
// no order but that of the log.
func before(m, other wire.MessageID) bool {
	return m.Producer == other.Producer && m.N < other.N
}
