package tui

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/internal/scenario"
)

// savedMsg tells what became of writing a file.
type savedMsg struct {
	file string
	err  error
	then func(m *model, file string) tea.Cmd // once it is written
}

// kept is a file that replays a line up to a moment.
type kept struct {
	file string
	last int // the moment
}

// unsaved are the moments that a person's acts led to and that no file's replay comes to.
func (p *player) unsaved() []int {
	held := map[int]bool{}
	for _, k := range p.kept {
		for id := k.last; id >= 0; id = p.Tree.Bare(id).Parent {
			held[id] = true
		}
	}
	return slices.DeleteFunc(p.Deeds(), func(id int) bool { return held[id] })
}

// unsavedBranches are the names of the branches that those are on.
func (p *player) unsavedBranches() []string {
	var names []string
	for _, id := range p.unsaved() {
		if name := branchName(p.Tree.Bare(id).Branch); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// saveNow saves under a name that is free.
func (m *model) saveNow() tea.Cmd { return m.save("", nil) }

// save writes the line that is looked at to a new file.
func (m *model) save(name string, then func(*model) tea.Cmd) tea.Cmd {
	p := m.player
	source, err := p.Save("")
	if err != nil {
		m.refuse(err)
		return nil
	}
	last, short := p.Tree.BareOn(p.Tree.Len()-1), p.endsShort()
	return m.write(name, p.Name+"-saved", source, func(m *model, file string) tea.Cmd {
		p.kept = append(p.kept, kept{file, last.ID})
		if short {
			m.said = m.said.Addf(paint.Plain, " up to step %d; End and saving again takes in what comes of it", last.Step)
		}
		if then == nil {
			return nil
		}
		return then(m)
	})
}

// endsShort tells whether the line was not played to where the run ends.
func (p *player) endsShort() bool {
	here := p.Tree.Index()
	defer p.Tree.Seek(here)
	p.Tree.Seek(p.Tree.Len() - 1)
	return !p.Ended()
}

// saveAll saves every branch on which something was done that is in no file yet, each to a file of its own.
func (m *model) saveAll(then func(*model) tea.Cmd) tea.Cmd {
	p := m.player
	todo := p.unsaved()
	if len(todo) == 0 {
		return then(m)
	}
	latest := p.Tree.Bare(todo[len(todo)-1])
	p.visit(m, p.Tree.Branches()[latest.Branch].Last)
	return m.save("", func(m *model) tea.Cmd { return m.saveAll(then) })
}

// write writes a scenario to a new file; without a name, to one that is called like base.
func (m *model) write(name, base string, source []byte, then func(*model, string) tea.Cmd) tea.Cmd {
	names := []string{name}
	if name == "" {
		names = freeNames(base)
	}
	return func() tea.Msg {
		file, err := writeNew(names, source)
		return savedMsg{file, err, then}
	}
}

// mostNames is how many names are tried before saving is given up.
const mostNames = 99

// freeNames are the names to try, in order.
func freeNames(base string) []string {
	names := []string{base + ".yaml"}
	for i := 2; i <= mostNames; i++ {
		names = append(names, fmt.Sprintf("%s-%d.yaml", base, i))
	}
	return names
}

// writeNew writes a file under the first name that no file has. It never writes over one.
func writeNew(names []string, content []byte) (name string, err error) {
	for _, name = range names {
		if err = scenario.CreateNew(name, content); !errors.Is(err, fs.ErrExist) {
			break
		}
	}
	return name, err
}

func (m *model) onSaved(msg savedMsg) tea.Cmd {
	switch {
	case errors.Is(msg.err, fs.ErrExist):
		m.say(paint.Warn, "%s exists and is not written over: `:save OTHER-NAME`", msg.file)
	case msg.err != nil:
		m.refuse(msg.err)
	default:
		m.say(paint.Good, "saved: `%s` replays it", scenario.Command("run", scenario.Argument(msg.file)))
		return msg.then(m, msg.file)
	}
	return nil
}
