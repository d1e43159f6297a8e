package tui

import "example.com/ksim/cmd/ksim/tui/paint"

// tally is who is hurt so far and who is in danger, in one line. Counts of none are the first to go.
func (m *model) tally() paint.Line {
	s := m.player.scene
	var risk paint.Line
	if s.risky >= 0 {
		risk = paint.Text(paint.Dim, between).Add(paint.Warn, s.names.Message(s.fates[s.risky].Message)+": "+s.risk(s.risky))
	}
	l := paint.Text(paint.Plain, " ").Join(s.counts(true), risk)
	if l.Width() > m.w {
		l = paint.Text(paint.Plain, " ").Join(s.counts(false), risk)
	}
	return l
}
