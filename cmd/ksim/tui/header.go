package tui

import (
	"strings"

	"example.com/ksim/cmd/ksim/tui/paint"
)

// leastTitle is how much of its title a scenario keeps on the narrowest screen.
const leastTitle = 20

// brevity is how much the header leaves out so that the title has room, what is missed least first.
type brevity int

const (
	noSeed brevity = iota + 1
	noMicroseconds
	shortState
	noPause
	noName // from here on only until the title has leastTitle
	noTime
)

// header says what is played, and where in it this is.
func (m *model) header() paint.Line {
	title := paint.Text(paint.Title, m.player.Document.Title)
	for b := brevity(0); ; b++ {
		name := paint.Text(paint.Plain, " ")
		if b < noName {
			name = paint.Text(paint.Key, " ksim ")
		}
		at := m.whereabouts(b)
		wanted := title.Width()
		if b >= noName {
			wanted = min(wanted, leastTitle)
		}
		if room := m.w - name.Width() - len("  ") - at.Width(); room >= wanted || b == noTime {
			return name.Join(title.Fit(max(0, room)), paint.Text(paint.Plain, "  "), at)
		}
	}
}

// whereabouts are the time, the step and the branch, and how the player moves, in few words or many.
func (m *model) whereabouts(b brevity) paint.Line {
	p := m.player
	var l paint.Line
	if b < noTime {
		now := p.World().Now().String()
		if b >= noMicroseconds {
			now = now[:len(now)-len("000")]
		}
		l = l.Add(paint.Strong, now).Add(paint.Plain, "  ")
	}
	l = l.Addf(paint.Plain, "step %d/%d", p.here().Step, p.Tree.BareOn(p.Tree.Len()-1).Step)
	if b < noSeed {
		l = l.Addf(paint.Dim, "  seed %d", p.World().Seed)
	}
	l = l.Join(m.moving(b)).Addf(paint.Info, "  %s", p.branch())
	if p.Left() {
		l = l.Add(paint.Warn, "  script left")
	}
	return l.Add(paint.Plain, " ")
}

// moving says how the player moves by itself.
func (m *model) moving(b brevity) paint.Line {
	look, state := paint.Dim, "paused"
	switch o := &m.player.motion; {
	case o.running:
		look, state = paint.Good, "running at "+speeds[o.speed].called
	case o.trip != nil:
		look, state = paint.Good, "going "+o.trip.to
	case b >= noPause:
		return nil
	}
	if b >= shortState {
		state, _, _ = strings.Cut(state, " ")
	}
	return paint.Text(look, "  "+state)
}
