package tui

import (
	"os"
	"strings"
	"testing"

	"example.com/ksim/internal/scenario"
)

// formed is a form with commands typed into it.
func formed(t *testing.T, k look, commands ...string) *model {
	t.Helper()
	m := stage(nil, k, read(t, "long"))
	press(m, "n")
	for _, c := range commands {
		order(m, c)
	}
	return m
}

// order types a command.
func order(m *model, text string) {
	press(m, ":")
	hand(m, keyMsg(text))
	if cmd := press(m, "enter"); cmd != nil {
		hand(m, cmd())
	}
}

func value(t *testing.T, m *model, path string) string {
	t.Helper()
	for i := range m.form.draft.Parts {
		for _, x := range m.form.draft.Parts[i].Fields {
			if x.Path == path {
				return x.Value
			}
		}
	}
	t.Fatalf("no field %s", path)
	return ""
}

// TestAFormMakesAFile searches a setting, chooses a word, types a value, adds a consumer, plays, comes back and
// saves: the file says all that.
func TestAFormMakesAFile(t *testing.T) {
	m := stage(nil, look{w: 80, h: 24}, read(t, "long"))
	t.Chdir(t.TempDir())
	press(m, "n / a c k s enter")
	if got := text(m); !strings.Contains(got, "▶   acks") {
		t.Fatalf("searched for acks:\n%s", got)
	}
	press(m, "enter j j j enter esc / l i n g e r enter enter 2 0 enter esc")
	if got := value(t, m, "producers[0].config.acks"); got != "all" {
		t.Errorf("acks is %q", got)
	}
	press(m, "a j j enter")
	if r := m.form.row(); r.part.Name != "c2" || r.field != nil {
		t.Errorf("after adding a consumer the cursor is in %s", r.part.Name)
	}
	press(m, "P")
	if m.player == nil {
		t.Fatalf("not played:\n%s", text(m))
	}
	press(m, "end q")
	if m.player != nil || m.form == nil {
		t.Fatal("leaving the player does not lead back to the form")
	}
	order(m, "save mine.yaml")
	s, err := scenario.Load("mine.yaml", nil)
	if err != nil {
		t.Fatalf("%v\n%s", err, text(m))
	}
	if d := s.Document; len(d.Consumers) != 2 || len(d.Producers[0].Config) != 2 {
		source, _ := os.ReadFile("mine.yaml")
		t.Errorf("the file lacks something:\n%s", source)
	}
	if press(m, "q"); m.form != nil {
		t.Errorf("a saved cluster is not left at once:\n%s", text(m))
	}
}

// TestAValueIsRefusedInPlace: what the loader says is shown, and can be typed again.
func TestAValueIsRefusedInPlace(t *testing.T) {
	m := formed(t, look{w: 80, h: 24}, "")
	press(m, "/ p 1 space m a n y space s e n d s enter enter ctrl+u m a n y enter")
	if got := text(m); m.prompt == nil || m.prompt.text != "many" || !strings.Contains(got, `"many" is not a whole number`) {
		t.Fatalf("the refusal is not shown, or the text is gone:\n%s", got)
	}
	press(m, "ctrl+u 7 enter")
	if got := value(t, m, "producers[0].records"); got != "7" {
		t.Errorf("records are %q", got)
	}
	press(m, "enter 7 esc")
	if got := value(t, m, "producers[0].records"); got != "7" {
		t.Errorf("esc changed records to %q", got)
	}
	press(m, "z")
	if got := value(t, m, "producers[0].records"); got != "10" {
		t.Errorf("after undo records are %q", got)
	}
}

// TestAFormMayBeWrongMeanwhile: what does not go together is told where it stands, and keeps from playing.
func TestAFormMayBeWrongMeanwhile(t *testing.T) {
	m := formed(t, look{w: 120, h: 36}, "cluster.brokers=2")
	if got := text(m); !strings.Contains(got, "✗ replication.factor") {
		t.Errorf("the topic's row is not marked:\n%s", got)
	}
	press(m, "P")
	if got := text(m); m.player != nil || !strings.Contains(got, "no: topic orders: replication.factor 3, but there are 2 brokers") {
		t.Errorf("played, or no reason:\n%s", got)
	}
	order(m, "orders.replication.factor=2")
	if press(m, "P"); m.player == nil {
		t.Errorf("still not played:\n%s", text(m))
	}
}

// TestTheFormSaysWhatHolds: where nothing is written, too, and on a small screen.
func TestTheFormSaysWhatHolds(t *testing.T) {
	m := formed(t, look{w: 80, h: 24}, "fields until")
	wants(t, text(m), "until", "(settled)", "searched: until  (esc shows all)")
	order(m, "fields version")
	wants(t, text(m), "(4.1)")
	order(m, "p1.acks=0")
	order(m, "fields idempotence")
	wants(t, text(m), "(false: acks is 0)")
	press(m, "esc")
	order(m, "cluster.brokers=[b1]")
	wants(t, text(m), "✗ topic orders: replication.factor 3, but there are 1 brokers")
}

// TestTheFormTakesCommands: whatever its keys do can be typed.
func TestTheFormTakesCommands(t *testing.T) {
	m := formed(t, look{w: 80, h: 24}, "add topic", "add producer", "p2.topic=topic1", "p2.acks=1", "remove p1")
	t.Chdir(t.TempDir())
	for path, want := range map[string]string{
		"producers[0].id": "p2", "producers[0].topic": "topic1", "producers[0].config.acks": "1",
	} {
		if got := value(t, m, path); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	for command, says := range map[string]string{
		"p2.akcs=1": "there is no such field", "p2.acks=7": "none of", "add dog": "no kind", "remove p9": "no \"p9\"",
		"remove cluster": "there is always", "nonsense": "unknown command",
	} {
		if order(m, command); !strings.Contains(text(m), says) {
			t.Errorf("%s: want %q:\n%s", command, says, text(m))
		}
	}
	order(m, "save")
	order(m, "p2.acks=0")
	order(m, "save")
	for _, file := range []string{"my-cluster.yaml", "my-cluster-2.yaml"} {
		if _, err := scenario.Load("./"+file, nil); err != nil {
			t.Error(err)
		}
	}
	if order(m, "play"); m.player == nil {
		t.Errorf("not played:\n%s", text(m))
	}
}

// TestAnUnsavedClusterIsNotLostAtOnce: leaving asks, unless nothing was changed.
func TestAnUnsavedClusterIsNotLostAtOnce(t *testing.T) {
	m := formed(t, look{w: 80, h: 24})
	if press(m, "q"); m.form != nil {
		t.Error("asked, and nothing was changed")
	}
	m = formed(t, look{w: 80, h: 24}, "p1.acks=1")
	press(m, "q")
	if m.menu == nil {
		t.Fatal("left without a question")
	}
	if press(m, "j j enter"); m.form != nil {
		t.Error("can't leave")
	}
}

// TestTheFormOnASmallScreen: at every row the cursor and what the row means are in sight.
func TestTheFormOnASmallScreen(t *testing.T) {
	m := formed(t, look{w: 60, h: 16})
	press(m, "tab tab tab enter")
	for i := range m.form.rows {
		m.form.at = i
		got := text(m)
		if x := m.form.row().field; x == nil {
			continue
		} else if first, _, _ := strings.Cut(x.Doc, " "); !strings.Contains(got, "▶   "+x.Name[:min(len(x.Name), 20)]) || !strings.Contains(got, first) {
			t.Fatalf("%s:\n%s", x.Path, got)
		}
	}
}

// TestWhatNeedsSomethingElseIsKeptIfSaidAgain: a transactional.id needs to know how the producer sends, and to
// say how it sends needs a transactional.id.
func TestWhatNeedsSomethingElseIsKeptIfSaidAgain(t *testing.T) {
	m := formed(t, look{w: 80, h: 24}, "p1.transactional.id=tx1")
	if got := value(t, m, "producers[0].config.transactional.id"); got != "" {
		t.Fatalf("not refused at first: %q", got)
	}
	order(m, "p1.transactional.id=tx1")
	if got := value(t, m, "producers[0].config.transactional.id"); got != "tx1" || m.form.wrong() == nil {
		t.Fatalf("not kept: %q\n%s", got, text(m))
	}
	if order(m, "p1.send.transaction.records=2"); m.form.wrong() != nil {
		t.Errorf("still wrong:\n%s", text(m))
	}
	before := len(m.form.before)
	for range 3 {
		order(m, "p1.records=many")
		order(m, "p1.linger.ms=soon")
	}
	press(m, "/ l i n g e r . m s enter enter s o o n enter enter enter")
	if got := text(m); strings.Contains(got, "Once more keeps it") {
		t.Errorf("offers to keep what is no duration:\n%s", got)
	}
	if len(m.form.before) != before {
		t.Error("what can't stand in a file was kept")
	}
}
