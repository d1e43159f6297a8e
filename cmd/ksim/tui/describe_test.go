package tui

import (
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// TestEveryTimerIsToldInWords looks up all timers of all kinds of nodes.
func TestEveryTimerIsToldInWords(t *testing.T) {
	known := map[string]bool{}
	for _, w := range []*sim.World{
		read(t, "leader-crash").Root, read(t, "copier").Root, shipping(t, "outbox").player.World(),
	} {
		for i := range w.Nodes() {
			id := wire.NodeID(i + 1)
			for _, k := range w.Node(id).Timers() {
				kind := cluster.KindOf(w, id)
				known[kind+" "+k.Name], known[k.Name] = true, true
				if said, _ := saidOf(kind, k.Name); said == "" {
					t.Errorf("the timer %q of a %s has no words", k.Name, kind)
				}
			}
		}
	}
	for name := range rings {
		if !known[name] {
			t.Errorf("no node has a timer %q", name)
		}
	}
}

func TestSpans(t *testing.T) {
	for d, want := range map[sim.Duration]string{
		0: "0 ms", 30 * sim.Microsecond: "0.03 ms", 9 * sim.Millisecond: "9.00 ms",
		250 * sim.Millisecond: "250 ms", 30 * sim.Second: "30.0 s", sim.Forever: "never",
	} {
		if got := span(d); got != unbroken(want) {
			t.Errorf("%d ns: %q, want %q", int64(d), got, want)
		}
	}
}

func TestRunsOfMessages(t *testing.T) {
	s := newPlayer(read(t, "leader-crash")).scene
	id := func(ns ...int32) (out []wire.MessageID) {
		for _, n := range ns {
			out = append(out, wire.MessageID{Producer: s.producers[0].Self, N: n})
		}
		return out
	}
	for want, ms := range map[string][]wire.MessageID{
		"": nil, "m1 m2 m3": id(1, 2, 3), "m1-m4 m7": id(1, 2, 3, 4, 7), "m3 m1": id(3, 1),
	} {
		if got := s.runs(ms); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
