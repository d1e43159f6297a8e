package cluster

import (
	"fmt"
	"slices"
	"strings"

	"example.com/ksim/sim/wire"
)

// Entry explains a word.
type Entry struct {
	Kind    string // what kind of word it is
	Name    string
	Meaning string
	Source  string // a class or KIP of Kafka's, or a setting's class; empty: it is ksim's own word
}

// Glossary explains every word of the model's tables: Kafka's terms, errors, settings, metrics, fates, notes and acts.
func Glossary() []Entry {
	var out []Entry
	for _, t := range terms {
		out = append(out, Entry{"word", t.name, t.meaning, t.source})
	}
	for _, e := range wire.AllErrors() {
		out = append(out, explainError(e))
	}
	for _, t := range settingTables {
		for i := range t.rows {
			out = append(out, t.rows[i].explain(t.of, t.source))
		}
	}
	for i := range MetricTable {
		m := &MetricTable[i]
		out = append(out, Entry{"metric", m.Name, m.Doc, m.Source})
	}
	for c := range Classes {
		out = append(out, Entry{"fate", c.String(), ClassDocs[c], ""})
	}
	for k := range wire.NoteTable {
		if row := &wire.NoteTable[k]; row.Name != "" {
			out = append(out, Entry{"note", row.Name, expand(row.Kind.Meaning(), inGeneral), ""})
		}
	}
	for _, a := range Acts(wire.Nobody) {
		out = append(out, Entry{"act", a.Verb, a.Help, ""})
	}
	return out
}

// settingTables are the tables of settings, whom they are of, and the class of Kafka's that has them.
var settingTables = []struct {
	of, source string
	rows       []SettingRow
}{
	{"setting of a producer", "ProducerConfig", ProducerSettings},
	{"setting of a consumer", "ConsumerConfig", ConsumerSettings},
	{"setting of a topic", "TopicConfig", TopicSettings},
	{"setting of a broker", "KafkaConfig", BrokerSettings},
	{"feature", "", FeatureSettings},
	{"switch of brokers", "", BrokerSwitches},
	{"switch of producers", "", ProducerSwitches},
	{"switch of consumers", "", ConsumerSwitches},
}

// explainError tells of an error code what Kafka calls it, and whether clients try again.
func explainError(e wire.Error) Entry {
	again := "not retriable"
	if e.Retriable() {
		again = "retriable"
	}
	if e.InvalidMetadata() {
		again += ", and metadata is refreshed"
	}
	number := fmt.Sprintf("error %d", e)
	if e < wire.UnknownServerError {
		number = "no error code"
	}
	return Entry{"error", e.String(), fmt.Sprintf("%s; %s (%s)", e.Meaning(), again, number), e.Class()}
}

// explain tells of a setting what it does, and what it is if nobody sets it.
func (r *SettingRow) explain(of, source string) Entry {
	text := r.Doc
	if r.Default != "" {
		text += "; default " + r.Default
	}
	for _, was := range slices.Backward(r.Was) {
		text += fmt.Sprintf(", before %s %s", was.Before, was.Default)
	}
	if len(r.Words) > 0 {
		text += "; one of " + strings.Join(slices.DeleteFunc(slices.Clone(r.Words), func(w string) bool { return w == "" }), ", ")
	}
	if r.Since != (Release{}) {
		text += fmt.Sprintf("; since %s", r.Since)
	}
	return Entry{of, r.Name, text, source}
}

// inGeneral is what stands for a field of a note where no note is meant.
func inGeneral(field string) string {
	return map[string]string{"node": "the node", "peer": "the other", "at": "the partition", "offset": "the offset",
		"to": "the new offset", "msg": "the record", "msgs": "the records", "set": "the ISR"}[field]
}
