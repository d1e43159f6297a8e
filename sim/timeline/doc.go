// Package timeline is the tree of moments of one run: step forward, step back, act in the past and
// see a branch grow, go back to the other one. It knows no Kafka and no terminal.
package timeline
