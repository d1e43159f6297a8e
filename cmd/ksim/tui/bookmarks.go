package tui

import (
	"fmt"
	"slices"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim"
)

// bookmark is a moment with a name.
type bookmark struct {
	name   string
	moment int
}

// openBookmark asks for the name of a bookmark at this moment.
func (m *model) openBookmark() tea.Cmd {
	m.player.motion.stop()
	m.prompt = &prompt{lead: "bookmark: ", hint: fmt.Sprintf("a name, or Enter for %q", m.player.freeName()),
		done: (*model).setBookmark}
	return nil
}

// setBookmark puts a bookmark here; one of the same name moves here.
func (m *model) setBookmark(name string) tea.Cmd {
	p := m.player
	if name == "" {
		name = p.freeName()
	}
	p.dropBookmark(name)
	p.pins.bookmarks = append(p.pins.bookmarks, bookmark{name, p.here().ID})
	p.repin()
	m.say(paint.Info, "bookmark %s is here: ' lists them, :goto %s comes back", name, name)
	return nil
}

func (p *player) dropBookmark(name string) {
	p.pins.bookmarks = slices.DeleteFunc(p.pins.bookmarks, func(b bookmark) bool { return b.name == name })
	p.repin()
}

// freeName is the first letter that no bookmark has, or else a number.
func (p *player) freeName() string {
	for i := 0; ; i++ {
		name := string(rune('a' + i))
		if i >= 26 {
			name = fmt.Sprint(i - 25)
		}
		if !slices.ContainsFunc(p.pins.bookmarks, func(b bookmark) bool { return b.name == name }) {
			return name
		}
	}
}

// openBookmarks lists the bookmarks of all branches. Choosing one goes there.
func (m *model) openBookmarks() tea.Cmd {
	p := m.player
	if len(p.pins.bookmarks) == 0 {
		m.refuse(fmt.Errorf("there are no bookmarks yet: %s sets one", m.by("m")))
		return nil
	}
	n := &menu{title: "bookmarks"}
	for _, b := range p.pins.bookmarks {
		at := p.Tree.Moment(b.moment)
		n.items = append(n.items, item{
			line: paint.Text(paint.Key, "◆ ").Addf(paint.Strong, "%-8s ", b.name).Addf(paint.Info, "%-10s ", branchName(at.Branch)).
				Join(stepOf(at)).Add(paint.Plain, p.headline(at)),
			indent:  11,
			preview: paint.Text(paint.Dim, "Enter goes there, x removes it"),
			do:      func(m *model) tea.Cmd { p.visit(m, b.moment); return nil },
			drop: func(m *model) tea.Cmd {
				p.dropBookmark(b.name)
				m.menu = nil
				if len(p.pins.bookmarks) > 0 {
					return m.openBookmarks()
				}
				return nil
			},
		})
	}
	return m.open(n)
}

// gotoName goes to a bookmark, or to the end of a branch.
func (m *model) gotoName(name string) tea.Cmd {
	p := m.player
	var names []string
	for _, b := range p.pins.bookmarks {
		if names = append(names, b.name); b.name == name {
			p.visit(m, b.moment)
			return nil
		}
	}
	for _, b := range p.Tree.Branches() {
		if names = append(names, branchName(b.ID)); branchName(b.ID) == name {
			p.visit(m, b.Last)
			return nil
		}
	}
	hint := sim.DidYouMean(name, names)
	if step, err := strconv.Atoi(name); err == nil {
		hint = fmt.Sprintf(": #%d goes to a step", step)
	}
	m.refuse(fmt.Errorf("%q is no bookmark and no branch%s", name, hint))
	return nil
}
