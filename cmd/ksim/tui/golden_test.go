package tui

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/ksim/cmd/ksim/tui/paint"
)

var update = flag.Bool("update", false, "write the screens anew")

// screens are what is kept as goldens: what is pressed, and what one should see.
var screens = []struct{ name, scenario, keys string }{
	{"home", "", "j"},
	{"home-opened", "", "j enter q"},
	{"presets", "", "p j"},
	{"form", "", "n tab tab tab enter j j j"},
	{"form-typing", "", "n tab j enter ctrl+u x enter"},
	{"form-search", "", "n / i s r enter"},
	{"form-wrong", "", "n : cluster.brokers=2 enter"},
	{"start", "leader-crash", ""},
	{"acked", "leader-crash", "] ]"},
	{"crashed", "leader-crash", "] ] ] ]"},
	{"elected", "leader-crash", "] ] ] ] ] n"},
	{"lost", "leader-crash", "end 4"},
	{"faults", "leader-crash", "] ] ] f"},
	{"targets", "leader-crash", "] ] ] f enter"},
	{"changes", "leader-crash", "] ] ] a"},
	{"setting", "leader-crash", "] a enter 2"},
	{"found", "leader-crash", "] ] ] f / c u t"},
	{"node", "leader-crash", "] ] ] j F"},
	{"pending", "leader-crash", "] ] ] 3 j F"},
	{"why", "leader-crash", "end w"},
	{"find", "leader-crash", "] ] x"},
	{"looking", "leader-crash", "] ] x enter"},
	{"expert", "leader-crash", "] ] v 3"},
	{"compare", "leader-crash", "] f enter enter d"},
	{"rivals", "leader-crash", branched + " D"},
	{"help", "leader-crash", "?"},
	{"breakpoints", "leader-crash", "n n n n n n n B j j j j enter B"},
	{"bookmarks", "leader-crash", "n n n n m enter n n f enter enter end m enter '"},
	{"branches", "leader-crash", "n n n n n f enter j enter end home n n n f enter enter end home n n n n f enter enter b"},
	{"accumulator", "retry", ": #86 enter 6"},
	{"group", "zombie", ": #1000 enter 7"},
	{"sink", "accounts", "end 8"},
	{"transactions", "transactions", ": #438 enter 9"},
	{"spans", "transactions", ": #285 enter"},
	{"long", "long", "end"},
	{"event", "leader-crash", "] ] ] ] e"},
	{"words", "leader-crash", "i i s r"},
	{"overview", "long", ": #324 enter o"},
	{"metrics", "leader-crash", "] ] ] ] ] 0"},
}

func TestScreens(t *testing.T) {
	sizes := []look{{w: 80, h: 24}, {w: 120, h: 36}, {w: 200, h: 50}}
	for _, s := range screens {
		for _, k := range sizes {
			golden(t, fmt.Sprintf("%s-%dx%d", s.name, k.w, k.h), text(shot(t, s.scenario, s.keys, k)))
		}
	}
}

// TestThemes keeps what a terminal is sent, with its escapes made visible.
func TestThemes(t *testing.T) {
	for name, k := range map[string]look{
		"colour": {w: 100, h: 30}, "no-colour": {w: 100, h: 30, noColor: true},
		"light": {w: 100, h: 30, theme: "light"}, "contrast": {w: 100, h: 30, theme: "contrast"},
		"safe":  {w: 100, h: 30, theme: "safe"},
		"ascii": {w: 100, h: 30, ascii: true, noColor: true},
	} {
		drawn := shot(t, "leader-crash", "end 4", k).View()
		golden(t, name, strings.ReplaceAll(drawn, "\x1b[", "^")+"\n")
	}
}

// TestTabs keeps the panes of a narrow screen.
func TestTabs(t *testing.T) {
	for id := range paneCount {
		m := shot(t, "leader-crash", "] ] ] ] "+id.key(), look{w: 80, h: 24})
		golden(t, "tab-"+strings.ToLower(panes[id].name), text(m))
	}
}

func shot(t *testing.T, scenario, keys string, k look) *model {
	t.Helper()
	if scenario == "" {
		m := stage(nil, k, read(t, "leader-crash"), read(t, "long"))
		press(m, keys)
		return m
	}
	m := stage(read(t, scenario), k)
	press(m, keys)
	return m
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", "golden", name+".txt")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is not as kept (-update writes it anew); got:\n%s", file, got)
	}
}

// TestNoStateByColourAlone compares screens of different states without their looks: a state that
// only a colour tells would make them the same.
func TestNoStateByColourAlone(t *testing.T) {
	k := look{w: 120, h: 36, noColor: true}
	for _, act := range []string{"crash b2", "power b2", "pause b2", "partition b1>b2", "stop b2"} {
		m := shot(t, "leader-crash", "] ]", k)
		before := text(m)
		m.player.scene = nil
		if e, err := m.player.World().ParseEvent(act); err != nil {
			t.Fatal(err)
		} else if err := m.player.Do(e); err != nil {
			t.Fatal(err)
		}
		m.player.look()
		m.said = paint.Text(paint.Plain, "")
		if changed := lines(before, text(m), "b2"); changed == 0 {
			t.Errorf("%s: no line about b2 tells it in words", act)
		}
	}
}

// lines counts the lines that differ and name something.
func lines(a, b, what string) int {
	n := 0
	other := strings.Split(b, "\n")
	for i, l := range strings.Split(a, "\n") {
		if l != other[i] && strings.Contains(other[i], what) {
			n++
		}
	}
	return n
}
