package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
)

// section is what keys are about: the help lists them by it.
type section string

// The sections of the help, in its order.
const (
	aboutPane    section = "this pane"
	aboutTime    section = "time"
	aboutActs    section = "faults and changes"
	aboutWhy     section = "why"
	aboutLook    section = "look"
	aboutProgram section = "program"
)

var sections = []section{aboutPane, aboutTime, aboutActs, aboutWhy, aboutLook, aboutProgram}

// about says what rows of the table of keys are about, unless they say it themselves.
func about(s section, rows []binding) []binding {
	for i := range rows {
		if rows[i].section == "" {
			rows[i].section = s
		}
	}
	return rows
}

// enters is what Enter does in each pane that has something to choose.
var enters = [paneCount]string{
	paneCluster: "all that can be done to the broker or controller under the cursor",
	paneClients: "all that can be done to the client under the cursor",
	paneEvents:  "go to the step under the cursor; of what may happen next: let it happen now, out of turn",
	paneRecords: "why the message under the cursor met its fate",
	paneMetrics: "what the metric under the cursor means",
}

// helpItems are the keys that mean something in a place, by section; of the pane that has the keys also what it shows.
// What Enter does comes first.
func (m *model) helpItems(where place, under *menu) []item {
	var out []item
	for _, s := range sections {
		var rows []item
		for i := range m.keys {
			b := &m.keys[i]
			if b.where&where == 0 || b.section != s {
				continue
			}
			if row := m.helpItem(b, under); b.keys[0] == "enter" {
				rows = append([]item{row}, rows...)
			} else {
				rows = append(rows, row)
			}
		}
		title := string(s)
		if s == aboutPane && where == atPlay {
			pane := &panes[m.player.focus()]
			title += ": " + pane.name + " shows " + pane.shows
		}
		if len(rows) > 0 {
			out = append(append(out, heading(title)), rows...)
		}
	}
	return out
}

// helpItem is a row of the help. Choosing it presses the key.
func (m *model) helpItem(b *binding, under *menu) item {
	help := b.help
	if b.keys[0] == "enter" && m.where() == atPlay && enters[m.player.focus()] != "" {
		help = enters[m.player.focus()]
	}
	keys := b.labels(m.ascii)
	gap := strings.Repeat(" ", max(1, helpKeys-paint.Width(keys)))
	return item{line: paint.Text(paint.Key, keys).Add(paint.Plain, gap+help), indent: helpKeys, do: func(m *model) tea.Cmd {
		m.menu = under
		if why := b.unready(m); why != "" {
			m.say(paint.Dim, "%s: not now, %s", keys, why)
			return nil
		}
		return b.do(m)
	}}
}

// helpKeys is how many cells the keys take in the help.
const helpKeys = 14
