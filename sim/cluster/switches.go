package cluster

import (
	"cmp"

	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/producer"
)

// Switches are single rules of the model as another release of Kafka had them, or as a known bug made
// them. Each is read at the one place where its rule is. A row's Default is how 4.1 does it; Was says
// since when. `version` sets them all to what that release did; a bug that no release of Apache Kafka
// had, or that only some fix release had, is only ever set by name.

// BrokerSwitches are the switches of brokers and controllers.
var BrokerSwitches = append([]SettingRow{
	{Name: "strict-min-isr-for-hw", Kind: Bool, Default: "true", Was: []Was{{Release{3, 7}, "false"}},
		Doc: "the high watermark does not rise while the ISR is smaller than min.insync.replicas, which counts as no" +
			" more than there are replicas (KAFKA-15583)",
		set: func(t *target, v Value) { t.broker.LooseMinISR = !v.Bool }},
	{Name: "offset-expiry", Kind: Word, Default: "since-empty", Words: []string{"since-empty", "rebalance-unread", "since-commit"},
		Was: []Was{{Release{2, 1}, "since-commit"}, {Release{2, 4}, "since-empty"}, {Release{2, 8, 2}, "rebalance-unread"},
			{Release{3, 0}, "since-empty"}, {Release{3, 0, 1}, "rebalance-unread"},
			{Release{3, 1}, "since-empty"}, {Release{3, 1, 1}, "rebalance-unread"}},
		Doc: "from when on offsets.retention.minutes count: since the group has no members, or since the commit: in use or" +
			" not (KIP-211), or when the group joins and the generation before did not read the topic (KAFKA-13636)",
		set: func(t *target, v Value) {
			t.broker.OffsetsAgeInUse = v.Text == "since-commit"
			t.broker.ExpireJoining = v.Text == "rebalance-unread"
		}},
	{Name: "loaded-offsets-expire", Kind: Bool, Default: "false",
		Doc: "what a new coordinator has loaded of a group without members counts as expired, as in 2.1 with the" +
			" inter-broker protocol of before (KAFKA-8069)",
		set: func(t *target, v Value) { t.broker.ExpireLoaded = v.Bool }},
	{Name: "unknown-producer", Kind: Word, Default: "accept-any",
		Words: []string{"accept-any", "reject-on-empty", "reject-nonzero", "reject-as-gap"},
		Was:   []Was{{Release{1, 0}, "reject-as-gap"}, {Release{2, 5}, "reject-nonzero"}},
		Doc:   "which first sequence a log takes of an idempotent producer that it knows nothing of (KIP-360, KAFKA-15591)",
		set: func(t *target, v Value) {
			t.broker.UnknownProducer = map[string]broker.UnknownProducer{
				"accept-any": broker.AcceptAny, "reject-on-empty": broker.RejectOnEmpty,
				"reject-nonzero": broker.RejectNonzero, "reject-as-gap": broker.RejectAsGap,
			}[v.Text]
		}},
	{Name: "producer-state-outlives-records", Kind: Bool, Default: "true", Was: []Was{{Release{2, 4}, "false"}},
		Doc: "what a log knows of a producer stays when the producer's records are deleted (KAFKA-7190)",
		set: func(t *target, v Value) { t.broker.EvictProducers = !v.Bool }},
	{Name: "markers-keep-producers", Kind: Bool, Default: "true", Was: []Was{{Release{1, 0}, "true"}, {Release{2, 4, 1}, "false"}},
		Doc: "producer.id.expiration.ms count from a transaction's marker, too (KAFKA-9144)",
		set: func(t *target, v Value) { t.broker.UndatedMarkers = !v.Bool }},
	{Name: "only-leaders-check-markers", Kind: Bool, Default: "true", Was: []Was{{Release{2, 4, 1}, "false"}},
		Doc: "markers are only checked when a leader appends them, not by who copies or loads them (KAFKA-9144)",
		set: func(t *target, v Value) { t.broker.CopiesChecked = !v.Bool }},
	{Name: "offsets-load", Kind: Word, Default: "whole", Words: []string{"whole", "first-chunk"},
		Doc: "what a new coordinator takes in of a group: all, or the first chunk that tells of it, as in 0.11.0.0 (KAFKA-5600)",
		set: func(t *target, v Value) { t.broker.LoadFirstChunk = v.Text == "first-chunk" }},
	{Name: "dedup-window", Kind: Count, Default: "5", Max: 5, Was: []Was{{Release{1, 0}, "1"}},
		Doc: "how many of a producer's last batches a broker can recognise; 0 was Redpanda's before 21.10.2 (issue 3039)",
		set: func(t *target, v Value) { t.broker.DedupWindow = int8(v.Int) }},
	{Name: "failed-fence-bumps", Kind: Bool, Default: "false", Was: []Was{{Release{2, 7}, "true"}},
		Doc: "a fence of a transactional.id that can't be written uses up an epoch each time (KAFKA-9666)",
		set: func(t *target, v Value) { t.broker.FailedFenceBumps = v.Bool }},
	{Name: "max-producer-epoch", Kind: Count, Default: "32767", Min: 3, Max: maxShort,
		Doc: "the largest epoch of a producer id; a small one shows what happens when they are used up",
		set: func(t *target, v Value) { t.broker.MaxEpoch = int16(v.Int) }},
}, cleanerSwitches...)

// ProducerSwitches are the switches of producers.
var ProducerSwitches = []SettingRow{
	{Name: "epoch-bump", Kind: Word, Default: "affected", Words: []string{"affected", "all"},
		Doc: "which partitions are numbered anew when the client bumps its epoch: the one with the gap, or all (librdkafka issue 4953)",
		set: func(t *target, v Value) { t.producer.BumpAll = v.Text == "all" },
		idle: func(t *target) string {
			if t.producer.NewID {
				return "with sequence-recovery: new-id no client bumps its epoch"
			}
			return notIdempotent(t)
		}},
	{Name: "sequence-recovery", Kind: Word, Default: "bump-epoch", Words: []string{"bump-epoch", "new-id"},
		Was: []Was{{Release{2, 5}, "new-id"}},
		Doc: "what a client does about a gap in its numbers: count up its epoch (KIP-360), or fail the batch and get another id",
		set: func(t *target, v Value) { t.producer.NewID = v.Text == "new-id" }, idle: notIdempotent},
	{Name: "sequence-advance", Kind: Word, Default: "sent", Words: []string{"sent", "acked"},
		Was: []Was{{Release{1, 0}, "acked"}},
		Doc: "when a partition's next number moves on: with each batch that is sent, or is acknowledged (KAFKA-5494)",
		set: func(t *target, v Value) { t.producer.CountsAcked = v.Text == "acked" }, idle: notIdempotent},
	{Name: "round-robin-skips", Kind: Bool, Default: "false", Was: []Was{{Release{2, 4}, "false"}, {Release{4, 1}, "true"}},
		Doc: "RoundRobinPartitioner passes a partition by whenever a record begins a new batch (KAFKA-17632)",
		set: func(t *target, v Value) { t.producer.Skips = v.Bool },
		idle: func(t *target) string {
			return unless(t.producer.Partitioner == producer.RoundRobin, "partitioner.class is not RoundRobinPartitioner")
		}},
	{Name: "renumber-order", Kind: Word, Default: "sequence", Words: []string{"sequence", "heap"},
		Was: []Was{{Release{2, 3}, "heap"}},
		Doc: "in which order a client numbers batches anew: in that of their numbers, or of a heap's array (KAFKA-8483)",
		set: func(t *target, v Value) { t.producer.HeapOrder = v.Text == "heap" }, idle: notIdempotent},
}

// ConsumerSwitches are the switches of consumers.
var ConsumerSwitches = []SettingRow{
	{Name: "auto-commit-of-returned", Kind: Bool, Default: "false",
		Doc: "poll() commits the records that it is about to return, as in 0.9.0.0 (KAFKA-2942)",
		set: func(t *target, v Value) { t.consumer.CommitsReturned = v.Bool }, idle: noAutoCommit},
	{Name: "consumer-truncation-detection", Kind: Bool, Default: "true", Was: []Was{{Release{2, 3}, "false"}},
		Doc: "a position is checked against a new leader before anything is read there (KIP-320)",
		set: func(t *target, v Value) { t.consumer.NoTruncationDetection = !v.Bool }},
	{Name: "fetch-during-revocation-commit", Kind: Bool, Default: "false",
		Doc: "poll() returns records while the auto commit before an eager rebalance is under way, as in 3.2.1 and" +
			" 3.2.2 (KAFKA-14196)",
		set:  func(t *target, v Value) { t.consumer.FetchDuringRevocation = v.Bool },
		idle: func(t *target) string { return cmp.Or(notClassic(t), noAutoCommit(t)) }},
	{Name: "require-stable", Kind: Bool, Default: "true", Was: []Was{{Release{2, 5}, "false"}},
		Doc: "the client waits for a committed offset until no open transaction may change it (KIP-447)",
		set: func(t *target, v Value) { t.consumer.Unstable = !v.Bool }},
	{Name: "sticky-generation", Kind: Bool, Default: "true", Was: []Was{{Release{2, 3}, "false"}},
		Doc: "the sticky assignor believes only the newest claim to a partition (KAFKA-7026, KIP-341)",
		set: func(t *target, v Value) { t.consumer.StickyTrustsClaims = !v.Bool }, idle: notClassic},
	{Name: "cooperative-generation", Kind: Bool, Default: "true", Was: []Was{{Release{2, 5, 1}, "true"}, {Release{2, 8, 1}, "false"}},
		Doc: "the cooperative-sticky assignor believes only the newest claim to a partition (KAFKA-12984)",
		set: func(t *target, v Value) { t.consumer.CooperativeTrustsClaims = !v.Bool }, idle: notClassic},
	{Name: "lost-while-joining", Kind: Bool, Default: "true",
		Was: []Was{{Release{2, 7, 2}, "false"}, {Release{2, 8}, "true"}, {Release{2, 8, 1}, "false"}},
		Doc: "a member that is thrown out while it joins gives up what it had before it joins again (KAFKA-12983)",
		set: func(t *target, v Value) { t.consumer.KeepsWhileJoining = !v.Bool }, idle: notClassic},
	{Name: "topic-ids", Kind: Bool, Default: "true", Was: []Was{{Release{3, 1}, "false"}},
		Doc: "the client tells creations of a topic apart by their ids, and believes leader epochs that begin anew (KIP-516, KAFKA-12257)",
		set: func(t *target, v Value) { t.consumer.Client.NoTopicIDs = !v.Bool }},
}

// Why a switch can make no difference.

func notIdempotent(t *target) string {
	return unless(t.producer.Idempotent, "the producer is not idempotent")
}

func noAutoCommit(t *target) string {
	return unless(t.consumer.AutoCommit, "enable.auto.commit is false, or there is no group")
}

func notClassic(t *target) string {
	return unless(!t.consumer.Modern, "with group.protocol=consumer the broker deals partitions out, and nothing"+
		" is revoked of all of them at once")
}

func unless(ok bool, why string) string {
	if ok {
		return ""
	}
	return why
}

// checkSwitches: a switch that is set where its rule never comes to bear would say something that the run does
// not do.
func (p *plan) checkSwitches(rows []SettingRow, set []Setting, t *target, path string) {
	for _, s := range set {
		row := findRow(rows, s.Name)
		if row == nil || row.idle == nil {
			continue
		}
		if why := row.idle(t); why != "" {
			p.wrong(path+"."+s.Name, "%s changes nothing here: %s", s.Name, why)
		}
	}
}
