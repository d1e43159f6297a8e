// Package consumer is a Kafka consumer and the application that uses it: poll(), positions,
// commits, group membership, and processing record by record with an effect on a sink.
//
// The classes it follows: ClassicKafkaConsumer, ConsumerCoordinator, AbstractCoordinator, Fetcher,
// OffsetFetcher. What it shares with the producer is in package client.
package consumer

//go:generate go run ../../internal/derive -node Consumer
