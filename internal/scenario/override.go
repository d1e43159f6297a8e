package scenario

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
)

// Override is a value given beside the file: "seed=9", a setting like "p1.acks=all", or another
// field of a node, a topic or the cluster, like "p1.version=2.8".
type Override string

// override takes what is given beside the file into the document.
func (s *Scenario) override(r *reader, overrides []Override) {
	for _, o := range overrides {
		what, value, ok := strings.Cut(string(o), "=")
		if seed, err := strconv.ParseUint(value, 10, 64); what == "seed" && err == nil {
			s.Document.Seed = seed
			continue
		}
		owner, key, dotted := s.Document.splitOwner(what)
		if !ok || !dotted {
			r.failOption(o, "want OWNER.SETTING=VALUE, like p1.acks=all, or seed=NUMBER")
			continue
		}
		for _, candidate := range s.Document.owners() {
			if candidate.name == owner {
				r.put(o, candidate.of, candidate.path, key, value)
				ok = false
			}
		}
		if ok {
			names := s.Document.ownerNames()
			r.failOption(o, "unknown owner %q%s (owners: %s)", owner, sim.DidYouMean(owner, names),
				strings.Join(names, ", "))
		}
	}
}

// owner is something whose fields can be overridden.
type owner struct {
	name, path string
	of         reflect.Value // a struct of the document
}

func (d *Document) owners() []owner {
	owners := []owner{{"cluster", "cluster", reflect.ValueOf(&d.Cluster).Elem()}}
	add := func(name, list string, i int, of any) {
		owners = append(owners, owner{name, fmt.Sprintf("%s[%d]", list, i), reflect.ValueOf(of).Elem()})
	}
	for i := range d.Cluster.Topics {
		add(d.Cluster.Topics[i].Name, "cluster.topics", i, &d.Cluster.Topics[i])
	}
	for i := range d.Producers {
		add(d.Producers[i].ID, "producers", i, &d.Producers[i])
	}
	for i := range d.Consumers {
		add(d.Consumers[i].ID, "consumers", i, &d.Consumers[i])
	}
	for i := range d.Writers {
		add(d.Writers[i].ID, "writers", i, &d.Writers[i])
	}
	for i := range d.Relays {
		add(d.Relays[i].ID, "relays", i, &d.Relays[i])
	}
	return owners
}

func (d *Document) ownerNames() []string {
	var names []string
	for _, o := range d.owners() {
		names = append(names, o.name)
	}
	return names
}

// splitOwner takes the owner off "my.topic.min.insync.replicas": the longest there is.
func (d *Document) splitOwner(what string) (owner, key string, ok bool) {
	owner, key, ok = strings.Cut(what, ".")
	for _, name := range d.ownerNames() {
		if rest, found := strings.CutPrefix(what, name+"."); found && len(name) > len(owner) {
			owner, key = name, rest
		}
	}
	return owner, key, ok
}

// put writes a value into the field that key leads to; a key that begins with no field's name is a
// setting of the owner's config.
func (r *reader) put(o Override, v reflect.Value, path, key, value string) {
	for i := range v.NumField() {
		name := fieldName(v.Type().Field(i))
		if name == "" {
			continue
		}
		rest, inner := strings.CutPrefix(key, name+".")
		f, at := v.Field(i), join(path, name)
		switch settings, plain := f.Addr().Interface().(*Settings); {
		case plain && inner:
			settings.put(rest, value)
			r.options[join(at, rest)] = o
			return
		case inner && f.Kind() == reflect.Struct:
			r.put(o, f, at, rest, value)
			return
		case key == name:
			r.assign(o, f, v.Type().Field(i), at, value)
			return
		}
	}
	if inside := insideOf(v, key); inside != "" {
		r.failOption(o, "there is no %s here, did you mean %s.%s?", key, strings.TrimSuffix(what(o), "."+key), inside)
		return
	}
	if config := v.FieldByName("Config"); config.IsValid() {
		config.Addr().Interface().(*Settings).put(key, value)
		r.options[join(join(path, "config"), key)] = o
		return
	}
	r.failOption(o, "there is no %s here", key)
}

// insideOf is where a field stands that was named without the mapping that it is in: "process.takes" for
// "takes"; empty if there is none.
func insideOf(v reflect.Value, key string) string {
	for i := range v.NumField() {
		f, outer := v.Field(i), fieldName(v.Type().Field(i))
		if f.Kind() != reflect.Struct || outer == "" {
			continue
		}
		if hasField(f.Type(), key) {
			return outer + "." + key
		}
		first, rest, _ := strings.Cut(key, ".")
		byName, _ := fieldsOf(f.Type())
		i, begins := byName[first]
		if begins && f.Field(i).Kind() == reflect.Struct && hasField(f.Field(i).Type(), rest) {
			return outer + "." + key
		}
	}
	return ""
}

func hasField(t reflect.Type, name string) bool {
	byName, _ := fieldsOf(t)
	_, has := byName[name]
	return has
}

// what is what an override is about.
func what(o Override) string {
	name, _, _ := strings.Cut(string(o), "=")
	return name
}

// assign reads a value as the file's own values are read.
func (r *reader) assign(o Override, v reflect.Value, f reflect.StructField, path, value string) {
	if path == "cluster.brokers" || path == "cluster.controllers" || strings.HasSuffix(path, ".id") ||
		strings.HasSuffix(path, ".name") {
		r.failOption(o, "names are the file's: edit it instead")
		return
	}
	if value == "" {
		r.failOption(o, "no value: write one after the =")
		return
	}
	for _, e := range readText(path, value, v, f) {
		r.failOption(o, "%s", e.Text)
		r.broken[path] = true
	}
	r.options[path] = o
}

// readText reads a value that stands in no file as those of files are read.
func readText(path, text string, v reflect.Value, f reflect.StructField) []Error {
	r := newReader(path, []byte(text))
	if n := r.parse(); n != nil {
		if r.value(n, v, path); !r.broken[path] {
			r.bounds(n, f, v, path)
		}
	}
	return r.errors.List
}

// put sets a setting, replacing what it was; an empty value takes back what was set, so that the default
// holds.
func (v *Settings) put(name, value string) {
	i := slices.IndexFunc(*v, func(s cluster.Setting) bool { return s.Name == name })
	switch {
	case i >= 0 && value == "":
		*v = slices.Delete(slices.Clone(*v), i, i+1)
	case i >= 0:
		(*v)[i].Value = value
	default:
		*v = append(*v, cluster.Setting{Name: name, Value: value})
	}
}
