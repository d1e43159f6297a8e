package tui

import (
	"slices"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
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

// groupHead is the coordinator's word on a group and its members.
func (s *scene) groupHead(g *group, w int) []paint.Line {
	l := paint.Text(paint.Title, string(g.id)).Add(paint.Plain, "  ")
	r := g.roster
	if r == nil {
		out := paint.Wrap(l.Join(s.unknown(g)), w, 2)
		return append(out, s.pretenders(&g.office, w)...)
	}
	l = l.Join(r.state.line()).Add(paint.Plain, " · "+r.epoch)
	if r.assignor != "" {
		l = l.Add(paint.Dim, " · assignor "+r.assignor)
	}
	judge := s.names.Node(g.coordinator)
	out := paint.Wrap(l.Add(paint.Dim, " · coordinator "+judge), w, 2)
	out = append(out, s.pretenders(&g.office, w)...)
	label := judge + " says"
	for i := range r.members {
		out = append(out, factLines(label, s.memberLine(g, &r.members[i]), w)...)
		label = ""
	}
	if len(r.members) == 0 {
		out = append(out, factLines(label, paint.Text(paint.Dim, "the group has no members"), w)...)
	}
	if r.waits != nil {
		out = append(out, factLines("waits", r.waits, w)...)
	}
	return out
}

// unknown says why there is nothing to say of a group.
func (s *scene) unknown(g *group) paint.Line {
	if g.empty() {
		return s.vacancy(&g.office)
	}
	word := "nobody has joined yet"
	if !slices.ContainsFunc(g.consumers, func(c *consumer.Consumer) bool { return len(c.Config.Assign) == 0 }) {
		word = "assign(): no group, its offsets are kept all the same"
	}
	return paint.Textf(paint.Dim, "○ %s · coordinator %s", word, s.names.Node(g.coordinator))
}

// memberLine is the coordinator's word on a member.
func (s *scene) memberLine(g *group, m *member) paint.Line {
	l := paint.Text(paint.Strong, s.memberName(m.id)).Add(paint.Plain, " ")
	if m.leads {
		l = l.Add(paint.Leader, "♛ ")
	}
	l = l.Join(m.stands.line()).Add(paint.Plain, " · "+s.owns(m.owns)).Join(m.then)
	if g.consumer(m.id) == nil {
		l = l.Add(paint.Plain, " · ").Join(s.departed(m.id))
	}
	return l
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
	if c, ok := cluster.ConsumerOf(s.world, id.Client); ok && c.Member.ID != wire.NoMember {
		return paint.Textf(paint.Warn, "✗ nobody any more: %s is %s now", s.names.Node(id.Client), s.memberName(c.Member.ID))
	}
	return paint.Textf(paint.Warn, "✗ nobody any more: %s is no member", s.names.Node(id.Client))
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
