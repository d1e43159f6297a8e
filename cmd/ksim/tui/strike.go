package tui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim"
)

// openChoice lists what one can do about something that may happen next: let it happen out of turn, strike just
// before or after it, or strike whom it happens to.
func (m *model) openChoice(c *choice) tea.Cmd {
	e := c.event
	now := m.strikeItem(e, "it happens before all else that may")
	now.line = strikeLine("now", "let it happen at once, out of turn")
	now.do = func(m *model) tea.Cmd { return m.player.letHappen(m, e) }
	n := &menu{title: c.text, items: []item{now}}
	for _, s := range strikes {
		n.items = append(n.items, item{
			line:    strikeLine(s.word, s.help),
			preview: paint.Text(paint.Dim, "as a command: ").Add(paint.Info, ":"+s.word+" "+m.player.World().Text(e)),
			do:      func(m *model) tea.Cmd { return m.strikeBeside(e, s.there) },
		})
	}
	n.items = append(n.items, m.nodeItems(happensTo(e))...)
	return m.open(n)
}

// happensTo is the node that an event happens to.
func happensTo(e sim.Event) sim.NodeID {
	if e.Verb == sim.Deliver {
		return e.Receiver()
	}
	return e.Node
}

// strikeLine is a word for a moment, and what it means.
func strikeLine(word, help string) paint.Line {
	return paint.Textf(paint.Strong, "%-8s", word).Add(paint.Plain, help)
}

// strikes are the moments beside an event at which one can strike.
var strikes = []struct {
	word, help string
	there      func(p *player, e sim.Event) bool
}{
	{"before", "run on until it is next, then choose what strikes before it",
		func(p *player, e sim.Event) bool { return p.isNext(e) }},
	{"after", "run on until it has happened, then choose what strikes right after it",
		func(p *player, e sim.Event) bool { return p.here().Event == e }},
}

// isNext tells whether an event is what → does.
func (p *player) isNext(e sim.Event) bool {
	next, _, ok := p.coming()
	return ok && next == e
}

// letHappen makes something happen at once.
func (p *player) letHappen(m *model, e sim.Event) tea.Cmd {
	if p.isNext(e) {
		return p.stepExactly(m)
	}
	p.act(m, e)
	return nil
}

// strikeBeside goes on to a moment beside an event that is pending, and asks there what is to strike. Something
// else on the way may see to it that the event never comes.
func (m *model) strikeBeside(e sim.Event, there func(*player, sim.Event) bool) tea.Cmd {
	p := m.player
	text := p.World().Text(e)
	begun, arrived := p.here(), false
	t := trip{to: "to " + text, there: func() bool {
		arrived = there(p, e) && (p.here() != begun || p.isNext(e))
		return arrived || !slices.Contains(p.World().Enabled(nil), e)
	}}
	t.then = func(m *model) tea.Cmd {
		if arrived {
			return m.openActs()
		}
		m.say(paint.Warn, "%q does not happen any more: what came before it saw to that", text)
		return nil
	}
	if t.there() && arrived {
		return t.then(m)
	}
	return p.start(m, t)
}

// strikeCommand reads the event of "before deliver p1>b1".
func (m *model) strikeCommand(text string, there func(*player, sim.Event) bool) tea.Cmd {
	w := m.player.World()
	e, err := w.ParseEvent(text)
	switch {
	case err != nil:
		m.refuse(err)
	case !slices.Contains(w.Enabled(nil), e):
		m.say(paint.Warn, "no: %q is not among what may happen next (pane %s lists it)", text, paneEvents.key())
	default:
		return m.strikeBeside(e, there)
	}
	return nil
}
