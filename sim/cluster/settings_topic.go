package cluster

import (
	"cmp"
	"slices"
	"strconv"

	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/wire"
)

// TopicSettings are the settings of a topic; a cluster can set the same for all its topics.
var TopicSettings = append([]SettingRow{
	{Name: "min.insync.replicas", Kind: Count, Default: "1", Min: 1, Max: wire.MaxNodes,
		Doc: "acks=all needs that many in sync (since 3.7 no more than there are replicas)",
		now: func(c *metadata.TopicConfig) string { return strconv.Itoa(int(c.MinISR)) },
		set: func(t *target, v Value) { t.topic.MinISR = int8(v.Int) }},
	{Name: "unclean.leader.election.enable", Kind: Bool, Default: "false",
		Was: []Was{{Release{0, 11}, "true"}},
		Doc: "elect a replica that is not in sync rather than none",
		now: func(c *metadata.TopicConfig) string { return strconv.FormatBool(c.Unclean) },
		set: func(t *target, v Value) { t.topic.Unclean = v.Bool }},
	{Name: "flush.messages", Kind: Count, Default: longText, Min: 1, Max: maxLong,
		Doc: "fsync after that many records",
		now: func(c *metadata.TopicConfig) string { return strconv.FormatInt(c.FlushMessages, 10) },
		set: func(t *target, v Value) { t.topic.FlushMessages = v.Int }},
	{Name: "max.message.bytes", Kind: Count, Default: "1048588", Max: maxInt,
		Was: []Was{{Release{2, 5}, "1000012"}},
		Doc: "bytes of a batch",
		now: func(c *metadata.TopicConfig) string { return strconv.Itoa(int(c.MaxMessageBytes)) },
		set: func(t *target, v Value) { t.topic.MaxMessageBytes = int32(v.Int) }},
}, slices.Concat(topicRetention, topicCompaction, topicCompression)...)

// topicDefaults are the cluster-wide forms of topic settings, some with a name of their own.
func topicDefaults() []SettingRow {
	rows := append([]SettingRow(nil), TopicSettings...)
	for i := range rows {
		rows[i].Name = OfAllTopics(rows[i].Name)
	}
	return rows
}

// OfAllTopics is what a setting of a topic is called where it is set for all topics of the cluster.
func OfAllTopics(name string) string { return cmp.Or(clusterNames[name], name) }
