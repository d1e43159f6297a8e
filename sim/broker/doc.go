// Package broker is a Kafka broker in KRaft mode: the logs of its replicas, leading and following
// partitions, the purgatories, its life with the controller, and group coordination.
//
// One file a request family. The classes it follows are named where the rules are: Partition,
// ReplicaManager, UnifiedLog, LeaderEpochFileCache, AbstractFetcherThread, DelayedProduce,
// DelayedFetch, AlterPartitionManager, BrokerLifecycleManager, GroupMetadataManager.
package broker

//go:generate go run ../../internal/derive -node Broker
