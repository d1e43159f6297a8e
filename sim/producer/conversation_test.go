package producer_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.com/ksim/internal/converse"
	"example.com/ksim/sim"
	"example.com/ksim/sim/client"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// TestConversations holds the conversations in testdata with producer p1.
func TestConversations(t *testing.T) { converse.Walk(t, room) }

func room() *converse.Room {
	c := config()
	r := converse.New("p1 b1 b2 b3", "orders", func(self sim.NodeID) sim.Node {
		return producer.New(self, c)
	})
	r.Key = r.ClientKey
	r.Verbs["config"] = func(words, lines []string) (string, error) {
		return "", r.Configure(c, strings.Fields(choices.Replace(strings.Join(words, " "))))
	}
	r.Verbs["bump"] = func(words, lines []string) (string, error) {
		epoch, err := strconv.ParseInt(words[0], 10, 16)
		r.Node().(*producer.Producer).Numbers.Who.Epoch = int16(epoch)
		return "", err
	}
	r.Verbs["ratio"] = func(words, lines []string) (string, error) {
		ratio, err := strconv.ParseInt(words[0], 10, 32)
		r.Node().(*producer.Producer).Ratio = int32(ratio)
		return "", err
	}
	r.Verbs["partitions"] = func(words, lines []string) (string, error) {
		for _, word := range words {
			n, err := strconv.ParseInt(word, 10, 16)
			if err != nil {
				return "", err
			}
			c.App.Partitions = append(c.App.Partitions, int16(n))
		}
		return "", nil
	}
	r.Verbs["transactions"] = func(words, lines []string) (string, error) {
		c.Transaction, c.TransactionTimeout, c.Idempotent = "t1", 60*sim.Second, true
		n, err := strconv.ParseInt(words[0], 10, 32)
		c.App.Txn.Records = int32(n)
		for _, word := range words[1:] {
			c.App.Txn.Commits = append(c.App.Txn.Commits, word == "commit")
		}
		return "", err
	}
	r.Verbs["boot"] = func(words, lines []string) (string, error) {
		err := boot(r, words)
		return show(r), err
	}
	r.Verbs["show"] = func(words, lines []string) (string, error) { return show(r), nil }
	return r
}

// choices are the numbers of what has a name in a scenario.
var choices = strings.NewReplacer("=RoundRobin", fmt.Sprintf("=%d", producer.RoundRobin),
	"=StickyBatch", fmt.Sprintf("=%d", producer.StickyBatch),
	"=UniformSticky", fmt.Sprintf("=%d", producer.UniformSticky),
	"=DealKeyless", fmt.Sprintf("=%d", producer.DealKeyless),
	"=Random", fmt.Sprintf("=%d", producer.Random),
	"=Murmur2Random", fmt.Sprintf("=%d", producer.Murmur2Random),
	"=ConsistentRandom", fmt.Sprintf("=%d", producer.ConsistentRandom), "mode=forget", fmt.Sprintf("mode=%d", producer.Forget), "mode=sync", fmt.Sprintf("mode=%d", producer.Sync),
	"failure=resend", fmt.Sprintf("failure=%d", producer.Resend),
	"failure=stop", fmt.Sprintf("failure=%d", producer.Stop))

// config has Kafka's defaults; the application sends ten messages of 100 bytes, one every 10 ms.
func config() *producer.Config {
	return &producer.Config{
		Client: client.Config{
			Bootstrap: []sim.NodeID{2, 3, 4}, RequestTimeout: 30 * sim.Second,
			RetryBackoff: 100 * sim.Millisecond, RetryBackoffMax: sim.Second,
			ReconnectBackoff: 50 * sim.Millisecond, ReconnectMax: sim.Second,
			MetadataMaxAge: 300 * sim.Second, MaxInFlight: 5,
		},
		Acks: wire.AcksAll, Retries: 1<<31 - 1, Linger: 5 * sim.Millisecond, BatchSize: 16384,
		BufferMemory: 33554432, MaxBlock: 60 * sim.Second, DeliveryTimeout: 120 * sim.Second,
		MaxRequestSize: 1048576, Adaptive: true,
		App: producer.App{Topic: 1, Records: 10, Every: 10 * sim.Millisecond, Bytes: 100,
			Close: sim.Forever},
	}
}

// boot starts p1 and answers what it asks of the cluster, so that m1 is in a batch.
func boot(r *converse.Room, partitions []string) error {
	r.Hush()
	lines := []string{"start p1", "b1 answers Metadata brokers=b1,b2,b3", "fire send",
		"b1 answers Metadata brokers=b1,b2,b3 " + strings.Join(partitions, " ")}
	switch c := r.Node().(*producer.Producer).Config; {
	case c.Transactional():
		lines = slices.Insert(lines, 2, "b1 answers FindCoordinator node=b2", "wait 100ms",
			"b2 answers InitProducerId id=7 epoch=0")
	case c.Idempotent:
		lines = slices.Insert(lines, 2, "b1 answers InitProducerId id=7")
	}
	return r.Run(lines...)
}

// show writes the accumulator.
func show(r *converse.Room) string {
	p := r.Node().(*producer.Producer)
	var s strings.Builder
	for i := range p.Batches {
		b := &p.Batches[i]
		batch := wire.NewBatch(b.Records)
		if b.Sequence != wire.NoSequence {
			batch = batch.Numbered(b.Who.ID, b.Who.Epoch, b.Sequence)
		}
		fmt.Fprintf(&s, "%s: %s", r.Partition(b.At), r.Batch(batch))
		for _, is := range []struct {
			so   bool
			text string
		}{
			{b.Full, "full"}, {b.Lingered, "lingered"}, {b.InFlight, "in flight"},
			{b.BackingOff, "backing off"}, {b.Done, "given up"},
		} {
			if is.so {
				s.WriteString(", " + is.text)
			}
		}
		s.WriteString("\n")
	}
	fmt.Fprintf(&s, "buffer: %d bytes\n", p.Buffer)
	if p.Config.Transactional() {
		fmt.Fprintf(&s, "transaction %d: %s\n", p.Begun, p.Txn.State)
	}
	if p.Thread.Blocked != producer.Free {
		fmt.Fprintf(&s, "send() is blocked: %s\n", p.Thread.Blocked)
	}
	return s.String()
}
