package tui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
)

// openHelp says what this pane shows and lists the keys that mean something here. Choosing one presses it.
func (m *model) openHelp() tea.Cmd {
	where, under := m.where(), m.menu
	n := &menu{title: "keys", back: under}
	if where == atPlay {
		pane := &panes[m.player.focus()]
		n.items = append(n.items, heading(fmt.Sprintf("%s shows %s", pane.name, pane.shows)))
	}
	for i := range m.keys {
		b := &m.keys[i]
		if b.where&where == 0 {
			continue
		}
		n.items = append(n.items, item{line: helpLine(b, m.ascii), indent: helpKeys, do: func(m *model) tea.Cmd {
			m.menu = under
			if b.ready != nil && !b.ready(m) {
				return nil
			}
			return b.do(m)
		}})
	}
	return m.open(n)
}

// helpKeys is how many cells the keys take in the help.
const helpKeys = 14

func helpLine(b *binding, ascii bool) paint.Line {
	keys := b.labels(ascii)
	gap := strings.Repeat(" ", max(1, helpKeys-paint.Width(keys)))
	return paint.Text(paint.Key, keys).Add(paint.Plain, gap+b.help)
}
