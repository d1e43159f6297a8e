package tui

import (
	"fmt"
	"strconv"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// fewBatches is how many waiting batches of a queue are shown among other things.
const fewBatches = 4

// producerLines say what a producer has in hand, and what it was told.
func (s *scene) producerLines(p *producer.Producer, w int) []paint.Line {
	what := fmt.Sprintf("producer · %s · acks=%s · linger %s", s.names.Topic(p.Config.App.Topic),
		acks(p.Config.Acks), span(p.Config.Linger))
	out := s.clientHead(p.Self, what, w)
	if l := s.sending(p); l != nil {
		out = append(out, factLines("sends", l, w)...)
	}
	for i := range p.Queues {
		batches, more := queued(p, &p.Queues[i], fewBatches)
		for _, b := range batches {
			out = append(out, factLines(s.phaseOf(p, b).name, s.batch(p, b), w)...)
		}
		if more > 0 {
			out = append(out, factLines("", paint.Textf(paint.Dim, "… and %d more that wait", more), w)...)
		}
	}
	return append(out, factLines("told", s.told(p.Self), w)...)
}

func acks(n int8) string {
	if n == wire.AcksAll {
		return "all"
	}
	return strconv.Itoa(int(n))
}

// sending is what the application is about to do; nil if it has said everything.
func (s *scene) sending(p *producer.Producer) paint.Line {
	name := func(n int32) string { return s.names.Message(p.Said(n)) }
	switch b := p.Thread.Blocked; {
	case b != producer.Free && p.Thread.Message == 0:
		return paint.Text(paint.Warn, b.String())
	case b != producer.Free:
		return paint.Textf(paint.Warn, "%s blocked: %s", name(p.Thread.Message), p.Thread.Blocked)
	}
	in, armed := s.timer(p.Self, "send", 0)
	switch {
	case !armed && p.Closing:
		return paint.Text(paint.Warn, "in close(): waits for what it holds")
	case !armed:
		return nil
	case p.EndsNext():
		return paint.Textf(paint.Plain, "ends transaction %d in %s", p.Begun, span(in))
	case len(p.Again) > 0:
		c := p.Again[0]
		return paint.Textf(paint.Warn, "%s once more in %s: send() number %d, a new record to every broker",
			name(c.N), span(in), c.Attempt)
	}
	return paint.Textf(paint.Plain, "%s of %d in %s", name(p.Next+1), p.Total(), span(in))
}

// batch is a batch in one line.
func (s *scene) batch(p *producer.Producer, b *producer.Batch) paint.Line {
	l := paint.Text(paint.Strong, s.held(b.Records)).Add(paint.Plain, " "+s.names.Partition(b.At))
	if progress := s.progress(p, b); progress != nil {
		l = l.Add(paint.Plain, "  ").Join(progress)
	}
	return l
}

// answers are what an application can be told of its messages.
var answers = []struct {
	word  string
	glyph string
	look  paint.Look
	of    func(r *cluster.Row) uint8
}{
	{"acked", "✓", paint.Good, func(r *cluster.Row) uint8 { return r.Acked }},
	{"sent-ok", "○", paint.Info, func(r *cluster.Row) uint8 { return r.SentOK }},
	{"failed", "✗", paint.Bad, func(r *cluster.Row) uint8 { return r.Failed }},
	{"unknown", "?", paint.Warn, func(r *cluster.Row) uint8 { return r.Unknown }},
}

// told is what the application was told.
func (s *scene) told(id wire.NodeID) paint.Line {
	var l paint.Line
	for _, a := range answers {
		var messages []wire.MessageID
		for i := range s.fates {
			if f := &s.fates[i]; f.Message.Producer == id && a.of(&f.Row) > 0 {
				messages = append(messages, f.Message)
			}
		}
		if len(messages) > 0 {
			l = l.Add(a.look, a.glyph+" "+a.word).Add(paint.Plain, " "+s.runs(messages)+"  ")
		}
	}
	if l == nil {
		return paint.Text(paint.Dim, "nothing yet")
	}
	return l
}
