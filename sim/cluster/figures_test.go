package cluster_test

import (
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// measured is a run of one producer and one consumer, told note by note.
type measured struct {
	root     *sim.World
	producer wire.NodeID
	consumer wire.NodeID
	path     []sim.Happened
}

func measuring(t *testing.T) *measured {
	m := &measured{root: build(t, cluster.Config{
		Brokers: []string{"b1"}, Controllers: []string{"k1"}, Costs: cluster.DefaultCosts(),
		Topics: []cluster.Topic{{Name: "orders", Partitions: 1, Replication: 1}},
		Producers: []cluster.Producer{{ID: "p1", Topic: "orders", Records: 1, Every: sim.Second, Bytes: 100,
			Settings: []cluster.Setting{{Name: "enable.idempotence", Value: "false"}}}},
		Consumers: []cluster.Consumer{{ID: "c1", Group: "g1", Topics: []string{"orders"},
			Process: cluster.Process{Takes: sim.Millisecond}}},
	})}
	for id := wire.NodeID(1); int(id) <= m.root.Nodes(); id++ {
		switch cluster.KindOf(m.root, id) {
		case "producer":
			m.producer = id
		case "consumer":
			m.consumer = id
		}
	}
	return m
}

// step adds a step at so many milliseconds that told something.
func (m *measured) step(ms int, notes ...wire.Note) {
	m.path = append(m.path, sim.Happened{At: sim.Time(ms) * sim.Time(sim.Millisecond), Notes: notes})
}

func (m *measured) note(kind wire.NoteKind, n int32) wire.Note {
	node := m.producer
	if kind == wire.Polled || kind == wire.Processed || kind == wire.CommitSent {
		node = m.consumer
	}
	return wire.Note{Kind: kind, Node: node, Message: wire.MessageID{Producer: m.producer, N: n}, Attempt: 1}
}

func (m *measured) batch(kind wire.NoteKind, peer wire.NodeID, records int) wire.Note {
	n := m.note(kind, 0)
	n.Peer, n.Records = peer, make([]wire.Record, records)
	return n
}

// is checks a figure.
func (m *measured) is(t *testing.T, name, want string) {
	t.Helper()
	for _, f := range cluster.Figures(m.root, m.path) {
		if f.Row.Name == name && f.String() != want {
			t.Errorf("%s is %s, want %s", name, f, want)
		}
	}
}

// TestLatencyIsFromTheCallToTheCallback: what a send() is blocked counts, and what nobody was told
// does not.
func TestLatencyIsFromTheCallToTheCallback(t *testing.T) {
	m := measuring(t)
	m.is(t, "ack-latency-p50", cluster.NotMeasured)
	m.is(t, "acked-per-second", cluster.NotMeasured)
	m.step(10, m.note(wire.Blocked, 1))
	m.step(14, m.note(wire.Sent, 1), m.note(wire.Unblocked, 1))
	m.step(20, m.note(wire.Sent, 2))
	m.step(22, m.note(wire.Sent, 3))
	m.step(23, m.note(wire.Sent, 4))
	m.step(30, m.note(wire.Acked, 1), m.note(wire.Acked, 2))
	m.step(110, m.note(wire.SentOK, 3))
	m.is(t, "time-blocked", "4ms")
	m.is(t, "ack-latency-p50", "20ms")
	m.is(t, "ack-latency-max", "88ms")
	m.is(t, "acked-per-second", "30.0")
}

// TestABlockedSendEndsOnce: by its own failure or the death of the process, not by another message's.
func TestABlockedSendEndsOnce(t *testing.T) {
	m := measuring(t)
	m.step(10, m.note(wire.Blocked, 5))
	m.step(12, m.note(wire.Failed, 1))
	m.step(15, m.note(wire.Blocked, 5))
	m.step(20, m.note(wire.Failed, 5))
	m.step(30, m.note(wire.Blocked, 6))
	m.step(31, m.note(wire.Panicked, 0))
	m.step(40, m.note(wire.Started, 0))
	m.is(t, "time-blocked", "11ms")
}

// TestARequestOfSeveralBatchesIsOne: to each broker.
func TestARequestOfSeveralBatchesIsOne(t *testing.T) {
	m := measuring(t)
	m.step(1, m.batch(wire.Drained, 1, 3), m.batch(wire.Drained, 1, 2), m.batch(wire.Drained, 2, 2))
	m.step(2, m.batch(wire.Drained, 1, 1), m.batch(wire.Retrying, 0, 3))
	m.is(t, "requests-sent", "3")
	m.is(t, "batches-sent", "4")
	m.is(t, "records-per-batch", "2.0")
	m.is(t, "batches-retried", "1")
}

// TestBytesAreCountedAsSentAndAsAppended: once more for each retry, and as the leader keeps them.
func TestBytesAreCountedAsSentAndAsAppended(t *testing.T) {
	m := measuring(t)
	m.is(t, "compression-ratio", cluster.NotMeasured)
	plain := wire.NewBatch([]wire.Record{{Message: wire.MessageID{Producer: m.producer, N: 1}, Bytes: 1000}})
	offsets := wire.NewBatch([]wire.Record{{Bytes: 70}})
	note := func(kind wire.NoteKind, node wire.NodeID, b *wire.Batch) wire.Note {
		return wire.Note{Kind: kind, Node: node, Batch: b}
	}
	m.step(1, note(wire.Drained, m.producer, plain.Packed(wire.Gzip, 1010, 400)))
	m.step(2, note(wire.Drained, m.producer, plain.Packed(wire.Gzip, 1010, 400)))
	m.step(3, note(wire.Appended, 1, plain.Packed(wire.LZ4, 1010, 500)), note(wire.Appended, 1, offsets))
	m.is(t, "bytes-before-compression", "2020")
	m.is(t, "bytes-sent", "800")
	m.is(t, "compression-ratio", "2.52")
	m.is(t, "bytes-appended", "500")
}

// TestAPollOfSeveralPartitionsIsOne: as is a commit of several.
func TestAPollOfSeveralPartitionsIsOne(t *testing.T) {
	m := measuring(t)
	m.step(0, m.note(wire.Sent, 1), m.note(wire.Sent, 2))
	m.step(5, m.batch(wire.Polled, 0, 2), m.batch(wire.Polled, 0, 1))
	m.step(6, m.note(wire.Processed, 1))
	m.step(105, m.note(wire.Processed, 2), m.note(wire.CommitSent, 0), m.note(wire.CommitSent, 0))
	m.is(t, "polls", "1")
	m.is(t, "records-per-poll", "3.0")
	m.is(t, "processed-per-second", "20.0")
	m.is(t, "end-to-end-p50", "6ms")
	m.is(t, "end-to-end-max", "105ms")
	m.is(t, "commits-sent", "1")
}

// TestAFetchIsARequestThatArrived.
func TestAFetchIsARequestThatArrived(t *testing.T) {
	m := measuring(t)
	for _, back := range []bool{false, true} {
		m.path = append(m.path, sim.Happened{Body: &wire.FetchRequest{},
			Event: sim.Event{Verb: sim.Deliver, Node: m.consumer, Peer: 1, Back: back}})
	}
	m.is(t, "fetches", "1")
}

// TestATakeoverLastsUntilEverythingIsReadAgain: from a death on, until the last of what the dead one had is
// read again; while something is not there is no figure.
func TestATakeoverLastsUntilEverythingIsReadAgain(t *testing.T) {
	m := measuring(t)
	of := func(kind wire.NoteKind, index int16) wire.Note {
		return wire.Note{Kind: kind, Node: m.consumer, At: wire.Partition{Topic: 1, Index: index}}
	}
	m.step(0, of(wire.Assigned, 0), of(wire.Assigned, 1), of(wire.Assigned, 2))
	m.step(10, of(wire.Revoked, 2))
	m.is(t, "takeover-time", "none")
	m.step(100, of(wire.Crashed, 0))
	m.step(300, of(wire.Polled, 0))
	m.is(t, "takeover-time", "none")
	m.step(450, of(wire.Polled, 1))
	m.step(700, of(wire.Polled, 2))
	m.is(t, "takeover-time", "350ms")
}

// TestTheFolkFormulaStandsBesideWhatIsMeasured: it is made of the member's own times, or of the brokers' where
// they decide (KIP-848), and of the longest way between it and a broker.
func TestTheFolkFormulaStandsBesideWhatIsMeasured(t *testing.T) {
	m := measuring(t)
	m.is(t, "takeover-folklore", "48.0006s") // session.timeout.ms + heartbeat.interval.ms + 500us and 20 %
	c := modern()
	c.Settings = append(c.Settings, cluster.Setting{Name: "group.consumer.session.timeout.ms", Value: "50000"})
	w := build(t, c)
	for _, f := range cluster.Figures(w, nil) {
		if f.Row.Name == "takeover-folklore" && f.String() != "55.0006s" {
			t.Errorf("%s of the consumer protocol, want 55.0006s", f)
		}
	}
}
