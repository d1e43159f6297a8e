package scenario_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"example.com/ksim/internal/scenario"
)

var update = flag.Bool("update", false, "rewrite the generated files")

const folder = "../../scenarios"

// TestTheSchemaIsFresh: the committed schema is the one that the types give.
func TestTheSchemaIsFresh(t *testing.T) {
	got, err := scenario.Schema()
	if err != nil {
		t.Fatal(err)
	}
	fresh(t, "scenario.schema.json", got)
}

// TestTheIndexIsFresh: the index lists every scenario with its title, under its subject.
func TestTheIndexIsFresh(t *testing.T) {
	var b bytes.Buffer
	b.WriteString("# Scenarios\n\nGenerated: `go test ./internal/scenario -update`.\n")
	all, err := scenario.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range all {
		if i == 0 || e.About != all[i-1].About {
			fmt.Fprintf(&b, "\n## %s\n\n| name | what happens |\n|---|---|\n", e.About.Heading())
		}
		fmt.Fprintf(&b, "| [%s](%[1]s.yaml) | %s |\n", e.Name, e.Title)
	}
	fresh(t, "README.md", b.Bytes())
}

func fresh(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join(folder, name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s is stale (%v): go test ./internal/scenario -update", path, err)
	}
}

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := scenario.Schema()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("scenario.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("scenario.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// valid tells what the schema has against a file.
func valid(t *testing.T, s *jsonschema.Schema, source []byte) error {
	t.Helper()
	var v any
	if err := yaml.Unmarshal(source, &v); err != nil {
		t.Fatal(err)
	}
	asJSON, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(doc)
}

// TestEveryScenarioSatisfiesTheSchema, and so does what `ksim new` writes.
func TestEveryScenarioSatisfiesTheSchema(t *testing.T) {
	s := compiled(t)
	for _, name := range scenario.Names() {
		source, _ := scenario.Source(name)
		if err := valid(t, s, source); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := valid(t, s, []byte(scenario.Template)); err != nil {
		t.Errorf("the template: %v", err)
	}
}

// TestTheSchemaRefusesWhatTheLoaderRefuses: a misspelt field, a wrong unit, a count that is none.
func TestTheSchemaRefusesWhatTheLoaderRefuses(t *testing.T) {
	s := compiled(t)
	for _, bad := range []string{
		"title: x\nclustr: {}", "title: x\nuntil: 5q", "title: x\nexpect: {acked-lost: some}",
		"title: x\nexpect: {acked-losst: 1}", "story: no title", "title: x\nscript: [{when: a}]",
		"title: x\nuntil: 1.2.3s", "title: x\nuntil: 1e3s", "title: [x]", "title: x\nlimits: {time: .s}",
		sending("send: {flush: 0}"), sending("send: {flush: 2.5}"), sending("keys: [[1]]"), sending("every: 5"),
	} {
		if valid(t, s, []byte(bad)) == nil {
			t.Errorf("the schema accepts %q", bad)
		}
		if _, err := scenario.ReadDocument("bad.yaml", []byte(bad)); err == nil {
			if _, err := scenario.Read("bad.yaml", []byte(bad)); err == nil {
				t.Errorf("the loader accepts %q", bad)
			}
		}
	}
}

// TestTheSchemaAcceptsWhatTheLoaderAccepts: text without quotes that YAML takes for something else, and times
// in every unit.
func TestTheSchemaAcceptsWhatTheLoaderAccepts(t *testing.T) {
	s := compiled(t)
	for _, good := range []string{
		"title: 5\nstory: true\nexpect: {}", "title: x\ncluster: {version: 2.8}\nexpect: {}",
		sending("send: {flush: 2}"), sending("send: {flush: '2'}"), sending("send: {flush: each}"),
		sending("keys: [1, 2.5, true, a]"), sending("every: 5ns"), sending("every: .5us"), sending("start: 1.m"),
		"title: x\ncluster: {brokers: [1, 2]}\nexpect: {acked-lost: '0'}",
	} {
		if err := valid(t, s, []byte(good)); err != nil {
			t.Errorf("the schema refuses %q: %v", good, err)
		}
		if _, err := scenario.Read("good.yaml", []byte(good)); err != nil {
			t.Errorf("the loader refuses %q: %v", good, err)
		}
	}
}

// sending is a file with a producer.
func sending(what string) string {
	return "title: x\ncluster: {topics: [{name: orders}]}\nproducers: [{id: p1, topic: orders, " + what + "}]\nexpect: {}"
}

// TestEveryScenarioTeaches: a story, and an expectation that could fail.
func TestEveryScenarioTeaches(t *testing.T) {
	for _, name := range scenario.Names() {
		s, err := scenario.Load(name, nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(strings.Fields(s.Document.Story)) < 60 {
			t.Errorf("%s: a story of %d words does not teach", name, len(strings.Fields(s.Document.Story)))
		}
		if o := scenario.Run(s, nil); len(o.Checks) < 3 || o.Failed() {
			t.Errorf("%s: %d expectations, failed: %v", name, len(o.Checks), o.Failed())
		}
		for _, v := range s.Variants {
			if o := scenario.Run(v, nil); len(o.Checks) < 1 || o.Failed() || v.Why == "" {
				t.Errorf("%s, variant %s: %d expectations, failed: %v, why: %q", name, v.Variant, len(o.Checks), o.Failed(), v.Why)
			}
		}
	}
}

// FuzzRead: nothing that is read as a scenario makes the loader panic, and an error always says in
// which file.
func FuzzRead(f *testing.F) {
	for _, name := range scenario.Names() {
		source, _ := scenario.Source(name)
		f.Add(source)
	}
	for _, seed := range []string{"", "a", "title: x", "[", "{", "title: [x", "? a", "- - -", "a: &b c\nd: *b",
		"title: x\ncluster: {brokers: 0}", "title: x\ncluster: {brokers: [b1, b1]}", "\x00", "title: \xff",
		"title: x\nproducers: [{id: p1, topic: orders}]", "title: x\nscript: [{do: crash b1, when: b1}]",
		"title: x\nconsumers: [{id: '', group: '', topics: []}]", "title: x\ncluster: {controllers: 60}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		if len(source) > 4096 {
			t.Skip("long files only take longer")
		}
		_, err := scenario.Read("fuzz.yaml", source)
		if err != nil && !strings.Contains(err.Error(), "fuzz.yaml") {
			t.Errorf("an error without its file: %v", err)
		}
	})
}
