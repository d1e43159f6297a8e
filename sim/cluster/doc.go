// Package cluster knows all kinds of nodes: it builds a world from a configuration, keeps the
// ledger of what applications were told, and says what became of every message, and why.
package cluster

//go:generate go run ../../internal/derive -observer Ledger -values Row
