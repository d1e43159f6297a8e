package scenario

import (
	"reflect"
	"strconv"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/invopop/jsonschema"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
)

// maxNodes is how many nodes of a kind a number may ask for.
const maxNodes = 60

func (v *Nodes) read(r *reader, n ast.Node, path string) {
	if _, list := n.(*ast.SequenceNode); list {
		r.value(n, reflect.ValueOf((*[]string)(v)).Elem(), path)
		return
	}
	text, ok := r.scalar(n, "a number or a list of names")
	if !ok {
		return
	}
	count, err := strconv.Atoi(text)
	if err != nil || count < 1 || count > maxNodes {
		r.failNode(n, "%q: want a number from 1 to %d, or a list of names", text, maxNodes)
		return
	}
	*v = numbered(prefixes[path], count)
}

// prefixes are the first letters of nodes that only a number is given of.
var prefixes = map[string]string{"cluster.brokers": "b", "cluster.controllers": "k"}

func numbered(prefix string, n int) Nodes {
	var out Nodes
	for i := range n {
		out = append(out, prefix+strconv.Itoa(i+1))
	}
	return out
}

// JSONSchema says that it is a number or a list.
func (Nodes) JSONSchema() *jsonschema.Schema {
	return &jsonschema.Schema{OneOf: []*jsonschema.Schema{
		{Type: "integer", Minimum: "1"},
		{Type: "array", Items: &jsonschema.Schema{Ref: textRef}},
	}}
}

func (v *Settings) read(r *reader, n ast.Node, path string) {
	for _, p := range r.mapping(n, "settings by name") {
		r.places[join(path, p.key)] = p.at
		if text, ok := r.scalar(p.value, "a value"); ok {
			*v = append(*v, cluster.Setting{Name: p.key, Value: text})
		}
	}
}

// MarshalYAML keeps the order in which the settings were written.
func (v Settings) MarshalYAML() (any, error) {
	var out yaml.MapSlice
	for _, s := range v {
		out = append(out, yaml.MapItem{Key: s.Name, Value: plain(s.Value)})
	}
	return out, nil
}

// plain gives numbers and truth values without quotes, if they are read as the same text again.
func plain(text string) any {
	i, err := strconv.ParseInt(text, 10, 64)
	switch {
	case err == nil && strconv.FormatInt(i, 10) == text:
		return i
	case text == "true" || text == "false":
		return text == "true"
	case err == nil || strings.ContainsFunc(text, odd):
		return inQuotes(text)
	}
	return text
}

// odd are the characters that may mean something else than themselves in YAML.
func odd(c rune) bool {
	return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune("._,/ ", c)
}

// inQuotes is a text that is written in quotes.
type inQuotes string

// MarshalYAML writes it so that it comes back to the byte.
func (q inQuotes) MarshalYAML() ([]byte, error) { return []byte(strconv.Quote(string(q))), nil }

// JSONSchema says that it is a mapping of plain values.
func (Settings) JSONSchema() *jsonschema.Schema {
	return &jsonschema.Schema{Type: "object", AdditionalProperties: &jsonschema.Schema{Ref: textRef}}
}

func (v *Until) read(r *reader, n ast.Node, _ string) {
	text, ok := r.scalar(n, "a duration, a step, or settled")
	if !ok || text == "settled" {
		return
	}
	if number, is := strings.CutPrefix(text, "step "); is {
		step, err := strconv.Atoi(number)
		if err != nil || step < 1 {
			r.failNode(n, "%q: want step and a number from 1 on", text)
		}
		v.Step = step
		return
	}
	d, err := cluster.ParseDuration(text)
	if err != nil {
		r.failNode(n, "%v; or write settled", err)
	} else if d == 0 {
		r.failNode(n, "a run until 0 would have no steps")
	}
	v.Time = d
}

// MarshalYAML writes it as it is read.
func (v Until) MarshalYAML() (any, error) { return v.String(), nil }

func (v Until) String() string {
	switch {
	case v.Step > 0:
		return "step " + strconv.Itoa(v.Step)
	case v.Time > 0:
		return v.Time.String()
	}
	return "settled"
}

// JSONSchema says what can be written.
func (Until) JSONSchema() *jsonschema.Schema {
	return &jsonschema.Schema{Type: "string", Pattern: "^(settled|step [0-9]+|" + durationPattern + ")$"}
}

// How a number, a unit of time and a duration are written.
const (
	numberPattern   = `([0-9]+\.?[0-9]*|\.[0-9]+)`
	unitPattern     = `ns|us|µs|ms|s|m|h`
	durationPattern = numberPattern + `(` + unitPattern + `)`
)

// durationSchema is how a duration is written.
func durationSchema() *jsonschema.Schema {
	return &jsonschema.Schema{Type: "string", Pattern: "^" + durationPattern + "$"}
}

var durationType = reflect.TypeFor[sim.Duration]()
