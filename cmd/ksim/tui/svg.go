package tui

import (
	"cmp"
	"fmt"
	"html"
	"image/color"
	"strings"

	"github.com/charmbracelet/x/cellbuf"
)

// The size of a cell and of its letters in pixels, and the colours of the terminal in a picture.
const (
	cellWide, cellHigh = 8, 16
	baseline           = 12
	margin             = 8
)

// paper is what a picture is drawn on: the colours that a terminal would have by itself.
type paper struct{ ground, ink string }

var dark, light = paper{"#101418", "#d8dee9"}, paper{"#fdfdfd", "#22262c"}

// svg draws what a terminal is sent.
func svg(view string, size Size, onLight bool, title string) string {
	on := dark
	if onLight {
		on = light
	}
	screen := cellbuf.NewBuffer(size.W, size.H)
	cellbuf.SetContent(screen, view)
	w, h := size.W*cellWide+2*margin, size.H*cellHigh+2*margin
	var b strings.Builder
	fmt.Fprintf(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%[1]d\" height=\"%[2]d\" role=\"img\">\n", w, h)
	fmt.Fprintf(&b, "<title>ksim: %s</title>\n", html.EscapeString(title))
	fmt.Fprintf(&b, "<rect width=\"%d\" height=\"%d\" rx=\"6\" fill=\"%s\"/>\n", w, h, on.ground)
	fmt.Fprintf(&b, "<g font-family=\"'DejaVu Sans Mono','JetBrains Mono',Menlo,Consolas,'Noto Sans Mono CJK SC',monospace\" font-size=\"13.3\" fill=\"%s\" xml:space=\"preserve\">\n", on.ink)
	for y := range size.H {
		for x := 0; x < size.W; {
			x += on.run(&b, screen, x, y)
		}
	}
	b.WriteString("</g>\n</svg>\n")
	return b.String()
}

// run draws the cells from one on that look the same, and gives how many they are.
func (on paper) run(b *strings.Builder, screen *cellbuf.Buffer, x, y int) int {
	style := styleAt(screen, x, y)
	n := 1
	for x+n < screen.Width() && styleAt(screen, x+n, y) == style {
		n++
	}
	fore, back := hex(style.Fg, on.ink), hex(style.Bg, "")
	if style.Attrs.Contains(cellbuf.ReverseAttr) {
		fore, back = cmp.Or(back, on.ground), fore
	}
	if back != "" {
		fmt.Fprintf(b, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n",
			margin+x*cellWide, margin+y*cellHigh, n*cellWide, cellHigh, back)
	}
	for from, to := 0, 0; from < n; from = to {
		to = piece(screen, x, y, from, n)
		text := cells(screen, x+from, x+to, y)
		if strings.TrimSpace(text) == "" {
			continue
		}
		fmt.Fprintf(b, "<text x=\"%d\" y=\"%d\" textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\"%s>%s</text>\n",
			margin+(x+from)*cellWide, margin+y*cellHigh+baseline, (to-from)*cellWide, on.attributes(style, fore), html.EscapeString(text))
	}
	return n
}

// piece is where the piece of a text that begins at a cell ends: before a gap, and wherever letters and signs meet. Fonts whose
// signs are not as wide as a cell, and programs that know no textLength, so do no harm beyond it.
func piece(screen *cellbuf.Buffer, x, y, from, n int) int {
	to := from + 1
	for to < n && kindAt(screen, x+to, y) == kindAt(screen, x+from, y) {
		to++
	}
	return to
}

// kindAt is what a cell holds; a gap of one cell between letters belongs to them.
func kindAt(screen *cellbuf.Buffer, x, y int) kind {
	k := kindOf(screen.Cell(x, y))
	if k == blank && kindOf(screen.Cell(x-1, y)) == letter && kindOf(screen.Cell(x+1, y)) == letter {
		return letter
	}
	return k
}

// kind is what a cell holds.
type kind uint8

const (
	blank kind = iota
	letter
	sign
)

func kindOf(c *cellbuf.Cell) kind {
	switch {
	case c == nil || c.Rune == ' ' || c.Rune == 0:
		return blank
	case c.Rune < 0x2000:
		return letter
	}
	return sign
}

func cells(screen *cellbuf.Buffer, from, to, y int) string {
	var text strings.Builder
	for x := from; x < to; x++ {
		if c := screen.Cell(x, y); c == nil {
			text.WriteByte(' ')
		} else if c.Width > 0 {
			text.WriteString(c.String())
		}
	}
	return text.String()
}

func styleAt(screen *cellbuf.Buffer, x, y int) cellbuf.Style {
	if c := screen.Cell(x, y); c != nil {
		return c.Style
	}
	return cellbuf.Style{}
}

// attributes are how a text is drawn.
func (on paper) attributes(s cellbuf.Style, fore string) string {
	out := ""
	if fore != on.ink {
		out += fmt.Sprintf(" fill=%q", fore)
	}
	if s.Attrs.Contains(cellbuf.BoldAttr) {
		out += ` font-weight="bold"`
	}
	if s.Attrs.Contains(cellbuf.FaintAttr) {
		out += ` opacity="0.6"`
	}
	var lines []string
	if s.Attrs.Contains(cellbuf.StrikethroughAttr) {
		lines = append(lines, "line-through")
	}
	if s.UlStyle != cellbuf.NoUnderline {
		lines = append(lines, "underline")
	}
	if len(lines) > 0 {
		out += fmt.Sprintf(" text-decoration=%q", strings.Join(lines, " "))
	}
	return out
}

// hex is a colour for SVG, or another one where there is none.
func hex(c color.Color, none string) string {
	if c == nil {
		return none
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
