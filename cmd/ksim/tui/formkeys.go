package tui

import (
	"errors"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/internal/scenario"
)

// formKeys are the keys of the form.
func formKeys() []binding {
	forming := func(do func(*form, *model) tea.Cmd) func(*model) tea.Cmd {
		return func(m *model) tea.Cmd { return do(m.form, m) }
	}
	jump := func(by int) func(*form, *model) tea.Cmd {
		return func(f *form, _ *model) tea.Cmd { f.jump(by); return nil }
	}
	return []binding{
		{keys: []string{"enter"}, where: inForm, short: "change",
			help: "type or choose a value; on a heading: all fields of the part, or those that matter",
			do:   func(m *model) tea.Cmd { return m.list().enter(m) }},
		{keys: []string{"P"}, where: inForm, short: "play", help: "play this cluster", do: forming((*form).play)},
		{keys: []string{"/"}, where: inForm, short: "search", help: "search among fields, settings and what they mean",
			do: forming((*form).openSearch)},
		{keys: []string{"a"}, where: inForm, short: "add", help: "add a topic, a producer, a consumer ...",
			do: forming((*form).openAdd)},
		{keys: []string{"d"}, where: inForm, short: "remove", help: "remove the topic or client under the cursor",
			do: forming((*form).remove)},
		{keys: []string{"z"}, where: inForm, help: "undo the last change", do: forming((*form).undo)},
		{keys: []string{"ctrl+s"}, where: inForm, help: "save the cluster as a new scenario file",
			do: func(m *model) tea.Cmd { return m.saveForm("", nil) }},
		{keys: []string{":", "ctrl+p"}, where: inForm,
			help: "a command: p1.acks=1, add topic, remove p1, play, save FILE, quit; help lists all", do: (*model).openCommand},
		{keys: []string{"p"}, where: inForm, help: "begin anew, with the cluster of a preset", do: (*model).restart},
		{keys: []string{"tab"}, where: inForm, help: "to the next part", do: forming(jump(1))},
		{keys: []string{"shift+tab"}, where: inForm, help: "to the part before", do: forming(jump(-1))},
	}
}

// play plays the cluster; whoever leaves comes back to the form.
func (f *form) play(m *model) tea.Cmd {
	if err := f.wrong(); err != nil {
		m.refuse(err)
		return nil
	}
	m.player = newPlayer(f.draft.Scenario)
	if f.draft == f.saved && f.file != "" {
		m.player.kept = []kept{{f.file, m.player.here().ID}}
	}
	return nil
}

// wrong is the first thing that is wrong, and where.
func (f *form) wrong() error {
	if len(f.draft.Wrong) == 0 {
		return nil
	}
	e := &f.draft.Wrong[0]
	p := f.draft.PartAt(e.Path)
	if p == nil {
		return errors.New(e.Text)
	}
	where := strings.TrimSpace(p.Kind+" "+p.Name) + ": "
	field := strings.TrimPrefix(strings.TrimPrefix(e.Path, p.Path), ".")
	if field = strings.TrimPrefix(field, "config."); field != "" && !strings.HasPrefix(e.Text, field) {
		where += field + ": "
	}
	return errors.New(where + e.Text)
}

func (f *form) openSearch(m *model) tea.Cmd {
	m.prompt = &prompt{lead: "/", hint: "words to search for, like timeout",
		changed: func(m *model, text string) { f.search(text) },
		done:    func(*model, string) tea.Cmd { return nil }}
	return nil
}

// search shows the fields in which every word of a query occurs. The cursor goes to the one whose name is most
// like it.
func (f *form) search(query string) {
	f.query = query
	f.look()
	most := 0
	for i := range f.rows {
		if n := f.rows[i].likeness(query); n > most {
			f.at, most = i, n
		}
	}
}

// likeness is how much the name of a row's field is like what is searched for; 0 without a search.
func (r *formRow) likeness(query string) int {
	switch {
	case query == "" || r.field == nil:
		return 0
	case r.field.Name == query:
		return 4
	case strings.HasPrefix(r.field.Name, query):
		return 3
	case strings.Contains(r.field.Name, query):
		return 2
	}
	return 1
}

func (f *form) openAdd(m *model) tea.Cmd {
	n := &menu{title: "add"}
	for _, k := range scenario.Kinds {
		n.items = append(n.items, item{line: paint.Text(paint.Strong, k.Word),
			do: func(m *model) tea.Cmd { f.add(m, k.Word); return nil }})
	}
	return m.open(n)
}

// add adds a part and goes there.
func (f *form) add(m *model, kind string) {
	d, err := f.draft.Add(kind)
	f.query = ""
	if !f.take(m, d, err) {
		return
	}
	for i := range f.rows {
		if r := &f.rows[i]; r.part.Kind == kind && r.field == nil {
			f.at = i // the last of them is new
		}
	}
}

// remove takes away the part under the cursor.
func (f *form) remove(m *model) tea.Cmd {
	if r := f.row(); r != nil {
		f.removePart(m, r.part)
	}
	return nil
}

func (f *form) removePart(m *model, p *scenario.Part) {
	if p.Kind == "" {
		m.refuse(fmt.Errorf("there is always a %s", p.Name))
		return
	}
	what := p.Kind + " " + p.Name
	d, err := f.draft.Without(p.Path)
	if f.take(m, d, err) {
		m.say(paint.Info, "removed %s; %s brings it back", what, m.by("z"))
	}
}

func (f *form) undo(m *model) tea.Cmd {
	last := len(f.before) - 1
	if last < 0 {
		m.say(paint.Dim, "nothing was changed yet")
		return nil
	}
	f.draft, f.before = f.before[last], f.before[:last]
	f.look()
	return nil
}

// formCommands are the commands of the form alone. What is in no row sets a field.
func formCommands() []command {
	return []command{
		{names: []string{"fields"}, usage: "[WORDS]", where: inForm, pane: formPane{},
			help: "what can be set, with its value or default: where all words occur",
			do:   func(m *model, words string) tea.Cmd { m.form.search(words); return nil }},
		{names: []string{"play"}, where: inForm, help: "play this cluster",
			do: plainly(func(m *model) tea.Cmd { return m.form.play(m) })},
		{names: []string{"add"}, usage: "KIND", where: inForm, help: "add a topic, a producer, a consumer ...",
			do: func(m *model, kind string) tea.Cmd { m.form.add(m, kind); return nil }},
		{names: []string{"remove"}, usage: "NAME", where: inForm, help: "remove a topic or client", do: (*model).removeNamed},
		{names: []string{"undo"}, where: inForm, help: "undo the last change",
			do: plainly(func(m *model) tea.Cmd { return m.form.undo(m) })},
		{names: []string{"presets"}, where: inForm, help: "begin anew, with the cluster of a preset", do: plainly((*model).restart)},
		{names: []string{"save"}, usage: "[FILE]", where: inForm, help: "save the cluster as a new scenario file",
			do: func(m *model, file string) tea.Cmd { return m.saveForm(file, nil) }},
	}
}

func (m *model) removeNamed(name string) tea.Cmd {
	if p := m.form.part(name); p != nil {
		m.form.removePart(m, p)
		return nil
	}
	m.refuse(fmt.Errorf("there is no %q to remove", name))
	return nil
}

// formPane is the form for who can't see it.
type formPane struct{ unchoosable }

func (formPane) move(*model, int) {}

func (formPane) draw(m *model, w, h int) ([]paint.Line, paint.Line) {
	return append(m.formLines(w, h), m.formState()), nil
}

// assign sets a field as --set does: p1.acks=1.
func (f *form) assign(m *model, text string) {
	name, value, ok := strings.Cut(text, "=")
	for i := range f.draft.Parts {
		p := &f.draft.Parts[i]
		for j := range p.Fields {
			if x := &p.Fields[j]; ok && p.Name+"."+x.Name == strings.TrimSpace(name) {
				f.set(m, x.Path, value)
				return
			}
		}
	}
	m.refuse(fmt.Errorf("%q: there is no such field; write one like p1.acks=1", text))
}

// part is the one of a name.
func (f *form) part(name string) *scenario.Part {
	for i := range f.draft.Parts {
		if p := &f.draft.Parts[i]; p.Name == name {
			return p
		}
	}
	return nil
}

// saveForm writes the cluster to a new file.
func (m *model) saveForm(name string, then func(*model) tea.Cmd) tea.Cmd {
	f := m.form
	if err := f.wrong(); err != nil {
		m.refuse(err)
		return nil
	}
	d := f.draft
	return m.write(name, ownName, d.Source, func(m *model, file string) tea.Cmd {
		f.saved, f.file = d, file
		if then == nil {
			return nil
		}
		return then(m)
	})
}
