package cluster

import (
	"slices"
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// transacting is a world with a transactional producer that has not run yet, and groups.
func transacting(t *testing.T, groups ...string) *sim.World {
	t.Helper()
	c := Config{
		Brokers: []string{"b1"}, Controllers: []string{"k1"}, Costs: DefaultCosts(),
		Settings: []Setting{{"transaction.state.log.min.isr", "1"}},
		Topics:   []Topic{{Name: "orders", Partitions: 1, Replication: 1}},
		Producers: []Producer{{
			ID: "p1", Topic: "orders", Records: 3, Bytes: 100, Settings: []Setting{{"transactional.id", "t1"}},
			Send: Send{Transaction: Transaction{Records: 3}},
		}},
	}
	for _, g := range groups {
		c.Consumers = append(c.Consumers, Consumer{ID: "of_" + g, Group: g, Topics: []string{"orders"}})
	}
	w, err := Build(c)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// fateOfTransaction is what became of the second message of a transaction.
type fateOfTransaction struct {
	name    string
	told    []wire.NoteKind // after m1, m2 were sent in transaction 1 and acked
	one     sighting        // m1
	two     sighting        // m2
	applied bool            // m2, by the group
	want    []Class         // of m2
	owed    int             // messages without an effect of which nobody was told that they failed
}

var (
	begun, committed, aborted = wire.TxnBegun, wire.TxnCommitted, wire.TxnAborted
	doubtful, fenced          = wire.TxnDoubtful, wire.FencedOut
)

var fatesOfTransactions = []fateOfTransaction{
	{"committed and not visible yet", []wire.NoteKind{committed},
		sighting{onLeader: 1}, sighting{onLeader: 1}, false, []Class{Pending}, 2},
	{"committed and read", []wire.NoteKind{committed},
		sighting{onLeader: 1, readable: 1}, sighting{onLeader: 1, readable: 1}, true, []Class{Delivered}, 1},
	{"committed, and half of it is gone", []wire.NoteKind{committed},
		sighting{onLeader: 1, readable: 1}, sighting{}, false, []Class{Torn, AckedLost}, 2},
	{"committed, and half of it is aborted", []wire.NoteKind{committed},
		sighting{onLeader: 1, readable: 1}, sighting{aborted: 1}, false, []Class{Torn, AckedLost}, 2},
	{"committed, and all of it is gone", []wire.NoteKind{committed},
		sighting{}, sighting{}, false, []Class{AckedLost}, 2},
	{"aborted", []wire.NoteKind{aborted},
		sighting{aborted: 1}, sighting{aborted: 1}, false, []Class{Aborted}, 0},
	{"aborted before the markers", []wire.NoteKind{aborted},
		sighting{onLeader: 1}, sighting{onLeader: 1}, false, []Class{Aborted}, 0},
	{"aborted, and readable", []wire.NoteKind{aborted},
		sighting{onLeader: 1, readable: 1}, sighting{onLeader: 1, readable: 1}, false, []Class{AbortedRead}, 0},
	{"aborted, and applied", []wire.NoteKind{aborted},
		sighting{aborted: 1}, sighting{aborted: 1}, true, []Class{AbortedRead}, 0},
	{"left open, aborted by the coordinator, and applied", nil,
		sighting{aborted: 1}, sighting{aborted: 1}, true, []Class{AbortedRead}, 0},
	{"fenced", []wire.NoteKind{fenced},
		sighting{aborted: 1}, sighting{}, false, []Class{Aborted}, 0},
	{"fenced, and not decided yet", []wire.NoteKind{fenced},
		sighting{onLeader: 1}, sighting{onLeader: 1}, false, []Class{Aborted}, 0},
	{"in doubt, and committed", []wire.NoteKind{fenced, doubtful},
		sighting{onLeader: 1, readable: 1}, sighting{onLeader: 1, readable: 1}, false, []Class{UnackedDelivered}, 2},
	{"in doubt, and half of it is gone", []wire.NoteKind{doubtful},
		sighting{onLeader: 1, readable: 1}, sighting{}, false, []Class{Torn}, 2},
	{"left open, and aborted by the coordinator", nil,
		sighting{aborted: 1}, sighting{aborted: 1}, false, []Class{Aborted}, 0},
	{"in doubt, and aborted", []wire.NoteKind{doubtful},
		sighting{aborted: 1}, sighting{aborted: 1}, false, []Class{Aborted}, 2},
	{"left open", nil,
		sighting{onLeader: 1}, sighting{onLeader: 1}, false, []Class{Pending}, 2},
	{"again, after it was aborted", []wire.NoteKind{aborted, begun, wire.Sent, committed},
		sighting{aborted: 1}, sighting{aborted: 1, onLeader: 1, readable: 1}, true, []Class{Delivered}, 0},
	{"again, and both are committed", []wire.NoteKind{doubtful, begun, wire.Sent, committed},
		sighting{onLeader: 1, readable: 1}, sighting{onLeader: 2, readable: 2}, true, []Class{Delivered, Duplicated}, 1},
}

// TestFatesOfTransactions: what the application was told of the transaction counts, not the answers to
// records; and what markers say counts, not that a record is in the log.
func TestFatesOfTransactions(t *testing.T) {
	for _, run := range fatesOfTransactions {
		t.Run(run.name, run.check)
	}
}

func (run *fateOfTransaction) check(t *testing.T) {
	w := transacting(t, "g1")
	l := LedgerOf(w)
	m := func(n int32) wire.MessageID { return wire.MessageID{Producer: l.First, N: n} }
	tell := func(k wire.NoteKind, n int32) {
		l.Tell(&wire.Note{Kind: k, Node: l.First, Message: m(n), At: wire.Partition{Topic: 1}})
	}
	for _, k := range []wire.NoteKind{begun, wire.Sent, wire.Acked} {
		tell(k, 1)
	}
	tell(wire.Sent, 2)
	tell(wire.Acked, 2)
	for _, k := range run.told {
		tell(k, 2)
	}
	if run.applied {
		l.Tell(&wire.Note{Kind: wire.EffectApplied, Node: l.First + 1, Message: m(2), Text: "g1"})
	}
	s := SurveyOf(w)
	*s.at(m(1)), *s.at(m(2)) = run.one, run.two
	want := uint32(0)
	for _, c := range run.want {
		want |= 1 << c
	}
	if f := s.fate(m(2)); f.Classes != want {
		t.Errorf("m2 is %016b, want %016b: %s", f.Classes, want, f.Worst())
	}
	v := s.Verdicts()
	if v[0].Missed+v[0].Pending != run.owed {
		t.Errorf("%d missed and %d pending, want %d", v[0].Missed, v[0].Pending, run.owed)
	}
	if dirty := run.applied && slices.Contains(run.want, AbortedRead); dirty != (v[0].Unwanted == 1) {
		t.Errorf("%d are aborted and applied", v[0].Unwanted)
	}
}

// TestADirtyRead: a group that has applied what was aborted got more than it should, and one that has not has
// nothing to wait for.
func TestADirtyRead(t *testing.T) {
	w := transacting(t, "g1", "g2")
	l := LedgerOf(w)
	m := wire.MessageID{Producer: l.First, N: 1}
	l.Tell(&wire.Note{Kind: begun, Node: l.First})
	l.Tell(&wire.Note{Kind: wire.Sent, Node: l.First, Message: m, At: wire.Partition{Topic: 1}})
	l.Tell(&wire.Note{Kind: wire.EffectApplied, Node: l.First + 1, Message: m, Text: "g1"})
	s := SurveyOf(w)
	*s.at(m) = sighting{aborted: 1}
	v := s.Verdicts()
	if v[0].Name() != "at-least-once" || v[1].Name() != "at-most-once" {
		t.Errorf("the verdicts are %+v, %+v", v[0], v[1])
	}
}

// TestOnlyItsOwnProducerSends: a message that somebody else sends on is not sent, acked or failed by that.
func TestOnlyItsOwnProducerSends(t *testing.T) {
	l := LedgerOf(transacting(t, "g1"))
	for _, k := range []wire.NoteKind{wire.Sent, wire.Acked, wire.Failed, wire.Unknown} {
		l.Tell(&wire.Note{Kind: k, Node: l.First + 1, Message: wire.MessageID{Producer: l.First, N: 1}})
	}
	if r := l.Row(wire.MessageID{Producer: l.First, N: 1}); r != (Row{}) {
		t.Errorf("the row is %+v", r)
	}
}
