package cluster

import (
	"slices"
	"strconv"

	"example.com/ksim/sim"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/wire"
)

// apply enters an effect.
func (l *Ledger) apply(n *wire.Note) {
	group := l.groupOf(n)
	l.change(n.Message, func(r *Row) { count(&r.Effects[group]) })
	nth := 0
	for i := range l.Accounts {
		if l.Accounts[i].Group == int8(group) {
			nth += l.Accounts[i].Sink.Len()
		}
	}
	l.Accounts[n.Node-l.First].Sink.Append(
		Effect{Nth: nth, Message: n.Message, At: n.At, Offset: n.Offset})
	if l.Accounts[n.Node-l.First].ByOffset {
		l.Seen = append(l.Seen, Kept{uint8(group), wire.PartitionOffset{At: n.At, Offset: n.Offset}})
	}
	l.keep(n)
}

// keep keeps the offset that came with an effect, if one did.
func (l *Ledger) keep(n *wire.Note) {
	if n.To == 0 {
		return
	}
	k := Kept{uint8(l.groupOf(n)), wire.PartitionOffset{At: n.At, Offset: n.To}}
	if i := l.kept(k.Group, n.At); i >= 0 {
		l.Kept[i] = k
	} else {
		l.Kept = append(l.Kept, k)
	}
}

func (l *Ledger) kept(group uint8, at wire.Partition) int {
	return slices.IndexFunc(l.Kept, func(k Kept) bool { return k.Group == group && k.At == at })
}

// Recall answers what an application asks its sink: how often it has applied a message, or what stood
// at an offset; or which offset it keeps for a partition.
func (l *Ledger) Recall(q *wire.Note) int64 {
	group := l.groupOf(q)
	switch {
	case q.Kind == wire.Positioned:
		if i := l.kept(uint8(group), q.At); i >= 0 {
			return l.Kept[i].Offset
		}
		return wire.NoOffset
	case q.Message.Producer != wire.Nobody:
		return int64(l.Row(q.Message).Effects[group])
	}
	for _, k := range l.Seen {
		if k.Group == uint8(group) && k.At == q.At && k.Offset == q.Offset {
			return 1
		}
	}
	return 0
}

// Balance is one account in a group's sink: what it holds, and what it would hold if every message
// had been applied once and in the order in which it was sent.
type Balance struct {
	Account string
	Actual  int64
	Right   int64
}

// OK tells whether the account is right.
func (b Balance) OK() bool { return b.Actual == b.Right }

// Accounts are the accounts in a group's sink.
type Accounts struct {
	Group    string
	Balances []Balance
}

// Sinks are the accounts of every group whose sink has any.
func (s *Survey) Sinks() []Accounts {
	var out []Accounts
	for _, g := range s.ledger.Groups {
		if b := s.Balances(g); len(b) > 0 {
			out = append(out, Accounts{string(g), b})
		}
	}
	return out
}

// SinkOf is what the records of a group do; Append if it has no consumers.
func SinkOf(w *sim.World, g wire.GroupID) consumer.Sink {
	for id := range ids(w) {
		if c, ok := ConsumerOf(w, id); ok && c.Config.Group == g {
			return c.Config.App.Sink
		}
	}
	return consumer.Append
}

// Balances are the accounts in a group's sink, in the order in which producers first wrote to them;
// none if its sink is a list.
//
// A message is about the account that its key names; without keys all are about one. It says that the
// account has changed by 1, and what it is then: how many messages its producer has sent to that
// account. So both kinds of sink are right at the same balance.
func (s *Survey) Balances(g wire.GroupID) []Balance {
	kind := SinkOf(s.world, g)
	if kind == consumer.Append {
		return nil
	}
	group := slices.Index(s.ledger.Groups, g)
	b := books{names: NamesOf(s.world), kind: kind}
	for _, f := range s.Fates() {
		refused := (f.Row.Failed > 0 || f.Has(Aborted)) && f.Row.Effects[group] == 0 || f.Unmade
		if s.concerned(group, f.Message) {
			b.enter(f.Message, true, !refused)
		}
	}
	for _, e := range s.ledger.effects(group) {
		b.enter(e.Message, false, true)
	}
	return b.balances
}

// effects are what a group has applied, in order.
func (l *Ledger) effects(group int) []Effect {
	var all []Effect
	for i := range l.Accounts {
		if l.Accounts[i].Group == int8(group) {
			for _, e := range l.Accounts[i].Sink.All() {
				all = append(all, e)
			}
		}
	}
	slices.SortFunc(all, func(a, b Effect) int { return a.Nth - b.Nth })
	return all
}

// books are accounts while they are written to.
type books struct {
	names    *Names
	kind     consumer.Sink
	balances []Balance
}

// enter applies a message to its account, on the right side or on the actual one; an account is there
// from its first message on, applied or not.
func (b *books) enter(m wire.MessageID, right, applied bool) {
	name, value := b.names.account(m)
	i := slices.IndexFunc(b.balances, func(o Balance) bool { return o.Account == name })
	if i < 0 {
		i = len(b.balances)
		b.balances = append(b.balances, Balance{Account: name})
	}
	side := &b.balances[i].Actual
	if right {
		side = &b.balances[i].Right
	}
	switch {
	case !applied:
	case b.kind == consumer.Set:
		*side = value
	default:
		*side++
	}
}

// account is the account that a message is about, and its value after it.
func (n *Names) account(m wire.MessageID) (string, int64) {
	name, value := "all", int64(m.N)
	if key, keyed := keyOf(n.world, m); keyed {
		name, value = key, 0
		for k := range m.N {
			if other, _ := keyOf(n.world, wire.MessageID{Producer: m.Producer, N: k + 1}); other == key {
				value++
			}
		}
	}
	if !n.single {
		name = n.Node(m.Producer) + "." + name
	}
	return name, value
}

// String is an account in words: "a 3", or "a 4, right is 3".
func (b Balance) String() string {
	text := b.Account + " " + strconv.FormatInt(b.Actual, 10)
	if !b.OK() {
		text += ", right is " + strconv.FormatInt(b.Right, 10)
	}
	return text
}
