package controller_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"example.com/ksim/internal/converse"
	"example.com/ksim/sim"
	"example.com/ksim/sim/controller"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/wire"
)

// TestConversations holds the conversations in testdata with controller k1, alone or, after "config
// voters=k1,k2,k3", one of three.
func TestConversations(t *testing.T) { converse.Walk(t, room) }

func room() *converse.Room {
	c := &controller.Config{
		Voters: []sim.NodeID{1}, SessionTimeout: 9 * sim.Second, FetchTimeout: 2 * sim.Second,
		ElectionTimeout: sim.Second, FetchMaxWait: 500 * sim.Millisecond, Settings: minISR{},
	}
	r := converse.New("k1 b1 b2 b3 k2 k3", "orders payments", func(self sim.NodeID) sim.Node {
		return controller.New(self, c)
	})
	r.Key = func(timer string, key int32) string {
		if key == 0 {
			return ""
		}
		return r.Peer(sim.NodeID(key & 0xff))
	}
	r.Verbs["config"] = func(words, lines []string) (string, error) { return "", r.Configure(c, words) }
	r.Verbs["boot"] = func(words, lines []string) (string, error) {
		err := boot(r, c, lines)
		return show(r), err
	}
	r.Verbs["topics"] = func(words, lines []string) (string, error) { return "", topics(r, c, lines) }
	r.Verbs["show"] = func(words, lines []string) (string, error) { return show(r), nil }
	return r
}

// minISR stands for the table of settings, which is not for controllers to know.
type minISR struct{}

func (minISR) Altered(c metadata.TopicConfig, setting string) metadata.TopicConfig {
	n, err := strconv.Atoi(strings.TrimPrefix(setting, "min.insync.replicas="))
	if err != nil {
		panic(err)
	}
	c.MinISR = int8(n)
	return c
}

// topics makes "create" create what the lines say: topics, each followed by its partitions.
func topics(r *converse.Room, c *controller.Config, lines []string) error {
	entries, err := r.Entries(0, lines)
	for _, e := range entries {
		switch e := e.Record.(type) {
		case *metadata.Topic:
			c.Topics = append(c.Topics, controller.Topic{Topic: *e})
		case *metadata.Partition:
			t := &c.Topics[len(c.Topics)-1]
			t.Partitions = append(t.Partitions, *e)
		}
	}
	return err
}

// boot starts k1, registers and unfences three brokers, with the broker epochs 1, 3 and 5, and
// creates topics.
func boot(r *converse.Room, c *controller.Config, lines []string) error {
	r.Hush()
	if err := topics(r, c, lines); err != nil {
		return err
	}
	return r.Run("start k1",
		"b1 asks BrokerRegistration b1 incarnation=1",
		"b1 asks BrokerHeartbeat b1 epoch=1 metadataOffset=2",
		"b2 asks BrokerRegistration b2 incarnation=1",
		"b2 asks BrokerHeartbeat b2 epoch=3 metadataOffset=4",
		"b3 asks BrokerRegistration b3 incarnation=1",
		"b3 asks BrokerHeartbeat b3 epoch=5 metadataOffset=6",
		"tell k1 create")
}

// show writes the metadata as the controller has it.
func show(r *converse.Room) string {
	k := r.Node().(*controller.Controller)
	var s strings.Builder
	fmt.Fprintf(&s, "%s in epoch %d, log ends at %d, committed up to %d\n",
		[...]string{"unattached", "follower", "candidate", "active"}[k.Role], k.Epoch, k.Log.Len(), k.Commit)
	for i := range k.Image.Brokers {
		b := &k.Image.Brokers[i]
		state := "unfenced"
		switch {
		case b.Fenced:
			state = "fenced"
		case b.ShuttingDown:
			state = "shutting down"
		}
		fmt.Fprintf(&s, "%s: epoch %d, %s\n", r.Peer(b.ID), b.Epoch, state)
	}
	for _, p := range k.Image.Partitions {
		fmt.Fprintf(&s, "%s: leader %s in epoch %d, isr %s", r.Partition(p.At), r.Peer(p.Leader),
			p.LeaderEpoch, r.Set(p.ISR))
		if p.ELR|p.LastKnownELR != wire.Nodes() {
			fmt.Fprintf(&s, ", elr %s, last known leader %s", r.Set(p.ELR), r.Set(p.LastKnownELR))
		}
		fmt.Fprintf(&s, ", partition epoch %d\n", p.PartitionEpoch)
	}
	return s.String()
}
