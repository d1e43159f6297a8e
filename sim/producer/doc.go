// Package producer is a Kafka producer and the application that uses it: send(), the accumulator,
// the sender thread, retries and callbacks.
//
// The classes it follows: KafkaProducer, RecordAccumulator, BuiltInPartitioner, Sender. What it
// shares with the consumer is in package client.
package producer

//go:generate go run ../../internal/derive -node Producer
