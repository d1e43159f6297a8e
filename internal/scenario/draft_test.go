package scenario

import (
	"strings"
	"testing"
)

const small = `title: small
story: is left out
cluster:
  brokers: 3
  topics:
    - {name: orders, config: {min.insync.replicas: 2}}
producers:
  - {id: p1, topic: orders, records: 3, keys: [a, b], config: {linger.ms: 0}}
consumers:
  - {id: c1, group: g1, topics: [orders], process: {failures: {m2: 1}}}
script:
  - {at: 1s, do: crash b1}
expect:
  acked-lost: 0
`

func draft(t *testing.T) *Draft {
	t.Helper()
	d, err := NewDraft("new.yaml", "mine", []byte(small))
	if err != nil || d.Scenario == nil {
		t.Fatal(err, d.Wrong)
	}
	return d
}

// with changes a field that must take the value.
func with(t *testing.T, d *Draft, path, text string) *Draft {
	t.Helper()
	out, err := d.With(path, text)
	if err != nil {
		t.Fatalf("%s=%s: %v", path, text, err)
	}
	return out
}

func TestADraftIsAFile(t *testing.T) {
	d := draft(t)
	if text := string(d.Source); strings.Contains(text, "story") || strings.Contains(text, "crash") {
		t.Errorf("what the file tells and strikes is still there:\n%s", text)
	}
	for _, f := range []struct{ path, value, or string }{
		{"title", "mine", ""}, {"until", "", "settled"}, {"cluster.version", "", "4.1"}, {"cluster.costs.fsync", "", "5ms"},
		{"producers[0].start", "", "with the cluster"}, {"producers[0].send.mode", "", "callback"}, {"consumers[0].version", "", "4.1"}, {"limits.steps", "", "1000000"},
		{"cluster.brokers", "[b1, b2, b3]", ""}, {"cluster.controllers", "", "[k1]"},
		{"cluster.config.min.insync.replicas", "", "1"}, {"cluster.config.message.max.bytes", "", "1048588"},
		{"cluster.topics[0].partitions", "", "1"}, {"cluster.topics[0].config.min.insync.replicas", "2", "1"},
		{"producers[0].every", "", "10ms"}, {"producers[0].keys", "a, b", ""},
		{"producers[0].config.linger.ms", "0", "5"}, {"producers[0].config.acks", "", "all"},
		{"consumers[0].process.takes", "", "1ms"}, {"consumers[0].process.failures", "{m2: 1}", ""},
	} {
		got := findField(d.Parts, f.path)
		if got == nil || got.Value != f.value || got.Default != f.or {
			t.Errorf("%s: %+v, want value %q, default %q", f.path, got, f.value, f.or)
		}
	}
}

func TestADraftChanges(t *testing.T) {
	d := draft(t)
	before := string(d.Source)
	for _, f := range []struct{ path, text, want string }{
		{"cluster.brokers", "5", "[b1, b2, b3, b4, b5]"},
		{"cluster.config.min.insync.replicas", "2", "2"},
		{"cluster.costs.fsync", "1ms", "1ms"},
		{"cluster.topics[0].replicas", "[[b2, b1, b3]]", "[[b2, b1, b3]]"},
		{"producers[0].keys", "u, v, w", "u, v, w"},
		{"producers[0].config.acks", "1", "1"},
		{"producers[0].config.linger.ms", "", ""},
		{"producers[0].switches.epoch-bump", "all", "all"},
		{"producers[0].send.mode", "sync", "sync"},
		{"producers[0].send.close.timeout", "2s", "2s"},
		{"consumers[0].process.commit", "after", "after"},
		{"consumers[0].process.failures", "{m1: always}", "{m1: always}"},
		{"until", "30s", "30s"},
		{"title", "a: b # c", "a: b # c"},
	} {
		next := with(t, d, f.path, f.text)
		if got := findField(next.Parts, f.path); got.Value != f.want || next.Scenario == nil {
			t.Errorf("%s=%s gave %q (%v)", f.path, f.text, got.Value, next.Wrong)
		}
	}
	if string(d.Source) != before {
		t.Error("a change of a draft changed the draft that it was made from")
	}
	d = with(t, d, "cluster.config.min.insync.replicas", "2")
	d = with(t, d, "cluster.topics[0].config.min.insync.replicas", "")
	if got := findField(d.Parts, "cluster.topics[0].config.min.insync.replicas").Default; got != "2" {
		t.Errorf("the cluster sets 2 for all topics, and the default of the topic is %q", got)
	}
	d = with(t, d, "cluster.version", "2.8")
	if got := findField(d.Parts, "producers[0].version").Default; got != "2.8" {
		t.Errorf("the cluster is 2.8, and the default of its clients %q", got)
	}
	d = with(t, d, "cluster.version", "")
	d = with(t, d, "producers[0].config.acks", "1")
	idempotence := "producers[0].config.enable.idempotence"
	if got := findField(d.Parts, idempotence).Default; got != "false: acks is 1" {
		t.Errorf("with acks=1 idempotence is %q", got)
	}
	d = with(t, d, "producers[0].config.acks", "")
	if got := findField(d.Parts, idempotence).Default; got != "true" {
		t.Errorf("with acks=all idempotence is %q", got)
	}
	d = with(t, d, "producers[0].version", "2.8")
	if got := findField(d.Parts, "producers[0].config.acks").Default; got != "1" {
		t.Errorf("the default of acks in 2.8 is %q", got)
	}
}

func TestADraftRefuses(t *testing.T) {
	d := draft(t)
	for _, f := range []struct{ path, text, says string }{
		{"cluster.brokers", "no", "want a number"},
		{"cluster.brokers", "61", "want a number"},
		{"cluster.brokers", "[b1", ""},
		{"cluster.topics[0].partitions", "1000", "partitions"},
		{"cluster.topics[0].replication.factor", "4", "there are 3 brokers"},
		{"producers[0].topic", "order", "did you mean"},
		{"producers[0].records", "-1", "less than 0"},
		{"producers[0].records", "many", "whole number"},
		{"producers[0].every", "10", "no unit"},
		{"producers[0].config.acks", "2", "none of 0, 1, all"},
		{"producers[0].config.linger.ms", "-5", "negative"},
		{"consumers[0].process.commit", "sometimes", "none of"},
		{"title", "a\x01b", ""},
		{"title", "a\uFFFDb", ""},
		{"producers[7].id", "x", "no producers[7].id"},
	} {
		kept, err := d.With(f.path, f.text)
		if err == nil || !strings.Contains(err.Error(), f.says) {
			t.Errorf("%s=%s: %v, want %q", f.path, f.text, err, f.says)
		}
		if kept != nil {
			kept.copied() // can be changed further
		}
	}
}

// TestWhatIsWrongByItselfIsNotKept: nothing that could be changed next would make it right.
func TestWhatIsWrongByItselfIsNotKept(t *testing.T) {
	d := draft(t)
	for _, f := range []struct {
		path, text string
		kept       bool
	}{
		{"producers[0].config.linger.ms", "soon", false}, {"producers[0].config.retries", "-1", false},
		{"cluster.config.replica.lag.time.max.ms", "x", false}, {"producers[0].config.acks", "7", false},
		{"producers[0].send.mode", "never", false}, {"producers[0].version", "9.9", false}, {"producers[0].every", "soon", false},
		{"producers[0].topic", "other", true}, {"producers[0].config.transactional.id", "t1", true},
		{"cluster.topics[0].replication.factor", "4", true},
	} {
		if kept, err := d.With(f.path, f.text); err == nil || (kept != nil) != f.kept {
			t.Errorf("%s=%s: %v, kept: %v", f.path, f.text, err, kept != nil)
		}
	}
}

// TestADraftMayBeWrongMeanwhile: fewer brokers than the topic's replicas are told at the topic, and can be
// mended there.
func TestADraftMayBeWrongMeanwhile(t *testing.T) {
	d := with(t, draft(t), "cluster.topics[0].replication.factor", "3")
	d = with(t, d, "cluster.brokers", "2")
	if d.Scenario != nil || d.WrongAt("cluster.topics[0].replication.factor") == nil || d.WrongAt("cluster.brokers") != nil {
		t.Fatalf("wrong: %v", d.Wrong)
	}
	d = with(t, d, "cluster.topics[0].replication.factor", "2")
	if d.Scenario == nil {
		t.Errorf("still wrong: %v", d.Wrong)
	}
}

func TestPartsComeAndGo(t *testing.T) {
	d := with(t, draft(t), "consumers[0].process.failures", "")
	for _, kind := range []string{"topic", "producer", "consumer", "database", "writer", "relay"} {
		next, err := d.Add(kind)
		if err != nil {
			t.Fatalf("add %s: %v", kind, err)
		}
		if next.Scenario == nil {
			t.Fatalf("add %s: %v\n%s", kind, next.Wrong, next.Source)
		}
		d = next
	}
	if p := d.Parts[len(d.Parts)-1]; p.Name != "r1" || p.Path != "relays[0]" {
		t.Errorf("the last part is %s at %s", p.Name, p.Path)
	}
	before := len(d.Parts)
	d, err := d.Without("producers[0]")
	if err != nil || len(d.Parts) != before-1 || findField(d.Parts, "producers[0].id").Value != "p2" {
		t.Errorf("after p1 went: %v\n%s", err, d.Source)
	}
	if _, err := d.Without("cluster"); err == nil {
		t.Error("the cluster can be taken away")
	}
}

// TestEveryFieldIsExplained: each field of a form says what it means; each setting is one that the loader
// knows there, and its default a value that it takes.
func TestEveryFieldIsExplained(t *testing.T) {
	d := draft(t)
	for _, kind := range []string{"database", "writer", "relay"} {
		d, _ = d.Add(kind)
	}
	for _, p := range d.Parts {
		for _, f := range p.Fields {
			if f.Doc == "" {
				t.Errorf("%s is not explained", f.Path)
			}
			if !f.Setting || f.Default == "" {
				continue
			}
			if _, err := d.With(f.Path, f.Default); err != nil && strings.Contains(err.Error(), "unknown") {
				t.Errorf("%s=%s: %v", f.Path, f.Default, err)
			}
		}
	}
}

// TestPresetsCanBeChanged: every preset begins a draft that can be played.
func TestPresetsCanBeChanged(t *testing.T) {
	all, err := Presets()
	if err != nil || len(all) < 10 || all[0].Name != FirstPreset {
		t.Fatalf("%d presets: %v", len(all), err)
	}
	for _, s := range all {
		source, _ := Source(s.Name)
		if d, err := NewDraft("mine.yaml", s.Document.Title, source); err != nil || d.Scenario == nil {
			t.Errorf("%s: %v, %v", s.Name, err, d.Wrong)
		}
	}
}
