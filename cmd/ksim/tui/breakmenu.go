package tui

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// openBreakpoints lists the breakpoints, and what could be one.
func (m *model) openBreakpoints() tea.Cmd {
	p := m.player
	n := &menu{title: "breakpoints: where whatever runs stops"}
	for _, s := range p.pins.stops {
		n.items = append(n.items, p.stopItem(s))
	}
	n.items = append(n.items, item{
		line:    paint.Text(paint.Key, "+ ").Add(paint.Strong, "stop when ...").Add(paint.Dim, "  to be typed"),
		preview: paint.Text(paint.Dim, "as in a script's `when`, or what becomes of a message; `ksim list --notes` lists the notes"),
		do:      func(m *model) tea.Cmd { return m.openStopPrompt("") },
	})
	for _, r := range p.readyMade() {
		n.items = append(n.items, item{
			line:    paint.Text(paint.Key, "+ ").Addf(paint.Plain, "%-32s", r.text).Add(paint.Dim, "  "+r.why),
			indent:  36,
			preview: paint.Text(paint.Dim, "typed: ").Add(paint.Info, ":break "+r.text),
			do: func(m *model) tea.Cmd {
				if err := p.addStop(m, r.text); err != nil {
					m.refuse(err)
				}
				return nil
			},
		})
	}
	return m.open(n)
}

// stopItem is a breakpoint in the list.
func (p *player) stopItem(s *stop) item {
	state, look := "◉ on   ", paint.Strong
	if s.off {
		state, look = "○ off  ", paint.Dim
	}
	again := func(m *model) tea.Cmd {
		at := m.menu.at
		p.repin()
		m.openBreakpoints()
		m.menu.at = min(at, len(m.menu.items)-1)
		return nil
	}
	return item{
		line:    paint.Text(paint.Key, state).Addf(look, "%-27s", s.Text).Add(paint.Dim, "  "+p.times(s)),
		preview: paint.Text(paint.Dim, "Enter switches it on and off, x removes it; c goes on to the next, C back to the one before"),
		stays:   true,
		do:      func(m *model) tea.Cmd { s.off = !s.off; return again(m) },
		drop:    func(m *model) tea.Cmd { p.dropStop(s.Text); return again(m) },
	}
}

// times says how often a breakpoint comes up on the line, as far as that is known.
func (p *player) times(s *stop) string {
	n := 0
	for i := range p.Tree.Len() {
		if s.Known(i) {
			n++
		}
	}
	switch {
	case n == 1:
		return "once on this line"
	case n > 0:
		return fmt.Sprintf("%d times on this line", n)
	case s.OfFate():
		return "not looked for yet"
	}
	return "nowhere on this line"
}

// openStopPrompt asks for a breakpoint. What can't be one is said, and may be mended.
func (m *model) openStopPrompt(text string) tea.Cmd {
	m.prompt = &prompt{lead: "stop when ", text: text,
		hint: "b1 answered m3 · before b1 crashed · any HW advanced orders-0 #2 · m3 is acked-lost · anything is lost",
		done: func(m *model, text string) tea.Cmd {
			if text == "" {
				return nil
			}
			if err := m.player.addStop(m, text); err != nil {
				m.refuse(err)
				return m.openStopPrompt(text)
			}
			return nil
		}}
	return nil
}

// suggestion is a breakpoint that one could want, and what it is about.
type suggestion struct{ text, why string }

// readyMade are breakpoints for what is under the cursor: what happened, a message, the partitions.
func (p *player) readyMade() []suggestion {
	all := p.stopsLikeNotes()
	if id, ok := p.messageAtHand(); ok {
		m := p.Names.Message(id)
		told := suggestion{"any acked " + m, "the application is told that " + m + " is written"}
		gone := suggestion{m + " is acked-lost", "it was told so, and the leader does not have it"}
		if p.scene.unanswered(id) {
			told = suggestion{"any sent-ok " + m, "acks=0: the application takes " + m + " for written, nobody answers"}
			gone = suggestion{m + " is lost", "no log has it, and nobody had promised otherwise"}
		}
		all = append(all, told, suggestion{"any effect applied " + m, "an application applies " + m}, gone)
	}
	for i := range min(len(p.scene.partitions), 2) {
		at := p.Names.Partition(p.scene.partitions[i].at)
		all = append(all, suggestion{"any HW advanced " + at, "consumers may read on in " + at},
			suggestion{"any elected " + at, at + " gets another leader"})
	}
	if p.scene.promises() {
		all = append(all, suggestion{"anything is acked-lost", "a promise is broken"})
	} else {
		all = append(all, suggestion{"anything is lost", "no log has it, and nobody had promised otherwise"})
	}
	all = append(all, suggestion{"anything is duplicated", "something is there, or was done, twice"})
	var out []suggestion
	for _, r := range all {
		_, err := p.Breakpoint(r.text) // not everybody is here in every scenario
		set := p.hasStop(r.text) || slices.ContainsFunc(out, func(o suggestion) bool { return o.text == r.text })
		if err == nil && !set {
			out = append(out, r)
		}
	}
	return out
}

func (p *player) hasStop(text string) bool {
	return slices.ContainsFunc(p.pins.stops, func(s *stop) bool { return s.Text == text })
}

// mostLikeNotes is how many of the notes of a moment are made into suggestions.
const mostLikeNotes = 2

// stopsLikeNotes are breakpoints for when the like of what happened happens again.
func (p *player) stopsLikeNotes() (out []suggestion) {
	at := p.Tree.On(p.pointedAt())
	for i := range at.Notes {
		n := &at.Notes[i]
		if len(out) < 2*mostLikeNotes && !p.minor(at, n) {
			kind := n.Kind.Row().Name
			out = append(out,
				suggestion{p.Names.PatternFor(n), fmt.Sprintf("as at step %d", at.Step)},
				suggestion{p.Names.Node(n.Node) + " " + kind, "likewise, whatever it is about"})
		}
	}
	return out
}

// messageAtHand is the message that is looked at, or the newest; false if there is none.
func (p *player) messageAtHand() (wire.MessageID, bool) {
	all, m := p.scene.fates, p.chosen()
	switch {
	case p.scene.fate(m) != nil:
		return m, true
	case len(all) > 0:
		return all[len(all)-1].Message, true
	}
	return m, false
}

// unanswered tells of a message whether its producer does not ask to be told that it is written.
func (s *scene) unanswered(m wire.MessageID) bool {
	p, ok := cluster.ProducerOf(s.world, m.Producer)
	return ok && p.Config.Acks == 0
}

// promises tells whether anybody asks to be told that messages are written.
func (s *scene) promises() bool {
	return len(s.writers) > 0 || slices.ContainsFunc(s.producers, func(p *producer.Producer) bool { return p.Config.Acks != 0 })
}
