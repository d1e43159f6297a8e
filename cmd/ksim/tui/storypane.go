package tui

import (
	"example.com/ksim/cmd/ksim/tui/paint"
)

// storyPane is what the scenario wants to tell, and what its script does next.
type storyPane struct{ unchoosable }

// The measure of the story: neither a ribbon nor a wall.
const leastMeasure, mostMeasure = 34, 72

func (storyPane) move(m *model, n int) { m.scroll(paneStory, n, m.storyLines) }

func (storyPane) draw(m *model, w, h int) ([]paint.Line, paint.Line) {
	return scrolled(m.storyLines(w), m.player.row[paneStory], h)
}

func (m *model) storyLines(w int) []paint.Line {
	return append(m.told(w), m.waiting(measure(w))...)
}

func measure(w int) int { return clamp(w, min(w, leastMeasure), mostMeasure) }

// told is the story.
func (m *model) told(w int) []paint.Line {
	p := m.player
	w = measure(w)
	out := paint.Wrap(paint.Text(paint.Strong, p.Document.Title), w, 0)
	out = append(out, otherRuns(p.otherRuns(), w)...)
	if p.Document.Story != "" {
		out = append(append(out, nil), paint.Markdown(p.Document.Story, w)...)
	}
	return out
}

// waiting is what the script does next.
func (m *model) waiting(w int) []paint.Line {
	p := m.player
	var out []paint.Line
	if text := p.Unreached(); text != "" && !p.Left() {
		out = append(out, nil)
		out = append(out, paint.Wrap(paint.Text(paint.Title, "the script waits: ").Add(paint.Plain, text), w, 2)...)
	}
	return out
}
