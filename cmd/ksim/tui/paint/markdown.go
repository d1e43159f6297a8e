package paint

import (
	"regexp"
	"strings"
)

// Markdown draws a little of it in lines of at most w cells: paragraphs, # headings, lists, fenced
// or indented code, `code`, **bold**, *emphasis*.
func Markdown(text string, w int) []Line {
	var out []Line
	for _, b := range blocks(text) {
		if len(out) > 0 && !b.tight {
			out = append(out, nil)
		}
		out = append(out, b.draw(w)...)
	}
	return out
}

// block is a paragraph, an item of a list, a heading, or code.
type block struct {
	text    string
	bullet  string // of an item
	heading bool
	code    bool
	tight   bool // no empty line before it
}

var item = regexp.MustCompile(`^\s*([-*]|\d+[.)])\s+`)

// blocks splits a text at empty lines and where an item begins.
func blocks(text string) []block {
	var out []block
	open, fenced := false, false // whether the last block goes on
	for _, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		trimmed := strings.TrimSpace(line)
		bullet := item.FindString(line)
		switch {
		case strings.HasPrefix(trimmed, "```"):
			fenced, open = !fenced, false
		case fenced || strings.HasPrefix(line, "    ") && !open:
			out = append(out, block{text: line, code: true, tight: follows(out, true)})
		case trimmed == "":
			open = false
		case strings.HasPrefix(trimmed, "#"):
			out = append(out, block{text: strings.TrimLeft(trimmed, "# "), heading: true})
			open = false
		case bullet != "":
			out = append(out, block{text: line[len(bullet):], bullet: strings.TrimSpace(bullet),
				tight: open && follows(out, false)})
			open = true
		case open:
			out[len(out)-1].text += " " + trimmed
		default:
			out = append(out, block{text: trimmed})
			open = true
		}
	}
	return out
}

// follows tells whether the last block is code, or an item.
func follows(out []block, code bool) bool {
	if len(out) == 0 {
		return false
	}
	last := &out[len(out)-1]
	return code && last.code || !code && last.bullet != ""
}

func (b *block) draw(w int) []Line {
	switch {
	case b.code:
		return []Line{Text(Info, b.text)}
	case b.heading:
		return Wrap(Text(Strong, b.text), w, 0)
	case b.bullet != "":
		lead := strings.Repeat(" ", 2) + b.bullet + " "
		return Wrap(Text(Plain, lead).Join(inline(b.text)), w, len(lead))
	}
	return Wrap(inline(b.text), w, 0)
}

// marks are what stands around a piece of text, and how that is drawn; longer ones first.
var marks = []struct {
	mark string
	look Look
}{{"`", Info}, {"**", Strong}, {"*", Strong}}

// inline draws `code`, **bold** and *emphasis*.
func inline(text string) Line {
	var l Line
	for text != "" {
		i := strings.IndexAny(text, "`*")
		if i < 0 {
			break
		}
		k := 0
		for !strings.HasPrefix(text[i:], marks[k].mark) {
			k++
		}
		inner, rest, closed := strings.Cut(text[i+len(marks[k].mark):], marks[k].mark)
		if !closed || inner == "" || inner != strings.TrimSpace(inner) {
			l = l.Add(Plain, text[:i+1])
			text = text[i+1:]
			continue
		}
		l = l.Add(Plain, text[:i]).Add(marks[k].look, inner)
		text = rest
	}
	return l.Add(Plain, text)
}
