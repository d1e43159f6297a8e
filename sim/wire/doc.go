// Package wire is the vocabulary that nodes share: ids, record batches, Kafka's requests and
// responses, its error codes, and the notes a step tells. Data only: no rule of Kafka lives here.
//
// Everything that is sent is frozen: whoever receives a Body, a Batch or a slice inside one may
// keep it for ever and must never change it.
package wire

//go:generate go run ../../internal/derive -bodies -entries CommittedOffset,GroupSnapshot,ConsumerGroup,Transaction
