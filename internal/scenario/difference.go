package scenario

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"

	"example.com/ksim/sim/value"
)

// Difference is something that two scenarios set otherwise, by the name that --set has for it. What one
// does not set is empty there.
type Difference struct{ What, A, B string }

// In is how it is in the first scenario (0), or in the other (1), in words.
func (d Difference) In(which int) string {
	return cmp.Or([2]string{d.A, d.B}[which], "(not set)")
}

// scripted is what a line of a script is called among differences.
const scripted = "script"

// unlike are the fields that say nothing of how a run goes.
var unlike = map[string]bool{"title": true, "about": true, "story": true, "expect": true, "variants": true, scripted: true}

// Differences are what two scenarios set otherwise, in the order of the file, then what their scripts do
// otherwise.
func Differences(a, b *Scenario) []Difference {
	var ours, theirs settled
	ours.document(&a.Document)
	theirs.document(&b.Document)
	var out []Difference
	for _, what := range append(ours.order, theirs.order...) {
		d := Difference{what, ours.values[what], theirs.values[what]}
		if d.A != d.B {
			out = append(out, d)
		}
		delete(ours.values, what)
		delete(theirs.values, what)
	}
	return append(out, scripts(a.Document.Script, b.Document.Script)...)
}

// scripts are the lines that two scripts don't have in common.
func scripts(a, b []Line) []Difference {
	ours, theirs := linesOf(a), linesOf(b)
	var out []Difference
	for _, row := range value.Align(ours, theirs) {
		d := Difference{What: scripted}
		if row.A != value.Gap {
			d.A = ours[row.A]
		}
		if row.B != value.Gap {
			d.B = theirs[row.B]
		}
		if !row.Same {
			out = append(out, d)
		}
	}
	return out
}

func linesOf(script []Line) []string {
	var out []string
	for i := range script {
		out = append(out, script[i].String())
	}
	return out
}

// String is the line with its moment.
func (l *Line) String() string {
	switch {
	case l.At != nil:
		return fmt.Sprintf("at %s: %s", *l.At, l.Do)
	case l.Step != nil:
		return fmt.Sprintf("at step %d: %s", *l.Step, l.Do)
	}
	return fmt.Sprintf("when %s: %s", l.When, l.Do)
}

// settled are the values of a document by the names that --set has for them.
type settled struct {
	order  []string
	values map[string]string
}

func (s *settled) document(d *Document) {
	s.values = map[string]string{}
	s.fields(reflect.ValueOf(d).Elem(), "")
}

// fields takes in a struct. Who has an id or a name is called by it alone.
func (s *settled) fields(v reflect.Value, path string) {
	for i := range v.NumField() {
		name := fieldName(v.Type().Field(i))
		switch {
		case name == "" || path == "" && unlike[name]:
		case name == "config":
			s.put(v.Field(i), path)
		case name != "id" && name != "name":
			s.put(v.Field(i), join(path, name))
		}
	}
}

func (s *settled) put(v reflect.Value, path string) {
	if v.IsZero() {
		return
	}
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	switch x := v.Interface().(type) {
	case Settings:
		for _, one := range x {
			s.say(join(path, one.Name), one.Value)
		}
		return
	case fmt.Stringer:
		s.say(path, x.String())
		return
	}
	switch named := v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct; {
	case named:
		for i := range v.Len() {
			s.fields(v.Index(i), v.Index(i).Field(0).String())
		}
	case v.Kind() == reflect.Struct:
		s.fields(v, path)
	case v.Kind() == reflect.Slice:
		s.say(path, strings.Trim(fmt.Sprint(v.Interface()), "[]"))
	default:
		s.say(path, fmt.Sprint(v.Interface()))
	}
}

func (s *settled) say(what, value string) {
	if _, twice := s.values[what]; !twice {
		s.order = append(s.order, what)
	}
	s.values[what] = value
}
