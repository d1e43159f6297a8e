package tui

import (
	"os"

	"github.com/charmbracelet/x/term"
)

// Columns is how many cells wide the terminal is that a file is; 0 if it is none.
func Columns(f *os.File) int {
	w, _, err := term.GetSize(f.Fd())
	if err != nil {
		return 0
	}
	return max(w, 0)
}
