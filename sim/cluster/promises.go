package cluster

import (
	"fmt"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// OnceInOrder: what an idempotent producer says in one session stands in its partition's log at most
// once, and in the order in which it was said. It holds in one session, as long as no batch ends in
// failure and no producer state expires (negative control N04 of the known failures; KIP-98).
func OnceInOrder() sim.Property {
	return sim.Property{Name: "once-in-order", When: sim.Always, Check: func(w *sim.World) error {
		s := SurveyOf(w)
		for i := range s.messages {
			switch g := &s.messages[i]; {
			case g.onLeader > 1:
				return s.wrong(i, "is %d times in the log", g.onLeader)
			case g.reordered:
				return s.wrong(i, "stands behind a later message")
			}
		}
		return nil
	}}
}

// NothingSkipped: no committed offset has passed a record that its group has not processed and that
// nobody has in hand. It holds for auto commit if the application has finished what a poll()
// returned before it calls poll() or close() again (N05; ConsumerCoordinator).
func NothingSkipped() sim.Property {
	return sim.Property{Name: "nothing-skipped", When: sim.Always, Check: func(w *sim.World) error {
		s := SurveyOf(w)
		for i, f := range s.Fates() {
			if f.Has(Unseen) {
				return s.wrong(i, "was skipped by a group")
			}
		}
		return nil
	}}
}

// FailuresAreFinal: a message whose application was told that it failed for certain is never readable
// later; one that timed out may be (N08). It holds as long as the application does not send it again.
func FailuresAreFinal() sim.Property {
	return sim.Property{Name: "failures-are-final", When: sim.Always, Check: func(w *sim.World) error {
		if !anyFailed(LedgerOf(w)) {
			return nil
		}
		s := SurveyOf(w)
		for i, f := range s.Fates() {
			if f.Has(FailedDelivered) {
				return s.wrong(i, "has failed for certain, and is readable")
			}
		}
		return nil
	}}
}

func anyFailed(l *Ledger) bool {
	for i := range l.Accounts {
		rows := &l.Accounts[i].Rows
		for n := range rows.Len() {
			if rows.At(n).Failed > 0 {
				return true
			}
		}
	}
	return false
}

// wrong says of the i-th message of the survey what is wrong with it.
func (s *Survey) wrong(i int, format string, args ...any) error {
	client := len(s.starts) - 1
	for client > 0 && s.starts[client] > i {
		client--
	}
	m := wire.MessageID{Producer: s.ledger.First + wire.NodeID(client), N: int32(i-s.starts[client]) + 1}
	return fmt.Errorf("%s %s", NamesOf(s.world).Message(m), fmt.Sprintf(format, args...))
}
