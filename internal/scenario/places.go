package scenario

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

func position(t *token.Token) Position {
	if t == nil || t.Position == nil {
		return Position{}
	}
	return Position{t.Position.Line, t.Position.Column}
}

func (r *reader) fail(at Position, format string, args ...any) {
	r.errors.List = append(r.errors.List, Error{File: r.file, Position: at, Text: fmt.Sprintf(format, args...)})
}

// about says of the errors from one on what they are about, unless they know better.
func (r *reader) about(path string, from int) {
	for i := range r.errors.List[from:] {
		orElse(&r.errors.List[from+i].Path, path)
	}
}

// failed is all that is wrong, nil if nothing is.
func (r *reader) failed() error {
	if len(r.errors.List) == 0 {
		return nil
	}
	r.errors.sort()
	return &r.errors
}

func (r *reader) failNode(n ast.Node, format string, args ...any) {
	r.fail(place(n), format, args...)
}

// failPath reports an error at a path, or at the nearest part of it that the file has; only once for a
// path: what else is said of it follows from the same mistake.
func (r *reader) failPath(path, format string, args ...any) {
	if r.broken[path] {
		return
	}
	r.broken[path] = true
	defer r.about(path, len(r.errors.List))
	if o, ok := r.options[path]; ok {
		r.failOption(o, format, args...)
		return
	}
	for p := path; ; {
		if at, ok := r.places[p]; ok || p == "" {
			r.fail(at, format, args...)
			return
		}
		p = p[:max(strings.LastIndexAny(p, ".["), 0)]
	}
}

// failOption reports what is wrong with an override.
func (r *reader) failOption(o Override, format string, args ...any) {
	if at, ok := r.optionAt[o]; ok {
		r.fail(at, format, args...)
		return
	}
	r.errors.List = append(r.errors.List,
		Error{File: "--set " + string(o), Text: fmt.Sprintf(format, args...)})
}

// place is where a node begins; of a mapping, its first key.
func place(n ast.Node) Position {
	if m, ok := n.(*ast.MappingNode); ok && len(m.Values) > 0 {
		return position(m.Values[0].Key.GetToken())
	}
	if m, ok := n.(*ast.MappingValueNode); ok {
		return position(m.Key.GetToken())
	}
	return position(n.GetToken())
}
