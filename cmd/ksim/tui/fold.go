package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/internal/scenario"
)

// openedHeading is above what was opened last, newHeading above what to begin with as long as nothing was.
const (
	openedHeading = "last opened"
	newHeading    = "new here? start with"
	startWith     = "acks-1-leader-crash"
)

// foldKeys fold topics of the home screen.
func foldKeys() []binding {
	return []binding{{keys: []string{" "}, where: atHome, short: "fold", help: "fold the topic under the cursor, or unfold it",
		ready: func(m *model) string { return m.home.unfoldable() },
		do:    func(m *model) tea.Cmd { m.home.fold(m); return nil }}}
}

// foldCommands do the same for who types.
func foldCommands() []command {
	return []command{{names: []string{"fold"}, where: atHome, help: "fold the topic under the cursor, or unfold it",
		do: plainly(func(m *model) tea.Cmd { m.home.fold(m); return nil })}}
}

// again tells of a row that its scenario is below once more, under its topic.
func (e *listed) again() bool { return e.heading == openedHeading || e.heading == newHeading }

// beginning is what to begin with if nothing was opened yet.
func (h *home) beginning() []listed {
	if len(h.opened) > 0 {
		return h.opened
	}
	for _, e := range h.all {
		if e.Name == startWith {
			e.heading = newHeading
			return []listed{e}
		}
	}
	return nil
}

// put adds a row; of a topic that is folded, one that stands for all.
func (h *home) put(e listed) {
	if !h.folded[e.heading] {
		h.shown = append(h.shown, e)
		return
	}
	last := len(h.shown) - 1
	if last < 0 || h.shown[last].heading != e.heading {
		h.shown = append(h.shown, listed{Entry: scenario.Entry{Document: &scenario.Document{}}, heading: e.heading})
		last++
	}
	h.shown[last].stands = append(h.shown[last].stands, e.Name)
}

// unfoldable says why there is no topic to be folded under the cursor; empty: there is one.
func (h *home) unfoldable() string {
	switch {
	case h.query != "":
		return "what is searched is not folded: esc shows all"
	case h.at >= len(h.shown) || h.shown[h.at].again():
		return "only topics can be folded"
	}
	return ""
}

// fold folds the topic under the cursor, or unfolds it.
func (h *home) fold(m *model) {
	if why := h.unfoldable(); why != "" {
		m.say(paint.Dim, "%s", why)
		return
	}
	h.foldTopic(h.shown[h.at].heading)
}

// foldTopic folds a topic, or unfolds it. The cursor goes to it.
func (h *home) foldTopic(heading string) {
	h.folded[heading] = !h.folded[heading]
	h.search("")
	for i := range h.shown {
		if h.shown[i].heading == heading {
			h.at = i
			return
		}
	}
}

// chosen is the scenario under the cursor; nil if there is none.
func (h *home) chosen() *listed {
	if h.at >= len(h.shown) || h.shown[h.at].stands != nil {
		return nil
	}
	return &h.shown[h.at]
}

// headingLine is the name of a topic, and whether it is folded.
func (e *listed) headingLine() paint.Line {
	switch {
	case e.stands != nil:
		return paint.Text(paint.Dim, "  ▸ ").Add(paint.Title, e.heading).Addf(paint.Dim, "  %d scenarios", len(e.stands))
	case e.again():
		return paint.Text(paint.Title, e.heading)
	}
	return paint.Text(paint.Dim, "▾ ").Add(paint.Title, e.heading)
}
