package paint

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Wrap breaks a line between words so that no line is wider than w; the second and later ones are
// indented. A word that is too long for a line is broken where it must be.
func Wrap(l Line, w, indent int) []Line {
	w = max(w, 1)
	if l.Width() <= w {
		return []Line{l}
	}
	r := wrapper{w: w, indent: strings.Repeat(" ", min(indent, w/2))}
	for _, s := range l {
		for _, p := range pieces(s.Text) {
			r.take(p, s.Look)
		}
	}
	r.place()
	return append(r.out, r.line)
}

// wrapper is a text on its way into lines.
type wrapper struct {
	w      int
	indent string
	out    []Line
	line   Line
	blank  Line // the space between the line and the word
	word   Line // one word, perhaps in several looks
}

func (r *wrapper) take(p piece, look Look) {
	if p.kind == space {
		r.place()
		r.blank = r.blank.Add(look, p.text)
		return
	}
	if p.kind == wide { // can stand at the end of a line or at the beginning of the next
		r.place()
	}
	r.word = r.word.Add(look, p.text)
	if p.kind == wide {
		r.place()
	}
}

// place puts the word on the line, or on the next one.
func (r *wrapper) place() {
	if len(r.word) == 0 {
		return
	}
	if len(r.line) > 0 && r.line.Width()+r.blank.Width()+r.word.Width() > r.w {
		r.out = append(r.out, r.line)
		r.line, r.blank = Text(Plain, r.indent), nil
	}
	r.line = r.line.Join(r.blank, r.word)
	for r.line.Width() > r.w {
		r.out = append(r.out, r.line.Cut(0, r.w))
		r.line = Text(Plain, r.indent).Join(r.line.Cut(r.w, r.line.Width()))
	}
	r.word, r.blank = nil, nil
}

// piece is a word, a run of spaces, or one wide character.
type piece struct {
	text string
	kind pieceKind
}

type pieceKind uint8

const (
	narrow pieceKind = iota
	space
	wide
)

func pieces(text string) []piece {
	var out []piece
	for text != "" {
		cluster, cells := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
		kind := narrow
		switch {
		case cluster == " ":
			kind = space
		case cells > 1:
			kind = wide
		}
		if n := len(out); n > 0 && kind != wide && out[n-1].kind == kind {
			out[n-1].text += cluster
		} else {
			out = append(out, piece{cluster, kind})
		}
		text = text[len(cluster):]
	}
	return out
}
