package database

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Config is what a database is started with.
type Config struct {
	Fsync sim.Duration // what it takes to flush the write-ahead log
}

// Database is one database server.
type Database struct {
	Durable
	Config *Config `sim:"-"`
	Self   wire.NodeID
	Open   []Transaction // that are not answered yet
}

// Durable is what is on disk: all that was ever committed.
type Durable struct {
	Changes []wire.MessageID // the business rows, by the message that each owes to the world
	Outbox  []Row            // in the order of their commits
}

// Row is a row of the outbox.
type Row struct {
	Record wire.Record
	Topic  wire.TopicID
	Sent   bool
}

// Transaction is one that has begun.
type Transaction struct {
	ID         int32 // of its timer: the lowest that is free
	Conn       sim.Conn
	Statements []wire.Statement `sim:"frozen"`
	Committed  bool             // on disk, but not answered
}

// The kinds of timers; each has a transaction as its key.
const (
	flushTimer uint8 = iota
	answerTimer
)

var timers = []sim.TimerKind{
	{Name: "wal-flush", Class: sim.Pace},
	// The commit and its answer are two events, so that a crash can come between.
	{Name: "commit-answer", Class: sim.Pace},
}

// Timers is the table of a database's timers.
func (*Database) Timers() []sim.TimerKind { return timers }

// New is a database with empty tables.
func New(self wire.NodeID, c *Config) *Database { return &Database{Config: c, Self: self} }

// Crash rolls back what is not committed. What is stays, even without power.
func (d *Database) Crash(_ sim.CrashKind, out *sim.Out) {
	for i := range d.Open {
		if !d.Open[i].Committed {
			d.tell(wire.RowLost, d.Open[i].Statements, out)
		}
	}
	*d = Database{Durable: d.Durable, Config: d.Config, Self: d.Self}
}

// Step is the node's door. A client that hangs up in the middle of its transaction has sent the commit with it, so it
// is committed all the same. A graceful stop rolls back what is open, as a kill does (PostgreSQL's fast shutdown).
func (d *Database) Step(in sim.Input, out *sim.Out) {
	switch in.Kind {
	case sim.Receive:
		switch b := in.Body.(type) {
		case *wire.TransactRequest:
			d.begin(in.Conn, b, out)
		case *wire.PollOutboxRequest:
			d.poll(in.Conn, b, out)
		}
	case sim.Timeout:
		i := slices.IndexFunc(d.Open, func(t Transaction) bool { return t.ID == in.Timer.Key })
		if in.Timer.Kind == flushTimer {
			d.commit(&d.Open[i], out)
			return
		}
		out.Reply(d.Open[i].Conn, &wire.TransactResponse{})
		d.Open = slices.Delete(d.Open, i, i+1)
	case sim.Command:
		if in.Text == "stop" {
			out.Exit()
		}
	}
}

// begin writes the rows of a transaction. Nobody sees them before it is committed.
func (d *Database) begin(conn sim.Conn, r *wire.TransactRequest, out *sim.Out) {
	id := int32(0)
	for slices.ContainsFunc(d.Open, func(t Transaction) bool { return t.ID == id }) {
		id++
	}
	d.Open = append(d.Open, Transaction{ID: id, Conn: conn, Statements: r.Statements})
	out.SetTimer(sim.Timer{Kind: flushTimer, Key: id}, d.Config.Fsync)
	d.tell(wire.RowWritten, r.Statements, out)
}

// commit makes a transaction hold, all of it at once.
func (d *Database) commit(t *Transaction, out *sim.Out) {
	t.Committed = true
	for i := range t.Statements {
		s := &t.Statements[i]
		kind := wire.RowKnown
		if d.execute(s) {
			kind = wire.RowCommitted
		}
		if s.Do == wire.MarkSent {
			kind = wire.RowMarked
		}
		d.tell(kind, t.Statements[i:i+1], out)
	}
	out.SetTimer(sim.Timer{Kind: answerTimer, Key: t.ID}, 0)
}

// execute does what a statement says, and tells whether it has inserted a row.
func (d *Database) execute(s *wire.Statement) bool {
	m := s.Record.Message
	row := slices.IndexFunc(d.Outbox, func(r Row) bool { return r.Record.Message == m })
	switch {
	case s.Do == wire.InsertChange && !slices.Contains(d.Changes, m):
		d.Changes = append(d.Changes, m)
		return true
	case s.Do == wire.InsertOutbox && row < 0:
		d.Outbox = append(d.Outbox, Row{Record: s.Record, Topic: s.Topic})
		return true
	case s.Do == wire.MarkSent:
		d.Outbox[row].Sent = true
	}
	return false
}

// poll answers with the rows of the outbox that a relay has to send.
func (d *Database) poll(conn sim.Conn, r *wire.PollOutboxRequest, out *sim.Out) {
	var rows []wire.OutboxRow
	for i := range d.Outbox {
		if o := &d.Outbox[i]; !o.Sent && o.Topic == r.Topic && len(rows) < int(r.Limit) {
			rows = append(rows, wire.OutboxRow{Record: o.Record})
		}
	}
	if len(rows) == 0 {
		out.ReplyIdle(conn, &wire.PollOutboxResponse{})
		return
	}
	out.Reply(conn, &wire.PollOutboxResponse{Rows: rows})
}

// tell says of each row of some statements what became of it. A mark is only told when it is committed.
func (d *Database) tell(kind wire.NoteKind, statements []wire.Statement, out *sim.Out) {
	for i := range statements {
		s := &statements[i]
		if s.Do == wire.MarkSent && kind != wire.RowMarked {
			continue
		}
		text := "the change"
		if s.Do == wire.InsertOutbox {
			text = "the outbox row"
		}
		out.Tell(wire.Note{Kind: kind, Node: d.Self, Message: s.Record.Message, Attempt: s.Record.Attempt, Text: text})
	}
}
