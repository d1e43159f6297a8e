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
			help: "remove what is under the cursor", ready: (*model).keepsRow, do: (*model).dropItem},
	}
}

// keepsRow says why the row under the cursor is not removed.
func (m *model) keepsRow() string {
	if m.menu != nil && m.menu.at < len(m.menu.items) && m.menu.items[m.menu.at].drop != nil {
		return ""
	}
	return "this row can't be removed"
}

func (m *model) dropItem() tea.Cmd { return m.menu.items[m.menu.at].drop(m) }

// pinCommands are the commands that do what pinKeys do.
func pinCommands() []command {
	return []command{
		{names: []string{"break"}, usage: "[WHAT]", where: atPlay,
			help: "stop at what a script's `when` would wait for, or when `m3 is acked-lost`; lists them if nothing is said", do: (*model).breakWord},
		{names: []string{"unbreak"}, usage: "[WHAT]", where: atPlay, help: "forget a breakpoint, or all", do: (*model).unbreakWord},
		{names: []string{"continue"}, usage: "[back]", where: atPlay, help: "on to the next breakpoint, or back to the one before",
			do: (*model).continueWord},
		{names: []string{"bookmark"}, usage: "[NAME]", where: atPlay, help: "give this moment a name", do: (*model).setBookmark},
		{names: []string{"bookmarks"}, where: atPlay, help: "the bookmarks", do: plainly((*model).openBookmarks)},
		{names: []string{"goto"}, usage: "NAME", where: atPlay, help: "to a bookmark, or to the end of a branch", do: (*model).gotoName},
		{names: []string{"undo"}, where: atPlay, help: "back to the moment before the last act", do: plainly(playing((*player).undo))},
		{names: []string{"redo"}, where: atPlay, help: "forward again to where undo came from", do: plainly(playing((*player).redo))},
	}
}

func (m *model) continueWord(way string) tea.Cmd {
	if way != "" && way != "back" {
		m.refuse(fmt.Errorf("%q is no way to continue: write `continue` or `continue back`", way))
		return nil
	}
	return m.player.toStop(m, way == "back")
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
