package scenario

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"example.com/ksim/sim"
)

// TheFile is what the run of a file without its variants is called.
const TheFile = "base"

// maxVariants is how many variants a file may have: each is a scenario of its own, to be built and run.
const maxVariants = 50

// vary reads the variants of a file.
func (s *Scenario) vary(r *reader) {
	if n := len(s.Document.Variants); n > maxVariants {
		r.failPath(fmt.Sprintf("variants[%d]", maxVariants), "%d variants are too many: at most %d", n, maxVariants)
		return
	}
	for i := range s.Document.Variants {
		v := &s.Document.Variants[i]
		path := fmt.Sprintf("variants[%d]", i)
		switch same := slices.IndexFunc(s.Document.Variants, func(o Variant) bool { return o.Name == v.Name }); {
		case v.Name == TheFile || v.Name == "" || strings.ContainsFunc(v.Name, notInAName):
			r.failPath(path+".name", "%q can't be the name of a variant: use lower-case letters, digits and '-', and not %q",
				v.Name, TheFile)
		case same != i:
			r.failPath(path+".name", "there is more than one variant %q", v.Name)
		}
		s.Variants = append(s.Variants, s.variant(r, v, path))
	}
}

func notInAName(c rune) bool {
	return (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-'
}

// variant reads the file once more, and changes what the variant changes.
func (s *Scenario) variant(r *reader, v *Variant, path string) *Scenario {
	again := newReader(s.file, r.source)
	out := &Scenario{Name: s.Name, Variant: v.Name, Why: v.Why, Changed: v.Set, Document: again.document(), file: s.file,
		source: s.source, base: s}
	again.optionAt = map[Override]Position{}
	var set []Override
	for k, text := range v.Set {
		what, _, _ := strings.Cut(text, "=")
		if slices.ContainsFunc(v.Set[:k], func(o string) bool { return strings.HasPrefix(o, what+"=") }) {
			r.failPath(fmt.Sprintf("%s.set[%d]", path, k), "%s is set twice", what)
		}
		set = append(set, Override(text))
		again.optionAt[Override(text)] = r.places[fmt.Sprintf("%s.set[%d]", path, k)]
	}
	d := &out.Document
	if v.Script != nil {
		d.Script, out.path = v.Script, path+"."
	}
	if v.Until != (Until{}) {
		d.Until = v.Until
	}
	d.Expect, d.Variants = v.Expect, nil
	d.Title, d.Story = v.Name+": "+d.Title, v.story(d.Story)
	out.written = *d
	d.fill()
	out.override(again, set)
	out.build(again)
	if len(again.errors.List) == 0 && out.playsAs(s) {
		r.failPath(path, "variant %s changes nothing: its run is that of the file", v.Name)
	}
	r.errors.List = append(r.errors.List, again.errors.List...)
	return out
}

// playsAs tells whether two scenarios begin with the same world and play the same script to the same end.
func (s *Scenario) playsAs(o *Scenario) bool {
	if s.Root.Nodes() != o.Root.Nodes() {
		return false
	}
	for i := range s.Root.Nodes() {
		if id := sim.NodeID(i + 1); !reflect.DeepEqual(s.Root.Node(id), o.Root.Node(id)) {
			return false
		}
	}
	return s.Root.TimedFingerprint() == o.Root.TimedFingerprint() && s.Root.Seed == o.Root.Seed &&
		reflect.DeepEqual(s.Root.Costs, o.Root.Costs) && s.Document.Until == o.Document.Until &&
		reflect.DeepEqual(s.Document.Script, o.Document.Script)
}

// story is what is different in the variant, before the story of the file.
func (v *Variant) story(base string) string {
	different := "**Variant " + v.Name + ".** " + strings.TrimSpace(v.Why)
	if len(v.Set) > 0 {
		different += "\n\nWith `" + strings.Join(v.Set, "`, `") + "`."
	}
	return different + "\n\nThe story of the file itself:\n\n" + base
}

// Runs are all the runs of the file that this is a run of: the file itself, and its variants.
func (s *Scenario) Runs() []*Scenario {
	if s.base != nil {
		s = s.base
	}
	return append([]*Scenario{s}, s.Variants...)
}

// OfVariant names the variant, if it is one.
func (s *Scenario) OfVariant() string {
	if s.Variant == "" {
		return ""
	}
	return " of variant " + s.Variant
}

// Pick is one of the runs of a file: the file itself, or a variant.
func (s *Scenario) Pick(name string) (*Scenario, error) {
	names := []string{TheFile}
	for _, v := range s.Variants {
		if names = append(names, v.Variant); v.Variant == name {
			return v, nil
		}
	}
	if name != TheFile {
		return nil, fmt.Errorf("%s has no variant %q%s (there are: %s)", s.Name, name,
			sim.DidYouMean(name, names), strings.Join(names, ", "))
	}
	alone := *s
	alone.Variants, alone.base = nil, s
	return &alone, nil
}
