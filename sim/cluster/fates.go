package cluster

import (
	"math/bits"

	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/wire"
	"example.com/ksim/sim/zookeeper"
)

// Class is what can become of a message; one message can be in several classes.
type Class uint8

// The classes, the harmless ones first. What each means is in ClassDocs.
const (
	Pending Class = iota
	Delivered
	Failed
	Aborted
	Superseded
	RolledBack
	DeadLettered
	Expired
	Unseen
	UnackedDelivered
	FailedDelivered
	Reordered
	Duplicated
	Unfounded
	Lost
	Torn
	AbortedRead
	AckedLost
	Classes
)

var classNames = [Classes]string{
	"pending", "delivered", "failed", "aborted", "superseded", "rolled-back", "dead-lettered", "expired", "unseen", "unacked-delivered",
	"failed-delivered",
	"reordered", "duplicated", "unfounded", "lost", "torn", "aborted-read", "acked-lost",
}

// ClassDocs say what the classes mean.
var ClassDocs = [Classes]string{
	"not decided yet",
	"it is where it should be: applied by every group, or, without consumers, readable",
	"the application was told that it failed, and it is in no log",
	"its transaction was aborted, and nobody who reads what is committed sees it",
	"its topic is compacted, and a later message has its key: it was removed before every group had applied it",
	"the business change that it says was made never was, and it is in no log: there is nothing to say",
	"a group could not apply it and has put it into its dead letters",
	"deleted, by retention or by an operator, before every group had applied it",
	"it is in the log, or was deleted there, and a group has gone past it without applying it",
	"readable, though the application was never told so",
	"readable, though the application was told that it failed",
	"it stands behind a later message of the same producer and partition, or of its key in what a group applied",
	"applied more than once by a group, or more than once in the log",
	"readable or applied, though the business change that it says was made never will be",
	"sent, or owed by a committed change, and in no log that counts; nobody had promised otherwise",
	"it can't be read, and another part of its transaction can",
	"its transaction was aborted, and it is readable all the same, or a group has applied it",
	"the producer was told that it is written, or committed, and it is not there to be read",
}

func (c Class) String() string { return classNames[c] }

// ParseClass finds a class by its name.
func ParseClass(name string) (Class, bool) {
	for c, n := range classNames {
		if n == name {
			return Class(c), true
		}
	}
	return 0, false
}

// ClassNames are the names of all classes.
func ClassNames() []string { return append([]string(nil), classNames[:]...) }

// Fate is what became of one message.
type Fate struct {
	Message wire.MessageID
	Row     Row
	Classes uint32 // a bit a Class
	Copies  int    // in the log of the partition's leader
	Where   wire.PartitionOffset
	OnLog   bool // Where is set
	Owed    bool // the business change that it says was made is committed
	Unmade  bool // it is not, or not yet
	told    promise
	txn     TxnTold // of its transaction, if it is part of one
	removed bool    // from the log, as its topic is set to
}

// Has tells whether the message is in a class.
func (f *Fate) Has(c Class) bool { return f.Classes>>c&1 == 1 }

// Worst is the worst of its classes.
func (f *Fate) Worst() Class {
	return Class(max(bits.Len32(f.Classes)-1, 0))
}

// Harmful tells of a class whether its messages are not where they should be, or not only there.
func (c Class) Harmful() bool {
	return c != Pending && c != Delivered && c != Aborted && c != Superseded
}

// Sought tells of a class whether one would search for it: what stays pending for ever does harm, too.
func (c Class) Sought() bool { return c.Harmful() || c == Pending }

// OfTransactions tells of a class whether only messages that were sent in transactions can be in it.
func (c Class) OfTransactions() bool { return c == Aborted || c == Torn || c == AbortedRead }

// Harmed tells whether the message came to harm.
func (f *Fate) Harmed() bool { return f.Worst().Harmful() }

func (f *Fate) add(c Class, when bool) {
	if when {
		f.Classes |= 1 << c
	}
}

// Fates says what has become of every message that was handed to send() so far.
func Fates(w *sim.World) []Fate { return SurveyOf(w).Fates() }

// Fates says what has become of every message.
func (s *Survey) Fates() []Fate {
	var out []Fate
	for i := range s.ledger.Accounts {
		id := s.ledger.First + wire.NodeID(i)
		for n := range s.ledger.Accounts[i].Rows.Len() {
			out = append(out, s.fate(wire.MessageID{Producer: id, N: int32(n) + 1}))
		}
	}
	return out
}

func (s *Survey) fate(m wire.MessageID) Fate {
	g, row := s.at(m), s.row(m)
	f := Fate{Message: m, Row: row, Copies: g.onLeader, Where: g.first, OnLog: g.onLeader > 0,
		Unmade: g.change == notMade || g.change == notYet}
	told := s.ledger.promised(m)
	if f.Owed = g.change == made; f.Owed && told == broken {
		told = unsettled // who has committed the change misses its message all the same
	}
	f.told = told
	_, f.txn = s.ledger.Txn(m)
	plain := row.Txn == 0
	undecided := s.open(m)
	expired := row.Expired > 0 && g.onLeader == 0 // it was to be deleted, so it is not lost
	superseded := g.onLeader == 0 && !expired && s.superseded(m)
	f.removed = expired || superseded
	gone := g.onLeader == 0 && !g.flying && !f.removed
	if f.removed {
		f.Where = row.Was
	}

	f.add(AckedLost, told == kept && g.onLeader == 0 && !f.removed && s.decided(m))
	f.add(Lost, plain && told == unsettled && !f.Unmade && gone && s.decided(m))
	f.add(Failed, plain && told == broken && g.onLeader == 0)
	f.add(FailedDelivered, plain && told == broken && g.readable > 0)
	f.add(UnackedDelivered, told == unsettled && row.SentOK == 0 && !undecided && g.readable > 0)
	f.add(Reordered, g.reordered || g.late != nil)
	f.add(Duplicated, plain && g.onLeader > 1 || g.readable > 1)
	f.addTxn(s, told)
	applied, read, used := true, false, g.readable > 0
	for i := range s.ledger.Groups {
		if !s.concerned(i, m) {
			continue
		}
		read = true
		effects := row.Effects[i]
		f.add(Duplicated, effects > 1)
		dead := row.Dead[i] > 0
		f.add(DeadLettered, effects == 0 && dead)
		f.add(Unseen, effects == 0 && !dead && !superseded && s.missed(i, m, expired))
		applied, used = applied && effects > 0, used || effects > 0
	}
	f.add(Expired, expired && !(read && applied))
	f.add(Superseded, superseded && !(read && applied))
	f.add(Unfounded, g.change == notMade && used)
	f.add(RolledBack, g.change == notMade && gone && !used)
	f.add(Delivered, !f.Unmade && applied && (g.readable > 0 || read) && !f.Has(AbortedRead))
	f.add(Pending, f.Classes == 0)
	return f
}

// open tells whether the application has yet to be told what became of a message, or of its transaction.
func (s *Survey) open(m wire.MessageID) bool {
	row := s.ledger.Row(m)
	if row.Txn > 0 {
		return s.inTxn(m)
	}
	return row.untold() && s.at(m).flying
}

// decided tells whether the message's absence from the leader is more than there being no leader, or a relay that has yet to
// send it. What no log has, running or not, no election brings back, unless it
// was taken out because a later one has its key, which an election may bring back or not.
func (s *Survey) decided(m wire.MessageID) bool {
	who, ok := speakerOf(s.world, m.Producer)
	at, row := s.at(m), s.ledger.Row(m)
	return ok && !at.waits && (s.led(who.app.Topic) || !at.anywhere && !at.flying && !row.removed())
}

// led tells whether every partition of a topic has a leader.
func (s *Survey) led(topic wire.TopicID) bool {
	for _, part := range s.Image.Of(topic) {
		if s.LeaderOf(part.At) == wire.Nobody {
			return false
		}
	}
	return true
}

// missed tells whether a group has gone past a message: it can be read, or could before it was deleted.
func (s *Survey) missed(group int, m wire.MessageID, expired bool) bool {
	g := s.input(group, m)
	if expired && g == s.at(m) {
		was := s.ledger.Row(m).Was
		return was != (wire.PartitionOffset{}) && s.passed(group, was)
	}
	return g.readable > 0 && s.passed(group, g.first) && !s.underway(group, m)
}

// passed tells whether a group's committed offset lies behind a record that nobody has in hand.
func (s *Survey) passed(group int, at wire.PartitionOffset) bool {
	g := s.ledger.Groups[group]
	if Committed(s.world, g, at.At) <= at.Offset {
		return false
	}
	for id := range ids(s.world) {
		c, ok := ConsumerOf(s.world, id)
		if !ok || c.Config.Reads != g {
			continue
		}
		for _, item := range c.InHand() {
			if item.At == at.At && item.Offset == at.Offset {
				return false
			}
		}
	}
	return true
}

// Committed is a group's committed offset in a partition, as the coordinator's log has it now, or
// ZooKeeper; wire.NoOffset if there is none.
func Committed(w *sim.World, g wire.GroupID, at wire.Partition) int64 {
	best := wire.NoOffset
	for id := range ids(w) {
		if z, ok := w.Node(id).(*zookeeper.Server); ok {
			best = max(best, z.Committed(g, at)) // a group's offsets are in one place
		}
		b, ok := w.Node(id).(*broker.Broker)
		if !ok || w.Health(id) != sim.Up {
			continue
		}
		part := wire.Partition{Topic: b.Config.OffsetsTopic,
			Index: wire.GroupPartition(g, b.Config.OffsetsPartitions)}
		for i := range b.Replicas {
			if r := &b.Replicas[i]; r.At == part && r.Role == broker.Leads {
				best = committedIn(b, part, r.HW, g, at)
			}
		}
	}
	return best
}

func committedIn(
	b *broker.Broker, part wire.Partition, hw int64, g wire.GroupID, at wire.Partition,
) int64 {
	for i := range b.Logs {
		if b.Logs[i].At == part {
			return broker.Committed(&b.Logs[i], hw, g, at).Offset
		}
	}
	return wire.NoOffset
}

// Tally is how many messages are in each class.
func Tally(fates []Fate) [Classes]int {
	var n [Classes]int
	for i := range fates {
		for c := range Classes {
			if fates[i].Has(c) {
				n[c]++
			}
		}
	}
	return n
}
