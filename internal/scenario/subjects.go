package scenario

import (
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/invopop/jsonschema"

	"example.com/ksim/sim"
)

// Subject is what a scenario is about: a word of the table of subjects, or nothing.
type Subject string

// subjects are the subjects in the order in which one would learn them, each with its heading.
var subjects = []struct {
	word    Subject
	heading string
}{
	{"acks", "acks: who has a record when its producer is told so"},
	{"guarantees", "guarantees: end to end, from producer to consumer"},
	{"producer", "producers: from send() to the callback"},
	{"replication", "replication: ISR, high watermark, leader election"},
	{"disk", "disks: page cache, flush, power"},
	{"controller", "controllers: who elects the leaders"},
	{"topics", "topics: partitions, retention, deletion"},
	{"consumer", "consumers: fetch, poll, process"},
	{"commits", "commits: where a group goes on after a restart"},
	{"groups", "groups: who reads what, and rebalances"},
	{"transactions", "transactions: all of it or nothing, and who can see it"},
	{"versions", "versions: what a release of Kafka changed"},
	{"folklore", "folklore: what is told of Kafka, and whether it is true"},
	{"start", "to start from: a cluster that nothing happens to, until you do something"},
	{"", "more"},
}

// Heading is the line above the scenarios of a subject.
func (v Subject) Heading() string { return subjects[v.rank()].heading }

func (v Subject) rank() int {
	for i := range subjects {
		if subjects[i].word == v {
			return i
		}
	}
	return len(subjects) - 1
}

// BySubject puts things in the order of their subjects; of one subject, they stay as they are.
func BySubject[T any](all []T, of func(T) Subject) []T {
	out := slices.Clone(all)
	slices.SortStableFunc(out, func(a, b T) int { return of(a).rank() - of(b).rank() })
	return out
}

func words() []string {
	var out []string
	for _, s := range subjects {
		if s.word != "" {
			out = append(out, string(s.word))
		}
	}
	return out
}

func (v *Subject) read(r *reader, n ast.Node, _ string) {
	known := words()
	text, ok := r.scalar(n, "one of "+strings.Join(known, ", "))
	if ok && !slices.Contains(known, text) {
		r.failNode(n, "%q is none of %s%s", text, strings.Join(known, ", "), sim.DidYouMean(text, known))
	}
	*v = Subject(text)
}

// JSONSchema lists the words.
func (Subject) JSONSchema() *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "string"}
	for _, w := range words() {
		s.Enum = append(s.Enum, w)
	}
	return s
}
