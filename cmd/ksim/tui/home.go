package tui

import (
	"errors"
	"slices"
	"strings"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/internal/scenario"
)

// home is the list of scenarios to choose from.
type home struct {
	all    []listed
	opened []listed // last, the latest first
	shown  []listed // those that match what is searched for
	at     int
	query  string
	folded map[string]bool // by heading
}

// listed is a scenario in the list. Its world is built when it is opened: to build all of them would take long.
type listed struct {
	scenario.Entry
	heading string // that it stands under
	what    string // is opened: a name, or a path
	load    func() (*scenario.Scenario, error)
	stands  []string // of a topic that is folded: its scenarios
}

// loader loads what is called so, each time anew: a file may have changed.
func loader(what string) func() (*scenario.Scenario, error) {
	return func() (*scenario.Scenario, error) { return scenario.Load(what, strings.NewReader("")) }
}

// entryOf is what is listed of a file, whichever of its runs was loaded.
func entryOf(s *scenario.Scenario) scenario.Entry {
	whole := s.Runs()[0]
	return scenario.Entry{Name: whole.Name, Document: &whole.Document}
}

// shipped are the scenarios that come with ksim.
func shipped() ([]listed, error) {
	all, err := scenario.Catalogue()
	var out []listed
	for _, e := range all {
		load := sync.OnceValues(func() (*scenario.Scenario, error) { return scenario.Load(e.Name, nil) })
		out = append(out, listed{Entry: e, heading: e.About.Heading(), what: e.Name, load: load})
	}
	return out, err
}

// teaches is the first paragraph of a scenario's story.
func teaches(d *scenario.Document) string {
	first, _, _ := strings.Cut(d.Story, "\n\n")
	return first
}

func newHome(all, opened []listed) *home {
	h := &home{all: all, opened: opened, folded: map[string]bool{}}
	h.search("")
	return h
}

// search shows the scenarios in which every word of a query occurs; without a query all topics that are not folded,
// and what was opened last.
func (h *home) search(query string) {
	words := strings.Fields(strings.ToLower(query))
	h.query, h.shown, h.at = query, nil, 0
	if len(words) == 0 {
		h.shown = slices.Clone(h.beginning())
		for _, e := range h.all {
			h.put(e)
		}
		return
	}
	h.shown = h.matching(words)
}

// matching are the scenarios in which every word occurs.
func (h *home) matching(words []string) []listed {
	var out []listed
	for _, e := range h.all {
		if containsAll(words, e.Name, e.heading, e.Title, e.Story) {
			out = append(out, e)
		}
	}
	return out
}

func (h *home) move(_ *model, n int) { h.at = clamp(h.at+n, 0, max(0, len(h.shown)-1)) }

// jump goes to the first scenario under the next heading, or under the one before.
func (h *home) jump(by int) {
	for i := h.at + by; i >= 0 && i < len(h.shown); i += by {
		if h.shown[i].heading != h.shown[h.at].heading {
			h.at = slices.IndexFunc(h.shown, func(e listed) bool { return e.heading == h.shown[i].heading })
			return
		}
	}
}

// enter plays the scenario under the cursor, or unfolds the topic.
func (h *home) enter(m *model) tea.Cmd {
	switch e := h.chosen(); {
	case e != nil:
		return h.open(m, *e)
	case h.at < len(h.shown):
		h.fold(m)
	default:
		m.say(paint.Dim, "nothing matches %s; %s shows all", h.query, m.by("Esc"))
	}
	return nil
}

// open plays a scenario. Of what is wrong with a file the first thing is told.
func (h *home) open(m *model, e listed) tea.Cmd {
	s, err := e.load()
	if err != nil {
		m.refuse(firstOf(err))
		return nil
	}
	m.player = newPlayer(s)
	return h.keep(m, e, s)
}

// firstOf is the first line of an error.
func firstOf(err error) error {
	first, _, _ := strings.Cut(err.Error(), "\n")
	return errors.New(first)
}

// keep makes a scenario the one that was opened last, as it is now. The cursor stays where it is.
func (h *home) keep(m *model, e listed, s *scenario.Scenario) tea.Cmd {
	e.Entry = entryOf(s)
	before := len(h.beginning())
	rest := slices.DeleteFunc(slices.Clone(h.opened), func(o listed) bool { return o.what == e.what })
	e.heading = openedHeading
	h.opened = append([]listed{e}, rest[:min(len(rest), openedShown-1)]...)
	if at := h.at; h.query == "" {
		h.search("")
		h.at = at + len(h.opened) - before
		if at < before {
			h.at = 0
		}
	}
	return m.remember(e.what)
}

func (m *model) openSearch() tea.Cmd {
	m.prompt = &prompt{lead: "/", hint: "words to search for",
		changed: func(m *model, text string) { m.home.search(text) },
		done:    func(*model, string) tea.Cmd { return nil }}
	return nil
}

// drawHome draws the list, and what the scenario under the cursor teaches.
func (m *model) drawHome(picture []paint.Line) {
	h := m.home
	left, right := m.twoBoxes(wideWidth)
	m.drawFrame(picture, "how Kafka loses, duplicates and reorders messages, and why")
	m.putBox(picture, left, "scenarios", h.lines(left.w-paint.BoxInset, left.h-paint.BoxEdges), true)
	m.putBox(picture, right, "what it teaches", h.lesson(right.w-paint.BoxInset), false)
	m.drawAnswer(picture, m.h-2, func() paint.Line {
		return paint.Textf(paint.Dim, " %d of %d scenarios", h.count(), len(h.all))
	})
}

// count is how many scenarios are in the list, folded or not.
func (h *home) count() int {
	n := 0
	for i := range h.shown {
		switch e := &h.shown[i]; {
		case e.stands != nil:
			n += len(e.stands)
		case !e.again():
			n++
		}
	}
	return n
}

// twoBoxes are the places of a list and of what it says of the line under the cursor: beside it from some width on.
func (m *model) twoBoxes(wide int) (list, more rect) {
	body := rect{0, 1, m.w, m.h - 3}
	if m.w >= wide {
		return body.columns(m.w * 62 / 100)
	}
	return body.rows(body.h * 60 / 100)
}

// drawFrame draws what is around the boxes.
func (m *model) drawFrame(picture []paint.Line, title string) {
	paint.Put(picture, 0, 0, m.w, []paint.Line{paint.Text(paint.Key, " ksim ").Add(paint.Title, title)})
	paint.Put(picture, 0, m.h-1, m.w, []paint.Line{m.footer()})
}

func (m *model) putBox(picture []paint.Line, r rect, title string, lines []paint.Line, heavy bool) {
	box := paint.Box{Title: paint.Text(paint.Title, title), Body: lines, Heavy: heavy}
	paint.Put(picture, r.x, r.y, r.w, box.Lines(r.w, r.h))
}

// lines are the names and titles, under their headings. The cursor is kept in sight. Names take little of the room: the
// title says more, and the lesson has both.
func (h *home) lines(w, rows int) []paint.Line {
	longest := 0
	for _, s := range h.shown {
		longest = max(longest, paint.Width(s.Name))
	}
	longest = min(longest, w*3/10)
	var all []paint.Line
	chosen := 0
	for k, s := range h.shown {
		l := paint.Text(paint.Strong, "  "+s.Name).Fit(longest+3).Add(paint.Plain, " "+s.Document.Title).Fit(w)
		switch {
		case s.stands != nil:
			l = s.headingLine().Fit(w)
		case k == 0 || s.heading != h.shown[k-1].heading:
			all = append(all, s.headingLine().Fit(w).On(zoneTopic.spot(k)))
		}
		if k == h.at {
			chosen = len(all)
			l = l.With(paint.Chosen).Over(0, paint.Text(paint.Key|paint.Chosen, "▶ "))
		}
		all = append(all, l.On(zoneHome.spot(k)))
	}
	if len(all) == 0 {
		return []paint.Line{paint.Textf(paint.Plain, "nothing matches %s; Esc shows all", h.query)}
	}
	from := window(chosen, len(all), rows)
	return all[from:min(from+rows, len(all))]
}

// lesson is what the scenario under the cursor teaches.
func (h *home) lesson(w int) []paint.Line {
	if h.at >= len(h.shown) {
		return nil
	}
	e := &h.shown[h.at]
	w = clamp(w, min(w, leastMeasure), mostMeasure)
	if e.stands != nil {
		l := paint.Text(paint.Key, "enter").Add(paint.Plain, " unfolds ").Add(paint.Strong, strings.Join(e.stands, ", "))
		return paint.Wrap(l, w, 0)
	}
	out := paint.Wrap(paint.Text(paint.Strong, e.Title), w, 0)
	out = append(out, paint.Wrap(paint.Text(paint.Dim, e.Name), w, 0)...)
	var others []string
	for i := range e.Variants {
		others = append(others, e.Variants[i].Name)
	}
	out = append(append(out, otherRuns(others, w)...), nil)
	return append(out, paint.Markdown(teaches(e.Document), w)...)
}
