package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// explainKeys explain what is on the screen.
func explainKeys() []binding {
	return []binding{
		{keys: []string{"e"}, where: atPlay, short: "event",
			help: "what caused the event under the cursor, or this one, and what it caused", do: (*model).openCause},
		{keys: []string{"i"}, where: atHome | atPlay,
			help: "what a word means: errors, settings, metrics, fates, notes, Kafka's terms", do: (*model).openGlossary},
		{keys: []string{"e"}, where: inMenu, help: "what caused the step of this row, and what it caused",
			ready: (*model).stepless, do: func(m *model) tea.Cmd { return m.openCauseOf(m.rowsMoment()) }},
		{keys: []string{"i"}, where: inMenu, help: "what the word for the step of this row means",
			ready: (*model).stepless, do: (*model).explainRow},
		{keys: []string{"/"}, where: inMenu, short: "search", help: "search among the rows",
			do: (*model).searchMenu},
		{keys: []string{"down"}, where: inPrompt, help: "down in the list that is searched",
			ready: (*model).unsearched, do: func(m *model) tea.Cmd { m.list().move(m, 1); return nil }},
		{keys: []string{"up"}, where: inPrompt, help: "up in the list that is searched",
			ready: (*model).unsearched, do: func(m *model) tea.Cmd { m.list().move(m, -1); return nil }},
	}
}

// explainCommands do the same for who types.
func explainCommands() []command {
	return []command{
		{names: []string{"what"}, usage: "[WORD]", where: atHome | atPlay,
			help: "what a word means: errors, settings, metrics, fates, notes, Kafka's terms",
			do: func(m *model, word string) tea.Cmd {
				switch m.explain(word); {
				case len(m.menu.items) == 0:
					m.menu = nil
					m.refuse(fmt.Errorf("no word that is explained is like %q", word))
				case m.plain:
					m.menu.items = meant(word, m.menu.items)
				}
				return nil
			}},
		{names: []string{"cause"}, where: atPlay, help: "what caused this event, and what it caused",
			do: plainly((*model).openCause)},
	}
}

// meant are the entries whose name a word is, and of the others the names alone; all, if it is no name.
func meant(word string, all []item) []item {
	n := 0
	var others []string
	for _, it := range all {
		if name := it.line[0].Text; strings.EqualFold(strings.TrimSpace(name), word) {
			n++
		} else {
			others = append(others, strings.TrimSpace(name))
		}
	}
	if n == 0 || len(others) == 0 {
		return all
	}
	return append(all[:n:n], item{refused: true, line: paint.Text(paint.Dim, "also: "+strings.Join(others, ", "))})
}

// unsearched says that what is typed narrows no list down.
func (m *model) unsearched() string {
	if m.prompt.changed != nil {
		return ""
	}
	return "no list is searched"
}

// glossary is every word that is explained: those of the model, and the timers, which only screens tell in words.
func glossary() []cluster.Entry {
	out := cluster.Glossary()
	var names []string
	for name := range rings {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		out = append(out, cluster.Entry{Kind: "timer", Name: name, Meaning: rings[name]})
	}
	return out
}

// openGlossary explains words, beginning with that of the thing under the cursor; without one it asks for a word.
func (m *model) openGlossary() tea.Cmd {
	word := ""
	if m.player != nil {
		word = m.player.wordHere()
	}
	if m.explain(word); word != "" && len(m.menu.items) > 0 {
		return nil
	}
	m.explain("")
	return m.searchMenu()
}

// explain opens the glossary, with the entries in which all words of a text occur.
func (m *model) explain(text string) {
	all := glossary()
	n := &menu{title: "what words mean", stays: true, hint: "a word, like isr, acks, NOT_LEADER, linger"}
	n.search = func(_ *model, text string) { n.items, n.at = entries(all, text), 0 }
	n.search(m, text)
	m.open(n)
}

// searchMenu lets one type what to look for.
func (m *model) searchMenu() tea.Cmd {
	m.prompt = &prompt{lead: "/", hint: cmp.Or(m.menu.hint, "words of a row"), changed: m.menu.search,
		done: func(*model, string) tea.Cmd { return nil }}
	return nil
}

// entries are the rows of the entries in which all words of a text occur, those whose name it is first.
func entries(all []cluster.Entry, text string) []item {
	text = strings.ToLower(strings.TrimSpace(text))
	var ranks [4][]item
	for i := range all {
		e := &all[i]
		name := strings.ToLower(e.Name)
		rank := 3
		switch {
		case name == text:
			rank = 0
		case strings.HasPrefix(name, text):
			rank = 1
		case strings.Contains(name, text):
			rank = 2
		case !containsAll(strings.Fields(text), e.Kind, e.Name, e.Meaning):
			continue
		}
		ranks[rank] = append(ranks[rank], entryItem(e))
	}
	return slices.Concat(ranks[:]...)
}

func entryItem(e *cluster.Entry) item {
	l := paint.Text(paint.Plain, e.Meaning)
	if e.Source != "" {
		l = l.Add(paint.Dim, "  "+e.Source)
	}
	return item{line: paint.Text(paint.Strong, e.Name).Fit(nameCells).Add(paint.Dim, " "+e.Kind), preview: l}
}

// nameCells is how many cells the names of entries are given.
const nameCells = 36

// wordHere is the word for the thing under the cursor, or else for what this moment told; empty if there is none.
func (p *player) wordHere() string {
	switch p.focus() {
	case paneMetrics:
		return p.metricHere()
	case paneRecords:
		if f := p.scene.fate(p.chosen()); f != nil {
			return f.Worst().String()
		}
	case paneEvents:
		if h, ok := p.underCursor(); ok {
			return h.word
		}
	}
	if at := p.Tree.Index(); at > 0 {
		return p.wordOf(at)
	}
	return ""
}

// wordOf is the word for what a moment was: an error before all else.
func (p *player) wordOf(at int) string {
	x := p.Tree.BareOn(at)
	if x.Body != nil {
		if refused := wire.Refusals(x.Body); len(refused) > 0 {
			return refused[0].String()
		}
	}
	word := ""
	for k := range x.Notes {
		n := &x.Notes[k]
		if n.Err != wire.None {
			return n.Err.String()
		}
		if word == "" && !p.minor(x, n) {
			word = wordFor(n)
		}
	}
	return word
}

// wordFor is the word for a note.
func wordFor(n *wire.Note) string {
	if n.Err != wire.None {
		return n.Err.String()
	}
	return n.Kind.Row().Name
}
