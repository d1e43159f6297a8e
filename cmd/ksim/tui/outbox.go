package tui

import (
	"fmt"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/database"
	"example.com/ksim/sim/outbox"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// outboxLines are writers, databases and relays, each as a block.
func (s *scene) outboxLines(w int) [][]paint.Line {
	var blocks [][]paint.Line
	for _, n := range s.writers {
		blocks = append(blocks, s.writerLines(n, w))
	}
	for _, n := range s.databases {
		blocks = append(blocks, s.tableLines(n, w))
	}
	for _, n := range s.relays {
		blocks = append(blocks, s.relayLines(n, w))
	}
	return blocks
}

func (s *scene) writerLines(n *outbox.Writer, w int) []paint.Line {
	out := s.clientHead(n.Self, fmt.Sprintf("writer · %s · %s", s.names.Node(n.Config.Database), n.Config.Form), w)
	now := paint.Textf(paint.Plain, "%d of %d changes begun", n.Next, n.Config.Records)
	if n.Work.N > 0 {
		now = paint.Textf(paint.Plain, "at the change of %s: %s", s.names.Message(wire.MessageID{Producer: n.Self, N: n.Work.N}),
			n.Config.Form.Doing(n.Work.Step))
	}
	out = append(out, factLines("does", now, w)...)
	out = append(out, s.heldLines(&n.Producer, w)...)
	if !n.Config.Form.Sends() {
		return out
	}
	return append(out, factLines("told", s.told(n.Self), w)...)
}

func (s *scene) relayLines(n *outbox.Relay, w int) []paint.Line {
	out := s.clientHead(n.Self, fmt.Sprintf("relay · %s · %s", s.names.Node(n.Config.Database),
		s.names.Topic(n.Config.Producer.App.Topic)), w)
	out = append(out, factLines("does", paint.Text(paint.Plain, n.Doing.String()), w)...)
	return append(out, s.heldLines(&n.Producer, w)...)
}

// heldLines are the batches that the producer of a process holds.
func (s *scene) heldLines(p *producer.Producer, w int) (out []paint.Line) {
	for i := range p.Batches {
		out = append(out, factLines("holds", s.batch(p, &p.Batches[i]), w)...)
	}
	return out
}

func (s *scene) tableLines(n *database.Database, w int) []paint.Line {
	var unsent []wire.MessageID
	for i := range n.Outbox {
		if !n.Outbox[i].Sent {
			unsent = append(unsent, n.Outbox[i].Record.Message)
		}
	}
	out := s.clientHead(n.Self, "database", w)
	out = append(out, factLines("changes", paint.Text(paint.Plain, s.runs(n.Changes)), w)...)
	if len(n.Outbox) > 0 {
		out = append(out, factLines("unsent", paint.Text(paint.Warn, s.runs(unsent)), w)...)
	}
	return out
}
