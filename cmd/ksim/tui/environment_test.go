package tui

import (
	"strings"
	"testing"
)

func TestASCIIWhereTheEnvironmentAsksForIt(t *testing.T) {
	for _, c := range []struct {
		env   map[string]string
		ascii bool
	}{
		{map[string]string{"LANG": "en_US.UTF-8", "TERM": "xterm-256color"}, false},
		{map[string]string{"LANG": "C.utf8", "TERM": "tmux"}, false},
		{map[string]string{"LANG": "en_US.UTF-8", "LC_ALL": "C"}, true},
		{map[string]string{"LANG": "de_DE@euro"}, true},
		{map[string]string{"LANG": "en_US.UTF-8", "TERM": "linux"}, true},
		{map[string]string{"LANG": "en_US.UTF-8", "KSIM_ASCII": "1"}, true},
		{nil, true},
	} {
		if got := wantsASCII(func(name string) string { return c.env[name] }); got != c.ascii {
			t.Errorf("%v: ASCII %v, want %v", c.env, got, c.ascii)
		}
	}
}

func TestNothingMovesWhereTheEnvironmentWantsThat(t *testing.T) {
	for _, value := range []string{"", "1"} {
		t.Setenv("KSIM_REDUCED_MOTION", value)
		m := newModel(Options{}.orEnvironment())
		m.player = newPlayer(read(t, "leader-crash"))
		if _, cmd := m.Update(keyMsg("n")); (cmd == nil) != (value != "") {
			t.Errorf("KSIM_REDUCED_MOTION=%s: it asks for something: %v", value, cmd != nil)
		}
	}
	if newModel(Options{Plain: true}).still != true {
		t.Error("what is read aloud moves")
	}
}

func TestThemesAreChosenByTheEnvironment(t *testing.T) {
	for colours, want := range map[string]string{
		"": "dark", "15;0": "dark", "0;15": "light", "0;default;7": "light", "12;8": "dark", "0;default": "dark", "x": "dark",
	} {
		if got := wantsTheme(func(string) string { return colours }); got != want {
			t.Errorf("COLORFGBG=%s: %s, want %s", colours, got, want)
		}
	}
}

func TestNoColoursWhereTheEnvironmentWantsNone(t *testing.T) {
	for env, want := range map[string]bool{"NO_COLOR=1": true, "NO_COLOR=": false, "CLICOLOR=0": true, "CLICOLOR=1": false} {
		got := wantsNoColor(func(name string) string {
			value, _ := strings.CutPrefix(env, name+"=")
			if value == env {
				return ""
			}
			return value
		})
		if got != want {
			t.Errorf("%s: no colours is %v", env, got)
		}
	}
}
