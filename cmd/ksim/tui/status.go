package tui

import "example.com/ksim/cmd/ksim/tui/paint"

// answerOr is the answer to the last key, or else what a row usually shows.
func (m *model) answerOr(usual func() paint.Line) paint.Line {
	if m.said != nil {
		return paint.Text(paint.Plain, " ").Join(m.said)
	}
	return usual()
}

// between stands between sentences on one line.
const between = " · "

// now is what just happened, in one line.
func (m *model) now() paint.Line {
	p := m.player
	last := p.past(1)
	if len(last) == 0 {
		return paint.Textf(paint.Dim, " ▶ nothing has happened yet: %s takes the first step, 5 is the story", m.keyName("right"))
	}
	all := p.tellings(last[0].at)
	l := paint.Text(paint.Key, " ▶ ").Addf(paint.Dim, "%d  ", p.Tree.On(last[0].at).Step)
	var main, small paint.Line // what is small comes last: it is the first that a clipped line loses
	for _, x := range all {
		if last[0].at == p.Tree.Index() {
			x.look |= paint.Changed
		}
		switch x.look &^ paint.Changed {
		case paint.Plain:
			main = main.Add(paint.Strong|x.look, x.text).Add(paint.Dim, between)
		case paint.Bad:
			main = main.Add(x.look, x.text).Add(paint.Dim, between)
		default:
			small = small.Add(x.look, x.text+between)
		}
	}
	l = l.Join(main, small)
	return l.Cut(0, l.Width()-paint.Width(between))
}

// tally is who is hurt so far, in one line.
func (m *model) tally() paint.Line {
	s := m.player.scene
	l := paint.Text(paint.Plain, " ").Join(s.tallyLine())
	if s.risky >= 0 {
		return l.Add(paint.Dim, " · ").Add(paint.Warn, s.names.Message(s.fates[s.risky].Message)+": "+s.risk(s.risky))
	}
	return l
}
