package scenario

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
)

// reader turns YAML into Go values. It is strict, and it reads on after an error, so that all are
// reported at once; the libraries' own decoders stop at the first.
type reader struct {
	file   string
	source []byte
	errors Errors
	read   bool                // it is YAML at all
	places map[string]Position // where each path of the file is, "producers[0].config.acks"
	broken map[string]bool     // paths that something was said about: what follows from it is not
	// options are the paths whose value was not given by the file, but beside it.
	options map[string]Override
	// optionAt is where overrides stand that a variant of the file makes.
	optionAt map[Override]Position
}

// custom is a type with a form of its own in YAML.
type custom interface {
	read(r *reader, n ast.Node, path string)
}

func newReader(file string, source []byte) *reader {
	source = bytes.TrimPrefix(source, []byte("\ufeff"))
	return &reader{file: file, source: source, places: map[string]Position{}, broken: map[string]bool{},
		options: map[string]Override{}}
}

// parse gives the only document of the file, nil if there is none to be read.
func (r *reader) parse() ast.Node {
	if len(r.source) > maxBytes {
		r.fail(Position{}, "%d bytes are too many for a scenario: at most %d", len(r.source), maxBytes)
		return nil
	}
	r.errors.source = strings.Split(string(r.source), "\n")
	if i := strings.IndexFunc(string(r.source), forbidden); i >= 0 {
		before := string(r.source[:i])
		line := strings.Count(before, "\n")
		column := len([]rune(before[strings.LastIndexByte(before, '\n')+1:]))
		r.fail(Position{line + 1, column + 1}, "not a text file: a control or invalid character")
		return nil
	}
	if at := tooDeep(r.source); at > 0 {
		r.fail(Position{at, 1}, "more than %d lists or mappings in each other", maxDepth)
		return nil
	}
	file, err := parser.ParseBytes(r.source, 0)
	if err != nil {
		var syntax yaml.Error
		if errors.As(err, &syntax) && syntax.GetToken() != nil {
			r.fail(position(syntax.GetToken()), "%s", syntax.GetMessage())
		} else {
			r.fail(Position{}, "%v", err)
		}
		return nil
	}
	if len(file.Docs) > 1 && file.Docs[1].Body != nil {
		r.fail(place(file.Docs[1].Body), "a second document: a file holds one scenario")
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		r.fail(Position{}, "the file is empty: `ksim new FILE` writes one to start from")
		return nil
	}
	return file.Docs[0].Body
}

// forbidden are characters that no YAML file has.
func forbidden(c rune) bool {
	return c < ' ' && c != '\n' && c != '\r' && c != '\t' || c >= 0x7f && c < 0xa0 || c == '\uFFFD'
}

// value reads a node into v. A missing value leaves v as it is.
func (r *reader) value(n ast.Node, v reflect.Value, path string) {
	wrong := len(r.errors.List)
	r.convert(n, v, path)
	r.about(path, wrong)
	r.broken[path] = len(r.errors.List) > wrong
}

func (r *reader) convert(n ast.Node, v reflect.Value, path string) {
	if _, seen := r.places[path]; !seen {
		r.places[path] = place(n)
	}
	if c, ok := v.Addr().Interface().(custom); ok {
		c.read(r, n, path)
		return
	}
	switch v.Interface().(type) {
	case sim.Duration:
		r.duration(n, v)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		r.value(n, v.Elem(), path)
	case reflect.Struct:
		r.structure(n, v, path)
	case reflect.Slice:
		r.slice(n, v, path)
	case reflect.String:
		if text, ok := r.scalar(n, "text"); ok {
			v.SetString(text)
		}
	case reflect.Int, reflect.Int64:
		if text, ok := r.scalar(n, "a whole number"); ok {
			i, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				r.failNode(n, "%q is not a whole number", text)
			}
			v.SetInt(i)
		}
	case reflect.Uint64:
		if text, ok := r.scalar(n, "a whole number"); ok {
			i, err := strconv.ParseUint(text, 10, 64)
			if err != nil {
				r.failNode(n, "%q is not a whole number from 0 on", text)
			}
			v.SetUint(i)
		}
	default:
		panic("scenario: no reading of " + v.Type().String())
	}
}

func (r *reader) duration(n ast.Node, v reflect.Value) {
	text, ok := r.scalar(n, "a duration")
	if !ok {
		return
	}
	d, err := cluster.ParseDuration(text)
	if err != nil {
		r.failNode(n, "%v", err)
	}
	v.SetInt(int64(d))
}

// scalar is the text of a plain value, as it was written.
func (r *reader) scalar(n ast.Node, want string) (string, bool) {
	switch s := n.(type) {
	case *ast.StringNode:
		return r.clean(n, s.Value), true
	case *ast.LiteralNode:
		return r.clean(n, s.Value.Value), true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, true
	case *ast.NullNode:
		r.failNode(n, "no value: want %s", want)
	case *ast.AliasNode, *ast.AnchorNode, *ast.TagNode:
		r.failNode(n, "anchors, aliases and tags are not for scenarios: write the value out")
	default:
		r.failNode(n, "want %s, not %s", want, describe(n))
	}
	return "", false
}

// clean refuses what a terminal would take as orders.
func (r *reader) clean(n ast.Node, text string) string {
	if strings.IndexFunc(text, forbidden) >= 0 {
		r.failNode(n, "control characters are not for scenarios")
	}
	return text
}

func describe(n ast.Node) string {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "a mapping"
	case *ast.SequenceNode:
		return "a list"
	case *ast.NullNode:
		return "nothing"
	}
	return "a plain value"
}

// pair is one entry of a mapping.
type pair struct {
	key   string
	at    Position
	value ast.Node
}

// mapping lists a mapping's entries.
func (r *reader) mapping(n ast.Node, want string) []pair {
	var values []*ast.MappingValueNode
	switch m := n.(type) {
	case *ast.MappingNode:
		values = m.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{m}
	case *ast.NullNode:
		return nil
	default:
		r.failNode(n, "want %s, not %s", want, describe(n))
		return nil
	}
	var out []pair
	seen := map[string]bool{}
	for _, v := range values {
		key, ok := r.scalar(v.Key, "a key")
		if !ok {
			continue
		}
		p := pair{key, position(v.Key.GetToken()), v.Value}
		if seen[key] {
			r.fail(p.at, "%q stands here twice", key)
		}
		seen[key] = true
		out = append(out, p)
	}
	return out
}

func (r *reader) structure(n ast.Node, v reflect.Value, path string) {
	fields, names := fieldsOf(v.Type())
	have := map[string]bool{}
	for _, p := range r.mapping(n, "a mapping of "+strings.Join(names, ", ")) {
		i, ok := fields[p.key]
		if !ok {
			r.fail(p.at, "unknown field %q%s (allowed: %s)", p.key,
				sim.DidYouMean(p.key, names), strings.Join(names, ", "))
			continue
		}
		have[p.key] = true
		at := join(path, p.key)
		r.places[at] = p.at
		if _, empty := p.value.(*ast.NullNode); empty && v.Field(i).Kind() != reflect.String {
			continue
		}
		r.value(p.value, v.Field(i), at)
		if !r.broken[at] {
			r.bounds(p.value, v.Type().Field(i), v.Field(i), at)
		}
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Tag.Get("jsonschema") == "required" && !have[fieldName(f)] {
			r.failNode(n, "%q is missing", fieldName(f))
			r.broken[join(path, fieldName(f))] = true
		}
	}
}

// bounds refuses a number that is less than the field's minimum, and a time of zero where that
// would mean the default.
func (r *reader) bounds(n ast.Node, f reflect.StructField, v reflect.Value, path string) {
	wrong := len(r.errors.List)
	defer func() {
		r.about(path, wrong)
		r.broken[path] = len(r.errors.List) > wrong
	}()
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if v.Kind() != reflect.Int && v.Kind() != reflect.Int64 {
		return
	}
	least, bounded := int64(0), false
	for _, word := range strings.Split(f.Tag.Get("jsonschema"), ",") {
		if text, ok := strings.CutPrefix(word, "minimum="); ok {
			least, _ = strconv.ParseInt(text, 10, 64)
			bounded = true
		}
	}
	switch _, duration := v.Interface().(sim.Duration); {
	case duration && f.Tag.Get("zero") == "no" && v.Int() == 0:
		r.failNode(n, "%s must be longer than 0", fieldName(f))
	case bounded && v.Int() < least:
		r.failNode(n, "%d is less than %d", v.Int(), least)
	}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func fieldName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
	return name
}

// fieldsOf are a struct's fields by their names in YAML, and the names in order.
func fieldsOf(t reflect.Type) (map[string]int, []string) {
	byName, names := map[string]int{}, []string(nil)
	for i := range t.NumField() {
		if name := fieldName(t.Field(i)); name != "" {
			byName[name] = i
			names = append(names, name)
		}
	}
	return byName, names
}

func (r *reader) slice(n ast.Node, v reflect.Value, path string) {
	s, ok := n.(*ast.SequenceNode)
	if !ok {
		r.failNode(n, "want a list, not %s", describe(n))
		return
	}
	out := reflect.MakeSlice(v.Type(), len(s.Values), len(s.Values))
	for i, item := range s.Values {
		at := fmt.Sprintf("%s[%d]", path, i)
		r.places[at] = place(item)
		r.value(item, out.Index(i), at)
	}
	v.Set(out)
}
