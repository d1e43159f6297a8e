package tui

import (
	"fmt"
	"runtime/debug"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/internal/scenario"
)

// guarded is the model for bubbletea. A panic anywhere, in what a message does, in drawing or in a command that
// runs beside, becomes an ending like the others: the terminal is left as it was, and only then it is told.
// Bubbletea would tell of those in commands while the screen is still up, which nobody would see.
type guarded struct {
	*model
	drawn string
}

// brokenMsg tells that a command has panicked.
type brokenMsg struct {
	panicked any
	stack    []byte
}

// Init is the model's, guarded as well.
func (g *guarded) Init() tea.Cmd { return g.guard(g.model.Init()) }

// Update takes in a message and draws what has become of it.
func (g *guarded) Update(msg tea.Msg) (same tea.Model, cmd tea.Cmd) {
	same = g
	defer func() {
		if p := recover(); p != nil {
			g.err, cmd = g.broken(brokenMsg{p, debug.Stack()}, msg), tea.Quit
		}
	}()
	if broken, ok := msg.(brokenMsg); ok {
		g.err = g.broken(broken, nil)
		return g, tea.Quit
	}
	_, cmd = g.model.Update(msg)
	g.drawn = g.model.View()
	return g, g.guard(cmd)
}

// View is what was drawn last.
func (g *guarded) View() string { return g.drawn }

// guard is a command whose panic becomes a message.
func (g *guarded) guard(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if p := recover(); p != nil {
				msg = brokenMsg{p, debug.Stack()}
			}
		}()
		msg = cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i := range batch {
				batch[i] = g.guard(batch[i])
			}
		}
		return msg
	}
}

// broken is what is to be told of a panic: it is no fault of whom it happens to, and how it can be made to
// happen again.
func (m *model) broken(b brokenMsg, during tea.Msg) error {
	text := fmt.Sprintf("this is a bug in ksim: %v\n%s\n", b.panicked, b.stack)
	if m.player != nil {
		text += m.player.whereabouts()
	}
	if during != nil {
		text += fmt.Sprintf("It came with: %v\n", during)
	}
	return fmt.Errorf("%sPlease report it with all of this.", text)
}

// whereabouts are where the player is and what was done on the way there. What has panicked once may do so again.
func (p *player) whereabouts() (text string) {
	defer func() {
		if again := recover(); again != nil {
			text += fmt.Sprintf("More can't be told: %v\n", again)
		}
	}()
	what := "a cluster that is in no file"
	if words := p.Words(); words != nil {
		what = "`" + scenario.Command(append([]string{"play"}, words...)...) + "`"
	}
	text = fmt.Sprintf("It happened in %s (%s, seed %d)", what, p.Name, p.Document.Seed)
	text += fmt.Sprintf(" at step %d of %s.\n", p.Tree.BareOn(p.Tree.Index()).Step, p.branch())
	if done := p.Script(p.Tree.Index()); len(done) > 0 {
		text += "What was done on the way there, as a script:\n"
		for i := range done {
			text += done[i].YAML() + "\n"
		}
	}
	return text
}
