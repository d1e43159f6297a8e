package tui

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/internal/scenario"
)

// reproduce says which command shows again what is on the screen.
func (p *player) reproduce(m *model) tea.Cmd {
	words := p.words()
	switch step := p.here().Step; {
	case words == nil:
		m.refuse(fmt.Errorf("%s is in no file yet: %s saves it", p.branch(), m.by("ctrl+s")))
	case step > 0:
		m.say(paint.Good, "`%s`, then `:#%d`", scenario.Command(append([]string{"play"}, words...)...), step)
	default:
		m.say(paint.Good, "`%s`", scenario.Command(append([]string{"play"}, words...)...))
	}
	return nil
}

// words name the line that is looked at on a command line: as the run that it is of, or, once the script was left, by a
// file that all acts of it are in. There are none if it is in no file.
func (p *player) words() []string {
	last := p.Tree.Len() - 1
	left := p.LeftBy(p.Tree.BareOn(last).ID)
	if words := p.Words(); words != nil && !left {
		return words
	}
	for _, k := range slices.Backward(p.kept) {
		i := p.placeOf(p.Tree.Bare(k.last).Step)
		if i > last || p.Tree.BareOn(i).ID != k.last || p.LeftBy(k.last) != left {
			continue
		}
		if !p.actedAfter(i) {
			return []string{scenario.Argument(k.file)}
		}
	}
	return nil
}

// actedAfter tells whether anything was done on the line after its i-th moment.
func (p *player) actedAfter(i int) bool {
	for i++; i < p.Tree.Len(); i++ {
		if p.Acted(p.Tree.BareOn(i).ID) {
			return true
		}
	}
	return false
}
