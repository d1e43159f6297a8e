// Package zookeeper is where consumers of before Kafka 0.9 keep their committed offsets: an ensemble
// of ZooKeeper as one node, of which nothing but /consumers/GROUP/offsets is modelled.
//
// What is Kafka's and what is reduced is told in MODEL.md; the class it follows is
// ZookeeperConsumerConnector of 0.8.2.
package zookeeper

//go:generate go run ../../internal/derive -node Server
