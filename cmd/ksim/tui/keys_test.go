package tui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/internal/scenario"
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

// situations are models in which keys can do something, by place.
func situations(t *testing.T) map[place][]func() *model {
	crash, long := read(t, "leader-crash"), read(t, "long")
	at := func(s *scenario.Scenario, keys string) func() *model {
		return func() *model {
			m := stage(s, look{w: 120, h: 30})
			press(m, keys)
			return m
		}
	}
	home := func() *model {
		m := stage(nil, look{w: 80, h: 24}, crash, long, crash)
		press(m, "j")
		return m
	}
	form := func(keys string) func() *model {
		return func() *model {
			m := stage(nil, look{w: 120, h: 30}, crash, long)
			press(m, "n "+keys)
			return m
		}
	}
	return map[place][]func() *model{
		inForm: {form("tab tab tab"), form("G"), form("tab tab d"), form("/ t i m e o u t enter")},
		atHome: {home, func() *model { m := home(); m.home.search("acks"); return m },
			func() *model { m := home(); press(m, "enter q tab"); return m }},
		atPlay: {
			at(crash, "] ] ] ]"), at(crash, "end 4"), at(crash, "] ] ] space"),
			at(long, "n n n n n n n n n n n n n n n n n n 3 k k"), at(long, "end h h h"),
			at(long, "end 5 j"), at(crash, "n m enter > >"), at(crash, branched),
		},
		inMenu:    {at(long, "n f j j"), at(long, "n ? j j j"), at(crash, "] i j"), at(crash, "n m enter '")},
		inPrompt:  {at(long, ": a b"), at(long, "i a c k down")},
		inCompare: {at(crash, branched+" d"), at(crash, branched+" d n j j j")},
	}
}

// TestEveryKeyDoesSomething presses every key of the table in situations in which it can do
// something, and wants to see that it did.
func TestEveryKeyDoesSomething(t *testing.T) {
	all := situations(t)
	for where, makers := range all {
		for _, b := range bindings() {
			if b.where&where == 0 {
				continue
			}
			for _, k := range b.keys {
				if !doesSomething(makers, k) {
					t.Errorf("%q (%s) does nothing in place %d", k, b.help, where)
				}
			}
		}
	}
}

func doesSomething(makers []func() *model, key string) bool {
	for _, make := range makers {
		m := make()
		before := text(m)
		cmd := hand(m, keyMsg(key))
		if cmd != nil || m.err != nil || text(m) != before {
			return true
		}
	}
	return false
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
