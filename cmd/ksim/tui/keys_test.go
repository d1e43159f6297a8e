package tui

import (
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
	press(m, "? j j enter") // the third row: on to the next news
	if m.menu != nil || m.player.here().Step == 0 {
		t.Error("choosing a row of the help did not press its key")
	}
}
