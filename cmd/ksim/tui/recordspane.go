package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// recordsPane is the ledger: what became of every message.
type recordsPane struct{}

func (recordsPane) move(m *model, n int) {
	p := m.player
	if len(p.scene.fates) == 0 {
		return
	}
	i := max(0, p.scene.index(p.chosen()))
	p.message = p.scene.fates[clamp(i+n, 0, len(p.scene.fates)-1)].Message
}

func (recordsPane) point(m *model, row int) { m.player.message = m.player.scene.fates[row].Message }

func (recordsPane) enter(m *model) tea.Cmd { return m.openWhy() }

// chosen is the message that is being looked at: the one that was chosen, or the one that is worst
// off, or in danger; none if all is well.
func (p *player) chosen() wire.MessageID {
	if p.scene.fate(p.message) != nil {
		return p.message
	}
	return p.scene.concern
}

func (recordsPane) draw(m *model, w, h int) ([]paint.Line, paint.Line) {
	s := m.player.scene
	out := append(paint.Wrap(s.tallyLine(), w, 2), s.verdictLines(w)...)
	out = append(out, nil)
	rows, shown := s.fateRows(s.index(m.player.chosen()), w, h-len(out))
	var foot paint.Line
	if shown < len(s.fates) {
		foot = paint.Textf(paint.Dim, "%d of %d", shown, len(s.fates))
	}
	return append(out, rows...), foot
}

// fateRows are the messages around the chosen one, as many as h rows hold, and how many they are.
func (s *scene) fateRows(at, w, h int) (rows []paint.Line, shown int) {
	take := func(i int, above bool) bool {
		if i < 0 || i >= len(s.fates) {
			return false
		}
		l := s.fateLines(i, w, i == at)
		if len(rows)+len(l) > h {
			return false
		}
		if above {
			l, rows = rows, l
		}
		rows = append(rows, l...)
		shown++
		return true
	}
	first := max(at, 0)
	last := first
	for below, above := true, true; below || above; {
		if below = take(last, false); below {
			last++
		}
		if above = take(first-1, true); above {
			first--
		}
	}
	return rows, shown
}

// tallyLine counts the classes; the bad ones stand out.
func (s *scene) tallyLine() paint.Line { return s.counts(true) }

// counts are the classes that have messages, and with zeros those that one waits for.
func (s *scene) counts(zeros bool) paint.Line {
	l := paint.Textf(paint.Strong, "sent %d", len(s.fates))
	for c := cluster.Classes - 1; c > cluster.Pending; c-- {
		n := s.tally[c]
		if n == 0 && (!zeros || c != cluster.AckedLost && c != cluster.Duplicated && c != cluster.Delivered) {
			continue
		}
		look := paint.Dim
		if n > 0 {
			look = severity(c)
		}
		l = l.Add(paint.Dim, " · ").Addf(look, "%s %d", c, n)
	}
	return l
}

// severity is how a class is drawn.
func severity(c cluster.Class) paint.Look {
	switch {
	case c >= cluster.Duplicated:
		return paint.Bad
	case c == cluster.Delivered:
		return paint.Good
	case c == cluster.Pending, c == cluster.Superseded:
		return paint.Dim
	}
	return paint.Warn
}

// verdictLines say which guarantee the messages were given that are decided.
func (s *scene) verdictLines(w int) []paint.Line {
	var out []paint.Line
	for _, v := range s.verdicts {
		who := v.For()
		l := paint.Textf(paint.Dim, "nothing is decided %s", who)
		if v.Decided() > 0 {
			l = paint.Text(paint.Dim, "so far: ").Add(verdictLook(&v), v.SoFar()).
				Addf(paint.Dim, " %s (%d of %d missed, %d doubled)", who, v.Missed, v.Decided(), v.Doubled)
		}
		if v.Unwanted > 0 {
			l = l.Addf(paint.Dim, ", %d aborted and applied", v.Unwanted)
		}
		if v.Pending > 0 {
			l = l.Addf(paint.Dim, ", %d pending", v.Pending)
		}
		out = append(out, paint.Wrap(l, w, 2)...)
	}
	return out
}

// fateLines are one message: its name, its worst class, and where it is.
func (s *scene) fateLines(i, w int, chosen bool) []paint.Line {
	f := &s.fates[i]
	mark := "  "
	if chosen {
		mark = "▶ "
	}
	l := paint.Text(paint.Key, mark).Addf(paint.Strong, "%-*s ", s.longestName(), s.names.Message(f.Message))
	indent := l.Width()
	l = l.Addf(severity(f.Worst()), "%-10s ", f.Worst()).Add(paint.Plain, s.whereabouts(i))
	if risk := s.risk(i); risk != "" {
		l = l.Add(paint.Warn, " ("+risk+")")
	}
	if chosen {
		l = l.With(paint.Marked)
	}
	lines := paint.Wrap(l, w, indent)
	for k := range lines {
		lines[k] = lines[k].Fit(w).On(paneRecords.spot(i))
	}
	return lines
}
