package tui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
)

// command is a row of the table of commands: what is typed after `:`, or on a line of `--plain`. The
// dispatch and the help are made from the rows. What is in no row is a place to go to, or an act as a
// script writes it.
type command struct {
	names []string // the first is the one that help shows
	usage string   // what may follow the name
	where place
	help  string
	pane  pane // that it looks at, nil if it is about none
	do    func(m *model, rest string) tea.Cmd
}

// hints are what is often typed.
var hints = map[place]string{
	atHome: "play NAME or FILE · presets · new · list WORDS · quit · help",
	inForm: "p1.acks=1 · cluster.brokers=5 · add topic · remove p1 · play · save FILE · quit · help",
	atPlay: "#123 a step · 1.25s a time · 50% of the line · crash b2, cut b1-b2 ... · set p1.acks=all · find acked-lost · compare fix · break b1 answered m3 · what WORD · save FILE · help",
}

func (m *model) openCommand() tea.Cmd {
	m.prompt = &prompt{lead: ":", done: (*model).command, hint: hints[m.stage()]}
	return nil
}

// command does what was typed.
func (m *model) command(text string) tea.Cmd {
	text = strings.TrimSpace(text)
	name, rest, _ := strings.Cut(text, " ")
	c := m.commandNamed(name)
	switch {
	case c != nil:
		return c.do(m, strings.TrimSpace(rest))
	case name == "":
	case m.stage() == atPlay && strings.Contains(name, "="):
		return m.setRun(text)
	case m.stage() == atPlay:
		return m.player.command(m, text, name)
	case m.stage() == inForm && strings.Contains(text, "="):
		m.form.assign(m, text)
	default:
		m.refuse(m.unknown(name, nil))
	}
	return nil
}

// command goes to a place, or acts.
func (p *player) command(m *model, text, name string) tea.Cmd {
	if cmd, ok := p.gotoPlace(m, text); ok {
		return cmd
	}
	w := p.World()
	verbs := []string{sim.Deliver, sim.Fire, sim.Begin}
	for i := range w.Acts {
		verbs = append(verbs, w.Acts[i].Verb)
	}
	e, err := w.ParseEvent(text)
	switch {
	case err == nil:
		p.act(m, e)
	case slices.Contains(verbs, name):
		m.refuse(err)
	default:
		m.refuse(m.unknown(name, verbs))
	}
	return nil
}

// unknown says that there is no command of a name, and which one it is like.
func (m *model) unknown(name string, others []string) error {
	for _, c := range m.commandsHere() {
		others = append(others, c.names...)
	}
	return fmt.Errorf("unknown command %q%s (help lists all)", name, sim.DidYouMean(name, others))
}

// commandsHere are the commands that mean something here.
func (m *model) commandsHere() []*command {
	here := m.stage()
	var out []*command
	for i := range m.commands {
		if c := &m.commands[i]; c.where&here != 0 {
			out = append(out, c)
		}
	}
	return out
}

// commandNamed is the row of a name, nil if none is called so here.
func (m *model) commandNamed(name string) *command {
	for _, c := range m.commandsHere() {
		if slices.Contains(c.names, name) {
			return c
		}
	}
	return nil
}

// gotoPlace goes to a step, a time or a part of the line; false if the text is none of them.
func (p *player) gotoPlace(m *model, text string) (tea.Cmd, bool) {
	if number, ok := strings.CutPrefix(text, "#"); ok {
		step, err := strconv.Atoi(number)
		if err != nil || step < 0 {
			m.refuse(fmt.Errorf("%q is no step: write #123", text))
			return nil, true
		}
		return p.toStep(m, step), true
	}
	if number, ok := strings.CutSuffix(text, "%"); ok {
		percent, err := strconv.ParseFloat(number, 64)
		if err != nil || percent < 0 || percent > 100 {
			m.refuse(fmt.Errorf("%q is no part of the line: write 50%%", text))
			return nil, true
		}
		p.motion.stop()
		p.seek(int(percent / 100 * float64(p.Tree.Len()-1)))
		return nil, true
	}
	if d, err := cluster.ParseDuration(text); err == nil {
		return p.toTime(m, sim.Time(d)), true
	}
	return nil, false
}

// toStep goes to a step: back, along the line, or on from its end. Beyond the end of the run goes only who is there.
func (p *player) toStep(m *model, step int) tea.Cmd {
	p.motion.stop()
	if p.seekStep(step) {
		return nil
	}
	ends := !p.Ended()
	p.seek(p.Tree.Len() - 1)
	return p.start(m, trip{to: fmt.Sprintf("to step %d", step), ends: ends, there: func() bool {
		return p.here().Step >= step
	}})
}

// toTime goes to the last moment that is not after a time.
func (p *player) toTime(m *model, at sim.Time) tea.Cmd {
	p.motion.stop()
	i, ends := p.Tree.Len()-1, !p.Ended()
	for i > 0 && p.Tree.BareOn(i).At > at {
		i--
	}
	p.seek(i)
	later := func() bool { _, next, ok := p.World().Earliest(); return !ok || next > at }
	if i < p.Tree.Len()-1 || later() {
		return nil
	}
	return p.start(m, trip{to: "to " + at.String(), ends: ends, there: later})
}
