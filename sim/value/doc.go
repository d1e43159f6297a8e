// Package value holds the plain shapes that every other package of the simulator is made of:
// virtual time, hashes, frozen sequences that many worlds can share, and columns side by side.
//
// It knows neither the kernel nor Kafka and imports nothing but the standard library.
package value
