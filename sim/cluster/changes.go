package cluster

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/database"
	"example.com/ksim/sim/outbox"
	"example.com/ksim/sim/wire"
)

// change is what became of the business change that a message says was made.
type change uint8

const (
	noChange change = iota // the message is a producer's and says nothing of the kind
	notMade                // not made, and nobody is at it any more
	notYet                 // not made yet
	made                   // a database has it on disk, and the message is owed
)

// readTables reads what a database has committed, and what it is about to.
func (s *Survey) readTables(d *database.Database) {
	for _, m := range d.Changes {
		if g := s.at(m); g != nil {
			g.change = made
		}
	}
	for i := range d.Outbox {
		if g := s.at(d.Outbox[i].Record.Message); g != nil {
			g.waits = !d.Outbox[i].Sent
		}
	}
	for i := range d.Open {
		s.begun(d.Open[i].Statements)
	}
}

// begun takes in a transaction that is not committed.
func (s *Survey) begun(statements []wire.Statement) {
	for i := range statements {
		if g := s.at(statements[i].Record.Message); g != nil {
			g.change = max(g.change, notYet)
		}
	}
}

// readWriter: what is not at hand is decided by what others have of it. A writer that runs may still make its change, and
// say so.
func (s *Survey) readWriter(w *outbox.Writer) {
	for n := range s.ledger.Accounts[w.Self-s.ledger.First].Rows.Len() {
		g := s.at(wire.MessageID{Producer: w.Self, N: int32(n) + 1})
		g.change = max(g.change, notMade)
	}
	if w.Work.N > 0 {
		g := s.at(wire.MessageID{Producer: w.Self, N: w.Work.N})
		g.change, g.flying = max(g.change, notYet), true
	}
}

// waiting is how many rows wait in an outbox for a relay.
func waiting(w *sim.World, r *outbox.Relay) int {
	d, n := w.Node(r.Config.Database).(*database.Database), 0
	for i := range d.Outbox {
		if o := &d.Outbox[i]; !o.Sent && o.Topic == r.Config.Producer.App.Topic {
			n++
		}
	}
	return n
}
