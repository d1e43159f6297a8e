package wire

// TransactRequest is a local transaction of a database as a whole: begin, its statements, commit. They hold
// together, or none does.
type TransactRequest struct {
	small
	Statements []Statement
}

// TransactResponse says that the transaction is committed: on disk.
type TransactResponse struct{ small }

// Statement is one statement of a transaction, about one row.
type Statement struct {
	Record Record // whom the row is about: in the outbox it is what is to be sent
	Do     RowKind
	Topic  TopicID // of a row of the outbox
}

// RowKind is what a statement does.
type RowKind uint8

// The statements. To insert a row that there is already, by its key, changes nothing (ON CONFLICT DO NOTHING), so a
// client that was not answered can send its transaction again.
const (
	InsertChange RowKind = iota // the business row: an order, a booking
	InsertOutbox                // the row that says which message is to be sent
	MarkSent                    // the row of the outbox is done with
)

func (k RowKind) String() string { return [...]string{"change", "outbox", "sent"}[k] }

// PollOutboxRequest asks for the rows of a topic that are not marked as sent, in the order in which they were
// committed.
type PollOutboxRequest struct {
	small
	Topic TopicID
	Limit int32
}

// PollOutboxResponse has the rows.
type PollOutboxResponse struct {
	small
	Rows []OutboxRow
}

// OutboxRow is a message that waits for a relay.
type OutboxRow struct {
	Record Record
}
