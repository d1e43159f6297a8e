package tui

import (
	"fmt"
	"slices"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// txn is a transactional.id: what its coordinator knows of it, and the producers that go by it.
type txn struct {
	id wire.TransactionalID
	office
	known     *broker.Txn // nil: the coordinator has never heard of it, or there is none
	producers []*producer.Producer
}

// readTxns finds out about the transactional ids of the producers, and what became of their transactions in
// every partition.
func (s *scene) readTxns() {
	for _, p := range s.producers {
		id := p.Config.Transaction
		if id == "" {
			continue
		}
		i := slices.IndexFunc(s.txns, func(t txn) bool { return t.id == id })
		if i < 0 {
			i = len(s.txns)
			s.txns = append(s.txns, txn{id: id})
			s.readTxn(&s.txns[i])
		}
		s.txns[i].producers = append(s.txns[i].producers, p)
	}
	for i := range s.partitions {
		s.readSpans(&s.partitions[i])
	}
	for i := range s.internal {
		s.readSpans(&s.internal[i])
	}
}

func (s *scene) readTxn(t *txn) {
	t.office = s.readOffice(cluster.TransactionsTopic,
		func(partitions int32) int16 { return wire.TransactionPartition(t.id, partitions) },
		func(b *broker.Broker, at wire.Partition) (loading, ok bool) {
			i := slices.IndexFunc(b.TxnLogs, func(l broker.TxnLog) bool { return l.At == at })
			return i >= 0 && b.TxnLogs[i].Loading, i >= 0
		})
	if t.empty() {
		return
	}
	b := s.world.Node(t.coordinator).(*broker.Broker)
	if i := slices.IndexFunc(b.Txns, func(k broker.Txn) bool { return k.Now.Name == t.id }); i >= 0 {
		t.known = &b.Txns[i]
	}
}

// pendingOffsets are the positions of groups that transactions would commit: those of a transactional.id or, if
// there is none, all.
func (s *scene) pendingOffsets(id wire.TransactionalID) []*wire.CommittedOffset {
	var out []*wire.CommittedOffset
	for i := range s.internal {
		for _, t := range s.internal[i].spans {
			if t.outcome != committedTxn && t.outcome != abortedTxn && (id == "" || t.name == id) {
				out = append(out, t.offsets...)
			}
		}
	}
	return out
}

// fenced tells whether a producer runs and its coordinator has given the transactional.id another epoch, so that
// nothing of it is taken any more. It is none if it is about to get that epoch: it asks for one, or has asked to
// end its transaction, which with transaction.version 2 counts up the epoch.
func (s *scene) fenced(t *txn, p *producer.Producer) bool {
	if t.known == nil || s.world.Health(p.Self) != sim.Up {
		return false
	}
	now, who := t.known.Now, p.Numbers.Who
	switch {
	case p.Txn.State <= producer.Initializing, who.ID == now.ID && who.Epoch == now.Epoch:
		return false
	case p.Txn.State == producer.FatalError:
		return true
	}
	next := who.ID == now.ID && who.Epoch+1 == now.Epoch || who.ID == now.PreviousID && now.Epoch == 0
	return !(next && now.Bumps && p.Txn.Asked && ends(now.State, p.Txn.Commit))
}

// ends tells whether a state follows from a request to commit, or to abort.
func ends(s wire.TxnState, commit bool) bool {
	if commit {
		return s == wire.TxnPrepareCommit || s == wire.TxnCompleteCommit
	}
	return s == wire.TxnPrepareAbort || s == wire.TxnCompleteAbort
}

// markerStands is what has become of the marker of a decided transaction in one of its partitions.
type markerStands int

const (
	markerWritten markerStands = iota
	markerSent
	markerWaits
	markerDropped
)

// markerStandings says how each is drawn.
var markerStandings = [...]phase{
	markerWritten: {"✓", "written", paint.Good},
	markerSent:    {"→", "asked", paint.Info},
	markerWaits:   {"…", "to be written", paint.Warn},
	markerDropped: {"✗", "refused for good", paint.Bad},
}

// marker is what has become of the marker in a partition, and whom it was sent to.
func (s *scene) marker(t *txn, at wire.Partition) (markerStands, wire.NodeID) {
	if !slices.Contains(t.known.Left, at) {
		return markerWritten, wire.Nobody
	}
	b := s.world.Node(t.coordinator).(*broker.Broker)
	for _, c := range b.Markers {
		for i := range c.Sent {
			if m := &c.Sent[i]; m.Name == t.id && slices.Contains(m.Marker.Partitions, at) {
				return markerSent, c.Leader
			}
		}
	}
	if t.known.Dropped {
		return markerDropped, wire.Nobody
	}
	return markerWaits, wire.Nobody
}

// inTransaction says what became of the transaction that a message was sent in last, by the log or, if it is not
// there, by what its application was told; empty if it was sent in none.
func (s *scene) inTransaction(i int) string {
	f, c := &s.fates[i], &s.copies[i]
	n, told := s.ledger.Txn(f.Message)
	if n == 0 {
		return ""
	}
	word := told.String()
	if c.attempt > 0 && c.attempt == int16(f.Row.Sends) {
		word = outcomes[c.txn].name
	}
	return fmt.Sprintf(", transaction %d of %s: %s", n, s.names.Node(f.Message.Producer), word)
}
