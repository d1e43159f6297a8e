package cluster_test

import (
	"fmt"
	"strings"
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// shop is a broker, a database, a writer of one business change, a relay if there is something for one, and a consumer that knows messages again.
func shop(form string) cluster.Config {
	c := small()
	c.Brokers, c.Topics[0].Replication, c.Topics[0].Settings = c.Brokers[:1], 1, nil
	c.Producers = nil
	c.Consumers[0].Process = cluster.Process{Takes: sim.Millisecond, Dedupe: "key"}
	c.Databases = []string{"db1"}
	c.Writers = []cluster.Writer{{Database: "db1", Form: form, Producer: cluster.Producer{
		ID: "shop", Topic: "orders", Records: 1, Bytes: 100, Every: 20 * sim.Millisecond, Start: 200 * sim.Millisecond}}}
	if form != "outbox" {
		return c
	}
	c.Relays = []cluster.Relay{{Database: "db1", Producer: cluster.Producer{
		ID: "r1", Topic: "orders", Every: 20 * sim.Millisecond, Start: 200 * sim.Millisecond}}}
	return c
}

// event is a moment of a calm run: the world after an event, and what the event told.
type event struct {
	text  string
	notes []wire.Note
	world *sim.World
}

// told tells whether the event told a note of a kind.
func (e event) told(k wire.NoteKind) bool {
	for i := range e.notes {
		if e.notes[i].Kind == k {
			return true
		}
	}
	return false
}

// every is every event of a calm run from the start of the first business change until it has come to rest.
func every(t *testing.T, root *sim.World) []event {
	t.Helper()
	var out []event
	run := root.Run()
	for range patience {
		e, _ := run.Next()
		here := event{run.Look().Text(e), append([]wire.Note(nil), run.Notes()...), nil}
		if here.told(wire.ChangeBegun) || len(out) > 0 {
			here.world = run.World()
			out = append(out, here)
		}
		if len(out) > 0 && len(out)%16 == 0 && cluster.Settled(run.Look()) {
			return out
		}
	}
	t.Fatal("it never came to rest")
	return nil
}

// killed is what becomes of m1 if a node dies in some way after each event.
func killed(t *testing.T, at []event, act, who string) []cluster.Fate {
	t.Helper()
	var out []cluster.Fate
	for _, e := range at {
		out = append(out, cluster.Fates(ended(t, e.world, act, who))[0])
	}
	return out
}

// applied is how often the group has applied a message.
func applied(f cluster.Fate) int { return int(f.Row.Effects[0]) }

// TestAKillAtEveryEventOfAnOutbox kills writer, relay and database after every single event, and takes the power of
// the database away: the order is committed and applied once, all the same. The relay sends some twice.
func TestAKillAtEveryEventOfAnOutbox(t *testing.T) {
	at := every(t, build(t, shop("outbox")))
	for _, c := range []struct {
		act, who string
		doubled  bool // whether there must be moments at which the relay sends it twice
	}{
		{"crash", "shop", false}, // the whole transaction has left with the first event
		{"crash", "r1", true},
		{"crash", "db1", false}, // its clients ask again
		{"power", "db1", false},
	} {
		t.Run(c.act+" "+c.who, func(t *testing.T) {
			t.Parallel()
			var doubled []string
			for i, f := range killed(t, at, c.act, c.who) {
				switch {
				case f.Worst() != cluster.Delivered && f.Worst() != cluster.Duplicated, applied(f) != 1:
					t.Errorf("after %q the change is %s, applied %d times", at[i].text, f.Worst(), applied(f))
				case f.Copies > 1:
					doubled = append(doubled, at[i].text)
				}
			}
			t.Logf("at %d of %d moments it comes twice into the log: %s", len(doubled), len(at), strings.Join(doubled, ", "))
			if (len(doubled) > 0) != c.doubled {
				t.Errorf("want twice in the log: %v", c.doubled)
			}
		})
	}
}

// TestTheMomentsAtWhichADualWriteFails kills the writer after every event. What is committed first is lost from when
// the request to the database has left until that to Kafka has: the database commits, whoever lives. What is sent first
// is unfounded from when the request to Kafka has left until that to the database has. There are no other such moments.
func TestTheMomentsAtWhichADualWriteFails(t *testing.T) {
	for _, c := range []struct {
		form     string
		class    cluster.Class
		from, to func(e event) bool
	}{
		{"send-after-commit", cluster.Lost,
			func(e event) bool { return asked(e.world) }, func(e event) bool { return e.told(wire.Drained) }},
		{"send-before-commit", cluster.Unfounded,
			func(e event) bool { return e.told(wire.Drained) }, func(e event) bool { return asked(e.world) }},
	} {
		t.Run(c.form, func(t *testing.T) {
			t.Parallel()
			at := every(t, build(t, shop(c.form)))
			inside, moments := false, 0
			var window []string
			for i, f := range killed(t, at, "crash", "shop") {
				if inside = (inside || c.from(at[i])) && !c.to(at[i]); inside {
					moments++
					window = append(window, fmt.Sprintf("%s (%s)", at[i].text, firstTold(at[i])))
				}
				if f.Has(c.class) != inside {
					t.Errorf("killed after %q it is %s; want %s: %v", at[i].text, f.Worst(), c.class, inside)
				}
			}
			t.Logf("%d of %d moments: killed after one of these it is %s:\n  %s", moments, len(at), c.class,
				strings.Join(window, "\n  "))
			if moments == 0 {
				t.Error("no moment does it: nothing would be proved")
			}
		})
	}
}

// asked tells whether a transaction is on its way to the database.
func asked(w *sim.World) bool {
	for _, f := range w.Flights() {
		if _, ok := f.Body.(*wire.TransactRequest); ok {
			return true
		}
	}
	return false
}

func firstTold(e event) string {
	if len(e.notes) == 0 {
		return "-"
	}
	return e.notes[0].Kind.Row().Name
}

// TestARowThatWaitsIsPending: without its relay a message waits in the outbox, and is not lost.
func TestARowThatWaitsIsPending(t *testing.T) {
	at := every(t, build(t, shop("outbox")))
	w := at[0].world // the transaction is on its way
	run := w.Run()
	relay, _ := w.Roster.ID("r1")
	strike(t, run, sim.Event{Verb: "crash", Node: relay})
	for range patience {
		if run.Next(); cluster.Settled(run.Look()) && run.Now() > sim.Time(sim.Second) {
			break
		}
	}
	f := cluster.Fates(run.Look())[0]
	if !f.Owed || f.Worst() != cluster.Pending {
		t.Errorf("it is %s, owed %v", f.Worst(), f.Owed)
	}
}

// TestWhatIsOwedIsMissed: an application that is told, after its commit, that send() failed has lost the message.
func TestWhatIsOwedIsMissed(t *testing.T) {
	c := shop("send-after-commit")
	c.Writers[0].Settings = set("delivery.timeout.ms", "2000", "request.timeout.ms", "1000")
	c.Writers[0].Records = 2
	run := build(t, c).Run()
	broker, _ := run.Look().Roster.ID("b1")
	for confirmed := 0; confirmed < 2; { // the second, as the first send() has to wait for metadata
		run.Next()
		for _, n := range run.Notes() {
			if n.Kind == wire.ChangeConfirmed {
				confirmed++
			}
		}
	}
	strike(t, run, sim.Event{Verb: "crash", Node: broker})
	for run.Now() < sim.Time(5*sim.Second) {
		run.Next()
	}
	strike(t, run, sim.Event{Verb: "restart", Node: broker})
	for run.Now() < sim.Time(60*sim.Second) {
		run.Next()
	}
	w := run.World()
	f := cluster.Fates(w)[1]
	if f.Row.Failed != 1 || !f.Has(cluster.Lost) || f.Has(cluster.Failed) || cluster.Verdicts(w)[0].Missed != 1 {
		t.Errorf("told %+v, it is %s, and the group misses %d", f.Row, f.Worst(), cluster.Verdicts(w)[0].Missed)
	}
}
