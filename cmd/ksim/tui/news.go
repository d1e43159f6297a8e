package tui

import (
	"cmp"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/wire"
)

// decisive are the kinds of notes on which everything else hangs, what decides most first: who leads, who may not, and
// who is counted on.
var decisive = []wire.NoteKind{wire.Elected, wire.Leaderless, wire.BecameLeader, wire.WasFenced, wire.FencedOut, wire.ISRChanged}

// last is the weight of what decides nothing.
const last = 1 << 8

// weightOf is where a note stands among what a step tells, for who can't read all of it. Harm comes before, as 0.
func weightOf(k wire.NoteKind, small bool) int {
	i := slices.Index(decisive, k)
	switch {
	case small:
		return last
	case i < 0:
		return len(decisive) + 1
	}
	return i + 1
}

// onlyGravest leaves the meaning only to that telling which decides most: one can read one at a time.
func onlyGravest(all []happening) {
	best := -1
	for i := range all {
		if x := &all[i]; x.means != "" && (best < 0 || x.weight < all[best].weight) {
			best = i
		}
	}
	for i := range all {
		if i != best {
			all[i].means = ""
		}
	}
}

// manner is how much is said of what happens.
type manner uint8

const (
	plainWords  manner = iota // the news, and what it means
	expertWords               // every step, field by field
	fewWords                  // the news alone
	manners
)

// mannersSaid says what is shown with each.
var mannersSaid = [manners]string{
	plainWords:  "the news is shown, and what it means; %s shows every step",
	expertWords: "every step is shown, with an expert's line; %s shows the news alone",
	fewWords:    "the news alone is shown; %s says what it means, too",
}

func (p *player) otherWords(m *model) tea.Cmd {
	p.manner = (p.manner + 1) % manners
	m.say(paint.Info, mannersSaid[p.manner], m.by("v"))
	return nil
}

// between stands between sentences on one line.
const between = " · "

// mostNews is how many rows the news takes at most.
const mostNews = 3

// newsLines are what just happened, what decides most first, and if it fits into so many rows what it means.
func (m *model) newsLines(w, rows int) []paint.Line {
	p := m.player
	latest := p.past(1)
	if len(latest) == 0 {
		return []paint.Line{paint.Textf(paint.Dim, " ▶ nothing has happened yet: %s takes the first step, 5 is the story", m.keyName("right")).Fit(w)}
	}
	all := slices.Clone(p.tellings(latest[0].at))
	slices.SortStableFunc(all, func(a, b happening) int { return cmp.Compare(a.weight, b.weight) })
	l := paint.Text(paint.Key, " ▶ ").Addf(paint.Dim, "%d  ", p.Tree.On(latest[0].at).Step)
	lines := []paint.Line{l}
	for i, x := range all {
		look := x.look
		if look == paint.Plain {
			look = paint.Strong
		}
		if latest[0].at == p.Tree.Index() {
			look |= paint.Changed
		}
		more := l
		if i > 0 {
			more = l.Add(paint.Dim, between)
		}
		more = more.Add(look, x.text)
		if n := len(paint.Wrap(more, w, newsIndent)); x.look == paint.Dim && i > 0 && n > len(lines) {
			break // what is small takes no row of its own
		}
		l = more
		lines = folded(l, w, newsIndent, min(rows, mostNews))
	}
	if m.layout().panes[paneEvents].w > 0 {
		return lines // it says what it means
	}
	return withMeaning(l, lines, meaningOf(all), w, rows)
}

// withMeaning adds to the news what it means: below it, or if there are too few rows for that behind it; nothing if it
// would be cut off.
func withMeaning(l paint.Line, lines []paint.Line, meaning string, w, rows int) []paint.Line {
	if meaning == "" {
		return lines
	}
	below := paint.Wrap(paint.Text(paint.Plain, strings.Repeat(" ", newsIndent)).Add(paint.Dim, meaning), w, newsIndent)
	if len(lines)+len(below) <= rows {
		return append(lines, below...)
	}
	if behind := paint.Wrap(l.Add(paint.Dim, " — "+meaning), w, newsIndent); len(behind) <= rows {
		return behind
	}
	return lines
}

// meaningOf is what the telling that decides most of those that mean something means.
func meaningOf(all []happening) string {
	i := slices.IndexFunc(all, func(x happening) bool { return x.means != "" })
	if i < 0 {
		return ""
	}
	return all[i].means
}

// newsIndent is how far the second row of the news is indented.
const newsIndent = 3

// folded wraps a line into at most some rows; the last one shows that there is more.
func folded(l paint.Line, w, indent, most int) []paint.Line {
	lines := paint.Wrap(l, w, indent)
	if len(lines) <= most {
		return lines
	}
	lines[most-1] = lines[most-1].Add(paint.Plain, " ").Join(lines[most]).Fit(w)
	return lines[:most]
}

// answer is the answer to the last key in as many rows as it needs; nil if the key needed none.
func (m *model) answer() []paint.Line {
	if m.said == nil {
		return nil
	}
	return folded(paint.Text(paint.Plain, " ").Join(m.said), m.w, 1, max(1, m.h/2))
}

// drawAnswer draws the answer to the last key, or else what is usually there, into a row and as many above it as it needs.
func (m *model) drawAnswer(picture []paint.Line, row int, usual func() paint.Line) {
	lines := m.answer()
	if lines == nil {
		lines = folded(usual(), m.w, 1, max(1, m.h/2))
	}
	paint.Put(picture, 0, row+1-len(lines), m.w, lines)
}

// mostTaken is how many of the pane's rows the news takes at most.
const mostTaken = 2

// drawAlone draws the one pane of a small screen, and in so many rows below it the answer to the last key and the news.
// Where that needs more rows it takes empty ones of the pane; an answer takes any.
func (m *model) drawAlone(picture []paint.Line, id paneID, r rect, rows int) {
	box := m.box(id, r, nil)
	empty := box.Empty(r.h)
	below := m.answer()
	if left := rows + min(empty, mostTaken) - len(below); left > 0 {
		below = append(below, m.newsLines(m.w, left)...)
	}
	taken := max(0, len(below)-rows)
	paint.Put(picture, r.x, r.y, r.w, box.Lines(r.w, r.h-min(taken, empty)))
	paint.Put(picture, 0, r.y+r.h-taken, m.w, below)
}
