package tui

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/timeline"
)

// forebears is how many causes of causes are shown.
const forebears = 6

// openCause shows where the event comes from that the cursor is on, and what came of it.
func (m *model) openCause() tea.Cmd {
	p := m.player
	if row := p.row[paneEvents]; p.focus() == paneEvents && row > 0 && row < len(p.scene.choices) {
		return m.openPending(&p.scene.choices[row])
	}
	at := p.pointedAt()
	if at == 0 {
		m.say(paint.Dim, "nothing has happened yet: there is nothing to explain")
		return nil
	}
	return m.openCauseOf(at)
}

// pointedAt is the moment of the line that the cursor is on: in the events, or else the one that is looked at.
func (p *player) pointedAt() int {
	if h, ok := p.underCursor(); ok {
		return h.at
	}
	return p.Tree.Index()
}

// openCauseOf shows what a moment of the line comes from, itself, and what came of it: a row each. Choosing one goes
// there, and the window goes along.
func (m *model) openCauseOf(at int) tea.Cmd {
	p := m.player
	n := &menu{title: fmt.Sprintf("step %d: where it comes from, and what came of it", p.Tree.BareOn(at).Step), stays: true}
	n.items = p.forebears(at, p.Tree.Causes(at), forebears)
	here := len(n.items)
	n.items = append(n.items, p.link(at, "▶", "it"))
	n.items = append(n.items, p.offspring(at)...)
	m.open(n)
	n.at = here
	return nil
}

// openPending shows what something comes from that may happen next.
func (m *model) openPending(c *choice) tea.Cmd {
	p := m.player
	n := &menu{title: "where it would come from", stays: true}
	if causes := p.Tree.CausesOf(c.event, p.Tree.Index()+1); len(causes) > 0 {
		n.items = p.forebears(0, causes, forebears)
	} else {
		n.items = []item{fromTheBeginning}
	}
	n.items = append(n.items, item{line: relation("▶", "", "it may be").Add(paint.Strong, c.text), indent: relationIndent,
		refused: true, preview: p.teller(p.Tree.Index()).trace(c.event)})
	m.open(n)
	return nil
}

// relationIndent is where the words of a row begin.
const relationIndent = 20

// relation begins a row: which step, and what it is to the others.
func relation(mark, step, what string) paint.Line {
	return paint.Text(paint.Key, mark).Addf(paint.Dim, "%6s  %-10s ", step, what)
}

// hows says of each way in which a moment comes from another what that one did.
var hows = map[timeline.How]string{
	timeline.Sent: "sent it", timeline.Set: "set it", timeline.Ordered: "ordered it", timeline.LetGo: "let it go",
	timeline.Silenced: "silence",
}

// forebears are the rows of what a moment comes from, the first cause on top: n generations.
func (p *player) forebears(at int, causes []timeline.Cause, n int) []item {
	if len(causes) == 0 {
		return p.origin(at)
	}
	var out []item
	first := causes[0].At
	if n > 1 && first > 0 {
		out = p.forebears(first, p.Tree.Causes(first), n-1)
	}
	for _, c := range causes {
		out = append(out, p.link(c.At, "▲", hows[c.How]))
	}
	return out
}

// origin is the row of what has no cause in the line: a script's or a person's act, or what was so from the beginning.
func (p *player) origin(at int) []item {
	if !p.Acted(p.Tree.BareOn(at).ID) {
		return []item{fromTheBeginning}
	}
	who, after := p.By(p.Tree.BareOn(at).ID)
	out := []item{said(who)}
	if after {
		out = append(out, p.link(at-1, "▲", "waited for"))
	}
	return out
}

var fromTheBeginning = said("that began before the first step")

// said is a row that is no moment.
func said(text string) item {
	return item{line: relation("▲", "", "").Add(paint.Dim, text), indent: relationIndent, refused: true}
}

// link is the row of a moment.
func (p *player) link(at int, mark, what string) item {
	look := paint.Plain
	if mark == "▶" {
		look = paint.Strong
	}
	x := p.Tree.BareOn(at)
	return item{
		line:    relation(mark, fmt.Sprint(x.Step), what).Add(look, p.gist(at)),
		indent:  relationIndent,
		preview: p.meaning(at),
		trace:   p.trace(at),
		do: func(m *model) tea.Cmd {
			m.player.visit(m, x.ID)
			m.openCauseOf(m.player.Tree.Index())
			m.menu.low = true
			return nil
		},
	}
}

// gist is a moment in one sentence: what it was and the first thing that it told.
func (p *player) gist(at int) string {
	x := p.Tree.BareOn(at)
	if at == 0 {
		return "the beginning"
	}
	text, told := p.eventText(x), p.firstTold(x)
	switch {
	case told == "":
		return text
	case p.Acted(x.ID):
		return told
	}
	return text + between + told
}

// offspring are the rows of what came of a moment.
func (p *player) offspring(at int) []item {
	e := p.Tree.Effects(at)
	var out []item
	for _, j := range e.Happened {
		what := "then"
		switch p.Tree.BareOn(j).Event.Verb {
		case sim.Deliver:
			what = "arrived"
		case sim.Fire:
			what = "rang"
		}
		out = append(out, p.link(j, "▼", what))
	}
	for _, j := range e.Missed {
		out = append(out, p.link(j, "▼", "missed"))
	}
	if next := at + 1; next < p.Tree.Len() && p.Acted(p.Tree.BareOn(next).ID) {
		if _, after := p.By(p.Tree.BareOn(next).ID); after {
			out = append(out, p.link(next, "▼", "script"))
		}
	}
	for _, j := range slices.Compact(e.Lost) {
		out = append(out, p.link(j, "✗", "lost by"))
	}
	rest := func(n int, one, many, tail string) {
		if n > 0 {
			out = append(out, item{line: relation("·", "", "").Add(paint.Dim, paint.Count(n, one, many)+tail),
				indent: relationIndent, refused: true})
		}
	}
	until := fmt.Sprintf(" at step %d", p.Tree.BareOn(e.Until).Step)
	rest(e.Packets, "packet is still in flight", "packets are still in flight", until)
	rest(e.Waits, "timer is still to ring", "timers are still to ring", until)
	rest(e.Dropped, "timer was stopped or set anew before it was due",
		"timers were stopped or set anew before they were due", "")
	if len(out) == 0 {
		out = append(out, item{line: relation("·", "", "").Add(paint.Dim, "nothing came of it: it sent nothing and set no timer"),
			indent: relationIndent, refused: true})
	}
	return out
}

// meaning says in plain words what a moment means, by what it told.
func (p *player) meaning(at int) paint.Line {
	x := p.Tree.BareOn(at)
	var l paint.Line
	for k := range x.Notes {
		if !p.minor(x, &x.Notes[k]) || len(x.Notes) == 1 {
			l = l.Add(paint.Info, p.Names.Meaning(&x.Notes[k])+" ")
		}
	}
	return l
}

// trace is a moment for experts.
func (p *player) trace(at int) paint.Line {
	if at == 0 {
		return nil
	}
	return p.teller(at - 1).trace(p.Tree.BareOn(at).Event)
}

// teller is who tells what may happen after the i-th moment of the line.
func (p *player) teller(i int) *teller { return &teller{p.Tree.On(i).World, p.Names} }

// trace is an event as traces have it, with all that it carries.
func (t *teller) trace(e sim.Event) paint.Line {
	l := paint.Text(paint.Dim, "trace: "+t.names.Expert(t.world, &sim.Happened{Event: e, Body: t.world.Body(e)}))
	if e.Verb == sim.Fire {
		l = l.Addf(paint.Dim, "  (%s timer of a %s)", t.world.Class(e), cluster.KindOf(t.world, e.Node))
	}
	return l
}
