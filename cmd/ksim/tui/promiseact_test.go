package tui

import (
	"fmt"
	"os"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim/cluster"
)

// struck is a session in which b2 was crashed by hand, so that a branch began.
const struck = "] ] : crash space b2 enter"

// actPromises are those of the keys that do something.
func actPromises() promises {
	const on = "leader-crash"
	return promises{
		"faults and other acts: crash, cut, pause, restart ...": {{on, midway, func(now pressed) bool {
			offered := menuHas(now, "crash ", "cut ", "pause ", "restart ", "partition ", "alter-config ", "send ")
			press(now.model, "enter enter") // crash whom? the first
			return offered && now.player.Acted(now.player.here().ID) && now.player.Left()
		}}},
		"find the shortest way to lose, double or tear a message from here": {{on, midway, func(now pressed) bool {
			offered := menuHas(now, "acked-lost ", "lost ", "duplicated ", "torn ")
			cmd := press(now.model, "enter")
			s := now.player.search
			return offered && cmd != nil && s.harm == cluster.AckedLost && s.from == now.was.player.here().ID
		}}},
		"undo: back to the moment before the last act": {{on, struck + " n n", func(now pressed) bool {
			p := now.was.player
			i := p.Tree.Index()
			for !p.Acted(p.Tree.BareOn(i).ID) {
				i--
			}
			return now.player.here().ID == p.Tree.BareOn(i-1).ID
		}}},
		"redo: forward again to where undo came from": {{on, struck + " n n z", func(now pressed) bool {
			press(now.was, "Z z")
			return now.player.here().ID != now.was.player.here().ID && now.player.branch() == "what-if-1" &&
				now.player.Tree.Index() == now.player.Tree.Len()-1
		}}},
		"save the session as a new scenario file": {{on, struck, func(now pressed) bool {
			msg, ok := now.cmd().(savedMsg)
			if !ok || msg.err != nil || !strings.HasPrefix(msg.file, "leader-crash-saved") {
				return false
			}
			source, _ := os.ReadFile(msg.file)
			s, err := scenario.Read(msg.file, source)
			return err == nil && len(s.Document.Script) > 0 && s.Document.Script[0].Do == "crash b2"
		}}},
		"the command that shows this again, to be copied": {{"varied", "n n n n", func(now pressed) bool {
			at := now.player.here()
			said := now.said.String()
			typed(now.model, "home")
			typed(now.model, fmt.Sprintf("#%d", at.Step))
			return said == fmt.Sprintf("`ksim play c01-commit-before-processing`, then `:#%d`", at.Step) && now.player.here().ID == at.ID
		}}},
		"changes while it runs: settings of topics, topics, seeks, who starts now": {{on, "", func(now pressed) bool {
			return menuHas(now, "orders min.insync.replicas=", "add-partitions orders", "seek c1 orders-0", "start c1")
		}}},
		"everything that can be done to what is under the cursor: a node, or an event that may happen next": {
			{on, midway + " j", func(now pressed) bool {
				return menuHas(now, "crash b2", "restart b2", "pause b2", "partition b2") && strings.HasPrefix(now.menu.title, "b2: ")
			}},
			{on, midway + " 3 j", func(now pressed) bool {
				c := now.player.scene.choices[1]
				return menuHas(now, "now ", "before ", "after ") && now.menu.title == c.text
			}},
		},
	}
}

// pinPromises are those of the keys that mark moments, and name them.
func pinPromises() promises {
	const on = "leader-crash"
	return promises{
		"breakpoints: stop when HW advances, when m3 is acked-lost ...": {{on, ": break space m3 space is space acked-lost enter n", func(now pressed) bool {
			return menuHas(now, "◉ on   m3 is acked-lost", "+ stop when ...", "any HW advanced orders-0")
		}}},
		"set a bookmark at this moment": {{on, midway, func(now pressed) bool {
			asked := now.prompt != nil
			press(now.model, "here enter")
			b := now.player.pins.bookmarks
			return asked && len(b) == 1 && b[0].name == "here" && b[0].moment == now.was.player.here().ID
		}}},
		"bookmarks: list them and go to one": {{on, midway + " m enter n n m enter", func(now pressed) bool {
			listed := menuHas(now, "◆ a", "◆ b")
			press(now.model, "enter")
			return listed && now.player.here().ID == now.player.pins.bookmarks[0].moment
		}}},
		"branches: the tree of them, each with how it ends": {{on, struck, func(now pressed) bool {
			listed := menuHas(now, "main", "what-if-1", "crash b2", "1 acked-lost")
			press(now.model, "g enter")
			return listed && now.player.branch() == "main"
		}}},
		"a command: #123, 1.25s, 50%, crash b2, save FILE, quit; help lists all": {
			{on, midway, typing("#5", func(now pressed) bool { return now.player.here().Step == 5 })},
			{on, midway, typing("1.9ms", func(now pressed) bool { return now.player.here().At < 1_900_000 && now.player.here().Step > 5 })},
			{on, midway, typing("50%", func(now pressed) bool { return now.player.Tree.Index() == (now.player.Tree.Len()-1)/2 })},
			{on, midway, typing("crash b2", func(now pressed) bool { return now.player.branch() == "what-if-1" })},
			{on, midway, typing("quit", func(now pressed) bool { return does(tea.Quit)(now) })},
			{on, midway, typing("help", func(now pressed) bool {
				for _, c := range now.commandsHere() {
					if !menuHas(now, c.help) {
						return false
					}
				}
				return true
			})},
		},
	}
}

// otherRunPromises are those of the keys that lead to other runs.
func otherRunPromises() promises {
	const on = "leader-crash"
	return promises{
		"compare with another branch, or another run of the file, side by side": {
			{on, struck, compares("A what-if-1", "B main")},
			{"varied", "", compares("A base", "B fix")},
		},
		"compare: list what this branch can be laid beside": {{"varied", "n n n n f enter enter", func(now pressed) bool {
			listed := menuHas(now, "main", "fix") && len(now.menu.all) == 2
			press(now.model, "G enter")
			return listed && strings.Contains(text(now.model), "B fix")
		}}},
		"the scenario's variants, like its fix: list them and play one": {{"varied", "n", playsFix}},
	}
}

// playsFix chooses the second run of a list.
func playsFix(now pressed) bool {
	listed := menuHas(now, "base", "fix")
	press(now.model, "g j enter")
	return listed && now.player != nil && now.player.Variant == "fix"
}

// compares tells whether two runs are laid side by side, and says which.
func compares(a, b string) func(pressed) bool {
	return func(now pressed) bool {
		got := text(now.model)
		a := strings.Replace(a, "base", "main", 1) // the line that is looked at
		return now.where() == inCompare && now.compare.Comparison != nil && strings.Contains(got, a) && strings.Contains(got, b)
	}
}

// typing is what came of it once a text was typed, too, and Enter pressed.
func typing(what string, kept func(pressed) bool) func(pressed) bool {
	return func(now pressed) bool {
		if now.where() != inPrompt || now.prompt.text != "" {
			return false
		}
		hand(now.model, keyMsg(what))
		now.cmd = press(now.model, "enter")
		return kept(now)
	}
}

// lookPromises are those of the keys that tell more.
func lookPromises() promises {
	const on = "leader-crash"
	all := promises{
		"why the chosen message met its fate": {{on, "end 4 g j", func(now pressed) bool {
			return menuHas(now, "b1 answered p1 for m2") && strings.HasPrefix(now.menu.title, "why m2 is ")
		}}, {on, "end", func(now pressed) bool {
			return menuHas(now, "b1 crashed", "b2 was elected") && strings.HasPrefix(now.menu.title, "why m3 is acked-lost")
		}}},
		"more or fewer words, in turn: the news and what it means, every step with an expert's line (what was sent, field by field), the news alone": {
			{on, midway, func(now pressed) bool { return expert(now.model) && !expert(now.was) }},
			{on, midway + " v", func(now pressed) bool { return !expert(now.model) && expert(now.was) }},
		},
		"what caused the event under the cursor, or this one, and what it caused": {
			{on, midway, func(now pressed) bool { return explains(now, now.was.player.Tree.Index()) }},
			{on, midway + " 3 k k k", func(now pressed) bool {
				past := now.was.player.past(3)
				return explains(now, past[2].at)
			}},
		},
		"what a word means: errors, settings, metrics, fates, notes, Kafka's terms": {{on, "] ] ] 3 k", func(now pressed) bool {
			past := now.was.player.past(1)
			return menuHas(now, past[0].word) && strings.HasPrefix(now.menu.items[0].line.String(), past[0].word)
		}}, {on, "", glossaries}},
		"overview: the cluster with one row a partition, or its logs cell by cell again": {
			{"retry", "end 4", func(now pressed) bool {
				return now.player.focus() == paneCluster && overviewed(now.model) && !overviewed(now.was)
			}},
			{"retry", "end o", func(now pressed) bool { return !overviewed(now.model) && overviewed(now.was) }},
		},
		"the next theme: dark, light, more contrast, safe for the colour-blind": themed(on, midway),
		"all keys": helped(on, midway),
		"quit, or one level out": {
			{on, "n", does(tea.Quit)},
			{"", "enter n", func(now pressed) bool { return now.where() == atHome && now.cmd == nil }},
			{on, struck, func(now pressed) bool { return menuHas(now, "stay", "save it", "forget it") }},
		},
		"stop, close, forget what was typed": {{on, midway + " space", func(now pressed) bool {
			return now.was.player.motion.running && !now.player.motion.running
		}}},
	}
	return everywhere(all, on, midway)
}

// expert tells whether the pane of the events has the expert's line of the step that is shown, and one of a step that told nothing.
func expert(m *model) bool {
	press(m, "3")
	p := m.player
	i := p.Tree.Index()
	line := p.Names.Expert(p.Tree.On(i-1).World, &p.Tree.BareOn(i).Happened)
	for i > 0 && p.tells(p.Tree.BareOn(i)) {
		i--
	}
	quiet := fmt.Sprintf("%d ", p.Tree.BareOn(i).Step)
	lines, _ := panes[paneEvents].draw(m, 200, 200)
	all := slices.ContainsFunc(lines, func(l paint.Line) bool { return strings.HasPrefix(strings.TrimSpace(l.String()), quiet) })
	return all && strings.Contains(paneText(lines), strings.Join(strings.Fields(line), " "))
}

// explains tells whether a menu shows a moment of the line, its causes above it and its effects below.
func explains(now pressed, at int) bool {
	tree := now.was.player.Tree
	if now.menu == nil || !strings.HasPrefix(now.menu.title, fmt.Sprintf("step %d: ", tree.BareOn(at).Step)) {
		return false
	}
	row := func(i int) int {
		step := fmt.Sprintf("%d  ", tree.BareOn(i).Step)
		return slices.IndexFunc(now.menu.items, func(it item) bool { return strings.Contains(it.line.String(), " "+step) })
	}
	it := row(at)
	for _, c := range tree.Causes(at) {
		if k := row(c.At); k < 0 || k >= it {
			return false
		}
	}
	for _, i := range tree.Effects(at).Happened {
		if row(i) <= it {
			return false
		}
	}
	return it > 0 && now.menu.at == it
}

// glossaries tells whether words of every kind are listed to be searched.
func glossaries(now pressed) bool {
	if now.menu == nil || now.prompt == nil {
		return false
	}
	for _, kind := range []string{"error", "setting of a broker", "metric", "fate", "note", "word"} {
		if !slices.ContainsFunc(now.menu.items, func(it item) bool { return strings.Contains(it.line.String()[20:], " "+kind) }) {
			return false
		}
	}
	press(now.model, "isr enter")
	return strings.HasPrefix(now.menu.items[0].line.String(), "ISR ")
}

// overviewed tells whether the cluster has a row a partition.
func overviewed(m *model) bool {
	got := clusterText(m)
	return strings.Contains(got, "orders-0 ") && strings.Contains(got, "orders-1 ") && strings.Contains(got, "LEO/HW · ")
}
