package cluster

import (
	"math"

	"example.com/ksim/sim"
	"example.com/ksim/sim/value"
	"example.com/ksim/sim/wire"
)

// MaxGroups is how many consumer groups the ledger keeps apart.
const MaxGroups = 4

// Ledger is what applications were told, and what they did: one row a message. It is a table of
// small counters, not a history; the history is the path that led to the world.
type Ledger struct {
	First    wire.NodeID // the first client
	Groups   []wire.GroupID
	Accounts []Account // of the clients, from First on
	Kept     []Kept    // the offsets that sinks keep
	Seen     []Kept    // the records that sinks know again by their offsets
}

// Kept is an offset in a group's sink.
type Kept struct {
	Group uint8
	wire.PartitionOffset
}

// Account is one client's part of the ledger.
type Account struct {
	Rows     value.Table[Row]     // of a producer: message N is at N-1
	Txns     value.Table[TxnTold] // of a producer: transaction N is at N-1
	Sink     value.Vec[Effect]    `sim:"idle"` // of a consumer: what its sink holds, in order
	Group    int8                 `sim:"-"`    // of a consumer: its place in Groups; -1 of a producer
	ByOffset bool                 `sim:"-"`    // of a consumer: its sink knows records again by their offsets
	Relay    bool                 `sim:"-"`    // of a relay: what it is told of messages it is told for who says them
}

// Messages is how many messages were handed to send() so far.
func (l *Ledger) Messages() int {
	n := 0
	for i := range l.Accounts {
		n += l.Accounts[i].Rows.Len()
	}
	return n
}

// Row is what is known of one message. The counters stop at 255.
type Row struct {
	Sends      uint8
	Acked      uint8
	SentOK     uint8
	Failed     uint8
	Unknown    uint8
	Unheard    uint8                // given up, and nobody looked
	Expired    uint8                // how often a broker deleted it, because it was told to
	Superseded uint8                // how often a cleaner removed it, because a later record has its key
	Effects    [MaxGroups]uint8     // by group
	Dead       [MaxGroups]uint8     // how often a group has put it into its dead letters
	Txn        int32                // the transaction that it was sent in last; 0: none
	Epoch      int32                // the leader epoch of the record at Was, if a cleaner removed it
	Was        wire.PartitionOffset // where it was in a log that goes on without it; zero: in none
}

// told takes in what the application was told of the message, or did with it in its transaction of now.
func (r *Row) told(n *wire.Note, txn int32) {
	switch n.Kind {
	case wire.Sent:
		count(&r.Sends)
		r.Txn = txn
	case wire.Acked:
		count(&r.Acked)
	case wire.SentOK:
		count(&r.SentOK)
	case wire.Failed:
		count(&r.Failed)
		r.called(n)
	case wire.Unknown:
		count(&r.Unknown)
	case wire.Unheard:
		count(&r.Unheard)
		r.called(n)
	}
}

// called counts a send() that failed before it had taken the record: that has no partition.
func (r *Row) called(n *wire.Note) {
	if n.At == (wire.Partition{}) {
		count(&r.Sends)
	}
}

// failed tells whether the application was told of every send() of the message that it failed. Of more
// than can be counted nobody knows.
func (r *Row) failed() bool { return r.Failed > 0 && r.Failed >= r.Sends && r.Sends < math.MaxUint8 }

// untold tells whether the application was told nothing of the message.
func (r *Row) untold() bool {
	return r.Acked == 0 && r.SentOK == 0 && r.Failed == 0 && r.Unknown == 0
}

// Effect is one entry of a sink.
type Effect struct {
	Nth     int // of the effects of its group
	Message wire.MessageID
	At      wire.Partition
	Offset  int64
}

// Sum hashes the effect.
func (e Effect) Sum(h value.Hash, _ bool) value.Hash {
	return h.Add(uint64(e.Message.Producer)<<32 | uint64(uint32(e.Message.N))).Add(uint64(e.Offset))
}

// NewLedger is an empty ledger of n clients.
func NewLedger(first wire.NodeID, n int, groups []wire.GroupID) *Ledger {
	l := &Ledger{First: first, Groups: groups, Accounts: make([]Account, n)}
	for i := range l.Accounts {
		l.Accounts[i].Group = -1
	}
	return l
}

// LedgerOf is the ledger of a world that Build made.
func LedgerOf(w *sim.World) *Ledger { return w.Ledger().(*Ledger) }

// Row is a message's row; zero if it was never sent.
func (l *Ledger) Row(m wire.MessageID) Row {
	rows := &l.Accounts[m.Producer-l.First].Rows
	if int(m.N) > rows.Len() {
		return Row{}
	}
	return rows.At(int(m.N) - 1)
}

// Heeds tells whether a note of that kind would change the ledger.
func (l *Ledger) Heeds(k wire.NoteKind) bool {
	switch k {
	case wire.Added, wire.Sent, wire.Acked, wire.SentOK, wire.Failed, wire.Unknown, wire.Unheard, wire.EffectApplied,
		wire.EffectKnown, wire.Deleted, wire.Dropped, wire.Superseded, wire.DeadLettered, wire.ChangeBegun,
		wire.TxnBegun, wire.TxnCommitted, wire.TxnAborted, wire.TxnDoubtful, wire.TxnFatal, wire.FencedOut:
		return true
	}
	return false
}

// Tell takes in a note.
func (l *Ledger) Tell(n *wire.Note) {
	switch n.Kind {
	case wire.Added:
		l.open(n)
	case wire.Sent, wire.Acked, wire.SentOK, wire.Failed, wire.Unknown, wire.Unheard:
		if l.speaks(n) { // else somebody else sends it on
			txn := int32(l.Accounts[n.Node-l.First].Txns.Len())
			l.change(n.Message, func(r *Row) { r.told(n, txn) })
		}
	case wire.TxnBegun, wire.TxnCommitted, wire.TxnAborted, wire.TxnDoubtful, wire.TxnFatal, wire.FencedOut:
		l.tellTxn(n)
	case wire.ChangeBegun: // from now on the message has a fate
		l.change(n.Message, func(*Row) {})
	case wire.Deleted, wire.Dropped:
		l.expire(n)
	case wire.Superseded:
		l.supersede(n)
	case wire.EffectApplied:
		l.apply(n)
	case wire.EffectKnown:
		l.keep(n)
	case wire.DeadLettered:
		group := l.groupOf(n)
		l.change(n.Message, func(r *Row) { count(&r.Dead[group]) })
	}
}

// speaks tells whether a note is about a message itself, and not about a copy that somebody sends on: it is its
// producer's, or that of the relay that sends for it.
func (l *Ledger) speaks(n *wire.Note) bool {
	return n.Node == n.Message.Producer || l.Accounts[n.Node-l.First].Relay
}

// expire takes in that records were deleted; they followed each other. Where they were counts only as
// long as there is a log in which a group can go past them.
func (l *Ledger) expire(n *wire.Note) {
	for i := range n.Records {
		m := n.Records[i].Message
		if m.Producer == wire.Nobody || n.Records[i].Copier != wire.Nobody {
			continue
		}
		l.change(m, func(r *Row) {
			count(&r.Expired)
			if r.Was = (wire.PartitionOffset{}); n.Kind == wire.Deleted {
				r.Was = wire.PartitionOffset{At: n.At, Offset: n.Offset + int64(i)}
			}
		})
	}
}

// groupOf is the place of the group that a consumer's note speaks for.
func (l *Ledger) groupOf(n *wire.Note) int {
	for i, g := range l.Groups {
		if string(g) == n.Text {
			return i
		}
	}
	panic("cluster: an effect of a group that the ledger does not know")
}

func (l *Ledger) change(m wire.MessageID, change func(*Row)) {
	rows := &l.Accounts[m.Producer-l.First].Rows
	for rows.Len() < int(m.N) {
		rows.Append(Row{})
	}
	row := rows.At(int(m.N) - 1)
	change(&row)
	rows.Set(int(m.N)-1, row)
}

func count(n *uint8) {
	if *n < 255 {
		*n++
	}
}
