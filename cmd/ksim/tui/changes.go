package tui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
)

// openChanges lists what can be changed while the cluster runs, and of what can't what to do instead.
func (m *model) openChanges() tea.Cmd {
	w := m.player.World()
	n := &menu{title: "change what?", items: append([]item{heading("settings of topics, altered in use")}, m.settingItems()...)}
	if begins := m.beginItems(func(sim.NodeID) bool { return true }); len(begins) > 0 {
		n.items = append(append(n.items, heading("processes that start later")), begins...)
	}
	var refused []item
	bySubject(w, func(subject string, acts []*sim.Act) {
		var items []item
		for _, a := range acts {
			if a.Form == sim.Order && a.Verb != cluster.AlterConfig {
				now, not := m.strikesOn(a, func(sim.Event) bool { return true })
				items, refused = append(items, now...), append(refused, not...)
			}
		}
		if len(items) > 0 {
			n.items = append(append(n.items, heading(subject)), items...)
		}
	})
	if len(refused) > 0 {
		n.items = append(append(n.items, heading("not now")), refused...)
	}
	n.items = append(n.items, heading("not while it runs"))
	for _, f := range fixed {
		n.items = append(n.items, item{refused: true, indent: 4,
			line: paint.Text(paint.Plain, f.what).Add(paint.Dim, ": "+f.why)})
	}
	return m.open(n)
}

// fixed is what no act changes: why, and what to do instead.
var fixed = []struct{ what, why string }{
	{"a new broker", "it would hold nothing until partitions are moved to it, which is not modelled: `:save FILE`, add it" +
		" there, `ksim play FILE`"},
	{"a new producer", "what it sends, and what that is called, is in the file: `:save FILE`, add it there (with" +
		" `start: 10s`), `ksim play FILE`; send lets one that is there send more"},
	{"settings of producers and consumers", "Kafka's clients read them once, when they are made: `:save FILE` and edit" +
		" its config there"},
	{"settings of brokers", "many are read-only in Kafka until a restart, like replica.lag.time.max.ms; what a broker" +
		" sets for topics is altered topic by topic here"},
	{"retention.*, segment.* and compression.* of a topic", "dynamic in Kafka, here only in the file: `:save FILE` and" +
		" edit the topic's config"},
	{"fewer partitions", "their number can only grow in Kafka: delete-topic, or a new topic in the file"},
	{"a commit by hand", "only its application commits: process: {commit: ...} in the file; seek moves a consumer once"},
}

// settingItems are the settings of topics that can be altered now. Choosing one asks for its value.
func (m *model) settingItems() []item {
	all := cluster.Alterables(m.player.World())
	wide := 0
	for i := range all {
		wide = max(wide, paint.Width(settingText(&all[i])))
	}
	var out []item
	for i := range all {
		a := &all[i]
		out = append(out, item{
			line:   paint.Text(paint.Strong, settingText(a)).Pad(wide+2).Add(paint.Plain, a.Doc),
			indent: 4,
			preview: paint.Text(paint.Dim, "as a command: ").
				Add(paint.Info, fmt.Sprintf(":%s %s %s=VALUE", cluster.AlterConfig, a.Topic, a.Name)),
			do: func(m *model) tea.Cmd { return m.askSetting(a) },
		})
	}
	if len(out) == 0 {
		out = append(out, item{refused: true, line: paint.Text(paint.Dim, "there are no topics (create-topic first)")})
	}
	return out
}

func settingText(a *cluster.Alterable) string { return fmt.Sprintf("%s %s=%s", a.Topic, a.Name, a.Now) }

// askSetting asks for the new value of a setting. One that is wrong is refused, and asked for again.
func (m *model) askSetting(a *cluster.Alterable) tea.Cmd {
	m.prompt = &prompt{
		lead: fmt.Sprintf("%s %s=", a.Topic, a.Name), hint: fmt.Sprintf("a %s; %s now", a.Kind, a.Now),
		done: func(m *model, text string) tea.Cmd {
			if text == "" {
				return nil
			}
			return m.command(fmt.Sprintf("%s %s %s=%s", cluster.AlterConfig, a.Topic, a.Name, text))
		}}
	return nil
}

// beginItems are the processes, of some, that would start later and can start now.
func (m *model) beginItems(some func(sim.NodeID) bool) []item {
	s := m.player.scene
	var out []item
	for _, e := range s.world.Enabled(nil) {
		if e.Verb != sim.Begin || !some(e.Node) {
			continue
		}
		when, _ := s.begins(e.Node)
		it := m.strikeItem(e, fmt.Sprintf("it begins to run at once, which it would %s", when))
		if when != "now" {
			it.line = it.line.Addf(paint.Plain, "  now, else %s", when)
		}
		out = append(out, it)
	}
	return out
}
