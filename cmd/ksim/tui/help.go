package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
)

// openHelp lists the keys that mean something here. Choosing one presses it.
func (m *model) openHelp() tea.Cmd {
	where := m.where()
	n := &menu{title: "keys"}
	for i := range m.keys {
		b := &m.keys[i]
		if b.where&where == 0 {
			continue
		}
		n.items = append(n.items, item{line: helpLine(b, m.ascii), indent: helpKeys, do: func(m *model) tea.Cmd {
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
