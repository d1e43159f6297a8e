package tui

import (
	"cmp"
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
)

// motion is how the player moves on by itself. Everything that goes forward is a trip: step by
// step until it is there. A long one is made in parts, between which the terminal listens.
type motion struct {
	trip    *trip
	running bool // after each trip comes the next
	speed   int  // index of speeds
	gen     int  // messages of earlier motions are stale
	from    int  // where on the line the person set out
	film    film // of the step made last
}

// trip is a way forward.
type trip struct {
	to     string      // in words
	there  func() bool // asked after each step
	ends   bool        // stops where the run ends
	back   bool        // goes back
	filmed bool        // what its last step changes is shown moving
	steps  int         // made so far
	most   int         // steps to make; 0: mostSteps
	then   func(*model) tea.Cmd
}

// moveMsg asks a player to go on with its motion.
type moveMsg struct {
	of  *motion
	gen int
}

const (
	stepsPerUpdate = 256    // of a trip, before the terminal listens again
	mostSteps      = 50_000 // of a trip: every one is remembered
	mostQuiet      = 5000   // of a trip to the next thing that happens at all
)

// speeds are how many steps a second a run makes, and what that is called.
var speeds = []struct {
	steps  int
	called string
}{
	{1, "a quarter of the speed"}, {2, "half the speed"}, {4, "normal speed"}, {8, "2× the speed"}, {16, "4× the speed"},
	{32, "8× the speed"}, {64, "16× the speed"},
}

const defaultSpeed = 2

func (o *motion) stop() {
	o.trip, o.running, o.film = nil, false, film{}
	o.gen++
}

// due is the message that the motion of now waits for.
func (o *motion) due() moveMsg { return moveMsg{o, o.gen} }

// ask is the command that makes the player go on, at once or after a while.
func (o *motion) ask(after time.Duration) tea.Cmd {
	msg := o.due()
	if after == 0 {
		return func() tea.Msg { return msg }
	}
	return tea.Tick(after, func(time.Time) tea.Msg { return msg })
}

// start begins a trip in place of whatever is under way.
func (p *player) start(m *model, t trip) tea.Cmd {
	p.motion.stop()
	p.motion.from = p.Tree.Index()
	return p.travel(m, &t)
}

// moveOn goes on with what is under way.
func (p *player) moveOn(m *model, msg moveMsg) tea.Cmd {
	switch {
	case msg != p.motion.due():
		return nil
	case p.motion.film.frame > 0:
		return p.motion.nextFrame()
	case p.motion.trip != nil:
		return p.travel(m, p.motion.trip)
	case p.motion.running:
		return p.travel(m, p.telling())
	}
	return nil
}

// travel goes a part of the way.
func (p *player) travel(m *model, t *trip) tea.Cmd {
	p.motion.trip = t
	defer p.look()
	for range p.stepsAtOnce() {
		if why := p.advance(m, t); why != "" {
			p.motion.stop()
			m.tell("%s", why)
			return nil
		}
		if s := p.halt(t); s != nil {
			p.stopped(m, s)
			return nil
		}
		if t.there() {
			return p.arrive(m, t)
		}
	}
	return p.motion.ask(0)
}

// arrive ends a trip and does what it was for; a run waits for its next tick.
func (p *player) arrive(m *model, t *trip) tea.Cmd {
	p.motion.trip = nil
	if t.then != nil {
		p.look()
		return t.then(m)
	}
	return p.roll(m, t)
}

// stepsAtOnce is how many steps are made before the terminal listens again.
func (p *player) stepsAtOnce() int {
	if p.watched(func(s *stop) bool { return s.OfFate() }) {
		return stepsPerUpdate / 16 // every one is surveyed
	}
	return stepsPerUpdate
}

// advance goes one step on, or says why it does not.
func (p *player) advance(m *model, t *trip) string {
	if t.back {
		if !p.Tree.Back() {
			return "this is the beginning; no breakpoint comes before"
		}
		return ""
	}
	if t.ends && p.Ended() {
		return fmt.Sprintf("the run ends here, at %s; %s goes on beyond it", p.World().Now(), m.by("→"))
	}
	if t.steps++; t.steps > cmp.Or(t.most, mostSteps) {
		return p.giveUp(t)
	}
	switch ok, err := p.Advance(); {
	case err != nil:
		return "the script was refused: " + err.Error()
	case !ok:
		return "nothing can happen any more"
	}
	return ""
}

// giveUp says that a trip was too long. Who was only looking for what comes next is taken back.
func (p *player) giveUp(t *trip) string {
	why := fmt.Sprintf("nothing found in %d steps on the way %s, up to %s", t.steps-1, t.to, p.World().Now())
	if t.most == 0 {
		return why
	}
	p.seek(p.motion.from)
	return why + "; back where you were"
}

// toggle runs or pauses.
func (p *player) toggle(m *model) tea.Cmd {
	if p.motion.running || p.motion.trip != nil {
		p.motion.stop()
		return nil
	}
	p.motion.stop()
	p.motion.running, p.motion.from = true, p.Tree.Index()
	return p.travel(m, p.telling())
}

func (p *player) faster(m *model) tea.Cmd { return p.pace(m, 1) }
func (p *player) slower(m *model) tea.Cmd { return p.pace(m, -1) }

func (p *player) pace(m *model, by int) tea.Cmd {
	p.motion.speed = clamp(p.motion.speed+by, 0, len(speeds)-1)
	m.say(paint.Info, "runs at %s", p.motion.rate())
	return nil
}

func (p *player) normalPace(m *model) tea.Cmd { return p.pace(m, defaultSpeed-p.motion.speed) }

// rate is the speed of a run in words.
func (o *motion) rate() string {
	s := &speeds[o.speed]
	return fmt.Sprintf("%s, %d steps/s", s.called, s.steps)
}
