// Package client is what Kafka's producer and consumer share: NetworkClient (connections,
// requests in flight, their time-outs, reconnecting) and Metadata (who leads what).
//
// It is a part of a node, not a node: its owner steps it and embeds its timers as the first rows
// of its own table.
package client

//go:generate go run ../../internal/derive Network
