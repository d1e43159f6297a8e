package tui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// pinKeys set breakpoints and bookmarks, and go to them.
func pinKeys() []binding {
	return []binding{
		{keys: []string{"B"}, where: atPlay,
			help: "breakpoints: stop when HW advances, when m3 is acked-lost ...", do: (*model).openBreakpoints},
		{keys: []string{"c"}, where: atPlay, help: "continue to the next breakpoint", do: playing((*player).continueOn)},
		{keys: []string{"C"}, where: atPlay, help: "back to the breakpoint before", do: playing((*player).continueBack)},
		{keys: []string{"m"}, where: atPlay, help: "set a bookmark at this moment", do: (*model).openBookmark},
		{keys: []string{"'"}, where: atPlay, help: "bookmarks: list them and go to one", do: (*model).openBookmarks},
		{keys: []string{"Z"}, where: atPlay, help: "redo: forward again to where undo came from",
			do: playing((*player).redo)},
		{keys: []string{"="}, where: atPlay, help: "run at normal speed again", do: playing((*player).normalPace)},
		{keys: []string{"x", "delete"}, where: inMenu, short: "remove",
			help: "remove what is under the cursor", ready: (*model).canDrop, do: (*model).dropItem},
	}
}

// canDrop tells whether the row under the cursor can be removed.
func (m *model) canDrop() bool {
	return m.menu != nil && m.menu.at < len(m.menu.items) && m.menu.items[m.menu.at].drop != nil
}

func (m *model) dropItem() tea.Cmd { return m.menu.items[m.menu.at].drop(m) }

// timeWords are the commands that do what pinKeys do.
var timeWords = map[string]func(m *model, rest string) tea.Cmd{
	"break":    (*model).breakWord,
	"unbreak":  (*model).unbreakWord,
	"bookmark": (*model).setBookmark,
	"goto":     (*model).gotoName,
	"continue": func(m *model, rest string) tea.Cmd { return m.player.toStop(m, rest == "back") },
	"undo":     func(m *model, _ string) tea.Cmd { return m.player.undo(m) },
	"redo":     func(m *model, _ string) tea.Cmd { return m.player.redo(m) },
}

// breakWord sets a breakpoint, or lists them.
func (m *model) breakWord(text string) tea.Cmd {
	if text == "" {
		return m.openBreakpoints()
	}
	if err := m.player.addStop(m, text); err != nil {
		m.refuse(err)
	}
	return nil
}

// unbreakWord removes a breakpoint, or all.
func (m *model) unbreakWord(text string) tea.Cmd {
	p := m.player
	if text == "" {
		p.pins.stops = nil
		p.repin()
		return nil
	}
	if words := strings.Join(strings.Fields(text), " "); !p.dropStop(words) {
		m.refuse(fmt.Errorf("there is no breakpoint %q", words))
	}
	return nil
}
