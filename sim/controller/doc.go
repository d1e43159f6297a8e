// Package controller is a KRaft controller: one voter of the metadata quorum, and, while it is
// the active one, the keeper of registrations, sessions, leaders and ISRs.
//
// What is Kafka's and what is reduced is told in MODEL.md; the classes it follows are
// QuorumController, ClusterControlManager, BrokerHeartbeatManager, ReplicationControlManager,
// PartitionChangeBuilder and KafkaRaftClient.
package controller

//go:generate go run ../../internal/derive -node Controller
