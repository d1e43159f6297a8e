package tui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/sim"
)

// changeKeys are what a person does to one node, or changes in the cluster.
func changeKeys() []binding {
	return []binding{
		{keys: []string{"F"}, where: atPlay, short: "on this",
			help: "everything that can be done to what is under the cursor: a node, or an event that may happen next",
			do:   (*model).openHere},
		{keys: []string{"a"}, where: atPlay, short: "change",
			help: "changes while it runs: settings of topics, topics, seeks, who starts now", do: (*model).openChanges},
	}
}

func changeCommands() []command {
	out := []command{
		{names: []string{"on"}, usage: "[NODE]", where: atPlay, help: "everything that can be done to a node",
			do: (*model).onNode},
		{names: []string{"change"}, where: atPlay, help: "what can be changed while it runs, and of what can't what to do",
			do: plainly((*model).openChanges)},
	}
	for _, s := range strikes {
		out = append(out, command{names: []string{s.word}, usage: "EVENT", where: atPlay, help: s.help,
			do: func(m *model, text string) tea.Cmd { return m.strikeCommand(text, s.there) }})
	}
	return out
}

// onNode opens what can be done to a node of a name; without one it asks which.
func (m *model) onNode(name string) tea.Cmd {
	w := m.player.World()
	id, ok := w.ID(name)
	switch {
	case ok && w.Missing(id) != nil:
		m.refuse(w.Missing(id))
		return nil
	case ok:
		return m.openNode(id)
	case name != "":
		names := w.Named()
		m.refuse(fmt.Errorf("unknown node %q%s (nodes: %s)", name, sim.DidYouMean(name, names), strings.Join(names, ", ")))
		return nil
	}
	return m.openNodes()
}
