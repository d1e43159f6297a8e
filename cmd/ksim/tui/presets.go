package tui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/internal/scenario"
)

// homeKeys are the keys of the home screen alone.
func homeKeys() []binding {
	jump := func(by int) func(*model) tea.Cmd {
		return func(m *model) tea.Cmd { m.home.jump(by); return nil }
	}
	return []binding{
		{keys: []string{"p"}, where: atHome, short: "presets", help: "presets: clusters to begin with",
			do: (*model).openPresets},
		{keys: []string{"n"}, where: atHome, short: "new cluster",
			help: "a cluster of your own: brokers, topics, clients and their settings", do: (*model).openForm},
		{keys: []string{":", "ctrl+p"}, where: atHome, help: "a command: play NAME or FILE, presets, new, quit; help lists all",
			do: (*model).openCommand},
		{keys: []string{"tab"}, where: atHome, help: "to the next topic", do: jump(1)},
		{keys: []string{"shift+tab"}, where: atHome, help: "to the topic before", do: jump(-1)},
	}
}

// homeCommands are the commands of the home screen alone.
func homeCommands() []command {
	return []command{
		{names: []string{"play"}, usage: "NAME", where: atHome, help: "play a scenario, or a file",
			do: func(m *model, what string) tea.Cmd { return m.home.play(m, what) }},
		{names: []string{"list"}, usage: "[WORDS]", where: atHome, help: "the scenarios in which all words occur",
			do: (*model).listScenarios},
		{names: []string{"presets"}, where: atHome, help: "clusters to begin with", do: plainly((*model).openPresets)},
		{names: []string{"new"}, where: atHome, help: "a cluster of your own: brokers, topics, clients and their settings",
			do: plainly((*model).openForm)},
	}
}

// listScenarios shows the scenarios that match words. Choosing one plays it.
func (m *model) listScenarios(words string) tea.Cmd {
	h := m.home
	h.search(words)
	if len(h.shown) == 0 {
		return h.enter(m) // which says so
	}
	found := h.matching(strings.Fields(strings.ToLower(words)))
	n := &menu{title: fmt.Sprintf("%d of %d scenarios", len(found), len(h.all))}
	for _, e := range found {
		n.items = append(n.items, item{indent: 4,
			line: paint.Text(paint.Strong, e.Name).Add(paint.Plain, "  "+e.Title),
			do:   func(m *model) tea.Cmd { return h.open(m, e) }})
	}
	return m.open(n)
}

// play plays a scenario by its name, or a file.
func (h *home) play(m *model, what string) tea.Cmd {
	return h.open(m, listed{what: scenario.Called(what), load: loader(what)})
}

// openPresets lists the presets. Choosing one plays it.
func (m *model) openPresets() tea.Cmd {
	return m.choosePreset("begin with", func(m *model, s *scenario.Scenario) tea.Cmd {
		return m.home.open(m, listed{what: s.Name, load: loader(s.Name)})
	})
}

// choosePreset lists the presets to do something with one.
func (m *model) choosePreset(title string, do func(*model, *scenario.Scenario) tea.Cmd) tea.Cmd {
	all, err := scenario.Presets()
	if err != nil {
		m.refuse(err)
		return nil
	}
	n := &menu{title: title}
	for _, s := range all {
		n.items = append(n.items, item{
			line:    paint.Text(paint.Strong, s.Document.Title),
			indent:  2,
			preview: paint.Text(paint.Plain, "").Join(paint.Markdown(teaches(&s.Document), far)...),
			do:      func(m *model) tea.Cmd { return do(m, s) },
		})
	}
	return m.open(n)
}
