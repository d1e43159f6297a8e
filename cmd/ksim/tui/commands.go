package tui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/cluster"
)

// commands is the table of commands, what is used most first.
func commands() []command {
	return slices.Concat(goCommands(), lookCommands(), explainCommands(), pinCommands(), paneCommands(), doCommands(), searchCommands(), compareCommands(),
		changeCommands(), setCommands(), overviewCommands(), homeCommands(), foldCommands(), formCommands())
}

// goCommands move through time.
func goCommands() []command {
	return []command{
		{names: []string{"step", "s"}, usage: "[N]", where: atPlay,
			help: "one step on, or N; those that only say \"still here\" are skipped", do: counted((*player).stepsOn)},
		{names: []string{"back"}, usage: "[N]", where: atPlay, help: "one step back, or N",
			do: counted(func(p *player, _ *model, n int) tea.Cmd { return p.back(n, notIdle) })},
		{names: []string{"next", "n"}, where: atPlay, help: "on to the next step that tells something",
			do: plainly(playing((*player).tellOn))},
		{names: []string{"run"}, usage: "[N | TIME]", where: atPlay,
			help: "on over N steps that tell something, or for a time like 5s; to the end of the run if nothing is said",
			do:   (*model).run},
		{names: []string{"mark"}, where: atPlay, help: "on to the next mark of the timeline",
			do: plainly(playing((*player).markOn))},
		{names: []string{"home"}, where: atPlay, help: "to the beginning", do: plainly(playing((*player).toStart))},
		{names: []string{"end"}, where: atPlay, help: "to the end of the run", do: plainly(playing((*player).toEnd))},
	}
}

// lookCommands tell something.
func lookCommands() []command {
	return []command{
		{names: []string{"state"}, where: atPlay, help: "how everything stands, in sentences", pane: statePane{},
			do: plainly((*model).openState)},
		{names: []string{"why", "w"}, usage: "[MESSAGE]", where: atPlay,
			help: "why a message met its fate; the one that is worst off if none is named", do: (*model).why},
		{names: []string{"words"}, where: atPlay, help: "more or fewer of them, in turn: the news and what it means, every step, the news alone",
			do: plainly(playing((*player).otherWords))},
		{names: []string{"acts", "faults"}, where: atPlay, help: "all that can be done to the cluster, like `crash b2`",
			do: plainly((*model).openActs)},
		{names: []string{"branches"}, where: atPlay, help: "the branches that were begun",
			do: plainly((*model).openBranches)},
		{names: []string{"variants"}, where: atHome | atPlay, help: "the scenario's other runs, like its fix",
			do: func(m *model, _ string) tea.Cmd {
				if !m.varies() {
					m.say(paint.Dim, "there is only this one run")
					return nil
				}
				return m.openVariants()
			}},
		{names: []string{"help", "?"}, where: atHome | atPlay | inForm, help: "all commands", do: plainly((*model).openCommands)},
	}
}

// doCommands change something.
func doCommands() []command {
	return []command{
		{names: []string{"save"}, usage: "[FILE]", where: atPlay, help: "save the session as a new scenario file",
			do: func(m *model, file string) tea.Cmd { return m.save(file, nil) }},
		{names: []string{"reproduce"}, where: atPlay, help: "the command that shows this again, to be copied",
			do: plainly(playing((*player).reproduce))},
		{names: []string{"theme"}, usage: "[NAME]", where: atHome | atPlay | inForm,
			help: "the colours: " + strings.Join(paint.Themes(), ", "), do: (*model).themeNamed},
		{names: []string{"quit", "q"}, where: atHome | atPlay | inForm, help: "quit, or one level out", do: plainly((*model).leave)},
	}
}

// paneCommands look at panes.
func paneCommands() []command {
	var out []command
	for i := range panes {
		id := paneID(i)
		names := []string{strings.ToLower(panes[id].name)}
		if id == paneRecords {
			names = append(names, "fates")
		}
		out = append(out, command{names: names, where: atPlay, help: panes[id].shows, pane: panes[id].pane,
			do: plainly(playing(func(p *player, _ *model) tea.Cmd { p.looked.lookAt(id); return nil }))})
	}
	return out
}

// plainly lifts what needs no more words.
func plainly(do func(*model) tea.Cmd) func(*model, string) tea.Cmd {
	return func(m *model, rest string) tea.Cmd {
		if rest != "" {
			m.refuse(fmt.Errorf("nothing follows this command, not %q", rest))
			return nil
		}
		return do(m)
	}
}

// counted lifts what can be done several times.
func counted(do func(*player, *model, int) tea.Cmd) func(*model, string) tea.Cmd {
	return func(m *model, rest string) tea.Cmd {
		n := 1
		if rest != "" {
			var err error
			if n, err = strconv.Atoi(rest); err != nil || n < 1 {
				m.refuse(fmt.Errorf("%q is no number from 1 on", rest))
				return nil
			}
		}
		return do(m.player, m, n)
	}
}

// run goes on without a clock: over some news, for some time, or to the end.
func (m *model) run(rest string) tea.Cmd {
	p := m.player
	if rest == "" {
		return p.toEnd(m)
	}
	if d, err := cluster.ParseDuration(rest); err == nil {
		return p.toTime(m, p.World().Now().Add(d))
	}
	n, err := strconv.Atoi(rest)
	if err != nil || n < 1 {
		m.refuse(fmt.Errorf("%q is neither a number nor a time: write `run 5` or `run 5s`", rest))
		return nil
	}
	t := p.telling()
	return p.start(m, trip{to: t.to, ends: true, there: func() bool {
		if t.there() {
			n--
		}
		return n == 0
	}})
}

// why explains a message.
func (m *model) why(name string) tea.Cmd {
	if name != "" {
		id, err := m.player.Names.ParseMessage(name)
		if err == nil && m.player.scene.fate(id) == nil {
			err = fmt.Errorf("%s was not sent yet", name)
		}
		if err != nil {
			m.refuse(err)
			return nil
		}
		m.player.message = id
	}
	return m.openWhy()
}

// commandIndent is how far the help of commands is indented.
const commandIndent = 20

// unnamed is what can be typed, too, and has no name.
var unnamed = map[place][]struct{ what, help string }{
	atPlay: {{"#123  1.25s  50%", "to a step, a time, a part of the line"},
		{"crash b2", "any act, as `acts` lists them and a script writes them"}},
	inForm: {{"p1.acks=1", "a field or a setting"}},
}

// openCommands lists the commands. Choosing one does it, or begins to type it if it needs more words.
func (m *model) openCommands() tea.Cmd {
	n := &menu{title: "commands"}
	for _, c := range m.commandsHere() {
		called := strings.TrimSpace(c.names[0] + " " + c.usage)
		n.items = append(n.items, item{
			line:   paint.Text(paint.Key, called).Pad(commandIndent).Add(paint.Plain, "  "+c.help),
			indent: commandIndent,
			do: func(m *model) tea.Cmd {
				if c.usage == "" {
					return c.do(m, "")
				}
				m.prompt = &prompt{lead: ":" + c.names[0] + " ", hint: c.usage, done: c.do}
				return nil
			},
		})
	}
	for _, also := range unnamed[m.stage()] {
		n.items = append(n.items, item{refused: true, indent: commandIndent,
			line: paint.Text(paint.Key, also.what).Fit(commandIndent).Add(paint.Plain, also.help)})
	}
	return m.open(n)
}
