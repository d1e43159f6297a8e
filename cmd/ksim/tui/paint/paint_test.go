package paint

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"
	"pgregory.net/rapid"
)

// texts are words that a screen may be given: narrow, wide, joined, broken, dangerous.
var texts = rapid.SampledFrom([]string{
	"b1 appended m4", "→ ♛ ▐m1 ░m2", "订单 orders", "한국어", "é ê", "e\u0301", "👍🏽", "🇪🇺", "a\tb\x1b[31mc\r\n",
	"", " ", "orders-0·leader", "\u200b", "─────", "m4\u00ad", "\x9b31m", "a-very-long-word-without-a-gap",
})

func drawLine(t *rapid.T, label string) Line {
	var l Line
	for range rapid.IntRange(0, 5).Draw(t, label) {
		look := Look(rapid.IntRange(0, int(roles)-1).Draw(t, "role"))
		look |= Look(rapid.IntRange(0, 1<<markBits-1).Draw(t, "marks")) << 8
		l = l.Add(look, texts.Draw(t, "text"))
	}
	return l
}

func TestCutsAreCellExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := drawLine(t, "line")
		w := l.Width()
		from := rapid.IntRange(0, w).Draw(t, "from")
		to := rapid.IntRange(from, w).Draw(t, "to")
		if got := l.Cut(from, to).Width(); got != to-from {
			t.Fatalf("Cut(%d, %d) of %q has %d cells", from, to, l, got)
		}
		n := rapid.IntRange(0, 40).Draw(t, "fit")
		if got := l.Fit(n).Width(); got != n {
			t.Fatalf("Fit(%d) of %q has %d cells", n, l, got)
		}
		top, x := drawLine(t, "top"), rapid.IntRange(0, w).Draw(t, "x")
		if got, want := l.Over(x, top).Width(), max(w, x+top.Width()); got != want {
			t.Fatalf("Over: %d cells, want %d", got, want)
		}
	})
}

func TestWidthsAreThoseOfTheTerminal(t *testing.T) {
	themes := []*Theme{
		NewTheme(Settings{Profile: termenv.ANSI256}), NewTheme(Settings{NoColor: true}),
		NewTheme(Settings{ASCII: true, Profile: termenv.ANSI}),
	}
	rapid.Check(t, func(t *rapid.T) {
		l := drawLine(t, "line")
		for _, theme := range themes {
			drawn := theme.Render([]Line{l})
			if got := ansi.StringWidth(drawn); got > l.Width() {
				t.Fatalf("%q is drawn %d cells wide, counted as %d", drawn, got, l.Width())
			}
			if theme.ascii && strings.IndexFunc(drawn, func(r rune) bool { return r >= 0x80 }) >= 0 {
				t.Fatalf("%q is not ASCII", drawn)
			}
			if strings.ContainsAny(drawn, "\n\r\t") {
				t.Fatalf("%q moves the cursor", drawn)
			}
		}
	})
}

// TestSignsInASCIIAreToldApart: those that stand side by side are not drawn alike, nor like the frame around them.
func TestSignsInASCIIAreToldApart(t *testing.T) {
	for _, together := range []string{
		"▐░│┤┼×²↕·●", "┃━▐░┤┼", "✗⊘⊣‖≠=?↓↑↻♛♕", "◆✗▼▽◉²F♛┤!↻AC=●─", "●○─▶◀│✗", "…→✓✗!",
	} {
		seen := map[string]rune{}
		for _, r := range together {
			drawn := ASCII(string(r))
			if other, known := seen[drawn]; known {
				t.Errorf("%c and %c are both drawn %s", other, r, drawn)
			}
			seen[drawn] = r
		}
	}
}

func TestWrapLosesNoWordAndKeepsItsWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := drawLine(t, "line")
		w, indent := rapid.IntRange(1, 40).Draw(t, "w"), rapid.IntRange(0, 8).Draw(t, "indent")
		var all strings.Builder
		for _, got := range Wrap(l, w, indent) {
			if got.Width() > max(w, 2) {
				t.Fatalf("a line of %d cells, want at most %d: %q", got.Width(), w, got)
			}
			all.WriteString(got.String())
		}
		if w > 2 && squeeze(all.String()) != squeeze(l.String()) {
			t.Fatalf("%q became %q", l, all.String())
		}
	})
}

func squeeze(s string) string { return strings.ReplaceAll(s, " ", "") }

func TestBoxesAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := Box{Title: drawLine(t, "title"), Foot: drawLine(t, "foot"),
			Body: []Line{drawLine(t, "one"), drawLine(t, "two")}, Heavy: rapid.Bool().Draw(t, "heavy")}
		w, h := rapid.IntRange(0, 60).Draw(t, "w"), rapid.IntRange(0, 10).Draw(t, "h")
		lines := b.Lines(w, h)
		if len(lines) != h {
			t.Fatalf("%d lines, want %d", len(lines), h)
		}
		for _, l := range lines {
			if l.Width() != w {
				t.Fatalf("%q: %d cells, want %d", l, l.Width(), w)
			}
		}
	})
}

func TestMarkdown(t *testing.T) {
	text := "# Title\n\nA paragraph with `code` and **bold** *words* that\ngoes on.\n\n- one item that is long enough\n" +
		"- two\n\n```\n  code   stays\n```\nThe end, 5 * 3 = 15."
	want := []string{
		"Title", "", "A paragraph with code", "and bold words that", "goes on.", "",
		"  - one item that is", "    long enough", "  - two", "", "  code   stays", "",
		"The end, 5 * 3 = 15.",
	}
	var got []string
	for _, l := range Markdown(text, 22) {
		got = append(got, l.String())
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestEveryGlyphHasOneCellAndAnASCIIOne(t *testing.T) {
	for r, c := range inASCII {
		if Width(string(r)) != 1 || c < ' ' || c > '~' {
			t.Errorf("%c: %d cells, drawn as %q", r, Width(string(r)), c)
		}
	}
}
