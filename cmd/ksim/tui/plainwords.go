package tui

import (
	"strings"

	"example.com/ksim/cmd/ksim/tui/paint"
)

// spoken are words in place of what only eyes can read, for screen readers and pipes.
var spoken = strings.NewReplacer(
	"─▶", " to", "─✗", " to", "◀─", "from ", "╰─", "  ", "├─", "  ", "│ ", "  ", "─", "",
	"→", "to", "♛", "leader ", "✓ ", "", "✗ ", "not good: ", "● ", "", "○ ", "", "▶ ", "", "▶", "", "▷ ", "next: ", "› ", "", "↻ ", "", "■ ", "",
	"▲ ", "", "▼ ", "", "▲", "cause", "▼", "effect", "▐", "disk ", "░", "cache ", "┤", " high watermark ", "◆ ", "", "⋯ ", "", "◉ ", "",
	"⊘ ", "", "‖ ", "", "⊣ ", "", "≠ ", "",
)

// inWords is a line with words in place of glyphs.
func inWords(l paint.Line) paint.Line {
	return l.Map(spoken.Replace)
}

// commandsOf are the commands that do what keys do.
var commandsOf = map[string]string{
	"b": "branches", "B": "break", "c": "continue", "d": "compare", "D": "compare", "m": "bookmark", "v": "words", "w": "why", "x": "find",
	"z": "undo", "Z": "redo", "→": "step", "f": "acts", "ctrl+s": "save", "Esc": "list",
}

// by is what does something: a key, or, where none are pressed, the command.
func (m *model) by(key string) string {
	if command, ok := commandsOf[key]; ok && m.plain {
		return "`" + command + "`"
	}
	if key == labels["right"] {
		return m.keyName("right")
	}
	return key
}
