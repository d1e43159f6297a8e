package consumer_test

import (
	"fmt"
	"strings"
	"testing"

	"example.com/ksim/internal/converse"
	"example.com/ksim/sim"
	"example.com/ksim/sim/client"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/wire"
)

// TestConversations holds the conversations in testdata with consumer c1. Its coordinator is b2.
func TestConversations(t *testing.T) { converse.Walk(t, room) }

func room() *converse.Room {
	c := config()
	r := converse.New("c1 b1 b2 b3 c2 p1 zk", "orders payments", func(self sim.NodeID) sim.Node {
		return consumer.New(self, c)
	})
	r.Key = r.ClientKey
	r.Verbs["config"] = func(words, lines []string) (string, error) {
		return "", r.Configure(c, strings.Fields(numbers.Replace(strings.Join(words, " "))))
	}
	r.Verbs["fails"] = func(words, lines []string) (string, error) {
		c.App.Failures = nil
		for _, w := range words {
			f := consumer.Failure{Message: wire.MessageID{Producer: 6}}
			if _, err := fmt.Sscanf(w, "m%d=%d", &f.Message.N, &f.Times); err != nil {
				return "", err
			}
			c.App.Failures = append(c.App.Failures, f)
		}
		return "", nil
	}
	r.Verbs["boot"] = func(words, lines []string) (string, error) {
		err := boot(r, words)
		return show(r), err
	}
	r.Verbs["enter"] = func(words, lines []string) (string, error) {
		err := enter(r)
		return show(r), err
	}
	r.Verbs["show"] = func(words, lines []string) (string, error) { return show(r), nil }
	return r
}

// numbers are the numbers of what is written in words.
var numbers = strings.NewReplacer(
	"=before", fmt.Sprintf("=%d", consumer.CommitBefore),
	"=after", fmt.Sprintf("=%d", consumer.CommitAfter),
	"=each", fmt.Sprintf("=%d", consumer.CommitEach),
	"=close", fmt.Sprintf("=%d", consumer.Close),
	"=retry", fmt.Sprintf("=%d", consumer.Retry),
	"=skip", fmt.Sprintf("=%d", consumer.Skip),
	"=dead-letter", fmt.Sprintf("=%d", consumer.DeadLetter),
	"=poll", fmt.Sprintf("=%d", consumer.PollAgain),
	"=seek", fmt.Sprintf("=%d", consumer.SeekBack),
	"=mark", fmt.Sprintf("=%d", consumer.CommitMark),
	"=stored", fmt.Sprintf("=%d", consumer.CommitStored),
	"=processed", fmt.Sprintf("=%d", consumer.Handled),
	"=async-retry", fmt.Sprintf("=%d", consumer.AsyncRetry),
	"=async", fmt.Sprintf("=%d", consumer.Async),
	"default.api.timeout.ms", "aPITimeout",
	"auto.offset.reset=earliest", fmt.Sprintf("reset=%d", consumer.Earliest),
	"auto.offset.reset=none", fmt.Sprintf("reset=%d", consumer.None),
	"enable.auto.commit", "autoCommit",
	"offsets.storage=zookeeper", "zooKeeper=zk",
)

// config has Kafka's defaults; the application works 1 ms on a record.
func config() *consumer.Config {
	return &consumer.Config{
		Client: client.Config{
			Bootstrap: []sim.NodeID{2, 3, 4}, RequestTimeout: 30 * sim.Second,
			RetryBackoff: 100 * sim.Millisecond, RetryBackoffMax: sim.Second,
			ReconnectBackoff: 50 * sim.Millisecond, ReconnectMax: sim.Second,
			MetadataMaxAge: 300 * sim.Second, MaxInFlight: 100,
		},
		Group: "g1", Topics: []wire.TopicID{1}, Names: []string{"", "orders", "payments"}, Assignors: []string{"range"}, AutoCommit: true,
		AutoCommitInterval: 5 * sim.Second, APITimeout: 60 * sim.Second, SessionTimeout: 45 * sim.Second,
		HeartbeatInterval: 3 * sim.Second, MaxPollInterval: 300 * sim.Second, MaxPollRecords: 500,
		FetchMinBytes: 1, FetchMaxWait: 500 * sim.Millisecond, FetchMaxBytes: 52428800,
		MaxPartitionBytes: 1048576,
		App:               consumer.App{Takes: sim.Millisecond},
	}
}

// boot lets c1 join its group alone and read orders-0, which b1 leads, from an offset on.
func boot(r *converse.Room, words []string) error {
	r.Hush()
	return r.Run("start c1",
		"b1 answers FindCoordinator NONE node=b2",
		"b1 answers Metadata brokers=b1,b2,b3 orders-0: NONE leader=b1 epoch=0",
		"b2 answers JoinGroup MEMBER_ID_REQUIRED member=c1#1",
		"b2 answers JoinGroup NONE generation=1 protocol=range leader=c1#1 member=c1#1 c1#1: topics=orders",
		"b2 answers SyncGroup NONE partitions=orders-0",
		"b2 answers OffsetFetch NONE orders-0: "+strings.Join(words, " "))
}

// enter lets c1 join its group by the consumer protocol and read orders-0 and orders-1, which b1 leads.
func enter(r *converse.Room) error {
	r.Hush()
	return r.Run("start c1",
		"b1 answers FindCoordinator NONE node=b2",
		"b1 answers Metadata brokers=b1,b2,b3 orders-0: NONE leader=b1 epoch=0 orders-1: NONE leader=b1 epoch=0",
		"b2 answers ConsumerGroupHeartbeat NONE epoch=1 interval=5s assigns=true partitions=orders-0,orders-1",
		"b2 answers OffsetFetch NONE orders-0: offset=0 orders-1: offset=0",
		"b2 answers ConsumerGroupHeartbeat NONE epoch=1 interval=5s")
}

// show writes what the consumer is at and where.
func show(r *converse.Room) string {
	c := r.Node().(*consumer.Consumer)
	var s strings.Builder
	fmt.Fprintf(&s, "%s", c.App.State)
	if n := len(c.App.Batch); n > 0 {
		fmt.Fprintf(&s, ", %d of %d records done", c.App.Done, n)
	}
	s.WriteString("\n")
	for i := range c.Parts {
		p := &c.Parts[i]
		fmt.Fprintf(&s, "%s: ", r.Partition(p.At))
		switch p.Need {
		case consumer.NeedCommitted:
			s.WriteString("needs the committed offset")
		case consumer.NeedValidation:
			fmt.Fprintf(&s, "position %d needs validation", p.Position)
		case consumer.NeedBeginning:
			s.WriteString("needs the log's beginning")
		case consumer.NeedEnd:
			s.WriteString("needs the log's end")
		case consumer.NeedReset:
			s.WriteString("needs a reset")
		case consumer.NeedHelp:
			s.WriteString("needs help")
		default:
			fmt.Fprintf(&s, "position %d", p.Position)
		}
		for _, b := range p.Buffer {
			s.WriteString(" " + r.Batch(b))
		}
		s.WriteString("\n")
	}
	return s.String()
}
