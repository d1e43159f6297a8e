package tui

import (
	"fmt"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// keyTypes are the keys that have a name of their own.
var keyTypes = func() map[string]tea.KeyType {
	out := map[string]tea.KeyType{"space": tea.KeySpace}
	for t := tea.KeyF20; t <= tea.KeyBackspace; t++ {
		if t != tea.KeyRunes && t.String() != "" {
			out[t.String()] = t
		}
	}
	return out
}()

// keyMsg is the message of a key by its name; a text that is no name is typed.
func keyMsg(name string) tea.KeyMsg {
	t, ok := keyTypes[name]
	switch {
	case !ok:
		return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
	case t == tea.KeySpace:
		return tea.KeyMsg{Type: t, Runes: []rune{' '}}
	}
	return tea.KeyMsg{Type: t}
}

// hand takes in a message and lets a way that it begins come to its end, as a terminal would in time.
func hand(m *model, msg tea.Msg) tea.Cmd {
	_, cmd := m.Update(msg)
	return arrived(m, cmd)
}

// arrived lets what moves come to where it goes, and to rest there.
func arrived(m *model, cmd tea.Cmd) tea.Cmd {
	if m.compare != nil && m.compare.Comparison == nil && cmd != nil {
		_, cmd = m.Update(cmd())
	}
	for m.player != nil && (m.player.motion.trip != nil || m.player.motion.film.frame > 0) {
		_, cmd = m.Update(m.player.motion.due())
	}
	return cmd
}

// mostPresses is how often a key can be pressed by one word.
const mostPresses = 10_000

// presses reads keys as a command line has them: their names, texts to be typed, and `n*20` for twenty times n.
func presses(words []string) ([]string, error) {
	var out []string
	for _, w := range words {
		key, times, many := strings.Cut(w, "*")
		n := 1
		if many && key != "" {
			var err error
			if n, err = strconv.Atoi(times); err != nil || n < 1 || n > mostPresses {
				return nil, fmt.Errorf("%q: write n*20 for twenty times n, up to %d", w, mostPresses)
			}
		} else {
			key = w
		}
		for range n {
			out = append(out, key)
		}
	}
	return out, nil
}
