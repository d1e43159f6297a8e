package scenario

import (
	"fmt"
	"sort"
	"strings"

	"github.com/mattn/go-runewidth"
)

// Position is a place in a file; both count from 1, columns in characters.
type Position struct{ Line, Column int }

// Error is one thing that is wrong with a file: where, and what to do about it.
type Error struct {
	File string
	Position
	Text string
	Path string // the part of the document that it is about: "producers[0].config.acks"; empty: none, or all
}

func (e Error) Error() string { return e.where() + ": " + e.Text }

// where is the file, and the place in it if there is one.
func (e Error) where() string {
	if e.Line == 0 {
		return e.File
	}
	return fmt.Sprintf("%s:%d:%d", e.File, e.Line, e.Column)
}

// errorsShown is how many errors of a file are printed.
const errorsShown = 50

// Errors are all that is wrong with a file, from top to bottom.
type Errors struct {
	List   []Error
	source []string
}

func (e *Errors) Error() string {
	var b strings.Builder
	for i := range e.List {
		if i > 0 {
			b.WriteByte('\n')
		}
		if i == errorsShown {
			fmt.Fprintf(&b, "... and %d errors more", len(e.List)-i)
			break
		}
		b.WriteString(e.List[i].Error())
		b.WriteString(e.snippet(e.List[i].Position))
	}
	return b.String()
}

// snippet is the line that is meant, with a mark under the place.
func (e *Errors) snippet(at Position) string {
	if at.Line < 1 || at.Line > len(e.source) {
		return ""
	}
	line := strings.ReplaceAll(e.source[at.Line-1], "\t", " ")
	if len(line) > 200 {
		return ""
	}
	runes := []rune(line)
	before := string(runes[:min(max(at.Column-1, 0), len(runes))])
	indent := strings.Repeat(" ", runewidth.StringWidth(before))
	return fmt.Sprintf("\n  %4d | %s\n       | %s^", at.Line, line, indent)
}

func (e *Errors) sort() {
	sort.SliceStable(e.List, func(i, j int) bool {
		a, b := e.List[i].Position, e.List[j].Position
		return a.Line < b.Line || a.Line == b.Line && a.Column < b.Column
	})
}
