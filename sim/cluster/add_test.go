package cluster_test

import (
	"fmt"
	"strings"
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// parts are the partitions that a consumer of a world has.
func parts(w *sim.World, name string) int {
	id, _ := w.ID(name)
	c, _ := cluster.ConsumerOf(w, id)
	return len(c.Parts)
}

// reached is how many of p1's messages the only group has applied.
func reached(w *sim.World) int {
	n, l := 0, cluster.LedgerOf(w)
	for i := range l.Accounts[0].Rows.Len() {
		n += min(1, int(l.Accounts[0].Rows.At(i).Effects[0]))
	}
	return n
}

// order gives an order in a run.
func order(tb testing.TB, run *sim.Runner, text string) {
	tb.Helper()
	e, err := run.Look().ParseEvent(text)
	if err == nil {
		err = run.Apply(e)
	}
	if err != nil {
		tb.Fatal(err)
	}
}

// until lets the clock choose until something is so, for a minute at the most.
func until(tb testing.TB, run *sim.Runner, so func(*sim.World) bool) {
	tb.Helper()
	for end := run.Now().Add(60 * sim.Second); !so(run.Look()); {
		if _, ok := run.Next(); !ok || run.Now() > end {
			tb.Fatal("it never came to that")
		}
	}
}

// TestAnAddedConsumerSharesTheWork: it joins its group, which deals out anew, and what it applies is in the sink of
// the group. The world in which it was not added goes on without it.
func TestAnAddedConsumerSharesTheWork(t *testing.T) {
	for name, config := range map[string]cluster.Config{"classic": cooperative(), "consumer": modern()} {
		t.Run(name, func(t *testing.T) {
			config.Consumers, config.Topics[0].Partitions = config.Consumers[:1], 4
			p := &config.Producers[0]
			p.Records, p.Every, p.Partitions = 200, 100*sim.Millisecond, []int{0, 1, 2, 3}
			run := build(t, config).Run()
			until(t, run, func(w *sim.World) bool { return parts(w, "c1") == 4 })
			fork := run.World()
			order(t, run, "add-consumer like=c1")
			until(t, run, func(w *sim.World) bool { return parts(w, "c1") == 2 && parts(w, "c2") == 2 })
			order(t, run, "add-consumer like=c2")
			until(t, run, func(w *sim.World) bool { return parts(w, "c3") > 0 })
			order(t, run, "crash c1")
			until(t, run, func(w *sim.World) bool { return reached(w) == 200 })
			l := cluster.LedgerOf(run.Look())
			if n := len(l.Accounts); n != 4 || l.Accounts[2].Sink.Len() == 0 || l.Accounts[3].Sink.Len() == 0 {
				t.Errorf("%d accounts; c2 and c3 applied %d and %d", n, l.Accounts[2].Sink.Len(), l.Accounts[3].Sink.Len())
			}
			if l.Accounts[2].Group != l.Accounts[1].Group {
				t.Error("what c2 applies is in no sink")
			}
			if parts(fork, "c1") != 4 || fork.Nodes()+2 != run.Look().Nodes() || len(cluster.LedgerOf(fork).Accounts) != 2 {
				t.Error("the world before knows of who was added after")
			}
		})
	}
}

// TestASinkThatKnowsOffsets knows also what a consumer that was added has applied.
func TestASinkThatKnowsOffsets(t *testing.T) {
	c := small("acks", "all")
	c.Consumers[0].Process.Dedupe = "offset"
	c.Producers[0].Records, c.Producers[0].Every = 100, 100*sim.Millisecond
	run := build(t, c).Run()
	order(t, run, "add-consumer like=c1")
	until(t, run, func(w *sim.World) bool { return parts(w, "c1")+parts(w, "c2") == 1 && w.Health(6) == sim.Up })
	order(t, run, "crash c1")
	until(t, run, func(w *sim.World) bool { return cluster.LedgerOf(w).Accounts[2].Sink.Len() > 0 })
	if l := cluster.LedgerOf(run.Look()); len(l.Seen) == 0 || !l.Accounts[2].ByOffset {
		t.Error("its sink does not know what it has applied")
	}
}

// TestWhoCanNotBeAdded, and what to do instead.
func TestWhoCanNotBeAdded(t *testing.T) {
	static, assigned, full := small("acks", "all"), small("acks", "all"), small("acks", "all")
	static.Consumers[0].Settings = append(static.Consumers[0].Settings, set("group.instance.id", "one")...)
	assigned.Consumers[0].Topics, assigned.Consumers[0].Assign = nil, []string{"orders-0"}
	for len(full.Producers) < wire.MaxNodes-6 {
		p := full.Producers[0]
		p.ID = fmt.Sprintf("x%d", len(full.Producers))
		full.Producers = append(full.Producers, p)
	}
	for _, c := range []struct {
		config  cluster.Config
		earlier int
		order   string
		why     string
	}{
		{static, 0, "like=c1", "c1 has the group.instance.id one: another process with it would fence the first"},
		{assigned, 0, "like=c1", "c1 was assigned its partitions: another process would read the same ones"},
		{pipeline(), 0, "like=c1", "c1 is a copier"},
		{small(), 0, "like=p1", `unknown consumer "p1", did you mean "c1"? (consumers: c1)`},
		{small(), 0, "like=c2", "c2 is not there yet (add-consumer like=c1 adds c2)"},
		{small(), 0, "c1", `"c1": want like= and the name of a consumer`},
		{small(), 4, "like=c5", "no seat is left: 4 consumers were added to this run"},
		{full, 1, "like=c1", "no seat is left: 1 consumers were added"},
	} {
		w := build(t, c.config)
		for range c.earlier {
			e, _ := w.ParseEvent("add-consumer like=c1")
			step, err := w.Apply(e)
			if err != nil {
				t.Fatal(err)
			}
			w = step.World
		}
		e, err := w.ParseEvent("add-consumer " + c.order)
		if err == nil {
			_, err = w.Apply(e)
		}
		if err == nil || !strings.Contains(err.Error(), c.why) {
			t.Errorf("%s: %v; want %q", c.order, err, c.why)
		}
	}
}

// TestWhoIsNotThereYetHasAName, which no node of the file has: the same in all branches, and in patterns only where it
// may come to be.
func TestWhoIsNotThereYetHasAName(t *testing.T) {
	c := small("acks", "all")
	second := c.Consumers[0]
	second.ID = "c3"
	c.Consumers = append(c.Consumers, second)
	w := build(t, c)
	names := cluster.NamesOf(w)
	if _, err := names.ParsePattern("c2 joined"); err == nil || !strings.Contains(err.Error(), `unknown node "c2"`) {
		t.Errorf("a pattern about who never comes: %v", err)
	}
	e, _ := w.ParseEvent("add-consumer like=c3")
	names.Foresee(e)
	for text, ok := range map[string]bool{"c2 joined": true, "c2 added c3": true, "b1 answered c2": true, "c4 joined": false} {
		if _, err := names.ParsePattern(text); (err == nil) != ok {
			t.Errorf("%s: %v", text, err)
		}
	}
	for text, ok := range map[string]bool{"crash c2": true, "cut b1-c2": true, "seek c2 orders-0 to=0": true, "crash c4": false,
		"deliver c4>b1": false, "partition b1-c4": false, "seek c4 orders-0 to=0": false, "add-consumer like=c4": false} {
		e, err := w.ParseEvent(text)
		if err == nil {
			err = names.Vet(e)
		}
		if (err == nil) != ok {
			t.Errorf("%s: %v", text, err)
		}
	}
}
