package cluster

import (
	"slices"
	"strings"
)

// unmodelled are settings of Kafka that the model does not know, so that they are told from typos.
var unmodelled = []string{
	"auto.create.topics.enable", "auto.leader.rebalance.enable", "bootstrap.servers",
	"check.crcs", "client.id", "client.rack", "broker.rack",
	"controlled.shutdown.enable", "default.replication.factor",
	"file.delete.delay.ms", "flush.ms", "group.id",
	"group.consumer.max.size", "group.consumer.migration.policy", "key.deserializer",
	"key.serializer", "leader.imbalance.check.interval.seconds", "log.flush.interval.ms",
	"max.compaction.lag.ms",
	"metadata.max.idle.ms", "min.compaction.lag.ms",
	"num.partitions", "num.replica.fetchers",
	"partitioner.availability.timeout.ms", "partitioner.rack.aware",
	"receive.buffer.bytes", "replica.selector.class", "security.protocol", "security.providers",
	"security.inter.broker.protocol", "inter.broker.listener.name",
	"segment.jitter.ms", "send.buffer.bytes", "super.users", "allow.everyone.if.no.acl.found",
	"authorizer.class.name", "principal.builder.class", "connections.max.reauth.ms",
	"client.quota.callback.class", "remote.storage.enable", "early.start.listeners",
	"alter.config.policy.class.name", "create.topic.policy.class.name", "advertised.listeners", "listeners",
	"value.deserializer", "value.serializer",
}

// unmodelledPrefixes begin the names of more of them: of security, quotas, tiered storage.
var unmodelledPrefixes = []string{
	"ssl.", "sasl.", "delegation.token.", "password.encoder.", "quota.", "controller.quota.", "replication.quota.",
	"leader.replication.throttled.", "follower.replication.throttled.", "alter.log.dirs.replication.quota.",
	"remote.log.", "listener.name.", "listener.security.", "max.connection",
}

func isUnmodelled(name string) bool {
	return slices.Contains(unmodelled, name) ||
		slices.ContainsFunc(unmodelledPrefixes, func(p string) bool { return strings.HasPrefix(name, p) })
}
