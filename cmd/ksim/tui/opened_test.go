package tui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWhatWasOpenedLastIsKept(t *testing.T) {
	dir := t.TempDir()
	f := openedFile(filepath.Join(dir, "state", "ksim", "opened"))
	mine := filepath.Join(dir, "mine.yaml")
	source, err := os.ReadFile("testdata/leader-crash.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(mine, source, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"acks-0-loses", mine, "outbox", "acks-0-loses", "no-such", mine + ".gone"} {
		if err := f.add(name); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for _, e := range f.entries() {
		got = append(got, e.what)
	}
	if want := "acks-0-loses outbox " + mine; strings.Join(got, " ") != want {
		t.Errorf("opened last: %v, want %s", got, want)
	}
	if left, _ := os.ReadDir(filepath.Dir(string(f))); len(left) != 1 {
		t.Errorf("beside the file there is something: %v", left)
	}
}

// TestABrokenFileDoesNotDisturb: whatever is there in its place, there is nothing that was opened last.
func TestABrokenFileDoesNotDisturb(t *testing.T) {
	dir := t.TempDir()
	garbage := filepath.Join(dir, "garbage")
	if err := os.WriteFile(garbage, []byte("\x00\xff\n\n../..\n"+strings.Repeat("x", 1<<20)), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, f := range []openedFile{"", openedFile(dir), openedFile(garbage), openedFile(filepath.Join(garbage, "below"))} {
		if got := f.entries(); len(got) != 0 {
			t.Errorf("%q: %v", f, got)
		}
		m := stage(nil, look{w: 80, h: 24}, read(t, "long"))
		m.opened = f
		if cmd := press(m, "enter"); cmd != nil {
			hand(m, cmd())
		}
		if m.player == nil || m.said != nil || m.err != nil {
			t.Errorf("%q disturbs", f)
		}
	}
}

// TestWhatIsPlayedIsOpenedLast: it stands above all others when one comes back, and the cursor where it was.
func TestWhatIsPlayedIsOpenedLast(t *testing.T) {
	m := stage(nil, look{w: 80, h: 24}, read(t, "leader-crash"), read(t, "long"))
	m.opened = openedFile(filepath.Join(t.TempDir(), "opened"))
	cmd := press(m, "j enter")
	if cmd == nil {
		t.Fatal("nothing is kept")
	}
	cmd()
	press(m, "q")
	if h := m.home; len(h.shown) != 3 || h.shown[0].Name != "long" || h.shown[0].heading != openedHeading || h.at != 2 {
		t.Errorf("cursor at %d of:\n%s", h.at, text(m))
	}
	if names := m.opened.names(); len(names) != 1 || names[0] != "long" {
		t.Errorf("kept: %v", names)
	}
	if got := text(m); !strings.Contains(got, "2 of 2 scenarios") {
		t.Errorf("counted twice:\n%s", got)
	}
}

// TestAFileIsReadAnewEachTime it is opened: it may have been edited, or broken, meanwhile.
func TestAFileIsReadAnewEachTime(t *testing.T) {
	file := filepath.Join(t.TempDir(), "mine.yaml")
	f := openedFile(filepath.Join(t.TempDir(), "opened"))
	write := func(title, variants string) {
		text := "title: " + title + "\ncluster: {topics: [{name: t}]}\nproducers: [{id: p1, topic: t, records: 3}]\nuntil: 1s\nexpect: {}\n" + variants
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("the first", "variants: [{name: fix, set: [p1.acks=0], expect: {}}]")
	if err := f.add(file); err != nil {
		t.Fatal(err)
	}
	for _, opened := range []func(m *model){
		func(m *model) { m.home = newHome(nil, f.entries()) },
		func(m *model) { order(m, "play "+file); press(m, "q g") },
	} {
		write("the first", "variants: [{name: fix, set: [p1.acks=0], expect: {}}]")
		m := stage(nil, look{w: 140, h: 24})
		opened(m)
		write("the second", "")
		press(m, "enter")
		if m.player == nil || m.player.Document.Title != "the second" {
			t.Fatalf("the second is not played:\n%s", text(m))
		}
		press(m, "q")
		wants(t, text(m), "mine  the second")
		if len(m.home.opened) != 1 {
			t.Errorf("it is listed %d times", len(m.home.opened))
		}
		write("the third", "variants: [{name: fix, set: [p1.acks=0], expect: {}}]")
		press(m, "enter q")
		write("[the fourth", "")
		for _, key := range []string{"enter", "V"} {
			press(m, key)
			wants(t, text(m), "no: "+file+":2:1: ")
		}
	}
}

// TestTheHomeScreenTakesCommands: a name, a file, and what can't be played.
func TestTheHomeScreenTakesCommands(t *testing.T) {
	m := stage(nil, look{w: 80, h: 24}, read(t, "long"))
	for command, says := range map[string]string{
		"play acks-0-lose": "did you mean", "play /nowhere/x.yaml": "no such file", "play": "no: ", "play -": "empty",
		"play testdata": "directory", "nonsense": "unknown command \"nonsense\"", "presets": "begin with",
	} {
		if order(m, command); m.player != nil || !strings.Contains(text(m), says) {
			t.Errorf("%s: want %q:\n%s", command, says, text(m))
		}
		press(m, "esc")
	}
	order(m, "play testdata/leader-crash.yaml")
	if m.player == nil || !filepath.IsAbs(m.home.opened[0].what) {
		t.Fatalf("a file can't be played:\n%s", text(m))
	}
	press(m, "q")
	if order(m, "new"); m.form == nil {
		t.Error("no form")
	}
}
