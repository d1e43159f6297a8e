package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
)

// What a mouse does can always be done by keys, too. What is under the pointer is what was drawn there: rows that
// can be pointed at carry a spot, so there is no second reckoning of where they are.

// The zones that have spots: first the panes, then the others.
const (
	zoneMenu = zone(paneCount) + iota
	zoneHome
	zoneTopic
	zoneForm
	zoneTime
	zoneTab
)

// zone is a part of the screen in which one can point at something.
type zone int

// spot is what a row of a zone is called for whoever points at it.
func (z zone) spot(row int) paint.Spot { return paint.Spot{Zone: int16(z + 1), Row: int32(row)} }

// has tells whether a spot lies in a zone.
func (z zone) has(s paint.Spot) bool { return s.Zone == int16(z+1) }

// spot is what a row of a pane is called for whoever points at it.
func (id paneID) spot(row int) paint.Spot { return zone(id).spot(row) }

// mouseOn asks the terminal for the mouse, which bubbletea forgets to ask for again when it was suspended.
func (m *model) mouseOn() tea.Msg {
	if m.noMouse {
		return nil
	}
	return tea.EnableMouseCellMotion()
}

// pointed is a list with a cursor that can be put on a row.
type pointed interface{ point(m *model, row int) }

// onMouse does what a click, a drag or the wheel means.
func (m *model) onMouse(e tea.MouseMsg) tea.Cmd {
	switch {
	case e.Action == tea.MouseActionRelease:
		m.dragging = false
	case m.prompt != nil:
	case e.Button == tea.MouseButtonWheelUp:
		m.wheel(e.X, e.Y, -1)
	case e.Button == tea.MouseButtonWheelDown:
		m.wheel(e.X, e.Y, 1)
	case e.Button != tea.MouseButtonLeft:
	case e.Action == tea.MouseActionPress:
		return m.click(e.X, e.Y)
	case m.dragging && m.where() == atPlay:
		m.scrub(e.X)
	}
	return nil
}

// under is what was drawn at a cell.
func (m *model) under(x, y int) (s paint.Spot) {
	if y >= 0 && y < m.h {
		s = m.picture()[y].SpotAt(x)
	}
	return s
}

// click chooses in a menu, gives a pane the keys and puts its cursor on the row, or goes to a moment of the
// timeline.
func (m *model) click(x, y int) tea.Cmd {
	s := m.under(x, y)
	row := int(s.Row)
	m.said, m.no = nil, nil
	switch {
	case m.menu != nil:
		if zoneMenu.has(s) {
			m.menu.at = row
			return m.menu.enter(m)
		}
		return nil
	case m.stage() == atHome:
		if !zoneTopic.has(s) && !zoneHome.has(s) {
			return nil
		}
		if m.home.at = row; zoneTopic.has(s) || m.home.chosen() == nil {
			m.home.fold(m)
		}
		return nil
	case m.stage() == inForm:
		if zoneForm.has(s) {
			m.form.at = row
		}
		return nil
	case m.stage() != atPlay:
		return nil
	case zoneTime.has(s):
		m.dragging = true
		m.scrub(x)
		return nil
	case zoneTab.has(s):
		m.player.looked.lookAt(paneID(row))
		return nil
	}
	if id, ok := m.paneAt(x, y); ok {
		m.player.looked.lookAt(id)
		if list, ok := panes[id].pane.(pointed); ok && zone(id).has(s) {
			list.point(m, row)
		}
	}
	return nil
}

// paneAt is the pane at a cell.
func (m *model) paneAt(x, y int) (paneID, bool) {
	for id, r := range m.layout().panes {
		if x >= r.x && x < r.x+r.w && y >= r.y && y < r.y+r.h {
			return paneID(id), true
		}
	}
	return 0, false
}

// wheelRows is how far a pane scrolls with a notch of the wheel.
const wheelRows = 3

// wheel scrolls what is under the pointer, whoever has the keys.
func (m *model) wheel(x, y, sign int) {
	switch {
	case m.where() != atPlay:
		m.list().move(m, sign)
	default:
		if id, ok := m.paneAt(x, y); ok {
			panes[id].move(m, sign*wheelRows)
		}
	}
}

// scrub goes to the moment of the timeline that is drawn in a column, or at the nearer end of it.
func (m *model) scrub(x int) {
	row := m.layout().timeline
	if row < 0 {
		return
	}
	line := m.picture()[row]
	for x > 0 && !zoneTime.has(line.SpotAt(x)) {
		x--
	}
	m.player.motion.stop()
	m.player.seek(int(line.SpotAt(x).Row)) // left of the timeline: its beginning
}
