// Package value holds the plain shapes that every other package of the simulator is made of:
// virtual time, hashes, and frozen sequences that many worlds can share.
//
// It knows neither the kernel nor Kafka and imports nothing but the standard library.
package value
