package tui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// openHere opens everything that can be done to what is under the cursor: a pending event, or a node. Where the
// pane has no such cursor one chooses a node first.
func (m *model) openHere() tea.Cmd {
	p := m.player
	switch id := p.focus(); id {
	case paneCluster, paneClients:
		return m.enterSpot(id)
	case paneEvents:
		if row := p.row[paneEvents]; row >= 0 && row < len(p.scene.choices) {
			return m.openChoice(&p.scene.choices[row])
		}
	}
	return m.openNodes()
}

// openNodes lists the nodes.
func (m *model) openNodes() tea.Cmd {
	s := m.player.scene
	n := &menu{title: "to which node?"}
	for i := range s.world.Nodes() {
		id := wire.NodeID(i + 1)
		l := paint.Textf(paint.Strong, "%-*s", s.widestNode()+2, s.names.Node(id)).Add(paint.Dim, cluster.KindOf(s.world, id))
		if w, ill := s.health(id); ill {
			l = l.Add(paint.Plain, "  ").Join(w.line())
		}
		n.items = append(n.items, item{line: l, do: func(m *model) tea.Cmd { return m.openNode(id) }})
	}
	return m.open(n)
}

func (s *scene) widestNode() int {
	w := 0
	for i := range s.world.Nodes() {
		w = max(w, paint.Width(s.names.Node(wire.NodeID(i+1))))
	}
	return w
}

// openNode lists what can be done to a node and its connections.
func (m *model) openNode(id wire.NodeID) tea.Cmd {
	return m.open(&menu{title: m.player.Names.Node(id) + ": do what?", items: m.nodeItems(id)})
}

// nodeItems are the acts on a node: by subject, and after all of them, an act a row, those that are refused now.
func (m *model) nodeItems(id wire.NodeID) []item {
	w := m.player.World()
	var out, refused []item
	if begins := m.beginItems(func(n sim.NodeID) bool { return n == id }); len(begins) > 0 {
		out = append(append(out, heading("its start")), begins...)
	}
	bySubject(w, func(subject string, acts []*sim.Act) {
		var items []item
		for _, a := range acts {
			now, not := m.strikesOn(a, func(e sim.Event) bool { return concerns(w, e, id) })
			items, refused = append(items, now...), append(refused, not...)
		}
		if len(items) > 0 {
			out = append(append(out, heading(subject)), items...)
		}
	})
	if len(refused) > 0 {
		out = append(append(out, heading("not now")), refused...)
	}
	return out
}

// strikesOn are the events of an act, of some kind, that are possible now; and if others are not, one row that says
// why of the first.
func (m *model) strikesOn(a *sim.Act, some func(sim.Event) bool) (now, not []item) {
	for _, it := range m.strikeItems(a, some) {
		switch {
		case !it.refused:
			now = append(now, it)
		default:
			not = append(not, it)
		}
	}
	if more := len(not) - 1; more > 0 {
		not = not[:1]
		not[0].line = not[0].line.Addf(paint.Dim, "; %d more like it", more)
	}
	return now, not
}

// concerns tells whether an act is about a node: it strikes the node, one of its connections, or names it.
func concerns(w *sim.World, e sim.Event, id wire.NodeID) bool {
	return e.Node == id || e.Peer == id ||
		slices.Contains(strings.FieldsFunc(e.Text, func(r rune) bool { return r == ' ' || r == '=' }), w.Name(id))
}
