package tui

import (
	"fmt"
	"strings"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// accumulatorPane shows what producers hold: the queues of their partitions, batch by batch.
type accumulatorPane struct{ unchoosable }

func (accumulatorPane) move(m *model, n int) {
	m.scroll(paneAccumulator, n, m.accumulatorLines)
}

func (accumulatorPane) draw(m *model, w, h int) ([]paint.Line, paint.Line) {
	return scrolled(m.accumulatorLines(w), m.player.row[paneAccumulator], h)
}

func (m *model) accumulatorLines(w int) []paint.Line {
	s := m.player.scene
	var blocks [][]paint.Line
	for _, p := range s.producers {
		blocks = append(blocks, s.holdings(p, w))
	}
	if len(blocks) == 0 {
		return []paint.Line{paint.Text(paint.Dim, "this scenario has no producers")}
	}
	return stacked(blocks)
}

// stacked puts blocks under one another, an empty line between them.
func stacked(blocks [][]paint.Line) []paint.Line {
	var out []paint.Line
	for i, b := range blocks {
		if i > 0 {
			out = append(out, nil)
		}
		out = append(out, b...)
	}
	return out
}

// holdings is all that a producer holds.
func (s *scene) holdings(p *producer.Producer, w int) []paint.Line {
	c := p.Config
	what := fmt.Sprintf("acks=%s · linger %s · batch.size %s · ≤%d in flight",
		acks(c.Acks), span(c.Linger), size(c.BatchSize), c.Client.MaxInFlight)
	if c.Compression.Codec != wire.Uncompressed {
		what += " · compression.type=" + c.Compression.Codec.String()
	}
	out := s.clientHead(p.Self, what, w)
	if s.world.Health(p.Self) == sim.Up {
		out = append(out, factLines("identity", s.identity(p), w)...)
		out = append(out, factLines("memory", memory(p), w)...)
		if l := s.sending(p); l != nil {
			out = append(out, factLines("sends", l, w)...)
		}
	}
	for i := range p.Queues {
		out = append(out, s.queueLines(p, &p.Queues[i], w)...)
	}
	if len(p.Batches) == 0 {
		out = append(out, factLines("batches", paint.Text(paint.Dim, "none: nothing waits, nothing is in flight"), w)...)
	}
	return append(out, factLines("told", s.told(p.Self), w)...)
}

// mostBatches is how many waiting batches of a queue are shown: those that are sent next.
const mostBatches = 20

// queueLines is a partition's queue, and what the partition's leader knows of it. One that is empty
// and was never numbered says nothing.
func (s *scene) queueLines(p *producer.Producer, q *producer.Queue, w int) []paint.Line {
	batches, more := queued(p, q, mostBatches)
	known := s.remembered(p, q.At)
	if len(batches) == 0 && known == nil {
		return nil
	}
	out := factLines(s.names.Partition(q.At), s.destination(p, q).Join(s.counting(p, q)), w)
	for _, b := range batches {
		out = append(out, s.batchLines(p, b, w)...)
	}
	if more > 0 {
		out = append(out, paint.Textf(paint.Dim, "    … and %d more that wait", more))
	}
	if known != nil {
		out = append(out, factLines(s.names.Node(s.leaderOf(q.At))+" knows", known, w)...)
	}
	return out
}

// gaugeCells is how wide a gauge is.
const gaugeCells = 8

// gauge draws how much of something is used.
func gauge(used, all int32) string {
	full := 0
	if all > 0 {
		full = clamp(int((int64(used)*gaugeCells+int64(all)-1)/int64(all)), 0, gaugeCells)
	}
	return strings.Repeat("█", full) + strings.Repeat("░", gaugeCells-full)
}

// memory is how much of buffer.memory is taken.
func memory(p *producer.Producer) paint.Line {
	look := paint.Plain
	if p.Thread.Blocked == producer.NeedMemory {
		look = paint.Warn
	}
	return paint.Textf(look, "%s %s of %s", gauge(p.Buffer, p.Config.BufferMemory), size(p.Buffer),
		size(p.Config.BufferMemory)).Add(paint.Dim, " buffer.memory")
}

// destination is where a queue is sent to, as far as the producer knows.
func (s *scene) destination(p *producer.Producer, q *producer.Queue) paint.Line {
	leader, epoch := p.Net.Meta.Leader(q.At)
	if leader == wire.Nobody {
		return paint.Textf(paint.Warn, "%s knows no leader: everything waits", s.names.Node(p.Self))
	}
	l := paint.Textf(paint.Plain, "%s thinks %s leads", s.names.Node(p.Self), s.names.Node(leader))
	for i := range s.partitions {
		if part := &s.partitions[i]; part.at == q.At && part.state.LeaderEpoch > epoch {
			l = l.Addf(paint.Warn, ": no more, since epoch %d", part.state.LeaderEpoch)
		}
	}
	if q.Muted {
		l = l.Add(paint.Warn, " · waits for the answer to the one in flight")
	}
	return l
}

// batchLines is one batch: where it is on its way, its records, how full it is.
func (s *scene) batchLines(p *producer.Producer, b *producer.Batch, w int) []paint.Line {
	l := paint.Text(paint.Plain, "    ").Join(s.phaseOf(p, b).line()).Fit(4+factWidth+2).
		Add(paint.Strong, s.held(b.Records)).Join(s.sequence(p, b))
	if progress := s.progress(p, b); progress != nil {
		l = l.Add(paint.Plain, "  ").Join(progress)
	}
	fill := size(b.Bytes) + " of " + size(p.Config.BatchSize)
	if b.Ratio > 0 {
		fill += " (estimated: " + size(b.Raw) + " before compression)"
	}
	if s.phaseOf(p, b) == filling {
		fill = gauge(b.Bytes, p.Config.BatchSize) + " " + fill
	}
	l = l.Add(paint.Dim, " · "+unbroken(fill))
	return paint.Wrap(l, w, 4+factWidth+2)
}
