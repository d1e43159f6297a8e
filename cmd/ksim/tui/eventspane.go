package tui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/timeline"
)

// eventsPane shows what happened, and below it what may happen next. Its cursor moves in both: rows
// from 0 on are choices, rows below 0 are what happened, the latest first.
type eventsPane struct{}

func (eventsPane) move(m *model, n int) {
	p := m.player
	row := &p.row[paneEvents]
	*row = min(*row+n, len(p.scene.choices)-1)
	if *row < 0 {
		*row = max(*row, -len(p.past(-*row)))
	}
}

func (eventsPane) point(m *model, row int) { m.player.row[paneEvents] = row }

// enter goes to what happened, or makes happen what may.
func (eventsPane) enter(m *model) tea.Cmd {
	p := m.player
	row := p.row[paneEvents]
	switch {
	case row >= 0 && row < len(p.scene.choices):
		return p.letHappen(m, p.scene.choices[row].event)
	case row < 0:
		p.motion.stop()
		p.seek(p.pointedAt())
	}
	return nil
}

// underCursor is what happened that the cursor of the events is on; false if they do not have the keys, or it is on
// none.
func (p *player) underCursor() (happening, bool) {
	row := p.row[paneEvents]
	if p.focus() != paneEvents || row >= 0 {
		return happening{}, false
	}
	past := p.past(-row)
	if len(past) == 0 {
		return happening{}, false
	}
	return past[len(past)-1], true
}

// stepExactly does what → would do next, be it ever so small.
func (p *player) stepExactly(m *model) tea.Cmd {
	return p.start(m, trip{to: "to the next step", filmed: true, there: func() bool { return true }})
}

// happening is one thing that happened.
type happening struct {
	at   int    // index of its moment on the line
	step string // empty: more is told of the step before it
	text string
	word string // in the glossary
	look paint.Look

	weight int    // the less, the more it decides
	means  string // in plain words, for whoever sees it for the first time
}

// past are the last n things that happened, the latest first.
func (p *player) past(n int) []happening {
	var out []happening
	for i := p.Tree.Index(); i > 0 && len(out) < n; i-- {
		told := p.tellings(i)
		for k := len(told) - 1; k >= 0; k-- {
			out = append(out, told[k])
		}
	}
	return out[:min(n, len(out))]
}

func (eventsPane) draw(m *model, w, h int) ([]paint.Line, paint.Line) {
	p := m.player
	row := p.row[paneEvents]
	below := min(len(p.scene.choices)+1, max(h*2/5, 3))
	var out []paint.Line
	out = append(out, m.pastLines(w, h-below, row)...)
	out = append(out, divider(" what may happen next ", w))
	from := window(max(row, 0), len(p.scene.choices), below-1)
	for i := from; i < len(p.scene.choices) && len(out) < h; i++ {
		l := p.scene.choices[i].line(w, i == row && p.focus() == paneEvents)
		out = append(out, l.Fit(w).On(paneEvents.spot(i)))
	}
	return out, nil
}

func divider(text string, w int) paint.Line {
	l := paint.Text(paint.Frame, "──").Add(paint.Title, text)
	return l.Add(paint.Frame, strings.Repeat("─", max(0, w-l.Width())))
}

// line draws a choice.
func (c *choice) line(w int, chosen bool) paint.Line {
	look, mark := paint.Plain, "  "
	if c.idle {
		look = paint.Dim
	}
	switch {
	case c.next:
		look, mark = paint.Strong, "▷ "
	case chosen:
		mark = "› "
	}
	in := "in " + span(c.in)
	if c.scripted {
		in = "script"
	}
	l := paint.Text(paint.Key, mark).Addf(paint.Dim, "%-10s ", in).Add(look, c.text)
	if chosen {
		return l.Fit(w).With(paint.Chosen)
	}
	return l
}

// pastLines draws what happened in h rows, the latest at the bottom.
func (m *model) pastLines(w, h, row int) []paint.Line {
	p := m.player
	past := p.past(h + max(0, -row))
	skip := 0 // the latest ones make room for the cursor
	if row < 0 {
		skip = max(0, -row-h/2)
	}
	var rows []paint.Line // from the bottom up
	for i := skip; i < len(past) && len(rows) < h; i++ {
		lines := past[i].lines(p, w, -row-1 == i && p.focus() == paneEvents)
		for k := len(lines) - 1; k >= 0; k-- {
			rows = append(rows, lines[k].Fit(w).On(paneEvents.spot(-1-i)))
		}
	}
	if len(past) == 0 {
		rows = append(rows, paint.Textf(paint.Dim, "Nothing has happened yet. %s takes the first step.", m.keyName("right")))
	}
	out := make([]paint.Line, 0, h)
	for i := min(h, len(rows)) - 1; i >= 0; i-- {
		out = append(out, rows[i])
	}
	for len(out) < h {
		out = append(out, nil)
	}
	return out
}

// lines draws something that happened.
func (x *happening) lines(p *player, w int, chosen bool) []paint.Line {
	mark, look := " ", x.look
	switch {
	case x.step == "": // more about the step above
	case x.at == p.Tree.Index() && look == paint.Plain:
		mark, look = "▶", paint.Strong
	case x.at == p.Tree.Index():
		mark = "▶"
	case chosen:
		mark = "›"
	}
	if x.at == p.Tree.Index() {
		look |= paint.Changed
	}
	l := paint.Text(paint.Key, mark).Addf(paint.Dim, "%-*s ", len(fmt.Sprint(p.Tree.Len()))+2, x.step)
	lines := paint.Wrap(l.Add(look, x.text), w, l.Width())
	if x.means != "" {
		lines = append(lines, paint.Wrap(paint.Text(paint.Plain, "").Pad(l.Width()).Add(paint.Dim, x.means), w, l.Width())...)
	}
	if chosen {
		for i := range lines {
			lines[i] = lines[i].Fit(w).With(paint.Chosen)
		}
	}
	return lines
}

// tellings are the words for a moment of the line: its notes, or if it told none, what it was. What
// is small is shown of the moment that is being looked at, or if everything is; then with the expert's line. Of that
// moment one telling says what it means.
func (p *player) tellings(i int) []happening {
	m := p.Tree.BareOn(i)
	here := i == p.Tree.Index() || p.manner == expertWords
	plain := i == p.Tree.Index() && p.manner == plainWords
	var out []happening
	for k := range m.Notes {
		look := paint.Plain
		if p.minor(m, &m.Notes[k]) {
			if !here {
				continue
			}
			look = paint.Dim
		}
		n := &m.Notes[k]
		x := happening{text: p.Names.Note(n), word: wordFor(n), look: look, weight: weightOf(n.Kind, look == paint.Dim)}
		if plain && (look == paint.Plain || len(m.Notes) == 1) {
			x.means = p.Names.Meaning(n)
		}
		out = append(out, x)
	}
	turned := p.turnTellings(m)
	if len(m.Notes)+len(turned) == 0 && here {
		out = append(out, happening{text: p.eventText(m), word: p.wordOf(i), look: paint.Dim, weight: last})
	}
	out = append(out, turned...)
	for k := range out {
		out[k].at, out[k].step = i, fmt.Sprint(m.Step)
		if len(out) > 1 {
			out[k].step += fmt.Sprintf(".%d", k+1)
		}
	}
	if plain {
		onlyGravest(out)
	}
	if p.manner == expertWords && i > 0 {
		out = append(out, happening{at: i, text: p.Names.Expert(p.Tree.On(i-1).World, &m.Happened), look: paint.Dim, weight: last})
	}
	return out
}

// eventText says in words what the event of a moment was.
func (p *player) eventText(m *timeline.Moment) string {
	t := teller{p.Tree.Moment(m.Parent).World, p.Names}
	return t.event(m.Event, m.Body)
}

// firstTold is the first thing that a moment told that matters; empty if nothing does.
func (p *player) firstTold(m *timeline.Moment) string {
	for i := range m.Notes {
		if !p.minor(m, &m.Notes[i]) {
			return p.Names.Note(&m.Notes[i])
		}
	}
	for _, t := range p.turnTellings(m) {
		return t.text
	}
	return ""
}
