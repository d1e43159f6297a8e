package tui

import (
	"errors"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/internal/scenario"
)

// setCommands play the scenario otherwise.
func setCommands() []command {
	return []command{{names: []string{"set"}, usage: "WHAT=VALUE", where: atPlay,
		help: "play it from the beginning with something set, as --set does: p1.acks=all, seed=9", do: (*model).setRun}}
}

// setRun plays the run that is played once more, from its beginning, with something set. It is another run of the
// file from then on, to be listed and compared.
func (m *model) setRun(text string) tea.Cmd {
	p := m.player
	s, err := p.Scenario.With(scenario.Override(text))
	var wrong *scenario.Errors
	if errors.As(err, &wrong) {
		err = wrong.List[0]
	}
	if err != nil {
		m.refuse(err)
		return nil
	}
	for _, run := range p.runs() {
		if run.Run() == s.Run() {
			s = run
		}
	}
	return m.turnTo(s, 0)
}

// runs are the runs of the file, and those that were made of it here.
func (p *player) runs() []*scenario.Scenario { return append(p.Runs(), p.made...) }

// keepRun keeps a run that was made here, and what it was turned to from.
func (p *player) keepRun(from *player) {
	p.made, p.ancestor = from.made, from.Scenario
	for _, run := range p.runs() {
		if run.Run() == p.Run() {
			return
		}
	}
	p.made = append(p.made[:len(p.made):len(p.made)], p.Scenario)
}

// turned tells of a run that something was set for what it has not taken along.
func (p *player) turned(m *model, from *player) {
	if len(p.Set) == 0 {
		return
	}
	var deeds []string
	for i := 1; i < from.Tree.Len(); i++ {
		if at := from.Tree.BareOn(i); from.ByHand(at.ID) {
			deeds = append(deeds, from.Tree.On(i-1).World.Text(at.Event))
		}
	}
	without := ""
	switch len(deeds) {
	case 0:
	case 1:
		without = ", without your " + deeds[0]
	default:
		without = fmt.Sprintf(", without your %s and %d acts more", deeds[0], len(deeds)-1)
	}
	m.say(paint.Info, "%s, from the beginning%s; %s compares with %s", p.Run(), without, m.by("d"), from.Run())
}

// compareLine is the command that compares two runs without a screen; empty if there is none.
func compareLine(a, b *scenario.Scenario) string {
	if len(a.Set) > 0 {
		a, b = b, a
	}
	switch words := b.Words(); {
	case len(a.Set) == 0 && len(b.Set) == 0:
		return scenario.Command("compare", a.Word(), b.Word())
	case a.Run() != scenario.TheFile || words == nil:
		return ""
	default:
		return scenario.Command(append([]string{"compare"}, words...)...)
	}
}
