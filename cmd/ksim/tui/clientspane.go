package tui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// clientsPane shows what producers hold and were told, and what consumers have read.
type clientsPane struct{}

func (clientsPane) move(m *model, n int) {
	r := m.layout().panes[paneClients]
	m.point(paneClients, n, m.clientSheet(r.w-paint.BoxInset), r.h-paint.BoxEdges)
}

// enter opens what can be done to the client under the cursor.
func (clientsPane) enter(m *model) tea.Cmd { return m.enterSpot(paneClients) }

func (clientsPane) draw(m *model, w, h int) ([]paint.Line, paint.Line) {
	return scrolled(m.clientSheet(w).lines, m.player.row[paneClients], h)
}

// clientLines are all clients, without a cursor.
func (m *model) clientLines(w int) []paint.Line { return stacked(m.player.scene.clientBlocks(w)) }

// clientBlocks are a block a client.
func (s *scene) clientBlocks(w int) [][]paint.Line {
	var blocks [][]paint.Line
	for _, p := range s.producers {
		blocks = append(blocks, s.producerLines(p, w))
	}
	for _, c := range s.consumers {
		blocks = append(blocks, s.consumerLines(c, w))
	}
	return append(blocks, s.outboxLines(w)...)
}

// clientSheet is all of the pane.
func (m *model) clientSheet(w int) *sheet {
	s, out := m.player.scene, &sheet{}
	spots := s.clientSpots()
	for i, b := range s.clientBlocks(w) {
		if i > 0 {
			out.add(nil)
		}
		out.here(spots[i])
		if m.player.pointed(paneClients, spots[i]) {
			b[0] = marked(b[0], paint.Width(s.names.Node(spots[i].node))+1)
		}
		out.add(b...)
	}
	return out
}

// clientHead names a client and says what is the matter with it.
func (s *scene) clientHead(id wire.NodeID, what string, w int) []paint.Line {
	l := paint.Text(paint.Title, s.names.Node(id)).Add(paint.Dim, "  "+what)
	if v, ill := s.health(id); ill {
		l = l.Add(paint.Plain, "  ").Join(v.line())
	}
	return paint.Wrap(l, w, 2)
}

// factWidth is how many cells the names of facts take.
const factWidth = 10

// factLines is one fact about a client: its name, and what it is.
func factLines(name string, what paint.Line, w int) []paint.Line {
	l := paint.Text(paint.Dim, "  "+name+" ").Pad(2 + factWidth)
	return paint.Wrap(l.Join(what), w, 2+factWidth)
}

// span is a length of time as a person wants to read it; number and unit stay on one line.
func span(d sim.Duration) string {
	text := fmt.Sprintf("%.1f s", float64(d)/float64(sim.Second))
	switch {
	case d >= sim.Forever/2:
		return "never"
	case d == 0:
		text = "0 ms"
	case d < 10*sim.Millisecond:
		text = fmt.Sprintf("%.2f ms", float64(d)/float64(sim.Millisecond))
	case d < sim.Second:
		text = fmt.Sprintf("%d ms", d/sim.Millisecond)
	}
	return unbroken(text)
}

// mostRuns is how many runs of messages are shown: the latest.
const mostRuns = 30

// runs writes messages in short: m1-m4 m7.
func (s *scene) runs(messages []wire.MessageID) string { return runs(s.names, messages) }

func runs(names *cluster.Names, messages []wire.MessageID) string {
	var out []string
	for i := 0; i < len(messages); {
		j := i + 1
		for j < len(messages) && messages[j].Producer == messages[i].Producer && messages[j].N == messages[j-1].N+1 {
			j++
		}
		if j-i > 3 {
			out = append(out, names.Message(messages[i])+"-"+names.Message(messages[j-1]))
		} else {
			for _, m := range messages[i:j] {
				out = append(out, names.Message(m))
			}
		}
		i = j
	}
	if hidden := len(out) - mostRuns; hidden > 0 {
		out = append([]string{"…"}, out[hidden:]...)
	}
	return strings.Join(out, " ")
}

// held is a few records in brackets.
func (s *scene) held(records []wire.Record) string {
	var ids []wire.MessageID
	for i := range records {
		ids = append(ids, records[i].Message)
	}
	return "[" + s.runs(ids) + "]"
}
