package tui

import (
	"slices"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// txnPane shows transactional ids: how far the transaction of each is by its coordinator's word, and what the
// producers believe that go by it.
type txnPane struct{ unchoosable }

func (txnPane) move(m *model, n int) { m.scroll(paneTxns, n, m.txnLines) }

func (txnPane) draw(m *model, w, h int) ([]paint.Line, paint.Line) {
	return scrolled(m.txnLines(w), m.player.row[paneTxns], h)
}

func (m *model) txnLines(w int) []paint.Line {
	s := m.player.scene
	var blocks [][]paint.Line
	for i := range s.txns {
		t := &s.txns[i]
		b := s.txnHead(t, w)
		for _, p := range t.producers {
			b = append(b, factLines(s.names.Node(p.Self)+" says", s.txnBelief(t, p), w)...)
			b = append(b, factLines("told", s.txnsTold(p), w)...)
		}
		blocks = append(blocks, b)
	}
	if len(blocks) == 0 {
		return []paint.Line{paint.Text(paint.Dim, "this scenario has no transactions: no producer has a transactional.id")}
	}
	return stacked(blocks)
}

// txnLooks are how the states of a transaction are drawn.
var txnLooks = map[wire.TxnState]phase{
	wire.TxnEmpty:          {glyph: "○", look: paint.Dim},
	wire.TxnOngoing:        {glyph: "…", look: paint.Info},
	wire.TxnPrepareCommit:  {glyph: "→", look: paint.Leader},
	wire.TxnPrepareAbort:   {glyph: "→", look: paint.Leader},
	wire.TxnCompleteCommit: {glyph: "✓", look: paint.Good},
	wire.TxnCompleteAbort:  {glyph: "✗", look: paint.Warn},
}

// txnHead is the coordinator's word on a transactional.id.
func (s *scene) txnHead(t *txn, w int) []paint.Line {
	l := paint.Text(paint.Title, string(t.id)).Add(paint.Plain, "  ")
	judge := s.names.Node(t.coordinator)
	switch {
	case t.empty():
		l = l.Join(s.vacancy(&t.office))
	case t.known == nil || t.known.Now.Epoch == wire.NoProducerEpoch:
		l = l.Addf(paint.Dim, "○ nobody has initialised it yet · coordinator %s", judge)
	default:
		x := txnLooks[t.known.Now.State]
		x.name = t.known.Now.State.String()
		l = l.Join(x.line()).Add(paint.Plain, " · "+whose(t.known.Now.ID, t.known.Now.Epoch)).
			Add(paint.Dim, " · coordinator "+judge)
	}
	out := append(paint.Wrap(l, w, 2), s.pretenders(&t.office, w)...)
	if t.known != nil {
		out = append(out, s.txnProgress(t, w)...)
	}
	return out
}

// txnProgress is what a transaction consists of, and what it waits for.
func (s *scene) txnProgress(t *txn, w int) []paint.Line {
	var out []paint.Line
	now := t.known.Now
	switch {
	case now.State == wire.TxnOngoing:
		out = append(out, factLines("has", paint.Text(paint.Plain, s.places(now.Partitions)), w)...)
		out = append(out, factLines("time", s.txnTime(t), w)...)
	case len(now.Partitions) > 0: // it is decided
		out = append(out, factLines("markers", s.markers(t), w)...)
	}
	for _, o := range s.pendingOffsets(t.id) {
		l := paint.Textf(paint.Info, "%s in %s: %d", o.Group, s.names.Partition(o.At), o.Offset).
			Add(paint.Dim, ", if it is committed")
		out = append(out, factLines("position", l, w)...)
	}
	if next := t.known.Next; next != nil && t.known.Writing {
		l := paint.Text(paint.Info, next.State.String()).
			Addf(paint.Dim, " is being written to %s", s.names.Partition(t.at))
		out = append(out, factLines("then", l, w)...)
	}
	return out
}

// markers are the markers of a decided transaction, partition by partition.
func (s *scene) markers(t *txn) paint.Line {
	var l paint.Line
	for i, at := range t.known.Now.Partitions {
		if i > 0 {
			l = l.Add(paint.Dim, " · ")
		}
		stands, asked := s.marker(t, at)
		l = l.Add(paint.Plain, s.names.Partition(at)+unbroken(" ")).Join(markerStandings[stands].line())
		if asked != wire.Nobody {
			l = l.Add(paint.Dim, unbroken(" "+s.names.Node(asked)))
		}
	}
	return l
}

// txnTime is when a transaction that nobody ends is aborted.
func (s *scene) txnTime(t *txn) paint.Line {
	if in, ok := s.timer(t.coordinator, "transaction-timeout", t.known.Timer); ok {
		return paint.Textf(paint.Plain, "transaction.timeout.ms is over in %s", span(in))
	}
	l := paint.Text(paint.Warn, "! transaction.timeout.ms is over")
	for _, name := range []string{"transaction-check", "transaction-check-idle"} {
		if in, ok := s.timer(t.coordinator, name, 0); ok {
			return l.Addf(paint.Dim, ", aborted by the check in %s", span(in))
		}
	}
	return l
}

// txnBeliefs are how the states of a producer are drawn.
var txnBeliefs = map[producer.TxnState]phase{
	producer.Uninitialized:  {glyph: "○", look: paint.Dim},
	producer.Initializing:   {glyph: "⋯", look: paint.Info},
	producer.Ready:          {glyph: "●", look: paint.Good},
	producer.InTransaction:  {glyph: "…", look: paint.Info},
	producer.Committing:     {glyph: "→", look: paint.Leader},
	producer.Aborting:       {glyph: "→", look: paint.Leader},
	producer.AbortableError: {glyph: "!", look: paint.Warn},
	producer.FatalError:     {glyph: "✗", look: paint.Bad},
}

// txnBelief is a producer's own word.
func (s *scene) txnBelief(t *txn, p *producer.Producer) paint.Line {
	ill, is := s.health(p.Self)
	if is && s.world.Health(p.Self) != sim.Up {
		return ill.line()
	}
	x := txnBeliefs[p.Txn.State]
	x.name = p.Txn.State.String()
	l := s.zombieProducer(t, p).Join(x.line())
	if p.Txn.Err != wire.None {
		l = l.Add(paint.Warn, " "+p.Txn.Err.String())
	}
	if p.Numbers.Who.ID > 0 {
		l = l.Add(paint.Plain, " · "+whose(p.Numbers.Who.ID, p.Numbers.Who.Epoch))
	}
	if p.Txn.Pending() {
		l = l.Addf(paint.Plain, " · transaction %d", p.Begun).Join(s.contents(p))
	}
	if is {
		l = l.Add(paint.Plain, " · ").Join(ill.line())
	}
	return l
}

// contents are the messages of a producer's transaction.
func (s *scene) contents(p *producer.Producer) paint.Line {
	var sent []wire.MessageID
	for i := range s.fates {
		if f := &s.fates[i]; f.Message.Producer == p.Self && f.Row.Txn == p.Begun {
			sent = append(sent, f.Message)
		}
	}
	if len(sent) == 0 {
		return nil
	}
	return paint.Text(paint.Dim, ": ").Add(paint.Strong, s.runs(sent))
}

// zombieProducer is a word on a producer whose transactional.id has gone on without it; nil if it has not.
func (s *scene) zombieProducer(t *txn, p *producer.Producer) paint.Line {
	if !s.fenced(t, p) {
		return nil
	}
	l := paint.Text(paint.Bad, "! zombie").Addf(paint.Warn, ": %s has gone on to epoch %d",
		s.names.Node(t.coordinator), t.known.Now.Epoch)
	if i := slices.IndexFunc(t.producers, func(o *producer.Producer) bool {
		return o != p && o.Self == t.known.Client
	}); i >= 0 {
		l = l.Addf(paint.Warn, " for %s", s.names.Node(t.known.Client))
	}
	if p.Txn.State != producer.FatalError {
		l = l.Add(paint.Warn, ", and it does not know")
	}
	return l.Add(paint.Dim, " · ")
}

// txnsTold is what an application was told of its transactions.
func (s *scene) txnsTold(p *producer.Producer) paint.Line {
	var l paint.Line
	all := &s.ledger.Accounts[p.Self-s.ledger.First].Txns
	for told := range tolds {
		text := ""
		for n := range all.Len() {
			if all.At(n) == cluster.TxnTold(told) {
				text += " " + decimal(int64(n)+1)
			}
		}
		if text != "" {
			l = l.Join(tolds[told].line()).Add(paint.Plain, text+"  ")
		}
	}
	if l == nil {
		return paint.Text(paint.Dim, "nothing yet")
	}
	return l
}

// tolds are how what was told of a transaction is drawn.
var tolds = [...]phase{
	cluster.TxnOpen:      {"…", "nothing of", paint.Dim},
	cluster.TxnCommitted: {"✓", "committed", paint.Good},
	cluster.TxnAborted:   {"✗", "aborted", paint.Warn},
	cluster.TxnDoubtful:  {"?", "in doubt", paint.Warn},
}
