package broker_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"example.com/ksim/internal/converse"
	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/wire"
)

// TestConversations holds the conversations in testdata with broker b1. Its controller is k1; b2 and b3
// are its fellow brokers.
func TestConversations(t *testing.T) { converse.Walk(t, room) }

// rules are the numbers of what has a name in a scenario.
var rules = strings.NewReplacer("=reject-on-empty", fmt.Sprintf("=%d", broker.RejectOnEmpty),
	"=reject-nonzero", fmt.Sprintf("=%d", broker.RejectNonzero),
	"=reject-as-gap", fmt.Sprintf("=%d", broker.RejectAsGap))

// The ids of the internal topics.
const (
	offsets  wire.TopicID = 3
	txnTopic wire.TopicID = 4
)

func room() *converse.Room {
	c := config()
	r := converse.New("b1 b2 b3 k1 p1 p2 c1 c2 c3", "orders payments __consumer_offsets __transaction_state",
		func(self sim.NodeID) sim.Node { return broker.New(self, c) })
	r.Verbs["config"] = func(words, lines []string) (string, error) {
		return "", r.Configure(c, strings.Fields(rules.Replace(strings.Join(words, " "))))
	}
	r.Key = func(timer string, key int32) string { return keyOf(r, timer, key) }
	r.Verbs["boot"] = func(words, lines []string) (string, error) {
		err := boot(r, lines)
		return show(r), err
	}
	r.Verbs["metadata"] = func(words, lines []string) (string, error) { return "", replay(r, lines) }
	r.Verbs["form"] = func(words, lines []string) (string, error) { return "", form(r, words[0], words[1:]) }
	r.Verbs["group"] = func(words, lines []string) (string, error) { return showGroup(r, words[0]) }
	r.Verbs["transaction"] = func(words, lines []string) (string, error) { return showTxn(r, words[0]) }
	r.Verbs["show"] = func(words, lines []string) (string, error) { return show(r), nil }
	return r
}

// config has Kafka's defaults, but for the internal topics, which have one partition. Nothing looks for
// transactions that are too old, and no leader asks for one, until a conversation says so.
func config() *broker.Config {
	return &broker.Config{
		Controllers: []sim.NodeID{4}, HeartbeatInterval: 2 * sim.Second, SessionTimeout: 9 * sim.Second,
		LagTimeMax: 30 * sim.Second, FetchWaitMax: 500 * sim.Millisecond, FetchMinBytes: 1,
		FetchMaxBytes: 1048576, FetchBackoff: sim.Second, SocketTimeout: 30 * sim.Second,
		CheckpointEvery: 5 * sim.Second, ShutdownTimeout: 300 * sim.Second,
		QuorumTimeout: 2 * sim.Second, Writeback: 30 * sim.Second, Fsync: 5 * sim.Millisecond,
		OffsetsTopic: offsets, OffsetsPartitions: 1, CommitTimeout: 5 * sim.Second,
		CleanerKeys: 1 << 20, DedupWindow: 5, ProducerExpiration: 86400 * sim.Second, InitialDelay: 3 * sim.Second, MinGroupSession: 6 * sim.Second, MaxGroupSession: 1800 * sim.Second,
		ConsumerSession: 45 * sim.Second, ConsumerHeartbeat: 5 * sim.Second,
		ConsumerAssignors: []string{broker.UniformAssignor, broker.RangeAssignor},
		AddRetryBackoff:   20 * sim.Millisecond, AddRetryMax: 100 * sim.Millisecond,
		TxnTopic: txnTopic, TxnPartitions: 1, TxnMaxTimeout: 900 * sim.Second, TxnVersion: 2,
		MaxEpoch: 1<<15 - 1,
	}
}

// keyOf writes the keys of a broker's timers.
func keyOf(r *converse.Room, timer string, key int32) string {
	at := wire.Partition{Topic: wire.TopicID(key >> 24), Index: int16(key >> 8)}
	switch timer {
	case "lag", "lag-candidate":
		return r.Partition(at) + "/" + r.Peer(wire.NodeID(key&0xff))
	case "fetch-backoff", "writeback", "load", "segment-roll", "offset-check":
		return r.Partition(at)
	case "replica-request", "markers-request", "markers-backoff", "verify-request":
		return r.Peer(wire.NodeID(key))
	case "member-session", "consumer-session", "revocation":
		return r.Peer(wire.NodeID(key>>16)) + "#" + strconv.Itoa(int(key&0xffff))
	}
	if key == 0 {
		return ""
	}
	return strconv.Itoa(int(key))
}

// cluster is what every cluster begins with: the brokers register and are unfenced. Broker epochs
// are the offsets of the registrations: 1, 2 and 3.
const cluster = `LeaderChange k1
RegisterBroker b1 incarnation=1
RegisterBroker b2 incarnation=1
RegisterBroker b3 incarnation=1
ChangeBroker b1
ChangeBroker b2
ChangeBroker b3`

// boot starts b1 and lets it register, replay a cluster's metadata and be unfenced.
func boot(r *converse.Room, lines []string) error {
	r.Hush()
	if err := r.Run("start b1"); err != nil {
		return err
	}
	if err := replay(r, append(strings.Split(cluster, "\n"), lines...)); err != nil {
		return err
	}
	return r.Run("fire heartbeat", "k1 answers BrokerRegistration NONE epoch=1",
		"fire heartbeat", "k1 answers BrokerHeartbeat NONE caughtUp=true",
		"fire heartbeat", "k1 answers BrokerHeartbeat NONE caughtUp=true")
}

// replay lets k1 answer the broker's poll with records.
func replay(r *converse.Room, lines []string) error {
	return r.Answer("k1", []string{"QuorumFetch", "NONE", "epoch=1", "leader=k1"}, lines)
}

// form makes a stable group of some members, each of which has one partition of orders.
func form(r *converse.Room, group string, members []string) error {
	r.Hush()
	lines := []string{"fire load:__consumer_offsets-0"}
	for _, c := range members {
		lines = append(lines, c+" asks JoinGroup "+group+" client="+c+" birth=1",
			c+" asks JoinGroup "+group+" client="+c+" member="+c+"#1")
	}
	if len(members) > 0 {
		lines = append(lines, "fire join")
	}
	if len(members) > 1 { // somebody came after the first: the wait is extended
		lines = append(lines, "fire join")
	}
	assignments := ""
	for i, c := range members {
		assignments += fmt.Sprintf(" %s#1: partitions=orders-%d", c, i)
	}
	for _, c := range members {
		lines = append(lines, c+" asks SyncGroup "+group+" generation=1 member="+c+"#1"+assignments)
	}
	return r.Run(lines...)
}

// showGroup writes a group of the consumer protocol as b1 has it.
func showGroup(r *converse.Room, group string) (string, error) {
	for _, g := range r.Node().(*broker.Broker).Modern {
		if string(g.Now.ID) != group {
			continue
		}
		var s strings.Builder
		fmt.Fprintf(&s, "epoch %d, targets of epoch %d\n", g.Now.Epoch, g.Now.AssignmentEpoch)
		for _, m := range g.Now.Members {
			fmt.Fprintf(&s, "%s#%d: epoch %d (before %d), %s\n", r.Peer(m.ID.Client), m.ID.Birth, m.Epoch, m.Previous, m.State)
			for _, l := range []struct {
				name string
				what []wire.Partition
			}{{"assigned", m.Assigned}, {"revoking", m.Revoking}, {"target", m.Target}} {
				if len(l.what) > 0 {
					fmt.Fprintf(&s, "  %s:", l.name)
					for _, at := range l.what {
						s.WriteString(" " + r.Partition(at))
					}
					s.WriteString("\n")
				}
			}
		}
		return s.String(), nil
	}
	return "", fmt.Errorf("there is no group %s", group)
}

// showTxn writes what b1 knows of a transactional.id.
func showTxn(r *converse.Room, name string) (string, error) {
	for _, t := range r.Node().(*broker.Broker).Txns {
		if string(t.Now.Name) != name {
			continue
		}
		s := r.Transaction(t.Now)
		if t.Now.LastEpoch != wire.NoProducerEpoch {
			s += fmt.Sprintf(", last epoch %d", t.Now.LastEpoch)
		}
		if t.Next != nil {
			s += fmt.Sprintf("\n  next %s, written: %v", r.Transaction(t.Next), t.Writing)
		}
		for _, at := range t.Left {
			s += "\n  no marker yet: " + r.Partition(at)
		}
		return s + "\n", nil
	}
	return "", fmt.Errorf("there is no transactional.id %s", name)
}

// show writes the replicas as the broker has them.
func show(r *converse.Room) string {
	b := r.Node().(*broker.Broker)
	var s strings.Builder
	for i := range b.Logs {
		l := &b.Logs[i]
		fmt.Fprintf(&s, "%s:", r.Partition(l.At))
		for _, batch := range l.Batches.All() {
			fmt.Fprintf(&s, " %s", r.Batch(batch))
		}
		fmt.Fprintf(&s, "\n  end=%d flushed=%d checkpoint=%d epochs=%v\n",
			l.End(), l.Flushed, l.Checkpoint, l.Epochs)
		s.WriteString(segments(l))
		s.WriteString(cleaned(l))
		for k := range l.Producers {
			s.WriteString(known(&l.Producers[k]))
		}
		hw := l.Checkpoint
		for k := range b.Replicas {
			if p := &b.Replicas[k]; p.At == l.At {
				hw = p.HW
				s.WriteString(role(r, p))
			}
		}
		s.WriteString(transactions(r, l, hw))
	}
	return s.String()
}

// segments writes where a log's segments begin, how large they are, and which are older than retention.ms;
// nothing of a single one that is not.
func segments(l *broker.Log) string {
	if len(l.Segments) == 0 || len(l.Segments) == 1 && !l.Segments[0].Old {
		return ""
	}
	s := "  segments:"
	for _, seg := range l.Segments {
		s += fmt.Sprintf(" @%d (%d bytes)", seg.Base, seg.Bytes)
		if seg.Old {
			s += " old"
		}
	}
	return s + "\n"
}

// cleaned writes up to where a log was cleaned, and the markers in it that may go, and whether their time is over;
// nothing of a log that never was.
func cleaned(l *broker.Log) string {
	if l.CleanTo == 0 {
		return ""
	}
	s := fmt.Sprintf("  cleaned up to %d", l.CleanTo)
	for _, h := range l.Horizons {
		s += fmt.Sprintf(", marker at %d may go", h.Base)
		if h.Timer < 0 {
			s += " now"
		}
	}
	return s + "\n"
}

// known writes what a log knows of a producer: its id and epoch, then sequence numbers and offset of
// each batch.
func known(p *broker.ProducerState) string {
	s := fmt.Sprintf("  knows producer %d, epoch %d:", p.ID, p.Epoch)
	for _, b := range p.Batches {
		s += fmt.Sprintf(" %d-%d@%d", b.First, b.Last, b.Base)
	}
	if p.Coordinator != wire.NoEpoch {
		s += fmt.Sprintf(", last marker of coordinator epoch %d", p.Coordinator)
	}
	if p.Txn != wire.NoOffset {
		s += fmt.Sprintf(", open from %d", p.Txn)
	}
	return s + "\n"
}

// transactions writes how far a reader gets that reads only what is committed, what has become of the
// transactional batches of a log, and its index of aborted transactions; nothing of a log without any.
func transactions(r *converse.Room, l *broker.Log, hw int64) string {
	s := ""
	for _, b := range l.Batches.All() {
		if b.Transactional && b.Marker == wire.NoMarker {
			s += fmt.Sprintf(" %s %s", r.Batch(b), l.Outcome(b))
		}
	}
	if s != "" {
		s = fmt.Sprintf("  stable up to %d:%s\n", l.LastStable(hw), s)
	}
	for _, e := range l.Aborted {
		s += fmt.Sprintf("  aborted: producer %d from %d to %d\n", e.ID, e.First, e.Last)
	}
	return s
}

func role(r *converse.Room, p *broker.Replica) string {
	switch p.Role {
	case broker.Leads:
		wish := ""
		if p.Wish != 0 {
			wish = " asked for=" + r.Set(p.Wish)
		}
		return fmt.Sprintf("  leads in epoch %d, hw=%d isr=%s%s\n", p.LeaderEpoch, p.HW, r.Set(p.ISR), wish)
	case broker.Follows:
		return fmt.Sprintf("  follows %s in epoch %d, hw=%d\n", r.Peer(p.Leader), p.LeaderEpoch, p.HW)
	}
	return fmt.Sprintf("  has no leader in epoch %d, hw=%d\n", p.LeaderEpoch, p.HW)
}
