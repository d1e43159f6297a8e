package tui

import (
	"strings"

	"example.com/ksim/cmd/ksim/tui/paint"
)

// drawForm draws the rows, and what the one under the cursor means.
func (m *model) drawForm(picture []paint.Line) {
	left, right := m.twoBoxes(TwoColumns)
	if m.w < TwoColumns {
		left, right = rect{0, 1, m.w, m.h - 3}.rows(m.h - 3 - meaningHeight)
	}
	m.drawFrame(picture, "a cluster of your own")
	m.putBox(picture, left, "fields and settings", m.formLines(left.w-paint.BoxInset, left.h-paint.BoxEdges), true)
	m.putBox(picture, right, "what it means", m.meaning(right.w-paint.BoxInset), false)
	m.drawAnswer(picture, m.h-2, m.formState)
}

// meaningHeight is how high the box is that says what a row means, where it stands below the rows.
const meaningHeight = 6

// formState says whether the cluster can be played.
func (m *model) formState() paint.Line {
	f := m.form
	if err := f.wrong(); err != nil {
		return paint.Textf(paint.Bad, " ✗ %v", err)
	}
	l := paint.Text(paint.Good, " ✓ can be played")
	if f.query != "" {
		return l.Addf(paint.Info, "  searched: %s", f.query).Add(paint.Dim, "  (esc shows all)")
	}
	return l.Add(paint.Dim, "  a value in ( ) is the default")
}

// formLines are the rows around the cursor.
func (m *model) formLines(w, rows int) []paint.Line {
	f := m.form
	if len(f.rows) == 0 {
		return []paint.Line{paint.Textf(paint.Dim, "nothing matches %q", f.query)}
	}
	from := window(f.at, len(f.rows), rows)
	var out []paint.Line
	for i := from; i < min(from+rows, len(f.rows)); i++ {
		r := &f.rows[i]
		l := f.headingLine(r)
		if r.field != nil {
			l = m.fieldLine(r, w)
		}
		if l = l.Fit(w); i == f.at {
			l = l.With(paint.Chosen).Over(0, paint.Text(paint.Key|paint.Chosen, "▶ "))
		}
		out = append(out, l.On(zoneForm.spot(i)))
	}
	return out
}

func (f *form) headingLine(r *formRow) paint.Line {
	kind := r.part.Kind
	if kind == "" {
		kind = "the"
	}
	l := paint.Text(paint.Title, "  "+kind+" "+r.part.Name)
	if r.part.Path != "" && f.draft.WrongAt(r.part.Path) != nil {
		l = l.Add(paint.Bad, " ✗")
	}
	switch {
	case f.query != "":
	case r.hidden:
		l = l.Add(paint.Dim, "  enter shows all that can be set")
	case f.whole[r.part.Path]:
		l = l.Add(paint.Dim, "  enter hides what is as by default")
	}
	return l
}

// fieldWidth is how wide the names of fields are at the most.
const fieldWidth = 44

// fieldLine is a name, its value and, where there is room, what it means. A default stands in parentheses.
func (m *model) fieldLine(r *formRow, w int) paint.Line {
	x := r.field
	look, lead := paint.Plain, "    "
	if m.form.draft.WrongAt(x.Path) != nil {
		look, lead = paint.Bad, "  ✗ "
	}
	l := paint.Text(look, lead+x.Name).Fit(min(w/2, fieldWidth)).Add(paint.Plain, " ")
	switch {
	case m.prompt != nil && m.prompt.field == x.Path:
		l = l.Add(paint.Strong, m.prompt.text).Add(paint.Strong, "█")
	case x.Value != "":
		l = l.Add(paint.Strong, x.Value)
	case x.Default != "":
		l = l.Add(paint.Dim, "("+x.Default+")")
	default:
		l = l.Add(paint.Dim, "(none)")
	}
	if rest := w - fieldWidth - valueWidth; rest > 20 {
		l = l.Fit(fieldWidth+valueWidth).Add(paint.Dim, " "+x.Doc)
	}
	return l
}

// valueWidth is how wide a value is where its meaning stands beside it.
const valueWidth = 24

// meaning is what there is to know of the row under the cursor, and below it the file so far.
func (m *model) meaning(w int) []paint.Line {
	f, r := m.form, m.form.row()
	if r == nil {
		return nil
	}
	var out []paint.Line
	add := func(l paint.Line) { out = append(out, paint.Wrap(l, w, 0)...) }
	if x := f.refused; x.err != nil && x.path == r.path() && (m.said != nil || m.prompt != nil) {
		add(paint.Textf(paint.Bad, "✗ %v", x.err))
		if x.keepable {
			add(paint.Text(paint.Info, "Once more keeps it, so that you can change what it needs next."))
		}
		out = append(out, nil)
	} else if e := f.draft.WrongAt(r.path()); e != nil && r.path() != "" {
		add(paint.Text(paint.Bad, "✗ "+e.Text))
	}
	if x := r.field; x == nil {
		add(paint.Text(paint.Strong, "enter").Add(paint.Plain, " shows all its fields and settings with their defaults, or only those that are set"))
	} else {
		add(paint.Text(paint.Strong, x.Name).Add(paint.Plain, ": "+x.Doc))
		var facts []string
		if x.Words != nil {
			facts = append(facts, strings.Join(x.Words, ", "))
		} else if x.Type != "" {
			facts = append(facts, x.Type)
		}
		if x.Setting && x.Default != "" {
			facts = append(facts, "default "+x.Default)
		}
		add(paint.Text(paint.Dim, strings.Join(facts, "; ")))
	}
	if m.w < TwoColumns {
		return out
	}
	out = append(out, nil, paint.Text(paint.Title, "the file"))
	for line := range strings.Lines(string(f.draft.Source)) {
		if line = strings.TrimSuffix(line, "\n"); !strings.HasPrefix(line, "#") {
			out = append(out, paint.Text(paint.Plain, line))
		}
	}
	return out
}
