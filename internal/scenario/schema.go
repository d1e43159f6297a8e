package scenario

import (
	"encoding/json"
	"path"
	"reflect"
	"sync"

	"github.com/invopop/jsonschema"

	"example.com/ksim/sim/cluster"
)

// Schema is the JSON Schema of scenario files, made from the types they are read into.
func Schema() ([]byte, error) {
	out, err := json.MarshalIndent(schema(), "", "  ")
	return append(out, '\n'), err
}

var schema = sync.OnceValue(func() *jsonschema.Schema {
	r := jsonschema.Reflector{FieldNameTag: "yaml", ExpandedStruct: true,
		RequiredFromJSONSchemaTags: true,
		Mapper: func(t reflect.Type) *jsonschema.Schema {
			if t == durationType {
				return durationSchema()
			}
			return nil
		}}
	s := r.Reflect(&Document{})
	s.Title = "ksim scenario"
	loosen(s)
	s.Definitions["Text"] = &jsonschema.Schema{OneOf: plainTypes()}
	return s
})

// wordsOf are the words that a field can have, as the schema lists them; none: it can have others.
func wordsOf(owner reflect.Type, name string) []string {
	s := schema()
	in := s.Definitions[owner.Name()]
	if in == nil {
		return nil
	}
	field, ok := in.Properties.Get(name)
	if ok && field.Ref != "" {
		field = s.Definitions[path.Base(field.Ref)]
	}
	if !ok || field == nil {
		return nil
	}
	var out []string
	for _, word := range field.Enum {
		if text, is := word.(string); is && text != "" {
			out = append(out, text)
		}
	}
	return out
}

func countSchema() *jsonschema.Schema {
	return &jsonschema.Schema{OneOf: []*jsonschema.Schema{
		{Type: "integer"}, {Type: "string", Pattern: "^((>=|<=|==|!=|>|<) *)?-?[0-9]+$"},
	}}
}

// figureSchema is a number, a rate or a time, or a comparison with one.
func figureSchema() *jsonschema.Schema {
	return &jsonschema.Schema{OneOf: []*jsonschema.Schema{
		{Type: "number"}, {Type: "string", Pattern: "^(" + cluster.NotMeasured +
			"|((>=|<=|==|!=|>|<) *)?" + numberPattern + "(" + unitPattern + ")?)$"},
	}}
}

// plainTypes are what YAML takes a plain value for: of text, the loader reads what was written.
func plainTypes() []*jsonschema.Schema {
	return []*jsonschema.Schema{{Type: "string"}, {Type: "number"}, {Type: "boolean"}}
}

// textRef is where the schema defines them.
const textRef = "#/$defs/Text"

// loosen lets text that can be anything be written without quotes, such as 2.8 for a release.
func loosen(s *jsonschema.Schema) {
	if s == nil {
		return
	}
	if s.Type == "string" && s.Enum == nil && s.Pattern == "" {
		s.Type, s.Ref = "", textRef
		return
	}
	loosen(s.Items)
	loosen(s.AdditionalProperties)
	for p := s.Properties.Oldest(); p != nil; p = p.Next() {
		loosen(p.Value)
	}
	for _, d := range s.Definitions {
		loosen(d)
	}
}

// JSONSchemaExtend lets a number of messages be written as one.
func (Send) JSONSchemaExtend(s *jsonschema.Schema) {
	flush, _ := s.Properties.Get("flush")
	flush.Type = ""
	flush.OneOf = []*jsonschema.Schema{
		{Type: "string", Pattern: "^(never|each|0*[1-9][0-9]*)$"}, {Type: "integer", Minimum: "1"},
	}
}

func wordSchema() *jsonschema.Schema { return &jsonschema.Schema{Type: "string"} }

func listSchema() *jsonschema.Schema {
	return &jsonschema.Schema{Type: "array", Items: wordSchema()}
}

func verdictSchema() *jsonschema.Schema {
	one := wordSchema()
	for _, name := range cluster.VerdictNames() {
		one.Enum = append(one.Enum, name)
	}
	return &jsonschema.Schema{OneOf: []*jsonschema.Schema{
		one, {Type: "object", AdditionalProperties: one},
	}}
}

// mapSchema is a mapping by name.
func mapSchema(of func() *jsonschema.Schema) func() *jsonschema.Schema {
	return func() *jsonschema.Schema {
		return &jsonschema.Schema{Type: "object", AdditionalProperties: of()}
	}
}

// deepSchema is a mapping of mappings.
func deepSchema(of func() *jsonschema.Schema) func() *jsonschema.Schema {
	return mapSchema(mapSchema(of))
}

// balanceSchema is right or wrong by group, or amounts by group and account.
func balanceSchema() *jsonschema.Schema {
	one := wordSchema()
	one.Enum = []any{right, wrong}
	return &jsonschema.Schema{Type: "object", AdditionalProperties: &jsonschema.Schema{
		OneOf: []*jsonschema.Schema{one, mapSchema(countSchema)()},
	}}
}

// JSONSchema lists everything that can be expected.
func (Expect) JSONSchema() *jsonschema.Schema {
	s := &jsonschema.Schema{
		Type: "object", Properties: jsonschema.NewProperties(), AdditionalProperties: jsonschema.FalseSchema,
	}
	for _, row := range expectRows() {
		one := row.schema()
		one.Description = row.doc
		s.Properties.Set(row.key, one)
	}
	return s
}

// JSONSchemaExtend lists the words that a process can be described with.
func (Process) JSONSchemaExtend(s *jsonschema.Schema) {
	for p := s.Properties.Oldest(); p != nil; p = p.Next() {
		for _, word := range cluster.ProcessWords(p.Key) {
			p.Value.Enum = append(p.Value.Enum, word)
		}
	}
}
