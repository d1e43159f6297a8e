// Package database is a database server with local transactions, as an application has one beside Kafka: a table of
// business rows and an outbox. It knows nothing of Kafka.
//
// A transaction is one request. It is atomic, and durable once it is answered: a commit flushes the write-ahead log,
// so a power loss takes nothing that was committed.
package database

//go:generate go run ../../internal/derive -node Database
