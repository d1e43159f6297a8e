package cluster_test

import (
	"testing"

	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/wire"
)

// TestAssignorsGoByTheNamesOfTopics: roundrobin deals out the topics in the order of their names
// (RoundRobinAssignor), in whatever order they were created.
func TestAssignorsGoByTheNamesOfTopics(t *testing.T) {
	c := small("acks", "all")
	second := c.Topics[0]
	c.Topics[0].Name, second.Name = "payments", "orders" // payments is created first
	c.Topics = append(c.Topics, second)
	c.Producers[0].Topic = "orders"
	c.Consumers[0].Topics = []string{"payments", "orders"}
	c.Consumers[0].Settings = set("partition.assignment.strategy", "roundrobin")
	other := c.Consumers[0]
	other.ID = "c2"
	c.Consumers = append(c.Consumers, other)
	c.Settings = nil // the coordinator waits for both
	run := build(t, c).Run()
	owner := func(topic wire.TopicID) string {
		for _, name := range []string{"c1", "c2"} {
			id, _ := run.Look().Roster.ID(name)
			for _, p := range run.Look().Node(id).(*consumer.Consumer).Parts {
				if p.At.Topic == topic {
					return name
				}
			}
		}
		return ""
	}
	for range patience {
		if owner(1) != "" && owner(2) != "" {
			break
		}
		run.Next()
	}
	if got := cluster.TopicOf(run.Look(), "orders"); owner(got.ID) != "c1" || owner(1) != "c2" {
		t.Errorf("orders goes to %s and payments to %s, want c1 and c2", owner(got.ID), owner(1))
	}
}
