package scenario

import (
	"fmt"
	"slices"
	"strings"
)

// With is this run with something set, as --set does it: another run of the same file. It expects nothing: what
// the file expects is not meant for it. The error is *Errors, or says that nothing would be changed.
func (s *Scenario) With(o Override) (*Scenario, error) {
	set := slices.DeleteFunc(slices.Clone(s.Set), func(was Override) bool { return what(was) == what(o) })
	set = append(set, o)
	r := newReader(s.file, s.source)
	out := &Scenario{Name: s.Name, Variant: s.Variant, Why: s.Why, Changed: s.Changed, Set: set, Document: r.document(),
		file: s.file, source: s.source, base: s.Runs()[0], path: s.path}
	d := &out.Document
	d.Script, d.Until, d.Expect, d.Variants = s.Document.Script, s.Document.Until, Expect{}, nil
	d.Title = out.Run() + ": " + d.Title
	d.Story = "**" + out.Run() + "** in place of what is told here.\n\n" + d.Story
	out.written = *d
	d.fill()
	var all []Override
	for _, text := range s.Changed {
		all = append(all, Override(text))
	}
	out.override(r, append(all, set...))
	out.build(r)
	if err := r.failed(); err != nil {
		return nil, err
	}
	if out.playsAs(s) {
		return nil, fmt.Errorf("%s changes nothing: it is so already", o)
	}
	return out, nil
}

// Run is what this run of its file is called: by its variant, and by what is set beside the file.
func (s *Scenario) Run() string {
	var words []string
	if s.Variant != "" {
		words = append(words, s.Variant)
	}
	for _, o := range s.Set {
		words = append(words, string(o))
	}
	if len(words) == 0 {
		return TheFile
	}
	return strings.Join(words, " ")
}
