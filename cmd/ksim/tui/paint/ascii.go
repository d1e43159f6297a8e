package paint

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// inASCII is what is drawn for a character where nothing but ASCII can be. Each takes one cell, as
// what it stands for does, so nothing moves. Signs that stand in one pane are told apart.
var inASCII = map[rune]byte{
	'─': '-', '│': '|', '╭': '+', '╮': '+', '╰': '+', '╯': '+', '├': '[', '┤': ']', '┼': '}',
	'━': '=', '┃': 'I', '┏': '+', '┓': '+', '┗': '+', '┛': '+',
	'▐': '#', '░': ':', '▶': '>', '◀': '<', '▸': '>', '▾': 'v', '▷': '>', '●': 'o', '○': '.', '♛': '*', '♕': 'Q', '✓': '+', '✗': 'X',
	'×': 'x', '²': '2', '↕': '&', '→': '>', '←': '<', '↑': '^', '↓': 'v', '▼': 'V', '▲': '^', '·': '.', '…': '~',
	'‹': '<', '›': '>', '—': '-', '–': '-', 'µ': 'u', '“': '"', '”': '"', '’': '\'', '‘': '\'',
	'█': '#', '\u00a0': ' ', '±': '~', '≥': '>', '≤': '<', '⋯': '~',
	'↻': '@', '≠': '!', '⊘': '%', '⊣': '/', '‖': 'z', '■': '#', '◆': 'M', '▽': 'H', '◉': 'B',
}

// ASCII draws a text with ASCII characters only, in as many cells as before.
func ASCII(text string) string {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return replace(text)
		}
	}
	return text
}

func replace(text string) string {
	var b strings.Builder
	for text != "" {
		cluster, width := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
		r := []rune(cluster)[0]
		switch c, known := inASCII[r]; {
		case r < 0x80:
			b.WriteRune(r)
			b.WriteString(strings.Repeat(" ", max(0, width-1)))
		case known:
			b.WriteByte(c)
		default:
			b.WriteString(strings.Repeat("?", width))
		}
		text = text[len(cluster):]
	}
	return b.String()
}
