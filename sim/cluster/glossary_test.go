package cluster_test

import (
	"strings"
	"testing"

	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

func TestTheGlossaryExplainsEveryWordOnce(t *testing.T) {
	seen := map[[2]string]bool{}
	kinds := map[string]int{}
	for _, e := range cluster.Glossary() {
		if e.Name == "" || e.Meaning == "" || strings.ContainsAny(e.Meaning, "{}") || strings.Contains(e.Meaning, "  ") {
			t.Errorf("%s %q: %q", e.Kind, e.Name, e.Meaning)
		}
		key := [2]string{e.Kind, e.Name}
		if seen[key] {
			t.Errorf("%s %s is explained twice", e.Kind, e.Name)
		}
		seen[key] = true
		kinds[e.Kind]++
		kafkas := e.Kind == "word" || e.Kind == "error" || e.Kind == "metric" || strings.HasPrefix(e.Kind, "setting")
		if kafkas && e.Source == "" {
			t.Errorf("%s %s: a word of Kafka's has a source", e.Kind, e.Name)
		}
	}
	if kinds["error"] != len(wire.AllErrors()) || kinds["fate"] != int(cluster.Classes) || kinds["note"] != len(wire.NoteTable)-1 {
		t.Errorf("not all are there: %v", kinds)
	}
}

// TestASettingSaysItsDefaults and a code what it is called.
func TestASettingSaysItsDefaults(t *testing.T) {
	want := map[string]string{
		"linger.ms":              "; default 5, before 4.0 0",
		"acks":                   "; default all, before 3.0 1; one of 0, 1, all, -1",
		"NOT_LEADER_OR_FOLLOWER": "retriable, and metadata is refreshed (error 6)",
		"UNKNOWN_SERVER_ERROR":   "not retriable (error -1)",
	}
	for _, e := range cluster.Glossary() {
		if text, ok := want[e.Name]; ok && e.Kind != "word" {
			if !strings.Contains(e.Meaning, text) {
				t.Errorf("%s: %q does not say %q", e.Name, e.Meaning, text)
			}
			delete(want, e.Name)
		}
	}
	for name := range want {
		t.Errorf("%s is not explained", name)
	}
}
