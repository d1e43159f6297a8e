package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim"
	"example.com/ksim/sim/controller"
	"example.com/ksim/sim/wire"
)

// clusterPane shows where every copy of every record is, and who believes what about it.
type clusterPane struct{}

func (clusterPane) move(m *model, n int) {
	r := m.layout().panes[paneCluster]
	h := r.h - paint.BoxEdges
	m.point(paneCluster, n, m.clusterSheet(r.w-paint.BoxInset, h), h)
}

// enter opens what can be done to the node under the cursor.
func (clusterPane) enter(m *model) tea.Cmd { return m.enterSpot(paneCluster) }

func (clusterPane) draw(m *model, w, h int) ([]paint.Line, paint.Line) {
	return scrolled(m.clusterSheet(w, h).lines, m.player.row[paneCluster], h)
}

// clusterSheet is all of the pane. Logs have a ruler under them if there is room for it.
func (m *model) clusterSheet(w, h int) *sheet {
	s := m.player.scene
	out, seen := m.logSheet(w, true)
	rest := append(s.internalLines(), s.networkLines(w)...)
	servers := m.serverSheet(w)
	legend := legend(w, seen)
	below := len(servers.lines) + len(rest) + len(legend)
	if len(out.lines)+below > h {
		out, _ = m.logSheet(w, false)
	}
	if len(out.lines)+below+1 <= h {
		out.add(nil)
	}
	out.join(servers)
	out.add(rest...)
	out.add(legend...)
	return out
}

// sights are what was drawn in logs, and so what a legend has to explain.
type sights struct {
	defects  defect
	outcomes uint8 // bits
	markers  bool
	gaps     bool // offsets whose records a cleaner has removed
	stable   bool // a last stable offset below the high watermark
}

// legend says what the signs in the logs mean.
func legend(w int, seen sights) []paint.Line {
	l := paint.Text(paint.Dim, "▐ on disk  ░ page cache  ┤ high watermark  e0 epoch 0 starts")
	for _, f := range defects {
		if seen.defects&f.defect != 0 {
			l = l.Add(paint.Plain, "  ").Add(f.look, f.glyph).Add(paint.Dim, " "+f.word)
		}
	}
	if seen.stable {
		l = l.Add(paint.Dim, "  ┼ last stable offset")
	}
	if seen.markers {
		l = l.Add(paint.Dim, "  C A commit, abort markers")
	}
	if seen.gaps {
		l = l.Add(paint.Dim, "  · cleaned away")
	}
	for o, x := range outcomes {
		if seen.outcomes&(1<<o) != 0 {
			l = l.Add(paint.Plain, "  ").Add(x.look, x.glyph).Add(paint.Dim, " "+x.name)
		}
	}
	return paint.Wrap(l, w, 0)
}

// logSheet draws the partitions of the applications' topics, and tells which defects they have.
func (m *model) logSheet(w int, ruled bool) (out *sheet, seen sights) {
	s := m.player.scene
	out = &sheet{}
	for i := range s.partitions {
		if i > 0 {
			out.add(nil)
		}
		g := m.grid(&s.partitions[i], w, !ruled, &seen)
		out.add(g.head(w)...)
		out.add(g.offsets())
		out.add(g.transactions()...)
		for j := range s.partitions[i].replicas {
			r := &s.partitions[i].replicas[j]
			k := spot{r.id, g.p.at}
			cells := g.cells(r)
			if m.player.pointed(paneCluster, k) {
				cells = marked(cells, g.label)
			}
			out.here(k)
			out.add(cells)
			if ruled {
				out.add(g.ruler(r))
			}
		}
		if lost := g.lost(); lost != nil {
			out.add(lost)
		}
	}
	return out, seen
}

// serverSheet are the servers that keep no records: who is in charge of the metadata, and ZooKeeper.
func (m *model) serverSheet(w int) *sheet {
	s, out := m.player.scene, &sheet{}
	out.add(s.serverLines(w, func(id wire.NodeID) paint.Line {
		k, l := spot{node: id}, paint.Text(paint.Plain, s.names.Node(id)+" ")
		out.here(k)
		if m.player.pointed(paneCluster, k) {
			return marked(l, l.Width())
		}
		return l
	})...)
	return out
}

// serverLines are those servers, each called by a name.
func (s *scene) serverLines(w int, name func(wire.NodeID) paint.Line) []paint.Line {
	out := paint.Wrap(s.controllerLine(name), w, 2)
	if s.zookeeper != nil {
		out = append(out, s.zookeeperLine(name))
	}
	return out
}

func (s *scene) controllerLine(name func(wire.NodeID) paint.Line) paint.Line {
	l := paint.Text(paint.Title, "controllers")
	for _, k := range s.controllers {
		l = l.Add(paint.Plain, "  ").Join(name(k.Self))
		switch state, ill := s.health(k.Self); {
		case ill:
			l = l.Join(state.line())
		case k.Role == controller.Leader:
			l = l.Addf(paint.Leader, "active (epoch %d)", k.Epoch).Join(s.overdue(k))
		case k.Role == controller.Candidate:
			l = l.Addf(paint.Warn, "candidate (epoch %d)", k.Epoch)
		default:
			l = l.Addf(paint.Dim, "follows %s", s.names.Node(k.Leader))
		}
	}
	return l
}

// zookeeperLine is what consumers of before 0.9 keep in ZooKeeper.
func (s *scene) zookeeperLine(name func(wire.NodeID) paint.Line) paint.Line {
	l := paint.Text(paint.Title, "ZooKeeper").Add(paint.Plain, "  ").Join(name(s.zookeeper.Self))
	if w, ill := s.health(s.zookeeper.Self); ill {
		l = l.Join(w.line())
	}
	for _, o := range s.zookeeper.Offsets {
		l = l.Addf(paint.Plain, " %s:%s=%d", o.Group, s.names.Partition(o.At), o.Offset)
	}
	return l
}

// internalLines are the internal topics, a line a partition.
func (s *scene) internalLines() []paint.Line {
	var out []paint.Line
	for i := range s.internal {
		p := &s.internal[i]
		l := paint.Text(paint.Title, s.names.Partition(p.at)+"  ").Join(s.leadership(p))
		if hw, ok := p.highWatermark(); ok {
			l = l.Addf(paint.Dim, "  HW %d", hw)
		}
		out = append(out, l)
	}
	return out
}

// highWatermark is the leader's; false if nobody leads.
func (p *partition) highWatermark() (int64, bool) {
	for i := range p.replicas {
		if r := &p.replicas[i]; r.id == p.leader && r.role != nil {
			return r.role.HW, true
		}
	}
	return 0, false
}

// networkLines say what is partitioned, and what is on its way and more than "still here".
func (s *scene) networkLines(w int) []paint.Line {
	var out []paint.Line
	for a := range s.world.Nodes() {
		for b := range s.world.Nodes() {
			from, to := wire.NodeID(a+1), wire.NodeID(b+1)
			if s.world.Blocked(from, to) {
				out = append(out, paint.Textf(paint.Warn, "partitioned: nothing %s sends reaches %s",
					s.names.Node(from), s.names.Node(to)))
			}
		}
	}
	return append(out, paint.Wrap(s.flying(), w, 2)...)
}

// flying is what is on its way and says something.
func (s *scene) flying() paint.Line {
	title := paint.Text(paint.Title, "in flight ")
	l := title
	for i := range s.flights {
		f := &s.flights[i]
		if f.Idle || f.Fin() {
			continue
		}
		if len(l) > len(title) {
			l = l.Add(paint.Dim, unbroken(" ·"))
		}
		l = l.Join(s.flight(f))
	}
	if len(l) == len(title) {
		l = l.Add(paint.Dim, " nothing")
	}
	return l
}

// flight is one packet.
func (s *scene) flight(f *sim.Flight) paint.Line {
	t := teller{s.world, s.names}
	back := f.From == f.Conn.Server
	text := t.body(f.Body, back)
	look := paint.Dim
	if carries(f.Body) {
		look = paint.Plain
	}
	l := paint.Text(paint.Plain, " ").
		Add(look, unbroken(s.names.Node(f.From)+"→"+s.names.Node(f.To)+" "+text))
	switch {
	case f.Held:
		l = l.Add(paint.Warn, unbroken(" (held)"))
	case s.world.Blocked(f.From, f.To):
		l = l.Add(paint.Warn, unbroken(" (stalled)"))
	case f.Waiting:
		l = l.Add(paint.Dim, unbroken(" (the server is busy)"))
	}
	return l
}

// unbroken is a text that stays on one line if it can.
func unbroken(text string) string { return strings.ReplaceAll(text, " ", "\u00a0") }

// carries tells whether a packet has records in it.
func carries(b wire.Body) bool {
	switch b := b.(type) {
	case *wire.ProduceRequest:
		return true
	case *wire.FetchResponse:
		for i := range b.Partitions {
			if len(b.Partitions[i].Batches) > 0 {
				return true
			}
		}
	}
	return false
}
