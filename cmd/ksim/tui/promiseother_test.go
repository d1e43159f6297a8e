package tui

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// homePromises are those of the list of scenarios.
func homePromises() promises {
	topic := func(by int) func(pressed) bool {
		return func(now pressed) bool {
			h, was := now.home, now.was.home
			first := func(i int) bool { return i == 0 || h.shown[i].heading != h.shown[i-1].heading }
			i := was.at
			for i += by; i > 0 && (!first(i) || h.shown[i].heading == h.shown[was.at].heading); i += by {
			}
			return h.at == i && h.shown[i].heading != h.shown[was.at].heading
		}
	}
	const middle = "j j j j j j j j j j j j j j j j j j j j j j j j j"
	all := promises{
		"play the scenario under the cursor": {{"", "j j", func(now pressed) bool {
			return now.where() == atPlay && now.player.Name == now.was.home.shown[2].Name
		}}},
		"presets: clusters to begin with": {{"", "", func(now pressed) bool {
			listed := menuHas(now, "five", "three")
			press(now.model, "enter")
			return listed && now.player != nil && strings.HasPrefix(now.player.Name, "preset-")
		}}},
		"a cluster of your own: brokers, topics, clients and their settings": {{"", "", func(now pressed) bool {
			kinds := map[string]bool{}
			for _, p := range now.form.draft.Parts {
				kinds[p.Kind] = true
			}
			got := text(now.model)
			return now.where() == inForm && kinds["topic"] && kinds["producer"] && kinds["consumer"] && strings.Contains(got, "brokers")
		}}},
		"a command: play NAME or FILE, presets, new, quit; help lists all": {
			{"", "", typing("play acks-0-loses", func(now pressed) bool { return now.player != nil && now.player.Name == "acks-0-loses" })},
			{"", "", typing("presets", func(now pressed) bool { return menuHas(now, "five", "three") })},
			{"", "", typing("new", func(now pressed) bool { return now.where() == inForm })},
			{"", "", typing("help", func(now pressed) bool { return menuHas(now, "play a scenario") })},
		},
		"to the next topic":   {{"", "j", topic(1)}, {"", middle, topic(1)}},
		"to the topic before": {{"", middle, topic(-1)}},
		"fold the topic under the cursor, or unfold it": {{"", "j", func(now pressed) bool {
			h, topic := now.home, now.was.home.shown[1].heading
			folded := len(h.shown) < len(now.was.home.shown) && h.chosen() == nil && h.shown[h.at].heading == topic
			press(now.model, "space")
			return folded && len(h.shown) == len(now.was.home.shown) && h.chosen() != nil && h.chosen().heading == topic
		}}},
	}
	maps.Copy(all, homeLookPromises())
	moves(all, "", middle, func(m *model) (row, rows int) { return m.home.at, len(m.home.shown) })
	return everywhere(all, "", "")
}

// homeLookPromises are those of the keys that tell more there, and lead out.
func homeLookPromises() promises {
	return promises{
		"search": {{"", "", typing("reorder", func(now pressed) bool {
			h := now.home
			found := len(h.shown) > 0 && len(h.shown) < len(h.all)
			for _, e := range h.shown {
				found = found && strings.Contains(strings.ToLower(e.Name+e.heading+e.Title+e.Story), "reorder")
			}
			return found
		})}},
		"the scenario's variants, like its fix: list them and play one":             {{"", "/ c01-commit-before-processing enter", playsFix}},
		"what a word means: errors, settings, metrics, fates, notes, Kafka's terms": {{"", "", glossaries}},
		"the next theme: dark, light, more contrast, safe for the colour-blind":     themed("", ""),
		"all keys":               helped("", "j"),
		"quit, or one level out": {{"", "", does(tea.Quit)}},
		"stop, close, forget what was typed": {{"", "/ reorder enter", func(now pressed) bool {
			return len(now.was.home.shown) < len(now.home.all) && len(now.home.shown) >= len(now.home.all)
		}}},
	}
}

// menuPromises are those of menus.
func menuPromises() promises {
	const on = "leader-crash"
	all := promises{
		"search among the rows": {{on, "f", typing("cut", func(now pressed) bool {
			n := now.menu
			return len(n.items) > 1 && !slices.ContainsFunc(n.items, func(it item) bool {
				return !it.heading && !strings.Contains(strings.ToLower(it.line.String()), "cut")
			})
		})}},
		"what caused the step of this row, and what it caused": {{on, "end w", func(now pressed) bool {
			step := now.was.menu.items[now.was.menu.at].step
			return step > 0 && strings.HasPrefix(now.menu.title, fmt.Sprintf("step %d: where it comes from", step))
		}}},
		"what the word for the step of this row means": {{on, "end w", func(now pressed) bool {
			word := now.was.player.wordOf(now.was.rowsMoment())
			return word != "" && menuHas(now, word) && now.menu.title != now.was.menu.title
		}}},
		"remove what is under the cursor": {{on, "n m enter n m enter ' j", func(now pressed) bool {
			b := now.player.pins.bookmarks
			return len(b) == 1 && b[0].name == "a" && len(now.menu.items) == 1
		}}},
		"choose": {{on, "? j", func(now pressed) bool {
			return now.menu == nil && now.player.here().Step == 0 && now.player.Tree.Index() == 0
		}},
			{on, "n n m enter n n '", func(now pressed) bool {
				return now.menu == nil && now.player.here().ID == now.player.pins.bookmarks[0].moment
			}}},
		"all keys": helped(on, "n f"),
		"close": {{on, "n f", func(now pressed) bool {
			return now.menu == nil && now.player.here() != nil && now.where() == atPlay
		}}},
	}
	moves(all, on, "i esc"+strings.Repeat(" j", 60), func(m *model) (row, rows int) { return m.menu.at, len(m.menu.items) })
	return everywhere(all, on, "f")
}

// promptPromises are those of texts that are typed.
func promptPromises() promises {
	const on = "leader-crash"
	all := promises{
		"down in the list that is searched": {{on, "i acks down", func(now pressed) bool {
			return now.where() == inPrompt && now.menu.at == now.was.menu.at+1
		}}},
		"up in the list that is searched": {{on, "i acks down down", func(now pressed) bool {
			return now.where() == inPrompt && now.menu.at == now.was.menu.at-1
		}}},
		"stop, close, forget what was typed": {
			{on, ": crash", func(now pressed) bool { return now.prompt == nil && now.player.here().Step == 0 }},
			{"", "/ reorder", func(now pressed) bool { return now.prompt == nil && len(now.home.shown) >= len(now.home.all) }},
		},
		"do it":                        {{on, ": #5", func(now pressed) bool { return now.prompt == nil && now.player.here().Step == 5 }}},
		"take the last character away": {{on, ": crüsh space ü", func(now pressed) bool { return now.prompt.text == "crüsh " }}},
		"take everything away":         {{on, ": crash space b2", func(now pressed) bool { return now.prompt.text == "" }}},
	}
	return everywhere(all, on, ": crash")
}

// formPromises are those of a cluster of one's own.
func formPromises() promises {
	all := promises{
		"type or choose a value; on a heading: all fields of the part, or those that matter": {
			{"", "n", func(now pressed) bool { return len(now.form.rows) > len(now.was.form.rows) }},
			{"", "n enter", func(now pressed) bool { return len(now.form.rows) < len(now.was.form.rows) }},
			{"", "n / p1 space acks enter", func(now pressed) bool { return menuHas(now, "all", "0", "1") }},
			{"", "n / p1 space how space many space sends enter", func(now pressed) bool {
				press(now.model, "ctrl+u 77 enter")
				return strings.Contains(text(now.model), "77") && now.form.draft != now.was.form.draft
			}},
		},
		"play this cluster": {{"", "n : p1.acks=0 enter", func(now pressed) bool {
			return now.where() == atPlay && now.player.Scenario == now.form.draft.Scenario
		}}},
		"search among fields, settings and what they mean": {{"", "n", typing("isr", func(now pressed) bool {
			f := now.form
			return len(f.rows) > 1 && !slices.ContainsFunc(f.rows, func(r formRow) bool {
				return r.field != nil && !strings.Contains(strings.ToLower(r.part.Kind+r.part.Name+r.field.Name+r.field.Doc+r.field.Value), "isr")
			})
		})}},
		"add a topic, a producer, a consumer ...": {{"", "n", func(now pressed) bool {
			listed := menuHas(now, "topic", "producer", "consumer")
			press(now.model, "enter")
			return listed && len(now.form.draft.Parts) == len(now.was.form.draft.Parts)+1
		}}},
		"remove the topic or client under the cursor": {{"", "n tab tab", func(now pressed) bool {
			gone := now.was.form.row().part
			return len(now.form.draft.Parts) == len(now.was.form.draft.Parts)-1 && now.form.part(gone.Name) == nil
		}}},
		"undo the last change": {{"", "n tab tab d", func(now pressed) bool {
			return len(now.form.draft.Parts) == len(now.was.form.draft.Parts)+1 && now.form.draft == now.form.saved
		}}},
		"save the cluster as a new scenario file": {{"", "n : p1.acks=0 enter", func(now pressed) bool {
			msg, ok := now.cmd().(savedMsg)
			source, err := os.ReadFile(msg.file)
			return ok && err == nil && msg.err == nil && string(source) == string(now.form.draft.Source)
		}}},
		"a command: p1.acks=1, add topic, remove p1, play, save FILE, quit; help lists all": {
			{"", "n", typing("p1.acks=0", func(now pressed) bool { return strings.Contains(string(now.form.draft.Source), "acks: 0") })},
			{"", "n", typing("add topic", func(now pressed) bool {
				return len(now.form.draft.Parts) == len(now.was.form.draft.Parts)+1
			})},
			{"", "n", typing("remove p1", func(now pressed) bool { return now.form.part("p1") == nil })},
			{"", "n", typing("play", func(now pressed) bool { return now.where() == atPlay })},
			{"", "n", typing("help", func(now pressed) bool { return menuHas(now, "play this cluster") })},
		},
	}
	maps.Copy(all, formMovePromises())
	moves(all, "", "n tab tab enter"+strings.Repeat(" j", 20), func(m *model) (row, rows int) { return m.form.at, len(m.form.rows) })
	return everywhere(all, "", "n")
}

// formMovePromises are those of the keys that move in the form, and out of it.
func formMovePromises() promises {
	part := func(by int) func(pressed) bool {
		return func(now pressed) bool {
			f, i := now.form, now.was.form.at+by
			for ; f.rows[i].field != nil; i += by {
			}
			return f.at == i
		}
	}
	return promises{
		"begin anew, with the cluster of a preset": {{"", "n tab tab d", func(now pressed) bool {
			listed := menuHas(now, "five")
			press(now.model, "/ five enter enter")
			return listed && len(now.form.draft.Scenario.Document.Cluster.Brokers) == 5
		}}},
		"to the next part":   {{"", "n j", part(1)}},
		"to the part before": {{"", "n tab tab j", part(-1)}},
		"the next theme: dark, light, more contrast, safe for the colour-blind": themed("", "n"),
		"all keys": helped("", "n j"),
		"quit, or one level out": {
			{"", "n", func(now pressed) bool { return now.where() == atHome && now.form == nil }},
			{"", "n : p1.acks=0 enter", func(now pressed) bool { return menuHas(now, "stay", "save it", "forget it") }},
		},
		"stop, close, forget what was typed": {{"", "n / isr enter", func(now pressed) bool {
			return now.where() == inForm && now.form.query == "" && len(now.form.rows) > len(now.was.form.rows)
		}}},
	}
}

// comparePromises are those of two runs side by side.
func comparePromises() promises {
	const on = "leader-crash"
	difference := func(by int) func(pressed) bool {
		return func(now pressed) bool {
			c, i := now.compare, now.was.compare.at+by
			for ; c.Rows[i].Same || !c.Rows[i-1].Same; i += by {
			}
			return c.at == i
		}
	}
	all := promises{
		"on to the next difference":     {{on, branched + " d", difference(1)}},
		"back to the difference before": {{on, branched + " d n n", difference(-1)}},
		"to the same row of the other run": {{on, branched + " d g", func(now pressed) bool {
			return now.compare.at == now.was.compare.at && now.compare.meant() != now.was.compare.meant()
		}}},
		"to this step of this run": {{on, branched + " d n tab", func(now pressed) bool {
			to, step := now.was.compare.goal()
			return now.compare == nil && now.player.here().Step == step && now.player.branch() == now.was.compare.of[to].name
		}}},
		"compare: list what this branch can be laid beside": {{on, branched + " d", func(now pressed) bool { return menuHas(now, "main") }}},
		"all keys": helped(on, branched+" d"),
		"close": {{on, branched + " d", func(now pressed) bool {
			return now.where() == atPlay && now.player.here().ID == now.was.player.here().ID
		}}},
	}
	moves(all, on, branched+" d g"+strings.Repeat(" j", 25), func(m *model) (row, rows int) { return m.compare.at, len(m.compare.Rows) })
	return everywhere(all, on, branched+" d")
}
