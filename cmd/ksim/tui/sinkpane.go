package tui

import (
	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/wire"
)

// sinkPane shows what the applications have done with the records: the effects outside of Kafka.
type sinkPane struct{ unchoosable }

func (sinkPane) move(m *model, n int) { m.scroll(paneSink, n, m.sinkLines) }

func (sinkPane) draw(m *model, w, h int) ([]paint.Line, paint.Line) {
	return scrolled(m.sinkLines(w), m.player.row[paneSink], h)
}

// mostEntries is how many entries of a sink the pane shows: the latest.
const mostEntries = 500

func (m *model) sinkLines(w int) []paint.Line {
	s := m.player.scene
	var blocks [][]paint.Line
	for i := range s.groups {
		g := &s.groups[i]
		t := s.tollOf(g)
		b := paint.Wrap(paint.Text(paint.Title, string(g.id)+"  ").Join(s.tollLine(&t)), w, 2)
		if l := nature(g.consumers[0].Config); l != nil {
			b = append(b, factLines("sink", l, w)...)
		}
		for _, c := range g.consumers {
			b = append(b, factLines(s.names.Node(c.Self), s.sink(c, mostEntries), w)...)
			b = append(b, factLines("", s.atWork(c), w)...)
		}
		if l := s.balances(g); l != nil {
			b = append(b, factLines("balance", l, w)...)
		}
		b = append(b, factLines("if killed", s.crashLine(g), w)...)
		if len(t.twice) > 0 {
			b = append(b, paint.Wrap(paint.Text(paint.Plain, "  ").Add(paint.Bad, "²").
				Add(paint.Dim, " duplicated: applied more than once for the group"), w, 2)...)
		}
		blocks = append(blocks, b)
	}
	if len(blocks) == 0 {
		return []paint.Line{paint.Text(paint.Dim, "this scenario has no consumers: nothing is done with the records")}
	}
	return stacked(blocks)
}

// sinkTexts and dedupeTexts say what a record does outside of Kafka, and what a sink knows again.
var (
	sinkTexts = map[consumer.Sink]string{
		consumer.Set: "account := new value", consumer.Increment: "account := account + change",
	}
	dedupeTexts = map[consumer.Dedupe]string{
		consumer.DedupeNothing: "applies whatever comes",
		consumer.DedupeKey:     "knows a message again by its id",
		consumer.DedupeOffset:  "knows a record again by its partition and offset",
	}
)

// nature is what a sink is; nil if it is a plain list.
func nature(c *consumer.Config) paint.Line {
	what, special := sinkTexts[c.App.Sink]
	if !special {
		what = "a list"
	}
	if !special && c.App.Dedupe == consumer.DedupeNothing && c.App.Offsets != consumer.InSink {
		return nil
	}
	l := paint.Text(paint.Plain, what).Add(paint.Dim, " · "+dedupeTexts[c.App.Dedupe])
	if c.App.Offsets == consumer.InSink {
		l = l.Add(paint.Dim, " · keeps the offset with the effect")
	}
	return l
}

// balances are the accounts in a group's sink; those that are wrong stand out. It is nil if there are
// none.
func (s *scene) balances(g *group) paint.Line {
	var l paint.Line
	for i := range s.books {
		if s.books[i].Group != string(g.id) {
			continue
		}
		for _, b := range s.books[i].Balances {
			if l != nil {
				l = l.Add(paint.Dim, " · ")
			}
			if b.OK() {
				l = l.Add(paint.Good, "✓ ").Add(paint.Plain, unbroken(b.String()))
			} else {
				l = l.Add(paint.Bad, "✗ "+unbroken(b.String()))
			}
		}
	}
	return l
}

// tollLine counts what was applied, applied again and missed; what is bad is named.
func (s *scene) tollLine(t *toll) paint.Line {
	all := len(t.done) + len(t.skipped) + len(t.dead) + len(t.lost) + len(t.coming)
	l := paint.Textf(paint.Good, "✓ applied %d of %d", len(t.done), all)
	if len(t.done) == 0 {
		l = paint.Textf(paint.Dim, "applied 0 of %d", all)
	}
	for _, part := range []struct {
		text     string
		messages []wire.MessageID
		look     paint.Look
	}{
		{"² duplicated", t.twice, paint.Bad},
		{"✗ unseen, committed past it", t.skipped, paint.Bad},
		{"! in the dead letters", t.dead, paint.Warn},
		{"✗ lost before it was read", t.lost, paint.Bad},
		{"… to come", t.coming, paint.Dim},
	} {
		if len(part.messages) > 0 {
			l = l.Add(paint.Dim, " · ").Addf(part.look, "%s: %s", part.text, s.runs(part.messages))
		}
	}
	return l
}

// atWork is what a consumer does with what it has, and what keeps it from it.
func (s *scene) atWork(c *consumer.Consumer) paint.Line {
	var l paint.Line
	if ill, is := s.health(c.Self); is {
		l = ill.line().Add(paint.Plain, between)
	}
	if s.world.Health(c.Self) != sim.Up {
		return l.Cut(0, l.Width()-paint.Width(between))
	}
	l = l.Join(s.handLine(c))
	for i := range c.Parts {
		if p := &c.Parts[i]; p.Paused {
			l = l.Addf(paint.Warn, " · %s paused", s.names.Partition(p.At))
		}
	}
	return l
}

// handLine is what an application has from its last poll(), and how far it is with it.
func (s *scene) handLine(c *consumer.Consumer) paint.Line {
	a := &c.App
	if c.Config.App.Workers > 0 || len(a.Batch) == 0 {
		return s.working(c)
	}
	l := paint.Text(paint.Dim, "poll() gave ")
	if done := messages(a.Batch[:a.Done]); len(done) > 0 {
		l = l.Add(paint.Good, "✓ "+s.runs(done)+" ")
	}
	rest := messages(a.Batch[a.Done:])
	if a.State == consumer.Processing && len(rest) > 0 {
		l = l.Add(paint.Key, "▶").Add(paint.Strong, s.names.Message(rest[0])+" ")
		rest = rest[1:]
	}
	if len(rest) > 0 {
		l = l.Add(paint.Plain, s.runs(rest)+" ")
	}
	l = l.Addf(paint.Dim, "· %s", a.State)
	if in, ok := s.timer(c.Self, "effect", 0); ok {
		l = l.Addf(paint.Dim, ", effect in %s", span(in))
	}
	return l.Add(paint.Dim, " · "+unbroken(committing(c.Config)))
}

// crashLine says what a crash would cost now: what is committed decides it.
func (s *scene) crashLine(g *group) paint.Line {
	var l paint.Line
	for i := range g.claims {
		k := &g.claims[i]
		text := "nowhere"
		if from, kept, ok := s.successor(g, k); ok {
			text = s.names.Partition(k.at) + "@" + decimal(from)
			if kept {
				text += " (kept in the sink)"
			}
		}
		if l != nil {
			l = l.Add(paint.Dim, ", ")
		}
		l = l.Add(paint.Plain, text)
	}
	l = paint.Text(paint.Dim, "begins again at ").Join(l)
	again, never := s.ifDied(g)
	switch {
	case len(again) == 0:
	case g.consumers[0].Config.App.Dedupe != consumer.DedupeNothing:
		l = l.Add(paint.Dim, " · ").Addf(paint.Good, "✓ comes again and is known: %s", s.runs(again))
	default:
		l = l.Add(paint.Dim, " · ").Addf(paint.Warn, "² does again %s", s.runs(again))
	}
	if len(never) > 0 {
		l = l.Add(paint.Dim, " · ").Addf(paint.Warn, "✗ skips %s", s.runs(never))
	}
	if len(again)+len(never) == 0 {
		l = l.Add(paint.Dim, " · nothing more is done again or skipped")
	}
	return l
}
