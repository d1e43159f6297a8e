package tui

import (
	"strings"

	"example.com/ksim/cmd/ksim/tui/paint"
)

// picture is the whole screen, exactly as many lines as it has, each as wide as it is.
func (m *model) picture() []paint.Line {
	picture := paint.Blank(m.w, m.h)
	if m.w < leastWidth || m.h < leastHeight {
		text := paint.Textf(paint.Warn, "%d×%d is too small: ksim needs %d×%d. Enlarge the window, or use `ksim run`.",
			m.w, m.h, leastWidth, leastHeight)
		paint.Put(picture, 0, m.h/3, m.w, paint.Wrap(text, m.w, 0))
		return picture
	}
	switch m.stage() {
	case inCompare:
		m.compare.draw(m, picture)
	case atPlay:
		m.drawPlayer(picture)
		m.player.motion.film.lit(picture)
	case inForm:
		m.drawForm(picture)
	default:
		m.drawHome(picture)
	}
	if m.menu != nil {
		m.menu.draw(m, picture)
	}
	if m.prompt != nil {
		paint.Put(picture, 0, m.h-1, m.w, []paint.Line{m.prompt.line(m.w)})
	}
	return picture
}

func (m *model) drawPlayer(picture []paint.Line) {
	l := m.layout()
	put := func(row int, line paint.Line) {
		if row >= 0 {
			paint.Put(picture, 0, row, m.w, []paint.Line{line.Fit(m.w)})
		}
	}
	put(l.header, m.header())
	put(l.tabs, m.tabs())
	put(l.timeline, m.timeline())
	for id, r := range l.panes {
		switch {
		case r.w > 0 && l.news > 0:
			m.drawAlone(picture, paneID(id), r, l.news)
		case r.w > 0:
			box := m.box(paneID(id), r, l.hidden[id])
			paint.Put(picture, r.x, r.y, r.w, box.Lines(r.w, r.h))
		}
	}
	if l.news > 0 {
		put(l.tally, m.tally())
	} else {
		m.drawAnswer(picture, l.tally, func() paint.Line { return m.tally().Fit(m.w) })
	}
	put(l.footer, m.footer())
}

// tabs are the panes of a narrow screen, of which it shows one. Where not all names have room they are short
// ones or, if even those are too long, only that one is named.
func (m *model) tabs() paint.Line {
	for _, called := range []func(paneID) string{fullName, shortName} {
		if l := m.tabsCalled(called); l.Width() <= m.w {
			return l
		}
	}
	return m.tabsCalled(func(id paneID) string {
		if id == m.player.focus() {
			return fullName(id)
		}
		return ""
	})
}

func (m *model) tabsCalled(called func(paneID) string) paint.Line {
	l := paint.Text(paint.Plain, " ")
	for id := range paneCount {
		name, mark := paint.Dim, paint.Look(0)
		if id == m.player.focus() {
			name, mark = paint.Title, paint.Chosen
		}
		tab := paint.Text(paint.Key, id.key())
		if text := called(id); text != "" {
			tab = tab.Add(name, " "+text)
		}
		l = l.Join(tab.With(mark).On(zoneTab.spot(int(id)))).Add(paint.Plain, " ")
	}
	return l.Cut(0, l.Width()-1)
}

// footer are the keys that are used most. The last to go on a narrow screen are the one that leads to all others and,
// unless it is very narrow, the one that leads out.
func (m *model) footer() paint.Line {
	where := m.where()
	end := m.hint(m.bound("?", where))
	if quit := m.bound("q", where); quit != nil && quit.short == "quit" && m.w >= roomyWidth {
		end = m.hint(quit).Join(end)
	}
	l := paint.Text(paint.Plain, " ")
	for i := range m.keys {
		b := &m.keys[i]
		if b.short == "" || b.where&where == 0 || b.unready(m) != "" {
			continue
		}
		hint := m.hint(b)
		if b.short != "help" && b.short != "quit" && l.Width()+hint.Width()+end.Width() <= m.w+len("  ") {
			l = l.Join(hint)
		}
	}
	l = l.Join(end)
	return l.Cut(0, l.Width()-len("  "))
}

// hint is one key in the footer.
func (m *model) hint(b *binding) paint.Line {
	if b == nil {
		return nil
	}
	first, _, _ := strings.Cut(b.labels(m.ascii), " ")
	return paint.Text(paint.Key, first).Add(paint.Plain, " "+b.short+"  ")
}
