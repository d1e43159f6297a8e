package tui

import (
	"fmt"
	"strconv"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// producerLines say what a producer has in hand, and what it was told.
func (s *scene) producerLines(p *producer.Producer, w int) []paint.Line {
	what := fmt.Sprintf("producer · %s · acks=%s · linger %s", s.names.Topic(p.Config.App.Topic),
		acks(p.Config.Acks), span(p.Config.Linger))
	out := s.clientHead(p.Self, what, w)
	if l := s.sending(p); l != nil {
		out = append(out, factLines("sends", l, w)...)
	}
	for i := range p.Batches {
		if b := &p.Batches[i]; !b.InFlight {
			name, l := s.waiting(p, b)
			out = append(out, factLines(name, l, w)...)
		}
	}
	for i := range p.Net.Peers {
		for _, call := range p.Net.Peers[i].InFlight {
			if r, ok := call.Body.(*wire.ProduceRequest); ok {
				out = append(out, factLines("in flight", s.sent(p, p.Net.Peers[i].ID, r), w)...)
			}
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
	next := wire.MessageID{Producer: p.Self, N: p.Next + 1}
	if p.Thread.Blocked != producer.Free {
		next.N = p.Thread.Message
		return paint.Textf(paint.Warn, "%s blocked: %s", s.names.Message(next), p.Thread.Blocked)
	}
	in, armed := s.timer(p.Self, "send", 0)
	if !armed {
		return nil
	}
	return paint.Textf(paint.Plain, "%s of %d in %s", s.names.Message(next), p.Config.App.Records, span(in))
}

// waiting is a batch that is not on its way.
func (s *scene) waiting(p *producer.Producer, b *producer.Batch) (string, paint.Line) {
	l := paint.Text(paint.Strong, s.held(b.Records)).Add(paint.Plain, " "+s.names.Partition(b.At))
	if in, ok := s.timer(p.Self, "backoff", b.ID); ok {
		l = l.Addf(paint.Warn, "  retry %d in %s", b.Attempts, span(in))
		return "backs off", s.givesUp(l, p, b)
	}
	if in, ok := s.timer(p.Self, "linger", b.ID); ok && !b.Full {
		return "filling", l.Addf(paint.Dim, "  linger %s", span(in))
	}
	return "ready", s.givesUp(l, p, b)
}

// sent is a request in flight.
func (s *scene) sent(p *producer.Producer, to wire.NodeID, r *wire.ProduceRequest) paint.Line {
	l := paint.Textf(paint.Plain, "→ %s ", s.names.Node(to))
	for i := range r.Partitions {
		l = l.Add(paint.Strong, s.held(r.Partitions[i].Batch.Records)+" ")
	}
	for i := range p.Batches {
		if b := &p.Batches[i]; b.InFlight && holds(r, b) {
			return s.givesUp(l, p, b)
		}
	}
	return l
}

// holds tells whether a request carries a batch.
func holds(r *wire.ProduceRequest, b *producer.Batch) bool {
	for i := range r.Partitions {
		records := r.Partitions[i].Batch.Records
		if len(records) > 0 && len(b.Records) > 0 && records[0].Message == b.Records[0].Message {
			return true
		}
	}
	return false
}

func (s *scene) givesUp(l paint.Line, p *producer.Producer, b *producer.Batch) paint.Line {
	if in, ok := s.timer(p.Self, "delivery", b.ID); ok {
		l = l.Addf(paint.Dim, "  gives up in %s", span(in))
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
