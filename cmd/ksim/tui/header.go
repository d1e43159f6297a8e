package tui

import (
	"example.com/ksim/cmd/ksim/tui/paint"
)

// header says what is played, and where in it this is. The title is what gives way.
func (m *model) header() paint.Line {
	p := m.player
	at := paint.Text(paint.Strong, p.World().Now().String()).
		Addf(paint.Plain, "  step %d/%d", p.here().Step, p.Tree.BareOn(p.Tree.Len()-1).Step).
		Addf(paint.Dim, "  seed %d", p.World().Seed).
		Join(m.moving()).
		Addf(paint.Info, "  %s", p.branch())
	if p.Left() {
		at = at.Add(paint.Warn, "  script left")
	}
	at = at.Add(paint.Plain, " ")
	name := paint.Text(paint.Key, " ksim ").Add(paint.Title, p.Document.Title)
	return name.Fit(max(0, m.w-at.Width()-2)).Add(paint.Plain, "  ").Join(at)
}

// moving says how the player moves by itself.
func (m *model) moving() paint.Line {
	switch o := &m.player.motion; {
	case o.running:
		return paint.Text(paint.Good, "  running at "+speeds[o.speed].called)
	case o.trip != nil:
		return paint.Text(paint.Good, "  going "+o.trip.to)
	}
	return paint.Text(paint.Dim, "  paused")
}
