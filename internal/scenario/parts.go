package scenario

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"

	"example.com/ksim/sim/cluster"
)

// Part is a part of a draft: the run, the cluster, a topic, a client.
type Part struct {
	Path   string // in the document: "producers[0]"
	Kind   string // a word of Kinds; empty: there is always exactly one
	Name   string
	Fields []Field
}

// Field is something that can be written into a draft: a field of the document, or a setting of Kafka.
type Field struct {
	Path    string // in the document: "producers[0].config.acks"
	Name    string // in its part: "acks", "process.takes"
	Value   string // as it is typed; empty: it is not written
	Default string // what holds then
	Type    string // what its values are, in words
	Words   []string
	Doc     string // what it means
	Setting bool   // of Kafka
	Inner   bool   // a setting, or a field of something in the part: one of many
	value   reflect.Value
	field   reflect.StructField
	setting string
	row     *cluster.SettingRow // of a setting
}

// Kind is a kind of part that a draft can have any number of.
type Kind struct {
	Word   string
	path   string // of the list
	prefix string // of the names of those that are added
	start  string // how one begins, after its name, the first topic and the first database
	list   func(*Document) reflect.Value
}

// The words of kinds that others need.
const (
	topicKind    = "topic"
	databaseKind = "database"
)

// Kinds are the kinds of parts.
var Kinds = []Kind{
	{topicKind, "cluster.topics", "topic", "{name: %[1]s}",
		func(d *Document) reflect.Value { return reflect.ValueOf(&d.Cluster.Topics).Elem() }},
	{"producer", "producers", "p", "{id: %[1]s, topic: %[2]q, records: 10}",
		func(d *Document) reflect.Value { return reflect.ValueOf(&d.Producers).Elem() }},
	{"consumer", "consumers", "c", "{id: %[1]s, group: g1, topics: [%[2]q], config: {auto.offset.reset: earliest}}",
		func(d *Document) reflect.Value { return reflect.ValueOf(&d.Consumers).Elem() }},
	{databaseKind, "databases", "db", "{id: %[1]s}",
		func(d *Document) reflect.Value { return reflect.ValueOf(&d.Databases).Elem() }},
	{"writer", "writers", "w", "{id: %[1]s, database: %[3]q, topic: %[2]q, form: send-after-commit, records: 10}",
		func(d *Document) reflect.Value { return reflect.ValueOf(&d.Writers).Elem() }},
	{"relay", "relays", "r", "{id: %[1]s, database: %[3]q, topic: %[2]q}",
		func(d *Document) reflect.Value { return reflect.ValueOf(&d.Relays).Elem() }},
}

// nameOfPart is the name of one of a kind: the first field of each.
func nameOfPart(v reflect.Value) string { return v.Field(0).String() }

// first is the name of the first of a kind; empty if there is none.
func (d *Document) first(kind string) string {
	for i := range Kinds {
		if list := Kinds[i].list(d); Kinds[i].Word == kind && list.Len() > 0 {
			return nameOfPart(list.Index(0))
		}
	}
	return ""
}

// freeName is the first name after a prefix that nothing has yet.
func (d *Document) freeName(prefix string) string {
	taken := slices.Concat(d.Cluster.Brokers, d.Cluster.Controllers)
	for i := range Kinds {
		list := Kinds[i].list(d)
		for j := range list.Len() {
			taken = append(taken, nameOfPart(list.Index(j)))
		}
	}
	for n := 1; ; n++ {
		if name := prefix + strconv.Itoa(n); !slices.Contains(taken, name) {
			return name
		}
	}
}

// partsOf lists all fields of a document.
func partsOf(d *Document) []Part {
	filled := *d
	filled.Cluster.Topics, filled.Producers = slices.Clone(d.Cluster.Topics), slices.Clone(d.Producers)
	filled.Consumers, filled.Writers = slices.Clone(d.Consumers), slices.Clone(d.Writers)
	filled.Relays = slices.Clone(d.Relays)
	filled.fill()
	filled.Cluster.Costs = d.Cluster.Costs.whole()
	out := []Part{
		d.part(Part{Name: "run"}, reflect.ValueOf(d).Elem(), reflect.ValueOf(&filled).Elem()),
		d.part(Part{Path: "cluster", Name: "cluster"}, reflect.ValueOf(&d.Cluster).Elem(),
			reflect.ValueOf(&filled.Cluster).Elem()),
	}
	for i := range Kinds {
		list, full := Kinds[i].list(d), Kinds[i].list(&filled)
		for j := range list.Len() {
			p := Part{Path: fmt.Sprintf("%s[%d]", Kinds[i].path, j), Kind: Kinds[i].Word, Name: nameOfPart(list.Index(j))}
			out = append(out, d.part(p, list.Index(j), full.Index(j)))
		}
	}
	return out
}

// walk goes through a part of a document.
type walk struct {
	document *Document
	release  cluster.Release
}

// part lists the fields of a struct.
func (d *Document) part(p Part, v, filled reflect.Value) Part {
	w := walk{document: d}
	version := d.Cluster.Version
	if own := v.FieldByName("Version"); own.IsValid() && own.String() != "" {
		version = own.String()
	}
	w.release = cluster.Newest
	if v, err := cluster.ParseRelease(version); err == nil { // what is none is told by the loader
		w.release = v
	}
	w.fields(&p, v, filled, p.Path, Field{})
	return p
}

// fields adds the fields of a struct to a part. A struct that is a part of its own is left out; the fields of
// others have its name before theirs, and what it means if nothing else is said of them.
func (w *walk) fields(p *Part, v, filled reflect.Value, path string, in Field) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		name := fieldName(f)
		at := join(path, name)
		if name == "" || f.Tag.Get("form") == "-" {
			continue
		}
		if rows := tables[p.Kind+at[len(p.Path):]]; rows != nil {
			w.settings(p, v.Field(i), rows, at, in.Name+name+".")
			continue
		}
		one := Field{Path: at, Name: in.Name + name, Doc: cmp.Or(f.Tag.Get("jsonschema_description"), in.Doc),
			Inner: in.Name != "", value: v.Field(i), field: f}
		if _, own := v.Field(i).Addr().Interface().(custom); !own && f.Type.Kind() == reflect.Struct {
			one.Name += "."
			w.fields(p, v.Field(i), filled.Field(i), at, one)
			continue
		}
		if f.Type.Kind() == reflect.String {
			one.Words = wordsOf(v.Type(), name)
		}
		if one.Value = shown(v.Field(i)); one.Value == "" {
			one.Default = cmp.Or(shown(filled.Field(i)), f.Tag.Get("default"), w.usual(&one))
		}
		p.Fields = append(p.Fields, one)
	}
}

// usual is what holds where a field is not written: the release that others have, or the first of a few words.
func (w *walk) usual(f *Field) string {
	switch {
	case f.Name == versionField:
		return w.release.String()
	case len(f.Words) > 0:
		return f.Words[0]
	}
	return ""
}

// versionField is what a release is called in every part.
const versionField = "version"

// settings adds the settings of a table, as far as the release of the part knows them. As after --set, those of
// its own config go without a prefix.
func (w *walk) settings(p *Part, v reflect.Value, rows []cluster.SettingRow, path, prefix string) {
	set := v.Interface().(Settings)
	if path == join(p.Path, "config") {
		prefix = ""
	}
	for i := range rows {
		row := &rows[i]
		value := set.of(row.Name)
		if value == "" && row.Absent(w.release) != "" {
			continue
		}
		one := Field{Path: join(path, row.Name), Name: prefix + row.Name, Value: value, Default: row.In(w.release),
			Type: row.Kind.String(), Words: row.Choices(), Doc: row.Doc, Setting: true, Inner: true, value: v, setting: row.Name, row: row}
		if p.Kind == topicKind {
			if all := w.document.Cluster.Config.of(cluster.OfAllTopics(row.Name)); all != "" {
				one.Default = all
			}
		}
		p.Fields = append(p.Fields, one)
	}
}

// of is the value that was set; empty if none was.
func (v Settings) of(name string) string {
	for _, s := range v {
		if s.Name == name {
			return s.Value
		}
	}
	return ""
}

// tables are the settings that there are in each place of a part: "." and a path after its kind.
var tables = map[string][]cluster.SettingRow{
	".config": cluster.BrokerSettings, ".features": cluster.FeatureSettings, ".switches": cluster.BrokerSwitches,
	"topic.config":    cluster.TopicSettings,
	"producer.config": cluster.ProducerSettings, "producer.switches": cluster.ProducerSwitches,
	"consumer.config": cluster.ConsumerSettings, "consumer.switches": cluster.ConsumerSwitches,
	"consumer.copy.config": cluster.ProducerSettings, "consumer.copy.switches": cluster.ProducerSwitches,
	"writer.config": cluster.ProducerSettings, "relay.config": cluster.ProducerSettings,
}

func findField(parts []Part, path string) *Field {
	for i := range parts {
		for j := range parts[i].Fields {
			if f := &parts[i].Fields[j]; f.Path == path {
				return f
			}
		}
	}
	return nil
}
