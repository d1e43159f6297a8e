package copier_test

import (
	"fmt"
	"strings"
	"testing"

	"example.com/ksim/internal/converse"
	"example.com/ksim/sim"
	"example.com/ksim/sim/client"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/copier"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// TestConversations holds the conversations in testdata with copier c1, which copies orders to payments. b1
// leads both, b2 coordinates its group.
func TestConversations(t *testing.T) { converse.Walk(t, room) }

func room() *converse.Room {
	c := config()
	r := converse.New("c1 b1 b2 p1", "orders payments", func(self sim.NodeID) sim.Node {
		return copier.New(self, c)
	})
	r.Key = func(timer string, key int32) string {
		if name, ok := strings.CutPrefix(timer, "producer-"); ok { // it has but one connection to a broker
			peer, _, _ := strings.Cut(r.ClientKey(name, key), "/")
			return peer
		}
		return r.ClientKey(timer, key)
	}
	r.Verbs["consumer"] = func(words, _ []string) (string, error) {
		return "", r.Configure(&c.Consumer, numbered(words))
	}
	r.Verbs["producer"] = func(words, _ []string) (string, error) {
		return "", r.Configure(&c.Producer, numbered(words))
	}
	r.Verbs["boot"] = func([]string, []string) (string, error) {
		err := boot(r)
		return show(r), err
	}
	r.Verbs["offers"] = func(words, _ []string) (string, error) {
		c.Offsets, c.Anonymous = true, len(words) > 0 && words[0] == "nothing"
		return "", nil
	}
	r.Verbs["join"] = func([]string, []string) (string, error) {
		err := join(r)
		return show(r), err
	}
	r.Verbs["show"] = func([]string, []string) (string, error) { return show(r), nil }
	return r
}

// numbered are words with numbers in place of what has a name.
func numbered(words []string) []string {
	return strings.Fields(strings.NewReplacer(
		"=before", fmt.Sprintf("=%d", consumer.CommitBefore),
		"=after", fmt.Sprintf("=%d", consumer.CommitAfter),
		"enable.auto.commit", "autoCommit",
	).Replace(strings.Join(words, " ")))
}

// config has Kafka's defaults, but that nothing lingers; the application works 1 ms on a record.
func config() *copier.Config {
	net := client.Config{
		Bootstrap: []sim.NodeID{2, 3}, RequestTimeout: 30 * sim.Second,
		RetryBackoff: 100 * sim.Millisecond, RetryBackoffMax: sim.Second,
		ReconnectBackoff: 50 * sim.Millisecond, ReconnectMax: sim.Second,
		MetadataMaxAge: 300 * sim.Second, MaxInFlight: 5,
	}
	out := net
	out.Lane = wire.ProducerLane
	return &copier.Config{
		Consumer: consumer.Config{
			Client: net, Group: "g1", Reads: "g1", Topics: []wire.TopicID{1}, Names: []string{"", "orders", "payments"},
			Assignors: []string{"range"}, Reset: consumer.Earliest,
			AutoCommitInterval: 5 * sim.Second, APITimeout: 60 * sim.Second, SessionTimeout: 45 * sim.Second,
			HeartbeatInterval: 3 * sim.Second, MaxPollInterval: 300 * sim.Second, MaxPollRecords: 500,
			FetchMinBytes: 1, FetchMaxWait: 500 * sim.Millisecond, FetchMaxBytes: 52428800,
			MaxPartitionBytes: 1048576, App: consumer.App{Takes: sim.Millisecond, Lends: true},
		},
		Producer: producer.Config{
			Client: out, Acks: wire.AcksAll, Retries: 1<<31 - 1, BatchSize: 16384, BufferMemory: 33554432,
			MaxBlock: 60 * sim.Second, DeliveryTimeout: 120 * sim.Second, MaxRequestSize: 1048576,
			App: producer.App{Topic: 2, Close: sim.Forever, Fed: true},
		},
	}
}

// boot lets c1 join its group alone and read orders-0 from its begin on; its producer knows payments.
func boot(r *converse.Room) error {
	r.Hush()
	if err := r.Run("start c1", "b1 answers Metadata brokers=b1,b2"); err != nil { // its producer asked
		return err
	}
	return join(r)
}

// join lets its consumer join the group alone.
func join(r *converse.Room) error {
	r.Hush()
	return r.Run("b1 answers FindCoordinator NONE node=b2",
		"b1 answers Metadata brokers=b1,b2 orders-0: NONE leader=b1 epoch=0",
		"b2 answers JoinGroup MEMBER_ID_REQUIRED member=c1#1",
		"b2 answers JoinGroup NONE generation=1 protocol=range leader=c1#1 member=c1#1 c1#1: topics=orders",
		"b2 answers SyncGroup NONE partitions=orders-0",
		"b2 answers OffsetFetch NONE orders-0: offset=0")
}

// show writes what the copier's parts are at.
func show(r *converse.Room) string {
	c := r.Node().(*copier.Copier)
	var s strings.Builder
	fmt.Fprintf(&s, "%s; %d of %d records sent\n", c.Round.State, c.Round.Sent, len(c.In.Lent()))
	fmt.Fprintf(&s, "its consumer is %s", c.In.App.State)
	for i := range c.In.Parts {
		fmt.Fprintf(&s, ", %s: position %d", r.Partition(c.In.Parts[i].At), c.In.Parts[i].Position)
	}
	fmt.Fprintf(&s, "\nits producer has %d batches\n", len(c.Out.Batches))
	return s.String()
}
