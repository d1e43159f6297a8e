// Package explore searches the futures of a world for one that breaks a property. It knows no
// Kafka: what may happen is what the world says, what a fault is stands in the table of acts.
//
// There are two searches. Faults follows the clock and inserts acts into the run it gives;
// Exhaustive ignores time and takes every event that is enabled, until nothing new is found.
// No act of a finding can be left out: Faults tries that, and the path of Exhaustive is a shortest one.
// A Report is the same to the byte for any number of workers.
package explore
