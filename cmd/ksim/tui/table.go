package tui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
)

// bindings is the table of keys, what is used most first: that is the order of the footer and of
// the help.
func bindings() []binding {
	return slices.Concat(about(aboutTime, timeKeys()), about(aboutActs, actKeys()), about(aboutWhy, explainKeys()), about(aboutTime, pinKeys()),
		about(aboutWhy, compareKeys()), about(aboutPane, listKeys()), about(aboutProgram, homeKeys()), about(aboutPane, foldKeys()),
		about(aboutPane, formKeys()), about(aboutLook, everyoneKeys()), about(aboutProgram, otherKeys()), about(aboutActs, changeKeys()),
		about(aboutLook, overviewKeys()))
}

// playing lifts what a player can do to what a model can do.
func playing(do func(*player, *model) tea.Cmd) func(*model) tea.Cmd {
	return func(m *model) tea.Cmd { return do(m.player, m) }
}

// timeKeys move through time, whichever pane has the keys.
func timeKeys() []binding {
	return []binding{
		{keys: []string{"right", ".", "s"}, where: atPlay, short: "step",
			help: "one step on; steps that only say \"still here\" are skipped",
			do:   playing((*player).stepOn)},
		{keys: []string{"left", ",", "S"}, where: atPlay, short: "back",
			help: "one step back", do: playing((*player).stepBack)},
		{keys: []string{"n"}, where: atPlay, short: "news",
			help: "on to the next step that tells something", do: playing((*player).tellOn)},
		{keys: []string{"N"}, where: atPlay,
			help: "back to the step before that told something", do: playing((*player).tellBack)},
		{keys: []string{" "}, where: atPlay, short: "run",
			help: "run, or pause: every tick goes on to the next step that tells something",
			do:   playing((*player).toggle)},
		{keys: []string{"shift+right"}, where: atPlay, help: "ten steps on",
			do: playing((*player).tenOn)},
		{keys: []string{"shift+left"}, where: atPlay, help: "ten steps back",
			do: playing((*player).tenBack)},
		{keys: []string{"]"}, where: atPlay,
			help: "on to the next mark: " + markWords(),
			do:   playing((*player).markOn)},
		{keys: []string{"["}, where: atPlay, help: "back to the mark before",
			do: playing((*player).markBack)},
		{keys: []string{"home"}, where: atPlay, help: "to the beginning",
			do: playing((*player).toStart)},
		{keys: []string{"end"}, where: atPlay, help: "to the end of the run",
			do: playing((*player).toEnd)},
		{keys: []string{">"}, where: atPlay, help: "run faster", do: playing((*player).faster)},
		{keys: []string{"<"}, where: atPlay, help: "run slower", do: playing((*player).slower)},
	}
}

// actKeys do something, or look into what was done.
func actKeys() []binding {
	return []binding{
		{keys: []string{"w"}, section: aboutWhy, where: atPlay, short: "why",
			help: "why the chosen message met its fate", do: (*model).openWhy},
		{keys: []string{"x"}, section: aboutWhy, where: atPlay, short: "find",
			help: "find the shortest way to lose, double or tear a message from here", do: (*model).openSearches},
		{keys: []string{"f"}, where: atPlay, short: "fault",
			help: "faults and other acts: crash, cut, pause, restart ...", do: (*model).openActs},
		{keys: []string{"z"}, where: atPlay, help: "undo: back to the moment before the last act",
			do: playing((*player).undo)},
		{keys: []string{"b"}, section: aboutTime, where: atPlay, help: "branches: the tree of them, each with how it ends",
			do: (*model).openBranches},
		{keys: []string{":", "ctrl+p"}, section: aboutProgram, where: atPlay, short: "command",
			help: "a command: #123, 1.25s, 50%, crash b2, save FILE, quit; help lists all", do: (*model).openCommand},
		{keys: []string{"ctrl+s"}, section: aboutProgram, where: atPlay, help: "save the session as a new scenario file",
			do: (*model).saveNow},
		{keys: []string{"y"}, where: atPlay, help: "the command that shows this again, to be copied",
			do: playing((*player).reproduce)},
		{keys: []string{"v"}, section: aboutLook, where: atPlay, help: "more or fewer words, in turn: the news and what it means, every step with an expert's line (what was sent, field by field), the news alone",
			do: playing((*player).otherWords)},
	}
}

// far is further than any list is long.
const far = 1 << 30

// listKeys move in whatever has the keys.
func listKeys() []binding {
	move := func(n int) func(*model) tea.Cmd {
		return func(m *model) tea.Cmd { m.list().move(m, n); return nil }
	}
	page := func(sign int) func(*model) tea.Cmd {
		return func(m *model) tea.Cmd { m.list().move(m, sign*max(1, m.h/2)); return nil }
	}
	choose := func(m *model) tea.Cmd { return m.list().enter(m) }
	return append([]binding{
		{keys: []string{"down", "j"}, where: inLists, help: "down", do: move(1)},
		{keys: []string{"up", "k"}, where: inLists, help: "up", do: move(-1)},
		{keys: []string{"pgdown"}, where: inLists, help: "half a screen down", do: page(1)},
		{keys: []string{"pgup"}, where: inLists, help: "half a screen up", do: page(-1)},
		{keys: []string{"g"}, where: inLists, help: "to the top", do: move(-far)},
		{keys: []string{"G"}, where: inLists, help: "to the bottom", do: move(far)},
		{keys: []string{"home"}, where: atHome | inMenu | inForm | inCompare, help: "to the top", do: move(-far)},
		{keys: []string{"end"}, where: atHome | inMenu | inForm | inCompare, help: "to the bottom", do: move(far)},
		{keys: []string{"enter"}, where: atHome, short: "play", help: "play the scenario under the cursor",
			do: choose},
		{keys: []string{"enter"}, where: atPlay,
			help: "choose: go to a step, make an event happen out of turn, ask why", do: choose},
		{keys: []string{"enter"}, where: inMenu, short: "choose", help: "choose", do: choose},
		{keys: []string{"l"}, where: atPlay, help: "logs: later offsets", do: playing((*player).later)},
		{keys: []string{"h"}, where: atPlay, help: "logs: earlier offsets",
			do: playing((*player).earlier)},
		{keys: []string{"tab"}, section: aboutLook, where: atPlay, help: "the next pane", do: playing((*player).nextPane)},
		{keys: []string{"shift+tab"}, section: aboutLook, where: atPlay, help: "the pane before",
			do: playing((*player).paneBefore)},
		{keys: []string{"+"}, section: aboutLook, where: atPlay, help: "this pane alone, or all panes again",
			do: playing((*player).toggleAlone)},
	}, paneKeys()...)
}

// paneKeys are the digits.
func paneKeys() []binding {
	var out []binding
	for i := range panes {
		id := paneID(i)
		out = append(out, binding{keys: []string{id.key()}, section: aboutLook, where: atPlay,
			help: panes[id].name + ": " + panes[id].shows,
			do:   playing(func(p *player, _ *model) tea.Cmd { p.looked.lookAt(id); return nil })})
	}
	return out
}

// otherKeys are those of the home screen, of menus, of texts, and those that work everywhere.
func otherKeys() []binding {
	return []binding{
		{keys: []string{"V"}, section: aboutWhy, where: atHome | atPlay, short: "variants",
			help:  "the scenario's variants, like its fix: list them and play one",
			ready: (*model).unvaried, do: (*model).openVariants},
		{keys: []string{"/"}, where: atHome, short: "search", help: "search", do: (*model).openSearch},
		{keys: []string{"?"}, where: inLists, short: "help", help: "all keys", do: (*model).openHelp},
		{keys: []string{"q"}, where: atHome | atPlay | inForm, short: "quit", help: "quit, or one level out",
			do: (*model).leave},
		{keys: []string{"esc", "q"}, where: inMenu | inCompare, short: "close", help: "close", do: (*model).escape},
		{keys: []string{"esc"}, where: atHome | atPlay | inForm | inPrompt, help: "stop, close, forget what was typed",
			do: (*model).escape},
		{keys: []string{"enter"}, where: inPrompt, help: "do it",
			do: func(m *model) tea.Cmd { return m.prompt.enter(m) }},
		{keys: []string{"backspace"}, where: inPrompt, help: "take the last character away",
			do: func(m *model) tea.Cmd { m.prompt.backspace(m); return nil }},
		{keys: []string{"ctrl+u"}, where: inPrompt, help: "take everything away",
			do: func(m *model) tea.Cmd { m.prompt.clear(m); return nil }},
		{keys: []string{"ctrl+l"}, where: anywhere, help: "draw the screen anew",
			do: func(*model) tea.Cmd { return tea.ClearScreen }},
		{keys: []string{"ctrl+z"}, where: anywhere, help: "suspend",
			do: func(*model) tea.Cmd { return tea.Suspend }},
		{keys: []string{"ctrl+c"}, where: anywhere, help: "quit at once",
			do: func(m *model) tea.Cmd { m.err = ErrInterrupted; return tea.Quit }},
	}
}

// list is what the keys of lists move in.
func (m *model) list() list {
	switch {
	case m.menu != nil:
		return m.menu
	case m.compare != nil:
		return m.compare
	case m.player != nil:
		return panes[m.player.focus()]
	case m.form != nil:
		return m.form
	}
	return m.home
}

// list is something with a cursor, or something that scrolls.
type list interface {
	move(m *model, n int)
	enter(m *model) tea.Cmd
}

// unchoosable is a list of which nothing can be chosen.
type unchoosable struct{}

func (unchoosable) enter(m *model) tea.Cmd {
	m.say(paint.Dim, "there is nothing to choose in this pane")
	return nil
}
