// Package copier is an application that copies: it polls records, sends one to another topic for each, and
// commits how far it has come (consume, process, produce; org.apache.kafka.tools.TransactionalMessageCopier).
//
// It is one process with a KafkaConsumer and a KafkaProducer: a node made of the two nodes. Each has its own
// connections and timers. The copier steps them and is the application of both.
package copier

//go:generate go run ../../internal/derive -node Copier
