package tui

import "testing"

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
