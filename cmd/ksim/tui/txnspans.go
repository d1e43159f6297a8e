package tui

import (
	"slices"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// txnSpan is what one transaction has in a partition, by the log that counts: from its first record to its
// marker, or to its last record so far.
type txnSpan struct {
	id          int64 // the producer's
	name        wire.TransactionalID
	first, last int64
	outcome     outcome
	records     []sentCopy
	offsets     []*wire.CommittedOffset // in __consumer_offsets: the last of each group and partition
}

// sentCopy is a copy of a message in a log.
type sentCopy struct {
	fate    int   // the message's place among the fates
	attempt int16 // which send() of it
}

// outcome is how far a transaction is in a partition.
type outcome int

const (
	openTxn outcome = iota
	preparedTxn
	committedTxn
	abortedTxn
	hangingTxn
)

// outcomes says how each is drawn.
var outcomes = [...]phase{
	openTxn:      {"…", "open", paint.Info},
	preparedTxn:  {"→", "prepared", paint.Leader},
	committedTxn: {"✓", "committed", paint.Good},
	abortedTxn:   {"✗", "aborted", paint.Warn},
	hangingTxn:   {"!", "hanging", paint.Bad},
}

// outcomeOf is what a marker says.
var outcomeOf = map[wire.Marker]outcome{wire.CommitMarker: committedTxn, wire.AbortMarker: abortedTxn}

// readSpans finds the transactions in the log of a partition's leader or, if nobody leads it, in the longest.
func (s *scene) readSpans(p *partition) {
	l := p.counting()
	if l == nil {
		return
	}
	for _, b := range l.Batches.All() {
		if !b.Transactional || len(b.Records) == 0 {
			continue
		}
		open := slices.IndexFunc(p.spans, func(t txnSpan) bool { return t.id == b.ProducerID && t.outcome == openTxn })
		switch {
		case open < 0 && b.Marker != wire.NoMarker:
			continue // there is nothing for it to end
		case open < 0:
			p.spans = append(p.spans, txnSpan{id: b.ProducerID, name: s.transactionalID(b.ProducerID), first: b.Base})
			open = len(p.spans) - 1
		}
		t := &p.spans[open]
		t.last = b.Next() - 1
		if b.Marker != wire.NoMarker {
			t.outcome = outcomeOf[b.Marker]
			continue
		}
		for i := range b.Records {
			t.take(s, &b.Records[i])
		}
	}
	for i := range p.spans {
		t := &p.spans[i]
		if t.outcome == openTxn {
			t.outcome = s.undecided(t, p.at)
		}
		for _, r := range t.records {
			s.copies[r.fate].txn, s.copies[r.fate].attempt = t.outcome, r.attempt
		}
	}
}

// take takes a record in.
func (t *txnSpan) take(s *scene, r *wire.Record) {
	if o, ok := r.Entry.(*wire.CommittedOffset); ok {
		t.offsets = append(slices.DeleteFunc(t.offsets, func(old *wire.CommittedOffset) bool {
			return old.Group == o.Group && old.At == o.At
		}), o)
	}
	if k := s.index(r.Message); k >= 0 {
		t.records = append(t.records, sentCopy{k, r.Attempt})
	}
}

// counting is the log that says what is in a partition: its leader's or, if nobody leads it, the longest.
func (p *partition) counting() *broker.Log {
	if r := p.replica(p.leader); r != nil {
		return r.log
	}
	var longest *broker.Log
	for i := range p.replicas {
		if l := p.replicas[i].log; l != nil && (longest == nil || l.End() > longest.End()) {
			longest = l
		}
	}
	return longest
}

// undecided is how far a transaction is of which there is no marker: its coordinator knows. If that knows of no
// transaction of the producer in the partition, nobody will ever end it.
func (s *scene) undecided(t *txnSpan, at wire.Partition) outcome {
	for i := range s.txns {
		known := s.txns[i].known
		switch {
		case s.txns[i].id != t.name || known == nil:
		case !slices.Contains(known.Now.Partitions, at):
			return hangingTxn
		case known.Now.State != wire.TxnOngoing:
			return preparedTxn
		}
	}
	return openTxn
}

// transactionalID is whose producer id it is, by a coordinator or by who goes by it; empty if neither knows.
func (s *scene) transactionalID(id int64) wire.TransactionalID {
	for i := range s.txns {
		t := &s.txns[i]
		goes := func(p *producer.Producer) bool { return p.Numbers.Who.ID == id }
		if k := t.known; k != nil && (k.Now.ID == id || k.Now.PreviousID == id) || slices.ContainsFunc(t.producers, goes) {
			return t.id
		}
	}
	return ""
}

// lanes are spans so that those that overlap are in different ones.
func lanes(spans []txnSpan) [][]txnSpan {
	var out [][]txnSpan
	for _, t := range spans {
		i := slices.IndexFunc(out, func(lane []txnSpan) bool { return lane[len(lane)-1].last < t.first })
		if i < 0 {
			out, i = append(out, nil), len(out)
		}
		out[i] = append(out[i], t)
	}
	return out
}

// transactions draws the transactions that are among the offsets shown, those that overlap under one another.
func (g *grid) transactions() []paint.Line {
	var shown []txnSpan
	end := g.first + int64(g.columns())
	for _, t := range g.p.spans {
		if t.last >= g.first && t.first < end {
			shown = append(shown, t)
		}
	}
	var out []paint.Line
	for _, lane := range lanes(shown) {
		l := paint.Text(paint.Plain, "").Pad(g.label)
		for i := range lane {
			from, to := max(lane[i].first, g.first), min(lane[i].last+1, end)
			l = l.Pad(g.label + int(from-g.first)*g.cell).Join(lane[i].draw(int(to-from)*g.cell - 1))
			g.seen.outcomes |= 1 << lane[i].outcome
		}
		out = append(out, l)
	}
	return out
}

// draw draws a transaction over its records: what fits of its glyph, its transactional.id and its outcome.
func (t *txnSpan) draw(w int) paint.Line {
	x := outcomes[t.outcome]
	text := x.glyph
	for _, longer := range []string{x.glyph + x.name, x.glyph + " " + string(t.name) + " " + x.name} {
		if paint.Width(longer) <= w {
			text = longer
		}
	}
	l := paint.Text(x.look, text)
	for l.Width() < w {
		l = l.Add(x.look, "─")
	}
	return l
}

// transactional tells whether there are transactions in the partition.
func (g *grid) transactional() bool { return len(g.p.spans) > 0 }

// unstable tells whether a replica's last stable offset is below its high watermark, as it is until the
// transactions below that are over.
func (g *grid) unstable(r *replica) bool {
	return g.transactional() && r.role != nil && r.log.LastStable(r.role.HW) < r.role.HW
}

// lastStable is a replica's last stable offset; nil if the partition has no transactions.
func (g *grid) lastStable(r *replica) paint.Line {
	if !g.transactional() || r.role == nil {
		return nil
	}
	look := paint.Dim
	if g.unstable(r) {
		look, g.seen.stable = paint.Warn, true
	}
	if g.fresh(r.id, g.p.at, wire.NoOffset, wire.LSOAdvanced) {
		look |= paint.Changed
	}
	return paint.Textf(look, "LSO %-3d", r.log.LastStable(r.role.HW))
}
