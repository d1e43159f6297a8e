package tui

import (
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/internal/scenario"
)

// TestEveryScreenIsExact presses, types and clicks anything at any size in every theme, also where names are long and
// texts wide: the screen has as many lines as the terminal, none wider than it, whatever is open.
func TestEveryScreenIsExact(t *testing.T) {
	scenarios := []*scenario.Scenario{shippedOne(t), read(t, "zombie"), read(t, "accounts"), read(t, "retry"),
		read(t, "transactions"), shipping(t, "outbox").player.Scenario, read(t, "wide"), nil}
	t.Chdir(t.TempDir()) // a session may be saved
	keys, words := allKeys(), allWords()
	rapid.Check(t, func(t *rapid.T) {
		k := look{ascii: rapid.Bool().Draw(t, "ascii"), noColor: rapid.Bool().Draw(t, "no colour"),
			theme: rapid.SampledFrom(paint.Themes()).Draw(t, "theme")}
		m := stage(rapid.SampledFrom(scenarios).Draw(t, "scenario"), k, scenarios[0], scenarios[len(scenarios)-2])
		for range rapid.IntRange(0, 25).Draw(t, "keys") {
			k.w, k.h = rapid.IntRange(20, 300).Draw(t, "w"), rapid.IntRange(5, 100).Draw(t, "h")
			m.Update(tea.WindowSizeMsg{Width: k.w, Height: k.h})
			switch rapid.IntRange(0, 5).Draw(t, "how") {
			case 0:
				if m.where() == atPlay {
					ordered(m, rapid.SampledFrom(words).Draw(t, "command"))
				}
			case 1:
				mouse(m, rapid.IntRange(0, k.w-1).Draw(t, "x"), rapid.IntRange(0, k.h-1).Draw(t, "y"),
					tea.MouseButtonLeft, tea.MouseActionPress)
			default:
				hand(m, keyMsg(rapid.SampledFrom(keys).Draw(t, "key")))
			}
			exact(t, m)
		}
	})
}

// allWords are commands, with and without what may follow them.
func allWords() []string {
	words := []string{"", "why m1", "run 3", "run 2s", "step 7", "#40", "30%", "crash b1", "crash nobody", "no such thing"}
	for _, c := range commands() {
		words = append(words, c.names...)
	}
	return words
}

func shippedOne(t *testing.T) *scenario.Scenario {
	t.Helper()
	s, err := scenario.Load("acks-1-leader-crash", nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func allKeys() []string {
	keys := []string{"1", "9", "é", "订", "crash b1", "#40", "%", "x"}
	for _, b := range bindings() {
		keys = append(keys, b.keys...)
	}
	return keys
}

func exact(t *rapid.T, m *model) {
	lines := strings.Split(m.View(), "\n")
	if len(lines) != m.h {
		t.Fatalf("%d lines on a screen of %d", len(lines), m.h)
	}
	for i, l := range lines {
		if w := ansi.StringWidth(l); w > m.w {
			t.Fatalf("line %d has %d cells on a screen of %d: %q", i, w, m.w, ansi.Strip(l))
		}
		if m.ascii && strings.IndexFunc(l, func(r rune) bool { return r > '~' }) >= 0 {
			t.Fatalf("line %d is not ASCII: %q", i, l)
		}
	}
}

// TestPanesDoNotOverlap lays out every size: panes lie inside the screen and beside one another.
func TestPanesDoNotOverlap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(20, 300).Draw(t, "w"), rapid.IntRange(5, 100).Draw(t, "h")
		looked := neverLookedAt()
		for range rapid.IntRange(0, 2*int(paneCount)).Draw(t, "looks") {
			looked.lookAt(paneID(rapid.IntRange(0, int(paneCount)-1).Draw(t, "at")))
		}
		l := arrange(w, h, wish{looked, rapid.Bool().Draw(t, "alone"), rapid.Bool().Draw(t, "groups"),
			func(int) int { return rapid.IntRange(0, 200).Draw(t, "story") }, rapid.IntRange(0, 200).Draw(t, "logs")})
		taken := map[[2]int]paneID{}
		for id, r := range l.panes {
			for y := r.y; y < r.y+r.h; y++ {
				for x := r.x; x < r.x+r.w; x++ {
					if other, ok := taken[[2]int{x, y}]; ok {
						t.Fatalf("%d,%d belongs to panes %d and %d", x, y, other, id)
					}
					taken[[2]int{x, y}] = paneID(id)
					if x < 0 || x >= w || y < 1 || y >= h-3 {
						t.Fatalf("%d,%d of pane %d is outside the body", x, y, id)
					}
				}
			}
		}
		reachable := l.tabs >= 0 || l.small
		for id := range l.panes {
			if !reachable && l.panes[id].w == 0 && !named(l, paneID(id)) {
				t.Fatalf("pane %d is neither shown nor named", id)
			}
		}
		if !l.small && l.panes[looked[0]].w == 0 {
			t.Fatalf("the pane in focus is not shown")
		}
	})
}

// named tells whether the title of a pane that is shown names another one.
func named(l layout, id paneID) bool {
	for _, hidden := range l.hidden {
		if slices.Contains(hidden, id) {
			return true
		}
	}
	return false
}

// TestALargeScreenGivesRoomToWhatHasMuchToSay: a story that would be cut off in half of its column takes more of it,
// and a short one less; so do logs. What the script waits for moves nothing.
func TestALargeScreenGivesRoomToWhatHasMuchToSay(t *testing.T) {
	m := shipping(t, "t03-torn-transaction")
	m.Update(tea.WindowSizeMsg{Width: 200, Height: 50})
	was := m.layout()
	wants(t, text(m), strings.Fields(m.player.Document.Story)[len(strings.Fields(m.player.Document.Story))-1])
	for range 200 {
		if press(m, "right"); len(m.player.scene.groups) == 0 {
			continue
		}
		if got := m.layout(); got.panes != was.panes {
			t.Fatalf("step %d moved the panes", m.player.here().Step)
		}
	}
	short, many := stage(read(t, "leader-crash"), look{w: 200, h: 50}), crowded(t, look{w: 200, h: 50})
	if a, b := short.layout().panes[paneCluster].h, many.layout().panes[paneCluster].h; a >= b {
		t.Errorf("the logs of one partition have %d rows, those of twelve %d", a, b)
	}
	if a, b := short.layout().panes[paneStory].h, m.layout().panes[paneStory].h; a >= b {
		t.Errorf("a short story has %d rows, a long one %d", a, b)
	}
}
