package tui

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/internal/scenario"
)

// promise is a row of the help taken at its word: in a situation, every key of the row does what the help says. A
// situation is a scenario, none for the home screen, and what is pressed in it.
type promise struct {
	on, after string
	kept      func(now pressed) bool
}

// pressed is a model after a key, beside one that nobody has pressed it in.
type pressed struct {
	*model
	was *model
	cmd tea.Cmd
}

// promises are what is to be kept of each row in a place, by the words of the help.
type promises map[string][]promise

// promised are the promises by place.
func promised() map[place]promises {
	out := map[place]promises{atPlay: {}, atHome: homePromises(), inMenu: menuPromises(), inPrompt: promptPromises(),
		inForm: formPromises(), inCompare: comparePromises()}
	for _, some := range []promises{timePromises(), actPromises(), pinPromises(), otherRunPromises(), lookPromises(), panePromises()} {
		maps.Copy(out[atPlay], some)
	}
	return out
}

// places have names to be told by.
var places = map[place]string{atHome: "home", atPlay: "play", inMenu: "menu", inPrompt: "prompt", inForm: "form", inCompare: "compare"}

// TestEveryKeyDoesWhatTheHelpSays reads the table of keys: each row has its promise in each of its places, each of its
// keys keeps it, and there is no promise without a row.
func TestEveryKeyDoesWhatTheHelpSays(t *testing.T) {
	w := newPromiseWorld(t)
	t.Chdir(t.TempDir())
	for where, all := range promised() {
		made := map[string]bool{}
		for _, b := range bindings() {
			if b.where&where == 0 {
				continue
			}
			made[b.help] = true
			if len(all[b.help]) == 0 {
				t.Errorf("%s: nothing says what %q (%s) is to do", places[where], b.help, b.labels(false))
			}
			for i, p := range all[b.help] {
				for _, key := range b.keys {
					if why := w.breaks(p, where, key); why != "" {
						t.Errorf("%s: %q does not do what the help says, %q (%d): %s", places[where], key, b.help, i, why)
					}
				}
			}
		}
		for help := range all {
			if !made[help] {
				t.Errorf("%s: no row of the keys says %q", places[where], help)
			}
		}
	}
}

// promiseWorld is what promises are kept on.
type promiseWorld struct {
	scenarios map[string]*scenario.Scenario
	shipped   []listed
	opened    []listed
}

func newPromiseWorld(t *testing.T) *promiseWorld {
	w := &promiseWorld{scenarios: map[string]*scenario.Scenario{}}
	for _, name := range []string{"leader-crash", "retry", "long", "accounts", "transactions"} {
		w.scenarios[name] = read(t, name)
	}
	var err error
	if w.scenarios["varied"], err = scenario.Load("c01-commit-before-processing", nil); err != nil {
		t.Fatal(err)
	}
	if w.shipped, err = shipped(); err != nil {
		t.Fatal(err)
	}
	return w
}

// begin makes a situation.
func (w *promiseWorld) begin(p promise) *model {
	m := stage(w.scenarios[p.on], look{w: 120, h: 36})
	if p.on == "" {
		m.home = newHome(w.shipped, nil)
	}
	press(m, p.after)
	return m
}

// breaks says how a promise is broken; empty if it is kept.
func (w *promiseWorld) breaks(p promise, where place, key string) string {
	now := pressed{model: w.begin(p), was: w.begin(p)}
	if now.where() != where {
		return "the situation is in another place:\n" + text(now.model)
	}
	now.cmd = hand(now.model, keyMsg(key))
	switch {
	case strings.Contains(now.said.String(), "not now"):
		return "it says " + now.said.String()
	case !p.kept(now):
		return fmt.Sprintf("after %q the screen is\n%s", p.after, text(now.model))
	}
	return ""
}

// does tells whether a key has begun what a command of bubbletea begins.
func does(command func() tea.Msg) func(pressed) bool {
	return func(now pressed) bool {
		return now.cmd != nil && reflect.TypeOf(now.cmd()) == reflect.TypeOf(command())
	}
}

// everywhere are the promises of keys that do the same in every place.
func everywhere(all promises, on, after string) promises {
	all["draw the screen anew"] = []promise{{on, after, does(func() tea.Msg { return tea.ClearScreen() })}}
	all["suspend"] = []promise{{on, after, does(func() tea.Msg { return tea.Suspend() })}}
	all["quit at once"] = []promise{{on, after, func(now pressed) bool {
		return now.err == ErrInterrupted && does(tea.Quit)(now)
	}}}
	return all
}

// helped is the promise of `?`: each row of the keys that mean something here is listed once, and esc leads back.
func helped(on, after string) []promise {
	return []promise{{on, after, func(now pressed) bool {
		where, listed := now.was.where(), now.menu
		if listed == nil {
			return false
		}
		var rows, wanted []string
		for _, it := range listed.items {
			if !it.heading {
				rows = append(rows, it.line.String())
			}
		}
		for i := range now.keys {
			if b := &now.keys[i]; b.where&where != 0 {
				wanted = append(wanted, now.was.helpItem(b, nil).line.String())
			}
		}
		slices.Sort(rows)
		slices.Sort(wanted)
		press(now.model, "esc")
		return slices.Equal(rows, wanted) && now.where() == where && text(now.model) == text(now.was)
	}}}
}

// themed is the promise of T.
func themed(on, after string) []promise {
	return []promise{{on, after, func(now pressed) bool {
		before := now.was.View()
		return now.colours.Theme != now.was.colours.Theme && now.View() != before && strings.Contains(text(now.model), "theme light: ")
	}}}
}

// menuHas tells whether a menu is open that has all of some words, each in a row that is not a heading.
func menuHas(now pressed, words ...string) bool {
	if now.menu == nil || now.menu == now.was.menu {
		return false
	}
	rows := now.menu.all
	if rows == nil { // it has a search of its own
		rows = now.menu.items
	}
	for _, word := range words {
		if !slices.ContainsFunc(rows, func(it item) bool { return !it.heading && strings.Contains(it.line.String(), word) }) {
			return false
		}
	}
	return true
}

// moves are the promises of the keys of lists: where the cursor is, and how many rows there are to be on.
func moves(all promises, on, middle string, at func(m *model) (row, rows int)) promises {
	to := func(want func(row, rows, page int) int) []promise {
		return []promise{{on, middle, func(now pressed) bool {
			was, rows := at(now.was)
			got, _ := at(now.model)
			return rows > 40 && got != was && got == want(was, rows, now.h/2)
		}}}
	}
	all["down"] = to(func(row, _, _ int) int { return row + 1 })
	all["up"] = to(func(row, _, _ int) int { return row - 1 })
	all["half a screen down"] = to(func(row, rows, page int) int { return min(row+page, rows-1) })
	all["half a screen up"] = to(func(row, _, page int) int { return max(row-page, 0) })
	all["to the top"] = to(func(_, _, _ int) int { return 0 })
	all["to the bottom"] = to(func(_, rows, _ int) int { return rows - 1 })
	return all
}
