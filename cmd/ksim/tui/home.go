package tui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/internal/scenario"
)

// home is the list of scenarios to choose from.
type home struct {
	all   []*scenario.Scenario
	shown []*scenario.Scenario // those that match what is searched for
	at    int
	query string
}

// shipped are the scenarios that come with ksim.
func shipped() ([]*scenario.Scenario, error) {
	var out []*scenario.Scenario
	for _, name := range scenario.Names() {
		s, err := scenario.Load(name, nil)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return scenario.BySubject(out, about), nil
}

func about(s *scenario.Scenario) scenario.Subject { return s.Document.About }

// teaches is the first paragraph of a scenario's story.
func teaches(s *scenario.Scenario) string {
	first, _, _ := strings.Cut(s.Document.Story, "\n\n")
	return first
}

func newHome(all []*scenario.Scenario) *home {
	h := &home{all: all}
	h.search("")
	return h
}

// search shows the scenarios in which every word of a query occurs.
func (h *home) search(query string) {
	h.query, h.shown, h.at = query, nil, 0
	for _, s := range h.all {
		if matches(s, strings.Fields(strings.ToLower(query))) {
			h.shown = append(h.shown, s)
		}
	}
}

func matches(s *scenario.Scenario, words []string) bool {
	text := strings.ToLower(strings.Join([]string{s.Name, about(s).Heading(), s.Document.Title, s.Document.Story}, " "))
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

func (h *home) move(_ *model, n int) { h.at = clamp(h.at+n, 0, max(0, len(h.shown)-1)) }

// enter plays the scenario under the cursor.
func (h *home) enter(m *model) tea.Cmd {
	if h.at >= len(h.shown) {
		m.say(paint.Dim, "no scenario matches %q", h.query)
		return nil
	}
	m.player = newPlayer(h.shown[h.at])
	return nil
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
	head := paint.Text(paint.Key, " ksim ").
		Add(paint.Title, "how Kafka loses, duplicates and reorders messages, and why")
	paint.Put(picture, 0, 0, m.w, []paint.Line{head})
	left, right := rect{0, 1, m.w, m.h - 3}.columns(m.w)
	if m.w >= twoColumns {
		left, right = rect{0, 1, m.w, m.h - 3}.columns(m.w * 62 / 100)
	} else {
		left, right = left.rows(left.h * 60 / 100)
	}
	m.putBox(picture, left, "scenarios", h.lines(left.w-paint.BoxInset, left.h-paint.BoxEdges), true)
	m.putBox(picture, right, "what it teaches", h.lesson(right.w-paint.BoxInset), false)
	count := func() paint.Line {
		return paint.Textf(paint.Dim, " %d of %d scenarios", len(h.shown), len(h.all))
	}
	paint.Put(picture, 0, m.h-2, m.w, []paint.Line{m.answerOr(count)})
	paint.Put(picture, 0, m.h-1, m.w, []paint.Line{m.footer()})
}

func (m *model) putBox(picture []paint.Line, r rect, title string, lines []paint.Line, heavy bool) {
	box := paint.Box{Title: paint.Text(paint.Title, title), Body: lines, Heavy: heavy}
	paint.Put(picture, r.x, r.y, r.w, box.Lines(r.w, r.h))
}

// lines are the names and titles, under the headings of their subjects. The cursor is kept in sight.
func (h *home) lines(w, rows int) []paint.Line {
	longest := 0
	for _, s := range h.shown {
		longest = max(longest, paint.Width(s.Name))
	}
	var all []paint.Line
	chosen := 0
	for k, s := range h.shown {
		if k == 0 || about(s) != about(h.shown[k-1]) {
			all = append(all, paint.Text(paint.Title, about(s).Heading()))
		}
		l := paint.Text(paint.Strong, "  "+s.Name).Fit(longest+4).Add(paint.Plain, s.Document.Title).Fit(w)
		if k == h.at {
			chosen = len(all)
			l = l.With(paint.Chosen).Over(0, paint.Text(paint.Key|paint.Chosen, "▶ "))
		}
		all = append(all, l)
	}
	if len(all) == 0 {
		return []paint.Line{paint.Text(paint.Dim, fmt.Sprintf("no scenario matches %q", h.query))}
	}
	from := window(chosen, len(all), rows)
	return all[from:min(from+rows, len(all))]
}

// lesson is what the scenario under the cursor teaches.
func (h *home) lesson(w int) []paint.Line {
	if h.at >= len(h.shown) {
		return nil
	}
	s := h.shown[h.at]
	w = clamp(w, min(w, leastMeasure), mostMeasure)
	out := paint.Wrap(paint.Text(paint.Strong, s.Document.Title), w, 0)
	out = append(append(out, otherRuns(s, w)...), nil)
	return append(out, paint.Markdown(teaches(s), w)...)
}
