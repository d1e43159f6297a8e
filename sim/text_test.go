package sim_test

import (
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"pgregory.net/rapid"
)

// town is a cluster with everything that has a name in events: lanes, keyed timers, several nodes
// of each kind.
func town(tb interface{ Fatal(...any) }) *sim.World {
	w, err := cluster.Build(cluster.Config{
		Seed: 7, Brokers: []string{"b1", "b2", "b3"}, Controllers: []string{"k1", "k2", "k3"},
		Topics: []cluster.Topic{{Name: "orders", Partitions: 2, Replication: 3}},
		Producers: []cluster.Producer{{ID: "p1", Topic: "orders", Records: 20,
			Every: sim.Millisecond, Bytes: 100,
			Settings: []cluster.Setting{{Name: "enable.idempotence", Value: "false"}}}},
		Consumers: []cluster.Consumer{{ID: "c1", Group: "g1", Topics: []string{"orders"}}},
		Costs:     cluster.DefaultCosts(),
	})
	if err != nil {
		tb.Fatal(err)
	}
	return w
}

// offers are all events that a world offers: what may happen by itself, and what can be done to it.
func offers(w *sim.World) []sim.Event {
	events := w.Enabled(nil)
	for i := range w.Acts {
		events = w.Strikes(&w.Acts[i], events)
	}
	return events
}

func TestEveryEventCanBeWrittenAndRead(t *testing.T) {
	root := town(t)
	rapid.Check(t, func(t *rapid.T) {
		w := root
		for range 100 {
			events := offers(w)
			for _, e := range events {
				again, err := w.ParseEvent(w.Text(e))
				if err != nil || again != e {
					t.Fatalf("%q is read as %+v (%v), but it was %+v", w.Text(e), again, err, e)
				}
			}
			step, err := w.Apply(rapid.SampledFrom(events).Draw(t, "event"))
			if err != nil {
				t.Fatal(err)
			}
			w = step.World
		}
	})
}

func TestEventsThatCannotBeReadSayWhatCould(t *testing.T) {
	w := parrots(t).w
	for text, want := range map[string]string{
		"":                   `an empty event: write one like "crash b1"`,
		"smash a":            `unknown verb "smash", did you mean "crash"? (verbs: deliver, fire, start, crash, power, restart, pause, resume, cut, partition, heal, hold, release, tell)`,
		"crash c":            `crash: unknown node "c" (nodes: a, b) (form: crash NODE)`,
		"crash":              `crash: want the name of one node (form: crash NODE)`,
		"crash a keep=x":     `crash: keep=x: "x" is not a number of 0 or more (form: crash NODE)`,
		"cut a-b keep=1,2,3": `cut: keep=1,2,3: want at most 2 numbers (form: cut NODE-NODE [keep=N])`,
		"cut a-a":            `cut: "a-a" is not two nodes, like b1-b2 (nodes: a, b) (form: cut NODE-NODE [keep=N])`,
		"heal a":             `heal: "a" is not two nodes, like b1-b2 (nodes: a, b) (form: heal NODE>NODE or NODE-NODE)`,
		"deliver a>b/x":      `unknown lane "x" (lanes: )`,
		"deliver a>b@70000":  `"70000" is not the number of a connection`,
		"deliver":            `deliver: want one connection, like p1>b1`,
		"fire a":             `fire: want a node and a timer, like p1 linger`,
		"fire a nap":         `fire: a has no timer "nap" (it has pace, patience, work, idle)`,
		"fire a work:x":      `fire: "x" is not a timer's number`,
		"tell a":             `tell: want a node and what to tell it (form: tell NODE WORDS)`,
	} {
		if _, err := w.ParseEvent(text); err == nil || err.Error() != want {
			t.Errorf("%q:\n got %v\nwant %s", text, err, want)
		}
	}
}

// FuzzParseEvent reads anything; what it can make sense of it writes down in one way.
func FuzzParseEvent(f *testing.F) {
	w := town(f)
	for _, text := range []string{
		"deliver p1>b1", "deliver b2<b1/fetch@1", "fire p1 linger:1", "fire b1 lag:-7", "start b1",
		"crash b1", "power b1 keep=2", "cut b1-p1 keep=1,0", "partition b1>b2", "partition b1-b2",
		"hold p1>b1", "release b2<b1/fetch@255", "stop c1", "", "crash", "cut b1-b1", "fire  k1\telection",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, err := w.ParseEvent(text)
		if err != nil {
			return
		}
		again, err := w.ParseEvent(w.Text(e))
		if err != nil || again != e {
			t.Errorf("%q is %+v; written %q it is %+v (%v)", text, e, w.Text(e), again, err)
		}
		if step, err := w.Apply(e); err == nil && step.World.Steps() != w.Steps()+1 {
			t.Errorf("%q took %d steps", text, step.World.Steps()-w.Steps())
		}
	})
}
