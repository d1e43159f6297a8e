package scenario

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"example.com/ksim/sim/cluster"
)

// Draft is a scenario that is being put together, field by field. It is a value: a change gives another
// one. Whether a change is good is asked of the loader alone: each draft is written down and read again.
type Draft struct {
	Parts    []Part
	Source   []byte    // the file
	Scenario *Scenario // what it says; nil while something is wrong
	Wrong    []Error
	name     string
	document Document
}

// NewDraft begins a draft with a file, under another name. What the file tells, strikes and expects is
// left out: a draft is a cluster and its clients. The error is *Errors.
func NewDraft(name, title string, source []byte) (*Draft, error) {
	d, err := ReadDocument(name, source)
	if err != nil {
		return nil, err
	}
	d.Title = title
	d.About, d.Story, d.Script, d.Expect, d.Variants = "", "", nil, Expect{}, nil
	return draftOf(name, *d)
}

// draftOf writes a document down and reads what was written.
func draftOf(name string, d Document) (*Draft, error) {
	source, err := encode(&d)
	if err != nil {
		return nil, err
	}
	out := &Draft{name: name, Source: source, document: d}
	out.Scenario, err = Read(name, source)
	var wrong *Errors
	if errors.As(err, &wrong) {
		out.Wrong = wrong.List
	}
	out.Parts = partsOf(&out.document)
	out.settle()
	return out, nil
}

// settle tells of defaults that give way to what is set beside them what they come to.
func (d *Draft) settle() {
	if d.Scenario == nil {
		return
	}
	for i := range d.Parts {
		p := &d.Parts[i]
		off := cluster.IdempotenceOff(d.Scenario.Root, p.Name)
		f := p.field("enable.idempotence")
		if len(off) == 0 || f == nil {
			continue
		}
		for k, name := range off {
			off[k] = name + " is " + p.field(name).Value
		}
		f.Default = "false: " + strings.Join(off, ", ")
	}
}

func (p *Part) field(name string) *Field {
	i := slices.IndexFunc(p.Fields, func(f Field) bool { return f.Name == name })
	if i < 0 {
		return nil
	}
	return &p.Fields[i]
}

// copied is a copy of the document that shares nothing with it.
func (d *Draft) copied() *Document {
	out, err := ReadDocument(d.name, d.Source)
	if err != nil {
		panic(fmt.Sprintf("scenario: a draft can't be read again: %v", err)) // its values were read before
	}
	return out
}

// With is the draft with another value in a field; without a text, its default. The error is what the loader
// says of the value. There is a draft beside it if the value could stand in a file beside other values: something
// else may be meant to change next. What the loader says of other fields now is only in Wrong.
func (d *Draft) With(path, text string) (*Draft, error) {
	next := d.copied()
	f := findField(partsOf(next), path)
	if f == nil {
		return nil, fmt.Errorf("there is no %s here", path)
	}
	if err := f.put(text); err != nil {
		return nil, err
	}
	out, err := draftOf(d.name, *next)
	if err != nil {
		return nil, err
	}
	for _, e := range out.Wrong {
		if e.Path == "" || within(e.Path, path) {
			if _, err := ReadDocument(out.name, out.Source); err != nil || f.wrong(text) != nil {
				out = nil
			}
			return out, errors.New(e.Text)
		}
	}
	return out, nil
}

// WrongAt is the first thing that is wrong with a field or with anything in it; nil if nothing is.
func (d *Draft) WrongAt(path string) *Error {
	for i := range d.Wrong {
		if within(d.Wrong[i].Path, path) {
			return &d.Wrong[i]
		}
	}
	return nil
}

// PartAt is the part that a path leads into; nil if it leads into none, or into the run.
func (d *Draft) PartAt(path string) *Part {
	var at *Part
	for i := range d.Parts {
		if p := &d.Parts[i]; p.Path != "" && within(path, p.Path) && (at == nil || len(p.Path) > len(at.Path)) {
			at = p
		}
	}
	return at
}

// within tells whether a path is another one, or leads to a part of it.
func within(path, whole string) bool {
	rest, in := strings.CutPrefix(path, whole)
	return in && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// put writes a value into the field.
func (f *Field) put(text string) error {
	text = strings.TrimSpace(text)
	switch settings, ok := f.value.Addr().Interface().(*Settings); {
	case ok && f.setting != "":
		settings.put(f.setting, text)
		return nil
	case text == "":
		f.value.SetZero()
		return nil
	case f.value.Type() == reflect.TypeFor[string]():
		f.value.SetString(text)
		return nil
	}
	if _, list := f.value.Addr().Interface().(*[]string); list && !strings.HasPrefix(text, "[") {
		text = "[" + text + "]"
	}
	f.value.SetZero()
	if errs := readText(f.Path, text, f.value, f.field); len(errs) > 0 {
		return errors.New(errs[0].Text)
	}
	return nil
}

// wrong says what is wrong with a value, whatever stands in other fields.
func (f *Field) wrong(text string) error {
	var err error
	switch text = strings.TrimSpace(text); {
	case text == "":
	case f.row != nil:
		err = f.row.Check(text)
	case f.Name == versionField:
		_, err = cluster.ParseRelease(text)
	case len(f.Words) > 0 && !slices.Contains(f.Words, text):
		err = fmt.Errorf("%q is none of %s", text, strings.Join(f.Words, ", "))
	}
	return err
}

// shown is a value of the document as one would type it.
func shown(v reflect.Value) string {
	if v.IsZero() {
		return ""
	}
	if s, ok := v.Interface().(string); ok {
		return s
	}
	out, err := yaml.MarshalWithOptions(v.Interface(), yaml.Flow(true), writing)
	if err != nil {
		return ""
	}
	text := strings.TrimSpace(string(out))
	if _, list := v.Interface().([]string); list {
		text = strings.Trim(text, "[]")
	}
	return text
}

// Add is the draft with another part of a kind.
func (d *Draft) Add(kind string) (*Draft, error) {
	next := d.copied()
	i := slices.IndexFunc(Kinds, func(k Kind) bool { return k.Word == kind })
	if i < 0 {
		return nil, fmt.Errorf("%q is no kind of part", kind)
	}
	k := &Kinds[i]
	list := k.list(next)
	list.Grow(1)
	list.SetLen(list.Len() + 1)
	text := fmt.Sprintf(k.start, next.freeName(k.prefix), next.first(topicKind), next.first(databaseKind))
	last := list.Index(list.Len() - 1)
	if errs := readText(k.path, text, last, reflect.StructField{}); len(errs) > 0 {
		return nil, errors.New(errs[0].Text)
	}
	return draftOf(d.name, *next)
}

// Without is the draft without a part.
func (d *Draft) Without(path string) (*Draft, error) {
	next := d.copied()
	for i := range Kinds {
		list := Kinds[i].list(next)
		for j := range list.Len() {
			if fmt.Sprintf("%s[%d]", Kinds[i].path, j) == path {
				list.Set(reflect.AppendSlice(list.Slice(0, j), list.Slice(j+1, list.Len())))
				return draftOf(d.name, *next)
			}
		}
	}
	return nil, fmt.Errorf("%s can't be taken away", path)
}
