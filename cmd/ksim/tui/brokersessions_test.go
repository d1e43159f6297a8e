package tui

import (
	"strings"
	"testing"

	"example.com/ksim/sim/wire"
)

// TestTheSessionOfADeadBrokerRunsOut: from the crash on one sees how long nobody else is elected; of brokers that
// are heard of nothing is said.
func TestTheSessionOfADeadBrokerRunsOut(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	says := func() string { return paneText(m.serverSheet(200).lines) }
	for m.player.here().At < 3_000_000 {
		press(m, "n")
		if strings.Contains(says(), "fences") {
			t.Fatalf("step %d: all brokers run: %s", m.player.here().Step, says())
		}
	}
	onceTold(t, m, wire.Crashed, "b1")
	wants(t, says(), "active (epoch 1), fences b1 in 9.0 s")
	typed(m, "5s")
	wants(t, says(), "fences b1 in 4.0 s")
	onceTold(t, m, wire.WasFenced, "b1")
	if strings.Contains(says(), "fences") {
		t.Errorf("it is fenced: %s", says())
	}
}

// TestABrokerThatIsNotHeardOfIsOverdue: it runs, but its heartbeats do not arrive.
func TestABrokerThatIsNotHeardOfIsOverdue(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	press(m, "n n n")
	typed(m, "partition b2>k1")
	typed(m, "7s")
	wants(t, paneText(m.serverSheet(200).lines), "fences b2 in 2.0 s")
}
