package tui

import (
	"fmt"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/value"
	"example.com/ksim/sim/wire"
)

// consumerLines say where a consumer is, and what its application has done.
func (s *scene) consumerLines(c *consumer.Consumer, w int) []paint.Line {
	out := s.clientHead(c.Self, fmt.Sprintf("consumer · group %s · %s", c.Config.Group, committing(c.Config)), w)
	if s.world.Health(c.Self) == sim.Up {
		out = append(out, factLines("group", s.membership(c), w)...)
		for i := range c.Parts {
			out = append(out, factLines(s.names.Partition(c.Parts[i].At), s.reading(c, &c.Parts[i]), w)...)
		}
		out = append(out, factLines("app", s.working(c), w)...)
	}
	return append(out, factLines("sink", s.sink(c), w)...)
}

// commitTexts say when offsets are committed.
var commitTexts = map[consumer.CommitWhen]string{
	consumer.CommitNever:  "never commits",
	consumer.CommitBefore: "commits before processing",
	consumer.CommitAfter:  "commits after processing",
	consumer.CommitEach:   "commits after each record",
	consumer.CommitMark:   "marks what is processed",
	consumer.CommitStored: "stores what is handed out",
}

// committing says who commits, and when.
func committing(c *consumer.Config) string {
	how := commitTexts[c.App.Commit]
	if !c.AutoCommit {
		return how
	}
	auto := fmt.Sprintf("auto commit every %s", span(c.AutoCommitInterval))
	if c.App.Commit == consumer.CommitMark || c.App.Commit == consumer.CommitStored {
		return how + ", " + auto
	}
	return auto
}

func (s *scene) membership(c *consumer.Consumer) paint.Line {
	m := &c.Member
	switch {
	case m.Coordinator == wire.Nobody:
		return paint.Text(paint.Warn, "looks for its coordinator")
	case !m.Joined:
		return paint.Textf(paint.Warn, "is joining at %s", s.names.Node(m.Coordinator))
	}
	return paint.Textf(paint.Plain, "generation %d at %s", m.Generation, s.names.Node(m.Coordinator))
}

// reading is how far a partition is read.
func (s *scene) reading(c *consumer.Consumer, p *consumer.Part) paint.Line {
	var l paint.Line
	switch p.Need {
	case consumer.NeedNothing:
		l = paint.Textf(paint.Plain, "position %d", p.Position)
	case consumer.NeedHelp:
		return paint.Text(paint.Bad, "no offset, and auto.offset.reset=none")
	default:
		return paint.Text(paint.Dim, "asks where to begin")
	}
	if committed := cluster.Committed(s.world, c.Config.Group, p.At); committed != wire.NoOffset {
		l = l.Addf(paint.Plain, "  committed %d", committed)
	} else {
		l = l.Add(paint.Dim, "  committed nothing")
	}
	for i := range s.partitions {
		if part := &s.partitions[i]; part.at == p.At {
			if hw, ok := part.highWatermark(); ok {
				l = l.Addf(paint.Plain, "  lag %d", max(0, hw-p.Position))
			}
		}
	}
	var buffered []wire.Record
	for _, b := range p.Buffer {
		buffered = append(buffered, b.Records[clamp(int(p.Position-b.Base), 0, len(b.Records)):]...)
	}
	if len(buffered) > 0 {
		l = l.Add(paint.Dim, "  fetched ").Add(paint.Strong, s.held(buffered))
	}
	return l
}

// working is what the application is at.
func (s *scene) working(c *consumer.Consumer) paint.Line {
	a := &c.App
	if a.State != consumer.Processing || a.Done >= len(a.Batch) {
		return paint.Text(paint.Plain, a.State.String())
	}
	l := paint.Text(paint.Plain, "processing ").Add(paint.Strong, s.names.Message(a.Batch[a.Done].Message))
	if in, ok := s.timer(c.Self, "effect", 0); ok {
		l = l.Addf(paint.Dim, " (%s left)", span(in))
	}
	var then []wire.MessageID
	for _, item := range a.Batch[a.Done+1:] {
		then = append(then, item.Message)
	}
	if len(then) > 0 {
		l = l.Add(paint.Dim, ", then "+s.runs(then))
	}
	return l
}

// mostEffects is how many of the latest effects are shown.
const mostEffects = 60

// sink is what the application has done outside of Kafka, in order; what it did again stands out.
func (s *scene) sink(c *consumer.Consumer) paint.Line {
	sink := &s.ledger.Accounts[c.Self-s.ledger.First].Sink
	if sink.Len() == 0 {
		return paint.Text(paint.Dim, "nothing yet")
	}
	from := max(0, sink.Len()-mostEffects)
	var l paint.Line
	if from > 0 {
		l = paint.Textf(paint.Dim, "(%d) ", from)
	}
	var once []wire.MessageID // a run of messages that came for the first time
	for i := from; i < sink.Len(); i++ {
		m := sink.At(i).Message
		if !s.again(sink, i) {
			once = append(once, m)
			continue
		}
		l = l.Add(paint.Plain, s.runs(once)+" ").Add(paint.Bad, s.names.Message(m)+" (again)").Add(paint.Plain, " ")
		once = nil
	}
	return l.Add(paint.Plain, s.runs(once))
}

// again tells whether an effect repeats an earlier one.
func (s *scene) again(sink *value.Vec[cluster.Effect], i int) bool {
	m := sink.At(i).Message
	if f := s.fate(m); f == nil || !f.Has(cluster.Duplicated) {
		return false
	}
	for j := range i {
		if sink.At(j).Message == m {
			return true
		}
	}
	return false
}
