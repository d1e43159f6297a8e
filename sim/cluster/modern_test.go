package cluster_test

import (
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/consumer"
)

// TestHeartbeatsOfASettledGroupAreIdle: once a group of the consumer protocol has come to rest, its
// heartbeats change no Fingerprint, so that no search looks at moments in which nobody was told anything.
func TestHeartbeatsOfASettledGroupAreIdle(t *testing.T) {
	c := modern()
	c.Producers = nil
	for i := range c.Consumers { // an auto commit makes __consumer_offsets longer
		c.Consumers[i].Settings = append(c.Consumers[i].Settings, set("enable.auto.commit", "false")...)
	}
	w := build(t, c)
	var rest sim.Fingerprint
	heartbeats := 0
	for {
		e, at, ok := w.Earliest()
		if !ok || at > sim.Time(130*sim.Second) {
			break
		}
		step, err := w.Apply(e)
		if err != nil {
			t.Fatal(err)
		}
		w = step.World
		switch {
		case at < sim.Time(70*sim.Second): // the page cache is written back until then
			rest = w.Fingerprint()
		case w.Fingerprint() != rest:
			t.Fatalf("%v changed the world at %v", w.Text(e), at)
		}
		_, member := w.Node(e.Node).(*consumer.Consumer)
		if e.Verb == sim.Fire && member && w.Node(e.Node).Timers()[e.Timer.Kind].Name == "heartbeat" {
			heartbeats++
		}
	}
	if heartbeats < 10 {
		t.Fatalf("only %d heartbeats", heartbeats)
	}
}
