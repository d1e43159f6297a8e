package tui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/controller"
	"example.com/ksim/sim/wire"
)

// clusterPane shows where every copy of every record is, and who believes what about it.
type clusterPane struct{}

func (clusterPane) move(m *model, n int) {
	r, p := m.layout().panes[paneCluster], m.player
	w, h := r.w-paint.BoxInset, r.h-paint.BoxEdges
	all, h := m.clusterSheet(w, h), m.clusterRows(h)
	from := all.top(p.scene.news, p.scrolled, h)
	p.row[paneCluster] = from
	m.point(paneCluster, n, all, h)
	if to := p.row[paneCluster]; to != from {
		p.scrolled = scrolledTo{row: to, seen: p.scene.news, by: true}
	}
}

// enter opens what can be done to the node under the cursor.
func (clusterPane) enter(m *model) tea.Cmd { return m.enterSpot(paneCluster) }

// draw shows as much of the sheet as there is room for, and below it, always, what the signs in it mean and what is
// on its way.
func (clusterPane) draw(m *model, w, h int) ([]paint.Line, paint.Line) {
	p := m.player
	all, room := m.clusterSheet(w, h), m.clusterRows(h)
	top := all.top(p.scene.news, p.scrolled, room)
	legend := legend(w, all.sight(top, room))
	if len(legend) > 1 && len(all.lines)+len(legend)+stripRows(h) > h {
		legend = legend[:1]
	}
	strip := m.strip(w, max(stripRows(h), h-len(all.lines)-len(legend)))
	shown, foot := scrolled(all.lines, top, h-len(strip)-len(legend))
	return slices.Concat(shown, legend, strip), m.zoomHint(foot)
}

// clusterRows is how many of h rows of the pane scroll.
func (m *model) clusterRows(h int) int {
	if m.player.overview {
		return h - stripRows(h)
	}
	return h - stripRows(h) - 1
}

// clusterSheet is all of the pane that scrolls where it has h rows. Logs have a ruler under them if there is room
// for it.
func (m *model) clusterSheet(w, h int) *sheet {
	s := m.player.scene
	servers := m.serverSheet(w)
	servers.part(nil)
	servers.add(s.internalLines()...)
	servers.add(s.blockedLines()...)
	if m.player.overview {
		out := m.overviewSheet(w)
		out.join(servers)
		return out
	}
	out := m.logSheet(w, true)
	legend := legend(w, out.sight(0, len(out.lines)))
	h -= stripRows(h) + len(servers.lines) + len(legend)
	if len(out.lines) > h {
		out = m.logSheet(w, false)
	}
	if len(out.lines) < h {
		out.add(nil)
	}
	out.join(servers)
	return out
}

// logSheet draws the partitions of the applications' topics.
func (m *model) logSheet(w int, ruled bool) *sheet {
	s, out, seen := m.player.scene, &sheet{}, sights{}
	for i := range s.partitions {
		if i > 0 {
			out.add(nil)
		}
		g := m.grid(&s.partitions[i], w, !ruled, &seen)
		out.part(g.p)
		out.add(g.head(w)...)
		out.add(g.offsets())
		out.saw(&seen)
		out.add(g.transactions()...)
		out.saw(&seen)
		for j := range s.partitions[i].replicas {
			r := &s.partitions[i].replicas[j]
			k := spot{r.id, g.p.at}
			cells := g.cells(r)
			if m.player.pointed(paneCluster, k) {
				cells = marked(cells, g.label)
			}
			out.here(k)
			out.add(cells)
			out.saw(&seen)
			if ruled {
				out.add(g.ruler(r))
				out.saw(&seen)
			}
		}
		if lost := g.lost(); lost != nil {
			out.add(paint.Wrap(lost, w, g.label)...)
		}
	}
	return out
}

// serverSheet are the servers that keep no records: who is in charge of the metadata, and ZooKeeper.
func (m *model) serverSheet(w int) *sheet {
	s, out := m.player.scene, &sheet{}
	out.part(nil)
	out.add(s.serverLines(w, func(id wire.NodeID) paint.Line {
		k, l := spot{node: id}, paint.Text(paint.Plain, s.names.Node(id)+"  ")
		out.here(k)
		if m.player.pointed(paneCluster, k) {
			return marked(l, l.Width()-1)
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
