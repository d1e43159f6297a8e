package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/internal/scenario"
)

// form is a cluster being put together: the rows of a draft. It knows no rule of what may be written: each
// change is a draft, and the draft is loaded.
type form struct {
	draft  *scenario.Draft
	before []*scenario.Draft // each a change ago, the latest last
	saved  *scenario.Draft   // the one that a file holds, or with which it began
	file   string            // which
	whole  map[string]bool   // parts of which every field is shown, by path
	query  string
	rows   []formRow
	at     int

	refused refusal // the last one
}

// refusal is what the loader said of a value.
type refusal struct {
	path, text string
	err        error
	keepable   bool // who says it again means it: something else is to change next
}

// formRow is a line of the form: a field, or the heading of a part.
type formRow struct {
	part   *scenario.Part
	field  *scenario.Field // nil: a heading
	hidden bool            // of a heading: there are fields that are not shown
}

// path is where the row is in the document; of a heading, where its part is.
func (r *formRow) path() string {
	if r.field == nil {
		return r.part.Path
	}
	return r.field.Path
}

// ownName is what a cluster of one's own is called until it is saved under another name.
const ownName = "my-cluster"

// openForm begins a cluster of one's own, like the first of the presets.
func (m *model) openForm() tea.Cmd {
	source, _ := scenario.Source(scenario.FirstPreset)
	d, err := scenario.NewDraft(ownName+".yaml", "a cluster of my own", source)
	if err != nil {
		m.refuse(err)
		return nil
	}
	m.form = &form{draft: d, saved: d, whole: map[string]bool{}}
	m.form.look()
	return nil
}

// restart lists the presets. Choosing one begins the form anew with its cluster and clients.
func (m *model) restart() tea.Cmd {
	return m.choosePreset("build on", func(m *model, s *scenario.Scenario) tea.Cmd {
		source, _ := scenario.Source(s.Name)
		d, err := scenario.NewDraft(ownName+".yaml", "like "+s.Name, source)
		m.form.take(m, d, err)
		return nil
	})
}

// look lists the rows anew. The cursor stays on its row, or near where that was.
func (f *form) look() {
	path, heading := "", false
	if f.at < len(f.rows) {
		path, heading = f.rows[f.at].path(), f.rows[f.at].field == nil
	}
	f.rows = f.rows[:0:0]
	for i := range f.draft.Parts {
		f.rows = append(f.rows, f.rowsOf(&f.draft.Parts[i])...)
	}
	f.at = clamp(f.at, 0, max(0, len(f.rows)-1))
	for i := range f.rows {
		if r := &f.rows[i]; r.path() == path && (r.field == nil) == heading {
			f.at = i
		}
	}
}

// rowsOf are the rows of a part. Without a search, a part that is not shown as a whole has those fields that are
// written or wrong, and those that are not one of many.
func (f *form) rowsOf(p *scenario.Part) []formRow {
	words := strings.Fields(strings.ToLower(f.query))
	rows := []formRow{{part: p}}
	for i := range p.Fields {
		x := &p.Fields[i]
		shown := f.whole[p.Path] || !x.Inner || x.Value != "" || f.draft.WrongAt(x.Path) != nil
		if len(words) > 0 {
			shown = containsAll(words, p.Kind, p.Name, x.Name, x.Doc, x.Value)
		}
		if shown {
			rows = append(rows, formRow{part: p, field: x})
		} else {
			rows[0].hidden = true
		}
	}
	if len(words) > 0 && len(rows) == 1 {
		return nil
	}
	return rows
}

// row is the one under the cursor, nil if there are none.
func (f *form) row() *formRow {
	if f.at >= len(f.rows) {
		return nil
	}
	return &f.rows[f.at]
}

// take makes a change, unless it is refused.
func (f *form) take(m *model, d *scenario.Draft, err error) bool {
	if err != nil {
		m.refuse(err)
		return false
	}
	f.before = append(f.before, f.draft)
	f.draft = d
	f.look()
	return true
}

// set gives a field another value. What does not go together with other values is refused at first, and kept if
// it is said again.
func (f *form) set(m *model, path, text string) bool {
	d, err := f.draft.With(path, text)
	again := f.refused.path == path && f.refused.text == text
	if err == nil || d != nil && again {
		f.refused = refusal{}
		return f.take(m, d, nil)
	}
	f.refused = refusal{path, text, err, d != nil}
	return f.take(m, d, err)
}

func (f *form) move(_ *model, n int) { f.at = clamp(f.at+n, 0, max(0, len(f.rows)-1)) }

// jump goes to the next heading, or to the one before.
func (f *form) jump(by int) {
	for i := f.at + by; i >= 0 && i < len(f.rows); i += by {
		if f.rows[i].field == nil {
			f.at = i
			return
		}
	}
}

// enter changes the field under the cursor; on a heading it shows all fields of the part, or those that matter.
func (f *form) enter(m *model) tea.Cmd {
	r := f.row()
	switch {
	case r == nil:
		m.say(paint.Dim, "nothing matches %q", f.query)
		return nil
	case r.field == nil:
		f.whole[r.part.Path] = !f.whole[r.part.Path]
		f.look()
		return nil
	case len(r.field.Words) > 0:
		return f.choose(m, r.field)
	}
	return f.edit(m, r.field, r.field.Value)
}

// choose offers the words that a field can have.
func (f *form) choose(m *model, x *scenario.Field) tea.Cmd {
	n := &menu{title: x.Name}
	for _, word := range append([]string{""}, x.Words...) {
		line := paint.Text(paint.Strong, word)
		if word == "" {
			line = paint.Text(paint.Plain, "as by default ").Add(paint.Dim, x.Default)
		}
		n.items = append(n.items, item{line: line, preview: paint.Text(paint.Dim, x.Doc),
			do: func(m *model) tea.Cmd { f.set(m, x.Path, word); return nil }})
	}
	m.open(n)
	for i, word := range x.Words {
		if word == x.Value {
			n.at = i + 1
		}
	}
	return nil
}

// edit lets a value be typed where it stands. What the loader refuses can be typed again.
func (f *form) edit(m *model, x *scenario.Field, text string) tea.Cmd {
	m.prompt = &prompt{lead: x.Name + " = ", text: text, field: x.Path, hint: "empty: the default " + x.Default,
		done: func(m *model, text string) tea.Cmd {
			if f.set(m, x.Path, text) {
				return nil
			}
			return f.edit(m, x, text)
		}}
	return nil
}
