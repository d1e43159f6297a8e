package tui

import (
	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/wire"
)

// groupPane shows consumer groups: what the coordinator says of members and of who reads what, and
// what the members themselves believe.
type groupPane struct{ unchoosable }

func (groupPane) move(m *model, n int) { m.scroll(paneGroup, n, m.groupLines) }

func (groupPane) draw(m *model, w, h int) ([]paint.Line, paint.Line) {
	return scrolled(m.groupLines(w), m.player.row[paneGroup], h)
}

func (m *model) groupLines(w int) []paint.Line {
	s := m.player.scene
	var blocks [][]paint.Line
	for i := range s.groups {
		g := &s.groups[i]
		b := s.groupHead(g, w)
		for _, c := range g.consumers {
			b = append(b, factLines(s.names.Node(c.Self)+" says", s.says(g, c), w)...)
		}
		for k := range g.claims {
			b = append(b, s.claimLines(g, &g.claims[k], w)...)
		}
		blocks = append(blocks, b)
	}
	if len(blocks) == 0 {
		return []paint.Line{paint.Text(paint.Dim, "this scenario has no consumers")}
	}
	return stacked(blocks)
}

// states are how the states of a group are drawn.
var states = map[broker.GroupState]phase{
	broker.Empty:      {"○", "empty", paint.Dim},
	broker.Preparing:  {"↻", "preparing rebalance", paint.Warn},
	broker.Completing: {"⋯", "completing rebalance", paint.Info},
	broker.Stable:     {"●", "stable", paint.Good},
}

// groupHead is the coordinator's word on a group and its members.
func (s *scene) groupHead(g *group, w int) []paint.Line {
	l := paint.Text(paint.Title, string(g.id)).Add(paint.Plain, "  ")
	if g.known == nil {
		out := paint.Wrap(l.Join(s.unknown(g)), w, 2)
		return append(out, s.pretenders(g, w)...)
	}
	l = l.Join(states[g.known.State].line()).Addf(paint.Plain, " · generation %d", g.known.Generation)
	if g.known.Protocol != "" {
		l = l.Addf(paint.Dim, " · assignor %s", g.known.Protocol)
	}
	judge := s.names.Node(g.coordinator)
	out := paint.Wrap(l.Addf(paint.Dim, " · coordinator %s", judge), w, 2)
	out = append(out, s.pretenders(g, w)...)
	label := judge + " says"
	for i := range g.known.Members {
		out = append(out, factLines(label, s.memberLine(g, &g.known.Members[i]), w)...)
		label = ""
	}
	if len(g.known.Members)+len(g.known.Pending) == 0 {
		out = append(out, factLines(label, paint.Text(paint.Dim, "the group has no members"), w)...)
	}
	if l := s.awaited(g); l != nil {
		out = append(out, factLines("waits", l, w)...)
	}
	return out
}

// unknown says why there is nothing to say of a group.
func (s *scene) unknown(g *group) paint.Line {
	switch {
	case g.coordinator == wire.Nobody:
		return paint.Text(paint.Bad, "✗ no coordinator: nobody leads its part of __consumer_offsets")
	case g.loading:
		return paint.Textf(paint.Warn, "⋯ coordinator %s is reading __consumer_offsets", s.names.Node(g.coordinator))
	}
	return paint.Textf(paint.Dim, "○ nobody has joined yet · coordinator %s", s.names.Node(g.coordinator))
}

// pretenders are brokers that believe to be the coordinator and are not.
func (s *scene) pretenders(g *group, w int) []paint.Line {
	var out []paint.Line
	for _, id := range g.pretenders {
		l := paint.Textf(paint.Warn, "! zombie coordinator: %s still believes that it is the one", s.names.Node(id))
		out = append(out, paint.Wrap(paint.Text(paint.Plain, "  ").Join(l), w, 4)...)
	}
	return out
}

// memberLine is the coordinator's word on a member.
func (s *scene) memberLine(g *group, m *broker.Member) paint.Line {
	l := paint.Text(paint.Strong, s.memberName(m.ID)).Add(paint.Plain, " ")
	if m.ID == g.known.Leader {
		l = paint.Text(paint.Strong, s.memberName(m.ID)).Add(paint.Leader, " ♛ ")
	}
	l = l.Join(s.attendance(g, m).line())
	l = l.Add(paint.Plain, " · "+s.owns(m.Partitions))
	if m.Joining || g.known.State != broker.Preparing {
		l = l.Join(s.patience(g, m.ID))
	}
	if g.consumer(m.ID) == nil {
		l = l.Add(paint.Plain, " · ").Join(s.departed(m.ID))
	}
	return l
}

// attendance is where a member stands in the round.
func (s *scene) attendance(g *group, m *broker.Member) phase {
	switch {
	case m.Joining:
		return phase{"●", "has joined", paint.Good}
	case g.known.State == broker.Preparing:
		return phase{"!", "has not come", paint.Warn}
	case m.Syncing:
		return phase{"●", "waits for its share", paint.Good}
	case g.known.State == broker.Completing && m.ID == g.known.Leader:
		return phase{"⋯", "deals out the partitions", paint.Info}
	case g.known.State == broker.Completing:
		return phase{"⋯", "has not asked for its share", paint.Info}
	}
	return phase{"●", "in", paint.Good}
}

func (s *scene) owns(parts []wire.Partition) string {
	if len(parts) == 0 {
		return "owns nothing"
	}
	return "owns " + s.places(parts)
}

func (s *scene) places(parts []wire.Partition) string {
	out := ""
	for i, at := range parts {
		if i > 0 {
			out += " "
		}
		out += s.names.Partition(at)
	}
	return out
}

// departed says what became of the process that a member was.
func (s *scene) departed(id wire.MemberID) paint.Line {
	if w, ill := s.health(id.Client); ill && s.world.Health(id.Client) != sim.Up {
		return paint.Text(w.look, "✗ its process is "+w.text)
	}
	if c, ok := s.world.Node(id.Client).(*consumer.Consumer); ok && c.Member.ID != wire.NoMember {
		return paint.Textf(paint.Warn, "✗ nobody any more: %s is %s now", s.names.Node(id.Client), s.memberName(c.Member.ID))
	}
	return paint.Textf(paint.Warn, "✗ nobody any more: %s is no member", s.names.Node(id.Client))
}

// awaited says what a rebalance waits for, and for how long; nil if there is none.
func (s *scene) awaited(g *group) paint.Line {
	var l paint.Line
	switch k := g.known; {
	case k.Initial:
		l = paint.Text(paint.Warn, "for more members: group.initial.rebalance.delay.ms")
	case k.State == broker.Preparing:
		l = paint.Text(paint.Warn, "for")
		for i := range k.Members {
			if id := k.Members[i].ID; !k.Members[i].Joining {
				l = l.Add(paint.Warn, " "+s.memberName(id)).Join(s.patience(g, id))
			}
		}
	case k.State == broker.Completing && s.dealt(g):
		l = paint.Text(paint.Info, "for the assignment to be committed in __consumer_offsets")
	case k.State == broker.Completing:
		l = paint.Textf(paint.Info, "for %s to deal out the partitions", s.memberName(k.Leader))
	}
	for _, id := range g.known.Pending {
		if l == nil {
			l = paint.Text(paint.Dim, "for")
		}
		l = l.Addf(paint.Warn, " %s", s.memberName(id)).Add(paint.Dim, " to join with the id it was given").
			Join(s.patience(g, id))
	}
	return s.limit(g, l)
}

// patience is how long the coordinator believes in a member that it does not hear of.
func (s *scene) patience(g *group, id wire.MemberID) paint.Line {
	if in, ok := s.timer(g.coordinator, "member-session", broker.SessionTimer(id).Key); ok {
		return paint.Textf(paint.Dim, " (out if silent for another %s)", span(in))
	}
	return nil
}

// dealt tells whether the leader has handed in the assignment.
func (s *scene) dealt(g *group) bool {
	m := g.member(g.known.Leader)
	return m != nil && m.Syncing
}

// limit says how long a rebalance waits at most.
func (s *scene) limit(g *group, l paint.Line) paint.Line {
	name := map[broker.GroupState]string{broker.Preparing: "join", broker.Completing: "sync"}[g.known.State]
	if in, ok := s.timer(g.coordinator, name, g.known.Number); ok && l != nil {
		return l.Addf(paint.Dim, " · no longer than %s", span(in))
	}
	return l
}

// says is a consumer's own word on its membership.
func (s *scene) says(g *group, c *consumer.Consumer) paint.Line {
	if w, ill := s.health(c.Self); ill && s.world.Health(c.Self) != sim.Up {
		return w.line()
	}
	l := s.enrolment(g, c)
	if w, ill := s.health(c.Self); ill {
		l = l.Add(paint.Plain, " · ").Join(w.line())
	}
	l = l.Add(paint.Plain, " · ").Join(s.working(c))
	if in, ok := s.timer(c.Self, "max-poll", 0); ok {
		l = l.Addf(paint.Dim, " · must poll in %s", span(in))
	}
	return l
}
