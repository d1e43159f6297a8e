package outbox_test

import (
	"fmt"
	"slices"
	"testing"

	"example.com/ksim/internal/converse"
	"example.com/ksim/sim"
	"example.com/ksim/sim/client"
	"example.com/ksim/sim/outbox"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// TestConversations holds the conversations in testdata with writer p1 or, where it is made first, relay r1.
func TestConversations(t *testing.T) { converse.Walk(t, room) }

// room has a node that is a relay if the first line says so.
func room() *converse.Room {
	w := &outbox.WriterConfig{Database: 2, Records: 3, Every: 100 * sim.Millisecond, Producer: config()}
	r := converse.New("p1 db1 b1", "orders", func(self sim.NodeID) sim.Node { return outbox.NewWriter(self, w) })
	r.Key = r.ClientKey
	r.Verbs["form"] = func(words, _ []string) (string, error) {
		i := slices.Index(outbox.FormNames, words[0])
		if i < 0 {
			return "", fmt.Errorf("no such form")
		}
		w.Form = outbox.Form(i)
		return "", nil
	}
	r.Verbs["relay"] = func(_, _ []string) (string, error) {
		c := &outbox.RelayConfig{Database: 2, Every: 100 * sim.Millisecond, Producer: config()}
		*r = *converse.New("r1 db1 b1 p1", "orders", func(self sim.NodeID) sim.Node { return outbox.NewRelay(self, c) })
		r.Key = r.ClientKey
		r.Verbs["connect"] = func(_, _ []string) (string, error) { return "", connect(r, "r1") }
		return "", nil
	}
	r.Verbs["connect"] = func(_, _ []string) (string, error) { return "", connect(r, "p1") }
	return r
}

// connect starts the process and answers what its producer asks of the cluster.
func connect(r *converse.Room, who string) error {
	r.Hush()
	return r.Run("start "+who, "b1 answers Metadata brokers=b1")
}

func config() producer.Config {
	return producer.Config{
		Client: client.Config{
			Bootstrap: []sim.NodeID{3}, RequestTimeout: 30 * sim.Second,
			RetryBackoff: 100 * sim.Millisecond, RetryBackoffMax: sim.Second,
			ReconnectBackoff: 50 * sim.Millisecond, ReconnectMax: sim.Second,
			MetadataMaxAge: 300 * sim.Second, MaxInFlight: 5,
		},
		Acks: wire.AcksAll, Retries: 1<<31 - 1, Linger: 5 * sim.Millisecond, BatchSize: 16384,
		BufferMemory: 33554432, MaxBlock: 60 * sim.Second, DeliveryTimeout: 120 * sim.Second,
		MaxRequestSize: 1048576, Adaptive: true,
		App: producer.App{Topic: 1, Bytes: 100, Close: sim.Forever, Fed: true},
	}
}
