package paint

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/muesli/termenv"
)

// rgb is a colour in light, not in the numbers that stand for it.
type rgb [3]float64

func colourOf(t *testing.T, ansi256 string) rgb {
	t.Helper()
	n, err := strconv.Atoi(ansi256)
	if err != nil || n < 16 || n > 255 {
		t.Fatalf("%q is no colour that every terminal with 256 of them draws alike", ansi256)
	}
	c := termenv.ConvertToRGB(termenv.ANSI256Color(n))
	var out rgb
	for i, v := range []float64{c.R, c.G, c.B} {
		if out[i] = v / 12.92; v > 0.04045 {
			out[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return out
}

func (c rgb) luminance() float64 { return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] }

// contrast is that of WCAG 2.
func contrast(a, b rgb) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// TestEveryRoleCanBeRead measures every colour of every theme against the ground that it is for.
func TestEveryRoleCanBeRead(t *testing.T) {
	for _, p := range palettes {
		ground := rgb{}
		if p.light {
			ground = rgb{1, 1, 1}
		}
		text, frame := 4.5, 3.0
		if p.ground != "" {
			ground = colourOf(t, p.ground)
			text, frame = 7, 4.5 // that is what this theme is for
		}
		for role := range roles {
			k, want := p.inks[role], text
			if k.ansi256 == "" && p.ground == "" {
				continue // the terminal's own
			}
			if role == Frame {
				want = frame
			}
			if got := contrast(colourOf(t, k.ansi256), ground); got < want {
				t.Errorf("%s: role %d has a contrast of %.1f, want %.1f", p.name, role, got, want)
			}
		}
	}
}

// TestSixteenColoursAvoidThePale: what the sixteen colours are is the terminal's business, but some are hard to
// read on nearly all of them.
func TestSixteenColoursAvoidThePale(t *testing.T) {
	for _, p := range palettes {
		bad := []string{"0", "4"}
		if p.light {
			bad = []string{"2", "3", "6", "7", "9", "10", "11", "12", "13", "14", "15"}
		}
		for role := range roles {
			if slices.Contains(bad, p.inks[role].ansi) {
				t.Errorf("%s: role %d is drawn in colour %s", p.name, role, p.inks[role].ansi)
			}
		}
	}
}

// seenBy are the colours that people see whose eyes lack the long or the middle cones (Viénot, Brettel and
// Mollon 1999).
var seenBy = map[string][3]rgb{
	"protanopia":   {{0.11238, 0.88762, 0}, {0.11238, 0.88762, 0}, {0.00401, -0.00401, 1}},
	"deuteranopia": {{0.29275, 0.70725, 0}, {0.29275, 0.70725, 0}, {-0.02234, 0.02234, 1}},
}

// TestStatesDifferForTheColourBlind: in the safe theme good, bad, a warning and what is worth a look are four
// colours for everybody.
func TestStatesDifferForTheColourBlind(t *testing.T) {
	p := paletteOf("safe")
	for name, eye := range seenBy {
		see := func(role Look) (out [3]float64) {
			c := colourOf(t, p.inks[role].ansi256)
			for i, row := range eye {
				out[i] = math.Cbrt(max(0, row[0]*c[0]+row[1]*c[1]+row[2]*c[2]))
			}
			return out
		}
		states := []Look{Good, Bad, Warn, Info}
		for i, a := range states {
			for _, b := range states[:i] {
				x, y := see(a), see(b)
				if d := math.Hypot(math.Hypot(x[0]-y[0], x[1]-y[1]), x[2]-y[2]); d < 0.2 {
					t.Errorf("%s: roles %d and %d are %.2f apart", name, a, b, d)
				}
			}
		}
	}
}

// TestThemesDifferInColoursOnly: where no colours are wanted, no theme brings any, and a state is still told from
// plain text.
func TestThemesDifferInColoursOnly(t *testing.T) {
	lines := []Line{Text(Plain, "a").Add(Bad, "b").Add(Good|Chosen, "c")}
	want := NewTheme(Settings{NoColor: true}).Render(lines)
	for _, name := range Themes() {
		got := NewTheme(Settings{NoColor: true, Theme: name, Profile: termenv.ANSI256}).Render(lines)
		if got != want || strings.Contains(got, "38;5") || !strings.Contains(got, "\x1b[7m") {
			t.Errorf("%s without colours: %q", name, got)
		}
		if name != Themes()[0] && NewTheme(Settings{Theme: name, Profile: termenv.ANSI256}).Render(lines) ==
			NewTheme(Settings{Profile: termenv.ANSI256}).Render(lines) {
			t.Error(fmt.Sprint(name, " is drawn as the usual theme"))
		}
	}
}
