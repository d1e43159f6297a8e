package tui

import (
	"fmt"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
)

func (m *model) openCommand() tea.Cmd {
	m.prompt = &prompt{lead: ":", done: (*model).command,
		hint: "#123 a step · 1.25s a time · 50% of the line · crash b2, cut b1-b2 ... · find acked-lost · compare fix · break b1 answered m3 · what WORD · save FILE · quit"}
	return nil
}

// command does what was typed: a place to go to, a word, or an act as a script writes it.
func (m *model) command(text string) tea.Cmd {
	word, rest, _ := strings.Cut(text, " ")
	switch word {
	case "":
		return nil
	case "q", "quit":
		return m.leave()
	case "compare":
		return m.compareCommand(strings.TrimSpace(rest))
	case "find":
		return m.player.findCommand(m, strings.TrimSpace(rest))
	case "what":
		m.explain(strings.TrimSpace(rest))
		return nil
	case "cause":
		return m.openCause()
	case "save":
		return m.save(strings.TrimSpace(rest), false)
	}
	if do, ok := timeWords[word]; ok {
		return do(m, strings.TrimSpace(rest))
	}
	if cmd, ok := m.player.gotoPlace(m, text); ok {
		return cmd
	}
	e, err := m.player.World().ParseEvent(text)
	if err != nil {
		m.refuse(err)
		return nil
	}
	m.player.act(m, e)
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

// toStep goes to a step: back, along the line, or on from its end.
func (p *player) toStep(m *model, step int) tea.Cmd {
	p.motion.stop()
	if p.seekStep(step) {
		return nil
	}
	p.seek(p.Tree.Len() - 1)
	return p.start(m, trip{to: fmt.Sprintf("to step %d", step), there: func() bool {
		return p.here().Step >= step
	}})
}

// toTime goes to the last moment that is not after a time.
func (p *player) toTime(m *model, at sim.Time) tea.Cmd {
	p.motion.stop()
	i := p.Tree.Len() - 1
	for i > 0 && p.Tree.BareOn(i).At > at {
		i--
	}
	p.seek(i)
	later := func() bool { _, next, ok := p.World().Earliest(); return !ok || next > at }
	if i < p.Tree.Len()-1 || later() {
		return nil
	}
	return p.start(m, trip{to: "to " + at.String(), there: later})
}
