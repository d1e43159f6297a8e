package tui

import (
	"fmt"
	"math"
	"slices"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// phase is where a batch is on its way.
type phase struct {
	glyph, name string
	look        paint.Look
}

func (x phase) line() paint.Line { return paint.Text(x.look, x.glyph+" "+x.name) }

var (
	abandoned = phase{"✗", "given up", paint.Bad}
	inFlight  = phase{"→", "in flight", paint.Info}
	backsOff  = phase{"↻", "backs off", paint.Warn}
	filling   = phase{"…", "filling", paint.Plain}
	ready     = phase{"■", "ready", paint.Good}
)

// phaseOf is where a batch is on its way. One that is given up stays as long as its request is
// unanswered. Nothing lingers if somebody waits for memory or in flush() or close().
func (s *scene) phaseOf(p *producer.Producer, b *producer.Batch) phase {
	switch {
	case b.InFlight && b.Done:
		return abandoned
	case b.InFlight:
		return inFlight
	case s.armed(p.Self, "backoff", b.ID):
		return backsOff
	case s.armed(p.Self, "linger", b.ID) && !b.Full && p.Thread.Blocked < producer.NeedMemory && !p.Closing:
		return filling
	}
	return ready
}

func (s *scene) armed(id wire.NodeID, timer string, key int32) bool {
	_, ok := s.timer(id, timer, key)
	return ok
}

// queued are a partition's batches in the order in which they were, or will be, sent; of a long queue
// only the first few that wait, and how many more there are.
func queued(p *producer.Producer, q *producer.Queue, most int) (out []*producer.Batch, more int) {
	for i := range p.Batches {
		if b := &p.Batches[i]; b.At == q.At && b.InFlight {
			out = append(out, b)
		}
	}
	shown := q.Batches[:min(most, len(q.Batches))]
	for _, id := range shown {
		i := slices.IndexFunc(p.Batches, func(b producer.Batch) bool { return b.ID == id })
		out = append(out, &p.Batches[i])
	}
	return out, len(q.Batches) - len(shown)
}

// carrier is the broker that a batch is on its way to, Nobody if it is not.
func carrier(p *producer.Producer, b *producer.Batch) wire.NodeID {
	for i := range p.Requests {
		r := &p.Requests[i]
		for _, id := range r.Batches {
			if id == b.ID {
				return addressee(p, r.Ref)
			}
		}
	}
	return wire.Nobody
}

func addressee(p *producer.Producer, ref int32) wire.NodeID {
	for i := range p.Net.Peers {
		for _, call := range p.Net.Peers[i].InFlight {
			if _, ok := call.Body.(*wire.ProduceRequest); ok && call.Ref == ref {
				return p.Net.Peers[i].ID
			}
		}
	}
	return wire.Nobody
}

// progress says what a batch waits for, and how often it was tried.
func (s *scene) progress(p *producer.Producer, b *producer.Batch) paint.Line {
	var l paint.Line
	add := func(look paint.Look, format string, args ...any) {
		if l != nil {
			l = l.Add(paint.Dim, " · ")
		}
		l = l.Add(look, unbroken(fmt.Sprintf(format, args...)))
	}
	if to := carrier(p, b); to != wire.Nobody {
		add(paint.Plain, "→ %s", s.names.Node(to))
	}
	if in, ok := s.timer(p.Self, "linger", b.ID); ok && s.phaseOf(p, b) == filling {
		add(paint.Plain, "linger %s", span(in))
	}
	if b.Attempts > 0 {
		again := fmt.Sprintf("retry %d", b.Attempts)
		if in, ok := s.timer(p.Self, "backoff", b.ID); ok {
			again += " in " + span(in)
		}
		add(paint.Warn, "%s", again)
		if b.Left < math.MaxInt32 {
			l = l.Addf(paint.Dim, ", %d left", b.Left)
		}
	}
	if b.Doubtful {
		add(paint.Warn, "? may be in the log already")
	}
	if in, ok := s.timer(p.Self, "delivery", b.ID); ok && s.phaseOf(p, b) != filling {
		add(paint.Dim, "gives up in %s", span(in))
	}
	return l
}

// size is a number of bytes as a person wants to read it.
func size(n int32) string {
	switch {
	case n < 1<<10:
		return fmt.Sprintf("%d B", n)
	case n < 1<<20:
		return fmt.Sprintf("%.3g KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%.3g MiB", float64(n)/(1<<20))
}
