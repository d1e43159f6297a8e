// Package mutations proves that the tests would notice: it holds a table of bugs of Kafka's protocol,
// seeds them one by one into a copy of the code, and demands that a named test fails.
//
//	go test ./internal/mutations              every row still fits the code
//	go test ./internal/mutations -mutations   every bug is caught
package mutations
