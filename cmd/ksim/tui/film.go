package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
)

// film shows what a step has changed: what has arrived runs to whom it was for, then what is not as it was lights
// up, and what was sent sets out. The frame after the last is the screen as it stands still.
type film struct {
	frame int           // that is shown, from 1 on; 0: nothing moves
	cut   bool          // a key has ended it: what is left of it is only waited for
	rest  time.Duration // until the next step of a run
}

// A film has so many frames of the arrival, if something arrived, and so many of the rest; together they last a
// quarter of a second.
const (
	frameTime     = time.Second / 30
	arrivalFrames = 3
	changeFrames  = 4
	filmFrames    = arrivalFrames + changeFrames
)

// roll begins the film of the step that was made, if it is to be shown. A run that is faster than films has none. It gives the
// command that makes it go on.
func (p *player) roll(m *model, t *trip) tea.Cmd {
	o, pause := &p.motion, time.Duration(0)
	if o.running {
		pause = time.Second / time.Duration(speeds[o.speed].steps)
	}
	if m.still || !t.filmed || o.running && pause < filmFrames*frameTime {
		return o.rest(pause)
	}
	p.look()
	first := p.scene.firstFrame()
	frames := time.Duration(filmFrames - first + 1)
	o.film = film{frame: first, rest: pause - frames*frameTime}
	return o.ask(frameTime)
}

// firstFrame is that of the film of the step that led here: nothing runs if nothing has arrived.
func (s *scene) firstFrame() int {
	if s.arriving != nil {
		return 1
	}
	return arrivalFrames + 1
}

// nextFrame goes on to the next frame; after the last one a run rests until its next step.
func (o *motion) nextFrame() tea.Cmd {
	if o.film.frame++; o.film.frame <= filmFrames {
		return o.ask(frameTime)
	}
	rest := o.film.rest
	o.film = film{}
	return o.rest(rest)
}

// rest is the command that lets a run go on after a while; nothing if nothing runs.
func (o *motion) rest(d time.Duration) tea.Cmd {
	if !o.running {
		return nil
	}
	return o.ask(max(d, time.Millisecond))
}

// cutFilm ends a film at once: whoever presses a key does not wait for it. The clock of a run goes on.
func (o *motion) cutFilm() {
	switch {
	case o.film.frame == 0:
	case o.running:
		o.film.cut = true
	default:
		o.film = film{}
		o.gen++
	}
}

// arriving is how far on its way what has arrived is shown, and whether it is.
func (f film) arriving() (float64, bool) {
	return float64(f.frame) / arrivalFrames, f.frame > 0 && f.frame <= arrivalFrames && !f.cut
}

// leaving is how far what was sent has set out, and whether that is shown.
func (f film) leaving() (float64, bool) {
	k := f.frame - arrivalFrames
	return float64(k) / (changeFrames + 1), k > 0 && !f.cut
}

// lit is a picture in which what is not as it was stands out, as long as the film shows that.
func (f film) lit(picture []paint.Line) {
	if _, ok := f.leaving(); !ok {
		return
	}
	for i, l := range picture {
		picture[i] = l.Lit()
	}
}

func (m *model) cutFilm() {
	if m.player != nil {
		m.player.motion.cutFilm()
	}
}
