package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/sim/timeline"
)

// telling is the trip to the next step that tells something.
func (p *player) telling() *trip {
	return &trip{to: "to the next news", ends: true, filmed: true, there: func() bool { return p.tells(p.here()) }}
}

func (p *player) stepOn(m *model) tea.Cmd { return p.stepsOn(m, 1) }
func (p *player) tenOn(m *model) tea.Cmd  { return p.stepsOn(m, 10) }

func (p *player) stepsOn(m *model, n int) tea.Cmd {
	return p.start(m, trip{to: "to the next step", most: mostQuiet, filmed: n == 1, there: func() bool {
		if !p.here().Idle {
			n--
		}
		return n == 0
	}})
}

func (p *player) tellOn(m *model) tea.Cmd {
	t := p.telling()
	t.most = mostQuiet
	return p.start(m, *t)
}

func (p *player) markOn(m *model) tea.Cmd {
	return p.start(m, trip{to: "to the next mark", ends: true, there: func() bool {
		return p.marks(p.here()) != 0
	}})
}

// toEnd goes to where the run ends; from there, to the end of the line.
func (p *player) toEnd(m *model) tea.Cmd {
	if p.Ended() {
		p.motion.stop()
		p.seek(p.Tree.Len() - 1)
		return nil
	}
	return p.start(m, trip{to: "to the end", ends: true, there: func() bool { return false }})
}

func (p *player) stepBack(*model) tea.Cmd { return p.back(1, notIdle) }
func (p *player) tenBack(*model) tea.Cmd  { return p.back(10, notIdle) }
func (p *player) tellBack(*model) tea.Cmd { return p.back(1, p.tells) }

func (p *player) toStart(*model) tea.Cmd {
	p.motion.stop()
	p.seek(0)
	return nil
}

func (p *player) markBack(*model) tea.Cmd {
	return p.back(1, func(m *timeline.Moment) bool { return p.marks(m) != 0 })
}

func notIdle(m *timeline.Moment) bool { return !m.Idle }

// back goes back over n moments of some kind, or to the beginning.
func (p *player) back(n int, kind func(*timeline.Moment) bool) tea.Cmd {
	p.motion.stop()
	i := p.Tree.Index()
	for n > 0 && i > 0 {
		i--
		if i == 0 || kind(p.Tree.BareOn(i)) {
			n--
		}
	}
	p.seek(i)
	return nil
}
