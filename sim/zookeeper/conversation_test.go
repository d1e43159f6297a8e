package zookeeper_test

import (
	"testing"

	"example.com/ksim/internal/converse"
	"example.com/ksim/sim"
	"example.com/ksim/sim/zookeeper"
)

// TestConversations holds the conversations in testdata with zk, which consumers c1 and c2 ask.
func TestConversations(t *testing.T) { converse.Walk(t, room) }

func room() *converse.Room {
	c := &zookeeper.Config{Fsync: 5 * sim.Millisecond}
	return converse.New("zk c1 c2", "orders payments", func(self sim.NodeID) sim.Node {
		return zookeeper.New(self, c)
	})
}
