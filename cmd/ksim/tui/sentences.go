package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/wire"
)

// statePane tells how everything stands, a sentence or two a row, for those who would rather hear than
// look. It has no place among the panes: they show the same.
type statePane struct{ unchoosable }

func (statePane) move(*model, int) {}

func (statePane) draw(m *model, _, _ int) ([]paint.Line, paint.Line) { return m.sentences(), nil }

// openState lays the sentences over the screen.
func (m *model) openState() tea.Cmd {
	n := &menu{title: "how everything stands"}
	for _, l := range m.sentences() {
		n.items = append(n.items, item{line: l, indent: 2})
	}
	return m.open(n)
}

// sentences are the moment that is being looked at in words: when it is, every partition with its
// replicas, who is in charge, what is cut off, every client, and what became of the messages.
func (m *model) sentences() []paint.Line {
	s := m.player.scene
	plainName := func(id wire.NodeID) paint.Line { return paint.Text(paint.Plain, s.names.Node(id)+" ") }
	out := []paint.Line{m.player.place()}
	for i := range s.partitions {
		out = append(out, s.partitionSentences(&s.partitions[i])...)
	}
	for _, some := range [][]paint.Line{s.serverLines(far, plainName), s.internalLines(), s.blockedLines(), s.flightLines(s.inFlight, far, 1),
		m.clientLines(far), {s.tallyLine()}, s.verdictLines(far)} {
		out = append(out, some...)
	}
	return slices.DeleteFunc(out, func(l paint.Line) bool { return l.Width() == 0 })
}

// place says where the player is.
func (p *player) place() paint.Line {
	l := paint.Textf(paint.Strong, "step %d of %d", p.here().Step, p.Tree.On(p.Tree.Len()-1).Step).
		Addf(paint.Plain, ", %s, on %s", p.World().Now(), p.branch())
	if p.Left() {
		l = l.Add(paint.Warn, ", the script was left")
	}
	return l
}

// partitionSentences say who leads a partition, and what each of its replicas holds.
func (s *scene) partitionSentences(p *partition) []paint.Line {
	out := []paint.Line{paint.Text(paint.Title, s.names.Partition(p.at)).Add(paint.Plain, ": ").
		Join(s.leadership(p)).Addf(paint.Plain, ", ISR %s", s.names.Set(p.state.ISR))}
	for i := range p.replicas {
		r := &p.replicas[i]
		out = append(out, paint.Text(paint.Strong, "  "+s.names.Node(r.id)+" ").
			Join(s.standing(p, r).said()).Add(paint.Plain, s.holds(r)))
	}
	return out
}

// holds says what the log of a replica has in it.
func (s *scene) holds(r *replica) string {
	if r.log == nil {
		return "; it has no log of it"
	}
	var records []wire.Record
	for i := range r.log.Batches.Len() {
		records = append(records, r.log.Batches.At(i).Records...)
	}
	var said []string
	if len(records) == 0 {
		said = append(said, "its log is empty")
	} else {
		said = append(said, "its log has "+s.names.Records(records))
	}
	said = append(said, fmt.Sprintf("it ends at %d", r.log.End()))
	if r.role != nil {
		said = append(said, fmt.Sprintf("high watermark %d", r.role.HW))
	}
	return "; " + strings.Join(append(said, fmt.Sprintf("on disk to %d", r.log.Flushed)), ", ")
}
