package tui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim"
	"example.com/ksim/sim/timeline"
	"example.com/ksim/sim/wire"
)

// player is one scenario being played, and how it is looked at.
type player struct {
	*scenario.Session
	scene *scene // of the moment that is being looked at
	facts []fact // by moment
	fated fated  // of the moment that was asked for last

	motion   motion
	manner   manner  // how much is said of what happens
	warned   bool    // that the script was left
	kept     []kept  // files, in the order in which they were written
	search   *search // under way, or nil
	pins     pins
	axis     axis                 // as far as it was made
	made     []*scenario.Scenario // runs of the file that something was set for
	ancestor *scenario.Scenario   // the run that was turned away from; nil: none

	looked   recency
	alone    bool           // the pane that has the keys takes all room
	row      [paneCount]int // the cursor, or how far it is scrolled
	spot     [paneCount]spot
	scrolled scrolledTo     // the pane of the cluster
	overview bool           // it shows a row a partition
	shift    int            // how far the logs are scrolled back from their newest end
	metered  metered        // the metrics of a moment
	added    addedMetrics   // what each moment added to them
	message  wire.MessageID // chosen among the records; zero: the one that is worst off
}

func newPlayer(s *scenario.Scenario) *player {
	p := &player{Session: scenario.Play(s), looked: neverLookedAt(), motion: motion{speed: defaultSpeed}}
	p.foresee()
	p.look()
	return p
}

// foreseen is how many steps of a scenario are played before it is shown: a fraction of a second.
const foreseen = 20_000

// foresee plays the scenario to its end, if that is not too far, and comes back. So its timeline shows the whole
// run from the start, a step forward and back leaves the screen as it was, and the first branch is the scenario as
// it is written: whatever a person does begins another.
func (p *player) foresee() {
	for range foreseen {
		if p.Ended() {
			break
		}
		if ok, err := p.Advance(); !ok || err != nil {
			break // it will be told when one comes there
		}
	}
	p.Tree.Seek(0)
}

// look makes the scene of the moment that is being looked at, if it is another one.
func (p *player) look() {
	if p.scene == nil || p.scene.moment != p.Tree.Here() || p.scene.line != p.Tree.Len() {
		p.scene = newScene(p)
		p.row[paneEvents] = 0
	}
}

// here is the step that is being looked at, on the line.
func (p *player) here() *timeline.Moment { return p.Tree.Here() }

// act makes something happen because the person wants it.
func (p *player) act(m *model, e sim.Event) {
	branches, text, left := len(p.Tree.Branches()), p.World().Text(e), p.Left()
	p.motion.stop()
	if err := p.Do(e); err != nil {
		m.refuse(err)
		return
	}
	p.pins.undone = nil
	p.look()
	if len(p.Tree.Branches()) > branches {
		text += fmt.Sprintf(": begins the branch %s; %s lists all branches, %s compares", p.branch(), m.by("b"), m.by("d"))
	}
	if !left {
		text += p.leaving()
	}
	m.say(paint.Info, "%s", text)
}

// leaving says, once, what of the script will not happen because a person did something else.
func (p *player) leaving() string {
	rest := p.ToCome()
	if !p.Left() || p.warned || len(rest) == 0 {
		return ""
	}
	p.warned = true
	if len(rest) > 1 {
		rest[0] += ", …"
	}
	return ". The script's later acts (" + rest[0] + ") will not happen"
}

// branch is the name of the branch that is being looked at.
func (p *player) branch() string { return branchName(p.Tree.On(p.Tree.Len() - 1).Branch) }

func branchName(id int) string {
	if id == 0 {
		return "main"
	}
	return fmt.Sprintf("what-if-%d", id)
}

// seek goes to the i-th moment of the line.
func (p *player) seek(i int) {
	p.Tree.Seek(i)
	p.look()
}

// seekStep goes to a step of the line; it tells whether there is one.
func (p *player) seekStep(step int) bool {
	i := p.placeOf(step)
	if i < 0 || i >= p.Tree.Len() {
		return false
	}
	p.seek(i)
	return true
}

// placeOf is where on the line a step is, if it has it.
func (p *player) placeOf(step int) int { return step - p.Tree.BareOn(0).Step }

// focus is the pane that has the keys.
func (p *player) focus() paneID { return p.looked[0] }

func (p *player) toggleAlone(*model) tea.Cmd {
	p.alone = !p.alone
	return nil
}

func (p *player) nextPane(*model) tea.Cmd {
	p.looked.lookAt((p.focus() + 1) % paneCount)
	return nil
}

func (p *player) paneBefore(*model) tea.Cmd {
	p.looked.lookAt((p.focus() + paneCount - 1) % paneCount)
	return nil
}

func (p *player) later(*model) tea.Cmd {
	p.shift = max(0, p.shift-1)
	return nil
}

func (p *player) earlier(*model) tea.Cmd {
	p.shift = min(p.shift+1, p.scene.longest())
	return nil
}
