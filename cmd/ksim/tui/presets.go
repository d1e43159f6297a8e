package tui

import (
	"errors"
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
		{keys: []string{":", "ctrl+p"}, where: atHome, help: "a command: play NAME or FILE, presets, new, quit",
			do: (*model).openHomeCommand},
		{keys: []string{"tab"}, where: atHome, help: "to the next topic", do: jump(1)},
		{keys: []string{"shift+tab"}, where: atHome, help: "to the topic before", do: jump(-1)},
	}
}

func (m *model) openHomeCommand() tea.Cmd {
	m.prompt = &prompt{lead: ":", done: (*model).homeCommand, hint: "play NAME or FILE · presets · new · quit"}
	return nil
}

// homeCommand does what was typed on the home screen.
func (m *model) homeCommand(text string) tea.Cmd {
	word, rest, _ := strings.Cut(text, " ")
	switch word {
	case "":
		return nil
	case "q", "quit":
		return m.leave()
	case "presets":
		return m.openPresets()
	case "new":
		return m.openForm()
	case "play":
		return m.home.play(m, strings.TrimSpace(rest))
	}
	m.refuse(fmt.Errorf("%q is no command here: play, presets, new, quit", word))
	return nil
}

// play plays a scenario by its name, or a file. Of what is wrong with a file the first thing is told.
func (h *home) play(m *model, what string) tea.Cmd {
	s, err := scenario.Load(what, strings.NewReader(""))
	if err != nil {
		first, _, _ := strings.Cut(err.Error(), "\n")
		m.refuse(errors.New(first))
		return nil
	}
	return h.open(m, listed{Scenario: s, what: scenario.Called(what)})
}

// openPresets lists the presets. Choosing one plays it.
func (m *model) openPresets() tea.Cmd {
	return m.choosePreset("begin with", func(m *model, s *scenario.Scenario) tea.Cmd {
		return m.home.open(m, listed{Scenario: s, what: s.Name})
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
			preview: paint.Text(paint.Plain, "").Join(paint.Markdown(teaches(s), far)...),
			do:      func(m *model) tea.Cmd { return do(m, s) },
		})
	}
	return m.open(n)
}
