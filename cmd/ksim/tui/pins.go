package tui

import (
	"slices"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim"
	"example.com/ksim/sim/timeline"
)

// pins are what a person has put into a run to find the way: breakpoints, bookmarks, and where undo
// came from.
type pins struct {
	stops     []*stop
	bookmarks []bookmark
	undone    []int // moments, for redo
	changes   int   // of what the timeline shows
}

// repin makes the timeline show the pins anew.
func (p *player) repin() {
	p.pins.changes++
	p.scene.axis = p.newAxis()
}

// pinned are the marks that pins make at the i-th moment of the line.
func (p *player) pinned(i int) mark {
	var out mark
	id := p.Tree.BareOn(i).ID
	if slices.ContainsFunc(p.pins.bookmarks, func(b bookmark) bool { return b.moment == id }) {
		out |= bookmarked
	}
	for _, s := range p.pins.stops {
		at := i
		if s.Before() {
			at-- // shown with its note, which is right after it
		}
		if !s.off && s.Known(at) {
			out |= breaks
		}
	}
	return out
}

// visit goes to any moment: along the line if it is on it, or else to its own branch.
func (p *player) visit(m *model, id int) {
	p.motion.stop()
	i := p.placeOf(p.Tree.Bare(id).Step)
	if i < p.Tree.Len() && p.Tree.On(i).ID == id {
		p.Tree.Seek(i)
	} else if err := p.Tree.Goto(id); err != nil {
		m.refuse(err)
	}
	p.look()
}

// headline is what a moment is remembered by: the first thing it told that matters, or its event.
func (p *player) headline(at *timeline.Moment) string {
	if at.Parent < 0 {
		return "the beginning"
	}
	if told := p.firstTold(at); told != "" {
		return told
	}
	return p.eventText(at)
}

// stepOf is the step of a moment and its time, to stand in lists.
func stepOf(at *timeline.Moment) paint.Line {
	return paint.Textf(paint.Dim, "step %-6d %-10s ", at.Step, span(at.At.Sub(sim.Time(0))))
}
