package tui

import (
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/wire"
)

// overviewKeys change how the cluster is shown.
func overviewKeys() []binding {
	return []binding{{keys: []string{"o"}, where: atPlay,
		help: "overview: the cluster with one row a partition, or its logs cell by cell again", do: (*model).toggleOverview}}
}

// overviewCommands do the same.
func overviewCommands() []command {
	return []command{{names: []string{"overview"}, where: atPlay, pane: clusterPane{},
		help: "the cluster with one row a partition, or its logs again", do: plainly((*model).toggleOverview)}}
}

func (m *model) toggleOverview() tea.Cmd {
	p := m.player
	p.overview, p.scrolled = !p.overview, scrolledTo{}
	p.looked.lookAt(paneCluster)
	return nil
}

// zoomHint offers the overview where not all logs have room, and in the overview the logs.
func (m *model) zoomHint(foot paint.Line) paint.Line {
	to := "overview"
	switch {
	case m.player.overview:
		to = "logs"
	case len(m.player.scene.partitions) < 2:
		return foot
	case foot == nil:
		return nil
	}
	hint := paint.Text(paint.Key, "o").Add(paint.Dim, " "+to)
	if foot == nil {
		return hint
	}
	return foot.Add(paint.Dim, " · ").Join(hint)
}

// overviewSheet has a row a partition.
func (m *model) overviewSheet(w int) *sheet {
	s, out := m.player.scene, &sheet{}
	names := len("partition")
	var widths []int // of the replicas, by their place
	for i := range s.partitions {
		p := &s.partitions[i]
		names = max(names, paint.Width(s.names.Partition(p.at)))
		for j := range p.replicas {
			if j == len(widths) {
				widths = append(widths, 0)
			}
			widths[j] = max(widths[j], s.brief(p, &p.replicas[j]).Width())
		}
	}
	out.part(nil)
	out.add(paint.Wrap(paint.Text(paint.Title, "  partition").Pad(names+4).
		Add(paint.Dim, "LEO/HW · ♛ leads · ● changed now · out: under-replicated"), w, names+4)...)
	for i := range s.partitions {
		p := &s.partitions[i]
		out.part(p)
		l := paint.Text(paint.Plain, "  ")
		if s.touched(p) {
			l = paint.Text(paint.Info|paint.Changed, "● ")
		}
		l = l.Add(paint.Title, s.names.Partition(p.at)).Pad(names + 2)
		for j := range p.replicas {
			k := spot{p.replicas[j].id, p.at}
			cell := s.brief(p, &p.replicas[j]).Pad(widths[j])
			if out.here(k); m.player.pointed(paneCluster, k) {
				cell = paint.Text(paint.Key, "▶").Join(cell).With(paint.Chosen)
			} else {
				cell = paint.Text(paint.Plain, " ").Join(cell)
			}
			l = l.Add(paint.Plain, " ").Join(cell)
		}
		out.add(rowAndState(l, s.state(p), names+2, w)...)
	}
	out.add(nil)
	return out
}

// rowAndState are the replicas of a partition and its state behind them or, where there is too little room, below.
func rowAndState(row, state paint.Line, indent, w int) []paint.Line {
	if one := row.Join(state); one.Width() <= w {
		return []paint.Line{one.Fit(w)}
	}
	below := paint.Text(paint.Plain, "").Pad(indent).Join(state)
	return append(paint.Wrap(row, w, indent), paint.Wrap(below, w, indent+2)...)
}

// brief is one replica: who leads, how far its log and its high watermark are, and if it does not run.
func (s *scene) brief(p *partition, r *replica) paint.Line {
	name, look := paint.Strong, paint.Plain
	if s.freshReplica(p, r) {
		look |= paint.Changed
	}
	l := paint.Text(name, s.names.Node(r.id))
	switch {
	case p.leader == r.id:
		l = l.Add(paint.Leader, "♛")
	case r.leads():
		l = l.Add(paint.Warn, "♕")
	}
	end, hw := "-", "-"
	if r.log != nil {
		end = strconv.FormatInt(r.log.End(), 10)
	}
	if r.role != nil {
		hw = strconv.FormatInt(r.role.HW, 10)
	}
	l = l.Add(look, " "+end+"/"+hw)
	if state, ill := s.health(r.id); ill {
		what, _, _ := strings.Cut(state.text, ":")
		l = l.Add(state.look, " "+what)
	}
	return l
}

// state is what is wrong with a partition, and its in-sync replicas, which those who are out tell, too, where there
// is little room.
func (s *scene) state(p *partition) paint.Line {
	isr := p.state.ISR
	l := paint.Text(paint.Plain, "  ")
	wrong := func(look paint.Look, text string) { l = l.Add(look, text).Add(paint.Dim, " · ") }
	switch {
	case p.state.Leader == wire.Nobody:
		wrong(paint.Bad, "offline")
	case p.leader == wire.Nobody:
		wrong(paint.Bad, s.names.Node(p.state.Leader)+" not leading")
	}
	if isr.Len() < p.minISR() {
		wrong(paint.Bad, "below min ISR")
	}
	if out := wire.Nodes(p.state.Replicas...) &^ isr; out != 0 {
		wrong(paint.Warn, s.names.Set(out)+" out")
	}
	if s.tells(func(n *wire.Note) bool { return n.Kind == wire.Elected && n.Unclean && n.At == p.at }) {
		wrong(paint.Bad, "unclean election")
	}
	for o, x := range outcomes {
		if n := p.unended(outcome(o)); n > 0 {
			wrong(x.look, x.glyph+" "+strconv.Itoa(n)+" txn "+x.name)
		}
	}
	return l.Add(paint.Plain, "ISR "+s.names.Set(isr))
}

// unended counts the transactions in a partition that are not over, by how far they are.
func (p *partition) unended(o outcome) int {
	n := 0
	for i := range p.spans {
		if x := p.spans[i].outcome; x == o && x != committedTxn && x != abortedTxn {
			n++
		}
	}
	return n
}

// touched tells whether the moment told of something in a partition.
func (s *scene) touched(p *partition) bool {
	return s.tells(func(n *wire.Note) bool { return n.At == p.at && placed(n) })
}

// freshReplica tells whether the moment told of something at one replica.
func (s *scene) freshReplica(p *partition, r *replica) bool {
	return s.tells(func(n *wire.Note) bool { return n.Node == r.id && (n.At == p.at || !placed(n)) })
}

// tells tells whether the moment has a note of some kind.
func (s *scene) tells(kind func(*wire.Note) bool) bool {
	for i := range s.moment.Notes {
		if kind(&s.moment.Notes[i]) {
			return true
		}
	}
	return false
}
