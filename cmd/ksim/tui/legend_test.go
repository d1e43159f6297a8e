package tui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// TestTheLegendIsAlwaysThere: wherever the logs are scrolled to, a line says what is odd in what is shown, and
// nothing of what is not.
func TestTheLegendIsAlwaysThere(t *testing.T) {
	m := shipping(t, "t03-torn-transaction")
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	seen := map[string]bool{}
	press(m, "1 end")
	for range 80 {
		got := clusterText(m)
		for glyph, word := range map[string]string{"┼": "last stable offset", "░": "page cache", "▐": "on disk", "²": "more than once"} {
			drawn := strings.Count(got, glyph) > strings.Count(got, glyph+" "+word)
			if told := strings.Contains(got, glyph+" "+word); told && !drawn {
				t.Errorf("%s is told of and not there:\n%s", glyph, got)
			} else if drawn {
				seen[glyph] = seen[glyph] || told
			}
		}
		press(m, "left")
	}
	for glyph, told := range seen {
		if !told && (glyph == "┼" || glyph == "²") {
			t.Errorf("nothing ever told of %s", glyph)
		}
	}
	if !seen["┼"] {
		t.Error("no last stable offset was seen")
	}
	crowded := crowded(t, look{w: 80, h: 24})
	press(crowded, ": #280 enter")
	wants(t, clusterText(crowded), "page cache")
}

// TestKeysInASCII are called by their names in sentences: their signs mean others there.
func TestKeysInASCII(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 80, h: 24, ascii: true})
	wants(t, m.View(), "right takes the first step")
	press(m, "end n")
	press(m, "end end ]")
	wants(t, m.View(), "right goes on beyond it")
}
