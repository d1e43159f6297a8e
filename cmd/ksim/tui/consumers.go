package tui

import (
	"fmt"
	"strings"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/wire"
)

// mostEffects is how many of the latest effects are shown of a sink among other things.
const mostEffects = 60

// consumerLines say where a consumer is, and what its application has done.
func (s *scene) consumerLines(c *consumer.Consumer, w int) []paint.Line {
	group := "no group"
	if c.Config.Group != "" {
		group = "group " + string(c.Config.Group)
	}
	out := s.clientHead(c.Self, fmt.Sprintf("consumer · %s · %s", group, committing(c.Config)), w)
	if s.world.Health(c.Self) == sim.Up {
		g := s.groupOf(c)
		out = append(out, factLines("group", s.enrolment(g, c), w)...)
		for i := range c.Parts {
			if k := g.claim(c.Parts[i].At); k != nil {
				l := s.zombie(g, k, c).Join(s.reading(k, c)).Add(paint.Plain, " · "+s.committed(k)).Join(s.fetched(holding(c, k.at)))
				out = append(out, factLines(s.names.Partition(k.at), l, w)...)
			}
		}
		out = append(out, factLines("app", s.working(c), w)...)
	}
	out = append(out, factLines("sink", s.sink(c, mostEffects), w)...)
	if l := s.balances(s.groupOf(c)); l != nil {
		out = append(out, factLines("balance", l, w)...)
	}
	return out
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

// byHand says when the application commits.
func byHand(c *consumer.Config) string {
	if c.App.Offsets == consumer.InSink {
		return "keeps offsets in its sink"
	}
	var when []string
	if c.App.Commit != consumer.CommitNever {
		when = append(when, commitTexts[c.App.Commit])
	}
	if c.App.OnRevoke == consumer.RevokeCommit {
		when = append(when, "commits when it gives partitions up")
	}
	if c.App.OnClose {
		when = append(when, "commits before close()")
	}
	if len(when) == 0 {
		return commitTexts[consumer.CommitNever]
	}
	return strings.Join(when, ", ")
}

// committing says who commits, and when.
func committing(c *consumer.Config) string {
	how := byHand(c)
	auto := fmt.Sprintf("auto commit every %s", span(c.AutoCommitInterval))
	switch {
	case !c.AutoCommit:
		return how
	case how == commitTexts[consumer.CommitNever]:
		return auto
	}
	return how + ", " + auto
}

// enrolment is a consumer's own word on its membership.
func (s *scene) enrolment(g *group, c *consumer.Consumer) paint.Line {
	m := &c.Member
	if len(c.Config.Assign) > 0 {
		return paint.Text(paint.Plain, "assign(): nobody deals its partitions out")
	}
	l := paint.Text(paint.Warn, "no member")
	if m.ID != wire.NoMember {
		l = paint.Text(paint.Strong, s.memberName(m.ID))
	}
	l = l.Add(paint.Plain, " ")
	switch {
	case c.Config.Modern:
		l = l.Join(modernEnrolment(g, c))
	case m.State == consumer.Member && g.roster != nil && g.member(m.ID) == nil:
		l = l.Addf(paint.Warn, "! still thinks it is in generation %d", m.Generation)
	case m.Steady():
		l = l.Add(paint.Good, "● in").Addf(paint.Plain, " generation %d", m.Generation)
	case m.Coordinator == wire.Nobody:
		return l.Add(paint.Warn, "! looks for its coordinator")
	case m.Leaving:
		l = l.Add(paint.Warn, "! is leaving")
	case m.Pending:
		l = l.Add(paint.Info, "⋯ is joining")
	case len(c.Parts) > 0:
		l = l.Add(paint.Warn, "! joins again in its next poll()")
	default:
		l = l.Add(paint.Info, "⋯ is about to join")
	}
	if m.Coordinator != wire.Nobody && m.Coordinator != g.coordinator {
		l = l.Addf(paint.Warn, " · thinks %s coordinates", s.names.Node(m.Coordinator))
	}
	return l
}

// reading is how far a partition is read.
func (s *scene) reading(k *claim, c *consumer.Consumer) paint.Line {
	p := holding(c, k.at)
	var l paint.Line
	if p.Need != consumer.NeedNothing {
		return l.Join(needs[p.Need])
	}
	l = l.Addf(paint.Plain, "position %d", p.Position)
	if k.led {
		l = l.Addf(paint.Plain, ", %d to read", max(0, k.hw-p.Position))
	}
	if p.Paused {
		l = l.Add(paint.Warn, ", paused by its application")
	}
	return l
}

// thread is what the thread that polls is at.
func (s *scene) thread(c *consumer.Consumer) paint.Line {
	l := paint.Text(paint.Plain, c.App.State.String())
	if c.App.Over {
		l = l.Add(paint.Bad, " · ! an exception has left its loop, it only closes")
	}
	return l
}

// pool is what workers are at, beside the thread that polls.
func (s *scene) pool(c *consumer.Consumer) paint.Line {
	l := s.thread(c)
	for i := range c.Pool.Hands {
		if h := &c.Pool.Hands[i]; h.Busy {
			l = l.Addf(paint.Dim, " · worker %d ", i+1).Add(paint.Key, "▶").Add(paint.Strong, s.names.Message(h.Item.Message))
		}
	}
	if then := messages(c.Pool.Queue); len(then) > 0 {
		l = l.Add(paint.Dim, " · waiting for one "+s.runs(then))
	}
	return l
}

// working is what the application is at.
func (s *scene) working(c *consumer.Consumer) paint.Line {
	a := &c.App
	if c.Config.App.Workers > 0 {
		return s.pool(c)
	}
	if a.State != consumer.Processing || a.Done >= len(a.Batch) {
		return s.thread(c)
	}
	l := paint.Text(paint.Plain, "processing ").Add(paint.Strong, s.names.Message(a.Batch[a.Done].Message))
	if in, ok := s.timer(c.Self, "effect", 0); ok {
		l = l.Addf(paint.Dim, " (%s left)", span(in))
	}
	if then := messages(a.Batch[a.Done+1:]); len(then) > 0 {
		l = l.Add(paint.Dim, ", then "+s.runs(then))
	}
	return l
}
