// Package outbox is the applications that have a database beside Kafka: a writer, whose business changes go into the
// database and whose messages say so in Kafka, and a relay, which sends what waits in the outbox of a database.
//
// Both are processes of two components: a connection to the database and a KafkaProducer.
package outbox

//go:generate go run ../../internal/derive -node Writer,Relay
