package tui

import (
	"errors"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/internal/scenario"
)

// stop is a breakpoint that can be switched off.
type stop struct {
	*scenario.Breakpoint
	off bool
}

// addStop sets a breakpoint, or switches on the one that is there already.
func (p *player) addStop(m *model, text string) error {
	b, err := p.Breakpoint(text)
	if err != nil {
		return err
	}
	p.dropStop(b.Text)
	p.pins.stops = append(p.pins.stops, &stop{Breakpoint: b})
	p.repin()
	m.say(paint.Info, "stops when %s: %s goes there, %s lists breakpoints", b.Text, m.by("c"), m.by("B"))
	return nil
}

// inherit takes over the breakpoints of another run, as far as they can be here.
func (p *player) inherit(from *player) {
	for _, old := range from.pins.stops {
		if b, err := p.Breakpoint(old.Text); err == nil {
			p.pins.stops = append(p.pins.stops, &stop{b, old.off})
		}
	}
	p.repin()
}

// dropStop removes a breakpoint; it tells whether there was one.
func (p *player) dropStop(text string) bool {
	before := len(p.pins.stops)
	p.pins.stops = slices.DeleteFunc(p.pins.stops, func(s *stop) bool { return s.Text == text })
	p.repin()
	return len(p.pins.stops) < before
}

// watched tells whether a breakpoint is on for which this holds.
func (p *player) watched(which func(*stop) bool) bool {
	return slices.ContainsFunc(p.pins.stops, func(s *stop) bool { return !s.off && which(s) })
}

func anyStop(*stop) bool { return true }

// halt is the breakpoint at which the step that was just made stops, nil if there is none. One that
// stops right before a note shows itself a step too late, which is then taken back; not if the person
// set out from there.
func (p *player) halt(t *trip) *stop {
	i := p.Tree.Index()
	for _, s := range p.pins.stops {
		if !s.off && s.Before() && !t.back && i-1 != p.motion.from && s.At(i-1) {
			p.Tree.Back()
			return s
		}
	}
	for _, s := range p.pins.stops {
		if !s.off && s.At(i) {
			return s
		}
	}
	return nil
}

// stopped says at which breakpoint the motion came to its end.
func (p *player) stopped(m *model, s *stop) {
	p.motion.stop()
	p.pins.changes++ // a fate is only known where it was looked for
	m.tell("stopped at the breakpoint: %s", s.Text)
}

var errNoStops = errors.New("no breakpoint is on: B sets one")

func (p *player) continueOn(m *model) tea.Cmd   { return p.toStop(m, false) }
func (p *player) continueBack(m *model) tea.Cmd { return p.toStop(m, true) }

// toStop goes to the next breakpoint, or back to the one before.
func (p *player) toStop(m *model, back bool) tea.Cmd {
	if !p.watched(anyStop) {
		m.refuse(errNoStops)
		return nil
	}
	return p.start(m, trip{to: "to the next breakpoint", ends: true, back: back, there: func() bool { return false }})
}
