package tui

import (
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

func TestNoKeyMeansTwoThings(t *testing.T) {
	for _, where := range []place{atHome, atPlay, inMenu, inPrompt, inForm, inCompare} {
		seen := map[string]string{}
		for _, b := range bindings() {
			for _, k := range b.keys {
				if b.where&where == 0 {
					continue
				}
				if other, ok := seen[k]; ok {
					t.Errorf("%q means %q and %q", k, other, b.help)
				}
				seen[k] = b.help
			}
		}
	}
}

func TestKeysThatArriveTogetherAreTakenOneByOne(t *testing.T) {
	one, burst := stage(read(t, "leader-crash"), look{w: 80, h: 24}), stage(read(t, "leader-crash"), look{w: 80, h: 24})
	press(one, "n n n space")
	hand(burst, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("nnn ")})
	if one.player.here().Step != burst.player.here().Step || !burst.player.motion.running {
		t.Errorf("nnn and space in one read: at step %d, running %v; want step %d, running",
			burst.player.here().Step, burst.player.motion.running, one.player.here().Step)
	}
	press(burst, "esc :")
	hand(burst, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("crash b2")})
	if got := burst.prompt.text; got != "crash b2" {
		t.Errorf("typed into a prompt: %q", got)
	}
	press(burst, "ctrl+u")
	for _, name := range []string{"down", "enter", "esc", "backspace", "ctrl+c"} {
		hand(burst, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)})
	}
	if burst.prompt == nil || burst.prompt.text != "downenterescbackspacectrl+c" {
		t.Errorf("texts that spell keys: %+v", burst.prompt)
	}
	pasted := stage(read(t, "leader-crash"), look{w: 80, h: 24})
	hand(pasted, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("nnn"), Paste: true})
	if pasted.player.here().Step != 0 {
		t.Error("pasted text pressed keys")
	}
}

func TestHelpPressesKeys(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 40})
	press(m, "? / o n space t o space t h e space n e x t space s t e p enter enter")
	if m.menu != nil || m.player.here().Step == 0 {
		t.Error("choosing a row of the help did not press its key")
	}
}

// TestADeadKeySaysSo, and one that can do nothing now says why.
func TestADeadKeySaysSo(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 40})
	press(m, "K")
	wants(t, text(m), "K means nothing here; ? lists keys")
	press(m, "V")
	wants(t, text(m), "V: not now, this scenario has no variants")
	press(m, "f x")
	wants(t, text(m), "x: not now, this row can't be removed")
}

// TestTheHelpHasSections: every key stands under one, and Enter, in the words of the pane that has the keys, on top.
func TestTheHelpHasSections(t *testing.T) {
	for _, b := range bindings() {
		if !slices.Contains(sections, b.section) {
			t.Errorf("%s is in the section %q", b.keys[0], b.section)
		}
	}
	m := stage(read(t, "leader-crash"), look{w: 120, h: 100})
	press(m, "4 ?")
	var rows []string
	for _, it := range m.menu.items {
		rows = append(rows, strings.TrimSpace(it.line.String()))
	}
	wants(t, strings.Join(rows[:2], "\n"), "this pane: Records shows", "\nenter         why the message under the cursor met its fate")
	last := -1
	for _, s := range sections {
		at := slices.IndexFunc(rows, func(r string) bool { return r == string(s) || strings.HasPrefix(r, string(s)+":") })
		if at <= last {
			t.Errorf("%q is row %d, after row %d", s, at, last)
		}
		last = at
	}
}

// TestTheWindowOfWhyExplains: e and i work on the step of its row.
func TestTheWindowOfWhyExplains(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 40})
	press(m, "end w e")
	wants(t, text(m), "where it comes from, and what came of it")
	press(m, "esc w i")
	wants(t, text(m), "what words mean")
	press(m, "esc")
	wants(t, text(m), "why m3 is acked-lost")
}
