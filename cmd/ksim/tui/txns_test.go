package tui

import (
	"os"
	"slices"
	"strings"
	"testing"

	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// staged is the scenario of transactions with something else in place of some of its text.
func staged(t *testing.T, changes ...string) *model {
	t.Helper()
	source, err := os.ReadFile("testdata/transactions.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s, err := scenario.Read("transactions.yaml", []byte(strings.NewReplacer(changes...).Replace(string(source))))
	if err != nil {
		t.Fatal(err)
	}
	return stage(s, look{w: 120, h: 36})
}

func txnText(m *model) string { return paneText(m.txnLines(300)) }
func logText(m *model) string {
	lines, _ := clusterPane{}.draw(m, 200, 80)
	return paneText(lines)
}

// until goes on, step by step, until a pane has a word of something.
func until(t *testing.T, m *model, pane func(*model) string, want string) {
	t.Helper()
	for !strings.Contains(pane(m), want) {
		if m.player.Ended() {
			t.Fatalf("the run has ended, and no word of %q in:\n%s", want, pane(m))
		}
		press(m, "right")
	}
}

// TestATransactionIsFollowed: what the logs, the coordinator and the producer say from the first record to the
// last marker.
func TestATransactionIsFollowed(t *testing.T) {
	m := staged(t)
	until(t, m, txnText, "nobody has initialised it yet")
	until(t, m, txnText, "t1 ○ EMPTY · producer id 3000002, epoch 0 · coordinator b1")
	until(t, m, logText, "t1 open")
	wants(t, txnText(m), "t1 … ONGOING", "has orders-0", "time transaction.timeout.ms is over in 59.9 s",
		"p1 says … IN_TRANSACTION · producer id 3000002, epoch 0 · transaction 1: p1.m1 p1.m2 told … nothing of 1")
	until(t, m, txnText, "PREPARE_COMMIT is being written to __transaction_state-45")
	wants(t, logText(m), "… t1 open")
	until(t, m, txnText, "t1 → PREPARE_COMMIT · producer id 3000002, epoch 0 · coordinator b1 markers orders-0 … to be written")
	wants(t, logText(m), "→ t1 prepared")
	until(t, m, txnText, "markers orders-0 → asked b1")
	until(t, m, logText, "✓ t1 committed")
	until(t, m, txnText, "markers orders-0 ✓ written")
	until(t, m, txnText, "t1 ✓ COMPLETE_COMMIT")
	wants(t, txnText(m), "told … nothing of 2 ✓ committed 1")
	until(t, m, logText, "✗ t1 aborted")
	until(t, m, txnText, "✓ committed 1 ✗ aborted 2")
}

// TestOneOpenTransactionHoldsUpAll: the last stable offset stays where the open one begins, whatever is committed
// behind it.
func TestOneOpenTransactionHoldsUpAll(t *testing.T) {
	m := staged(t)
	until(t, m, logText, "HW 1 LSO 0")
	wants(t, logText(m), "┼ last stable offset")
	until(t, m, logText, "✓ t1 committed")
	until(t, m, logText, "HW 6 LSO 0")
	until(t, m, logText, "LSO 7")
	wants(t, logText(m), "✓ t4 committed", "C A commit, abort markers")
}

// TestAZombieProducerIsSeen: p3 has taken over the transactional.id of p2, which stands still.
func TestAZombieProducerIsSeen(t *testing.T) {
	m := staged(t)
	onceTold(t, m, wire.Paused, "p2")
	for !strings.Contains(txnText(m), "p3 says ⋯ INITIALIZING") {
		if strings.Contains(txnText(m), "zombie") {
			t.Fatal("a zombie before anybody has its transactional.id")
		}
		press(m, "right")
	}
	until(t, m, txnText, "p2 says ! zombie: b2 has gone on to epoch 1 for p3, and it does not know · … IN_TRANSACTION"+
		" · producer id 1000001, epoch 0 · transaction 2: p2.m4 p2.m5 · ‖ paused")
	onceTold(t, m, wire.FencedOut, "p2")
	wants(t, txnText(m), "p2 says ! zombie: b2 has gone on to epoch 2 for p3 · ✗ FATAL_ERROR PRODUCER_FENCED")
	if m.player.marks(m.player.here())&fences == 0 {
		t.Error("no mark where p2 is fenced")
	}
}

// TestNobodyIsAZombieOfItsOwnEnd: with transaction.version 2 every end counts up the epoch, and whoever asked for
// the end hears of that a moment later.
func TestNobodyIsAZombieOfItsOwnEnd(t *testing.T) {
	m := staged(t, `"3.9"`, `"4.1"`)
	until(t, m, txnText, "PREPARE_ABORT")
	wants(t, txnText(m), "p1 says → ABORTING_TRANSACTION")
	for !m.player.Ended() {
		if text := txnText(m); strings.Contains(text, "p1 says ! zombie") || strings.Contains(text, "p4 says ! zombie") {
			t.Fatalf("a zombie at step %d: %s", m.player.here().Step, text)
		}
		press(m, "right")
	}
	wants(t, txnText(m), "p1 says ● READY · producer id 3000002, epoch")
}

// TestATimeoutIsSeen: nobody ends what p1 has begun but the clock of its coordinator.
func TestATimeoutIsSeen(t *testing.T) {
	m := staged(t, "transactional.id: t1", "transactional.id: t1, transaction.timeout.ms: 2s",
		`  - {when: "p1 crashed", do: "restart p1"}`+"\n", "")
	until(t, m, txnText, "p1 says ✗ down: killed")
	until(t, m, txnText, "! transaction.timeout.ms is over, aborted by the check in")
	onceTold(t, m, wire.TxnExpired, "b1")
	if m.player.marks(m.player.here())&aborts == 0 {
		t.Error("no mark where the time is over")
	}
	until(t, m, txnText, "t1 ✗ COMPLETE_ABORT")
	wants(t, logText(m), "✗ t1 aborted")
}

// TestAHangingTransactionIsSeen: its coordinator knows nothing of it in the partition, so nobody will end it.
func TestAHangingTransactionIsSeen(t *testing.T) {
	m := staged(t)
	until(t, m, logText, "t1 open")
	s := m.player.scene
	i := slices.IndexFunc(s.txns, func(x txn) bool { return x.id == "t1" })
	known, now := *s.txns[i].known, *s.txns[i].known.Now
	now.Partitions, known.Now, s.txns[i].known = nil, &now, &known
	s.partitions[0].spans = nil
	s.readSpans(&s.partitions[0])
	wants(t, logText(m), "! t1 hanging")
}

// TestMarkersThatCanNotBeWritten wait, or are refused for good.
func TestMarkersThatCanNotBeWritten(t *testing.T) {
	m := staged(t)
	until(t, m, txnText, "markers orders-0 … to be written")
	s := m.player.scene
	i := slices.IndexFunc(s.txns, func(x txn) bool { return x.id == "t1" })
	known := *s.txns[i].known
	known.Dropped = true
	s.txns[i].known = &known
	wants(t, txnText(m), "markers orders-0 ✗ refused for good")
}

// TestNobodyCoordinatesATransaction while the partition of its transactional.id has no leader.
func TestNobodyCoordinatesATransaction(t *testing.T) {
	m := staged(t)
	until(t, m, logText, "t1 open")
	e, err := m.player.World().ParseEvent("crash b1")
	if err != nil {
		t.Fatal(err)
	}
	m.player.act(m, e)
	until(t, m, txnText, "t1 ✗ no coordinator: nobody leads its part of __transaction_state")
	wants(t, logText(m), "… t1 open")
}

// TestPositionsOfATransactionArePending until it is over: what a group would have, in __consumer_offsets.
func TestPositionsOfATransactionArePending(t *testing.T) {
	m := staged(t)
	until(t, m, logText, "t1 open")
	s := m.player.scene
	i := slices.IndexFunc(s.txns, func(x txn) bool { return x.id == "t1" })
	known, now := *s.txns[i].known, *s.txns[i].known.Now
	known.Now, s.txns[i].known = &now, &known
	at := slices.IndexFunc(s.internal, func(p partition) bool { return p.topic.Name == cluster.OffsetsTopic })
	now.Partitions = append(now.Partitions, s.internal[at].at)
	write := func(batches ...*wire.Batch) {
		log := &broker.Log{}
		for _, b := range batches {
			log.Batches.Append(b.At(log.End(), 0))
		}
		p := &s.internal[at]
		p.replicas, p.leader, p.spans = []replica{{log: log}}, wire.Nobody, nil
		s.readSpans(p)
	}
	position := func(offset int64) *wire.Batch {
		entry := &wire.CommittedOffset{Group: "g1", At: s.partitions[0].at, Offset: offset}
		return wire.NewBatch([]wire.Record{{Entry: entry}}).Numbered(now.ID, now.Epoch, wire.NoSequence).InTransaction()
	}
	const pending = "pending in a transaction 7"
	write(position(5), position(7))
	wants(t, txnText(m), "position g1 in orders-0: 7, if it is committed")
	wants(t, paneText(m.groupLines(300)), pending)
	write(position(5), position(7), wire.NewMarker(wire.CommitMarker, now.ID, now.Epoch, 0))
	if all := txnText(m) + paneText(m.groupLines(300)); strings.Contains(all, "position g1") || strings.Contains(all, pending) {
		t.Error("a position is pending after its transaction is over")
	}
}

// TestMessagesKnowTheirTransaction: by the log, or before that by what their application was told.
func TestMessagesKnowTheirTransaction(t *testing.T) {
	m := staged(t)
	about := func(n int32) func(*model) string {
		return func(m *model) string {
			s := m.player.scene
			if i := s.index(wire.MessageID{Producer: s.ledger.First, N: n}); i >= 0 {
				return s.whereabouts(i)
			}
			return ""
		}
	}
	until(t, m, about(1), "on no broker, transaction 1 of p1: open")
	until(t, m, about(1), "acked, transaction 1 of p1: open")
	until(t, m, about(1), "acked, transaction 1 of p1: prepared")
	until(t, m, about(1), "acked, transaction 1 of p1: committed")
	until(t, m, about(3), "transaction 2 of p1: aborted")
	until(t, m, about(5), "transaction 3 of p1: open")
	until(t, m, about(5), "transaction 3 of p1: aborted")
	until(t, m, about(5), "transaction 4 of p1: open") // it was sent again, and the copy before does not count
	until(t, m, about(5), "transaction 4 of p1: committed")
}

// TestNothingIsAtRiskBeforeItIsPromised: an answer to a record promises nothing as long as its transaction is open.
func TestNothingIsAtRiskBeforeItIsPromised(t *testing.T) {
	m := staged(t, "name: orders, partitions: 1, replication.factor: 3", "name: orders, partitions: 1, replication.factor: 1")
	risk := func(n int32) string {
		s := m.player.scene
		return s.risk(s.index(wire.MessageID{Producer: s.ledger.First, N: n}))
	}
	onceTold(t, m, wire.Acked, "p1")
	if got := risk(1); got != "" {
		t.Errorf("in an open transaction: %q", got)
	}
	onceTold(t, m, wire.TxnCommitted, "p1")
	if got := risk(1); got != "one power loss from being lost" {
		t.Errorf("in one that is committed: %q", got)
	}
	onceTold(t, m, wire.TxnAborted, "p1")
	if got := risk(3); got != "" {
		t.Errorf("in one that is aborted: %q", got)
	}
}

// TestEndsOfTransactionsAreMarks where they are told, and where their markers are written.
func TestEndsOfTransactionsAreMarks(t *testing.T) {
	for _, c := range []struct {
		kind wire.NoteKind
		node string
		want mark
	}{{wire.TxnCommitted, "p1", commits}, {wire.MarkerWritten, "b1", commits}, {wire.TxnAborted, "p1", aborts}} {
		m := staged(t)
		onceTold(t, m, c.kind, c.node)
		if got := m.player.marks(m.player.here()); got&c.want == 0 {
			t.Errorf("%s has marks %b, want %b", c.kind.Row().Name, got, c.want)
		}
	}
}

// TestWithoutTransactions nothing is said of them.
func TestWithoutTransactions(t *testing.T) {
	m := shot(t, "leader-crash", "end", look{w: 120, h: 36})
	wants(t, txnText(m), "this scenario has no transactions")
	for _, word := range []string{"LSO", "marker", "transaction"} {
		if strings.Contains(logText(m), word) {
			t.Errorf("the logs speak of %s", word)
		}
	}
}
