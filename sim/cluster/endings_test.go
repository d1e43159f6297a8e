package cluster_test

import (
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// sending is a cluster of one broker to which p1 sends 20 records, some in its accumulator and some on
// their way at any time.
func sending() cluster.Config {
	c := small("acks", "1", "linger.ms", "5", "max.in.flight.requests.per.connection", "2")
	c.Brokers, c.Topics[0].Replication, c.Topics[0].Settings = c.Brokers[:1], 1, nil
	c.Consumers = nil
	return c
}

// TestAPanicAndAnExitEqualAKill: the world after each of the three is the same, whenever it comes, to
// the last timer.
func TestAPanicAndAnExitEqualAKill(t *testing.T) {
	both := small("acks", "all")
	both.Consumers[0].Process.Commit = "after"
	for _, client := range []string{"p1", "c1"} {
		root := build(t, both)
		id, _ := root.Roster.ID(client)
		at := moments(t, root, wire.Sent, wire.Processed, 400)
		for i, w := range at {
			killed := after(t, w, sim.Event{Verb: "crash", Node: id})
			for _, verb := range []string{"panic", "exit"} {
				if got := after(t, w, sim.Event{Verb: verb, Node: id}); got != killed {
					t.Fatalf("%s %s at moment %d is not what a kill is", verb, client, i)
				}
			}
			if after(t, w, sim.Event{Verb: "stop", Node: id}) == killed {
				t.Fatalf("stop %s at moment %d is what a kill is", client, i)
			}
		}
		t.Logf("%s: %d moments", client, len(at))
	}
}

func after(t *testing.T, w *sim.World, e sim.Event) sim.Fingerprint {
	t.Helper()
	run := w.Run()
	strike(t, run, e)
	return run.World().TimedFingerprint()
}

// TestWhereAProducersRecordsDie ends p1 at every moment. Stopped, it loses nothing that was handed to
// send(). Killed, it loses exactly what is in no request yet: what is in the accumulator, retries that
// it has not made included. What it has sent arrives without it, even if nobody hears the answer.
func TestWhereAProducersRecordsDie(t *testing.T) {
	root := build(t, sending())
	id, _ := root.Roster.ID("p1")
	lost, saved := 0, 0
	at := moments(t, root, wire.Sent, wire.Acked, 120)
	for i, w := range at {
		for _, f := range cluster.Fates(stays(t, w, "stop", id)) {
			if !f.Has(cluster.Delivered) {
				t.Fatalf("stopped at moment %d, message %d is %s", i, f.Message.N, f.Worst())
			}
		}
		left := inMemory(w.Node(id).(*producer.Producer))
		for _, f := range cluster.Fates(stays(t, w, "exit", id)) {
			if dies := left[f.Message.N]; dies != f.Has(cluster.Lost) {
				t.Fatalf("killed at moment %d with message %d in memory: %v, it is %s", i, f.Message.N,
					dies, f.Worst())
			} else if dies {
				lost++
			} else {
				saved++
			}
		}
	}
	t.Logf("%d moments: %d times a message was lost, %d times not", len(at), lost, saved)
	if lost == 0 || saved == 0 {
		t.Error("nothing was proved")
	}
}

// inMemory are the messages in batches that no request carries, and the one that send() blocks on.
func inMemory(p *producer.Producer) map[int32]bool {
	out := map[int32]bool{}
	for i := range p.Batches {
		if p.Batches[i].InFlight {
			continue
		}
		for _, r := range p.Batches[i].Records {
			out[r.Message.N] = true
		}
	}
	return out
}

// stays is the world at rest after a client has ended, and stays away.
func stays(t *testing.T, w *sim.World, verb string, id sim.NodeID) *sim.World {
	t.Helper()
	run := w.Run()
	strike(t, run, sim.Event{Verb: verb, Node: id})
	for range 400 {
		run.Next()
	}
	return run.World()
}

// TestHowLongAGroupWaits: a consumer that is stopped leaves, and its partitions are given out anew at
// once; one that was killed is missed when its session ends.
func TestHowLongAGroupWaits(t *testing.T) {
	root := build(t, reading(cluster.Process{}))
	id, _ := root.Roster.ID("c1")
	w := moments(t, root, wire.Polled, wire.Processed, 60)[59]
	for verb, most := range map[string]sim.Duration{"stop": 2 * sim.Second, "crash": 8 * sim.Second, "exit": 8 * sim.Second} {
		run := w.Run()
		strike(t, run, sim.Event{Verb: verb, Node: id})
		for run.Look().Health(id) == sim.Up {
			run.Next()
		}
		strike(t, run, sim.Event{Verb: "restart", Node: id})
		from := run.Now()
		for !told(run.Notes(), wire.Assigned) {
			run.Next()
		}
		waited := run.Now().Sub(from)
		if waited > most || verb != "stop" && waited < 4*sim.Second {
			t.Errorf("%s: the next process waited %s for its partition", verb, waited)
		}
	}
}

func told(notes []wire.Note, k wire.NoteKind) bool {
	for i := range notes {
		if notes[i].Kind == k {
			return true
		}
	}
	return false
}
