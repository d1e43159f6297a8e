package tui

import (
	"fmt"
	"strings"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// identity is who a producer is for the brokers: its id and epoch, or why it has none.
func (s *scene) identity(p *producer.Producer) paint.Line {
	n := &p.Numbers
	switch {
	case len(p.Config.SwitchedOff) > 0:
		return paint.Textf(paint.Warn, "idempotence is off, because of %s", strings.Join(p.Config.SwitchedOff, ", "))
	case !p.Config.Idempotent:
		return paint.Text(paint.Dim, "idempotence is off: batches have no sequence numbers")
	case n.Waiting:
		return paint.Text(paint.Warn, "↻ no producer id yet, will ask again")
	case n.Who.ID == 0:
		return paint.Text(paint.Warn, "⋯ asks for a producer id: nothing is sent before")
	}
	l := paint.Text(paint.Plain, whose(n.Who.ID, n.Who.Epoch))
	if n.Bump {
		l = l.Add(paint.Warn, " · ! is about to count up its epoch")
	}
	return l
}

func whose(id int64, epoch int16) string {
	return fmt.Sprintf("producer id %d, epoch %d", id, epoch)
}

// sequence is a batch's numbers; nil if it has none.
func (s *scene) sequence(p *producer.Producer, b *producer.Batch) paint.Line {
	if b.Sequence == wire.NoSequence || !p.Config.Idempotent {
		return nil
	}
	l := paint.Text(paint.Info, " "+numbers(b.Sequence, wire.NextSequence(b.Sequence, len(b.Records)-1)))
	if b.Who != p.Numbers.Who {
		l = l.Addf(paint.Warn, " (of %s)", whose(b.Who.ID, b.Who.Epoch))
	}
	if b.Reset {
		l = l.Add(paint.Warn, " (numbered anew)")
	}
	return l
}

func numbers(first, last int32) string {
	if first == last {
		return fmt.Sprintf("seq %d", first)
	}
	return fmt.Sprintf("seq %d-%d", first, last)
}

// counting is how far a partition is numbered.
func (s *scene) counting(p *producer.Producer, q *producer.Queue) paint.Line {
	n := &q.Sequences
	if !p.Config.Idempotent || n.Who.ID == 0 {
		return nil
	}
	l := paint.Textf(paint.Dim, " · next seq %d", n.Next)
	if n.LastAcked != wire.NoSequence {
		l = l.Addf(paint.Dim, ", acked to %d", n.LastAcked)
	}
	if n.Unresolved != wire.NoSequence {
		l = l.Addf(paint.Warn, " · ! in doubt below %d: new batches wait", n.Unresolved)
	}
	return l
}

// remembered are the last batches of a producer that the leader of a partition knows: one that comes
// again is not appended again. It is nil if the producer does not number its batches.
func (s *scene) remembered(p *producer.Producer, at wire.Partition) paint.Line {
	if !p.Config.Idempotent || p.Numbers.Who.ID == 0 {
		return nil
	}
	leader := s.leaderOf(at)
	if leader == wire.Nobody {
		return nil
	}
	log := s.readReplica(leader, at).log
	for k := range log.Producers {
		if known := &log.Producers[k]; known.ID == p.Numbers.Who.ID {
			return s.known(p, known)
		}
	}
	return paint.Text(paint.Dim, "nothing of this producer id: it takes any sequence number")
}

// leaderOf is who leads a partition, runs and knows it; Nobody if there is none.
func (s *scene) leaderOf(at wire.Partition) wire.NodeID {
	for i := range s.partitions {
		if s.partitions[i].at == at {
			return s.partitions[i].leader
		}
	}
	return wire.Nobody
}

func (s *scene) known(p *producer.Producer, known *broker.ProducerState) paint.Line {
	var l paint.Line
	if known.Epoch != p.Numbers.Who.Epoch {
		l = l.Addf(paint.Warn, "(of epoch %d) ", known.Epoch)
	}
	for i := range known.Batches {
		b := &known.Batches[i]
		if i > 0 {
			l = l.Add(paint.Dim, ", ")
		}
		l = l.Add(paint.Info, unbroken(numbers(b.First, b.Last))).Addf(paint.Dim, "@%d", b.Base)
	}
	return l.Add(paint.Dim, ": it appends none of these again")
}
