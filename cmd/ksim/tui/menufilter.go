package tui

import (
	"slices"
	"strings"

	"example.com/ksim/cmd/ksim/tui/paint"
)

// heading is a row of a menu that only says what the rows below it are about.
func heading(text string) item {
	return item{line: paint.Text(paint.Title, text), refused: true, heading: true}
}

// find shows the rows in which every word of a query occurs; with none, all but those that are only shown to
// who seeks them.
func (n *menu) find(query string) {
	n.query, n.items = query, nil
	words := strings.Fields(strings.ToLower(query))
	for i, it := range n.all {
		switch {
		case it.heading && !n.leads(i, words), !it.heading && !it.found(words):
		default:
			n.items = append(n.items, it)
		}
	}
	n.at = max(0, n.next(-1, 1))
}

// retell gives a row another line. What is searched for and the cursor stay.
func (n *menu) retell(i int, line paint.Line) {
	at := n.at
	n.all[i].line = line
	n.find(n.query)
	n.at = clamp(at, 0, max(0, len(n.items)-1))
}

// leads tells whether a row is found under a heading.
func (n *menu) leads(i int, words []string) bool {
	for _, it := range n.all[i+1:] {
		if it.heading {
			return false
		}
		if it.found(words) {
			return true
		}
	}
	return false
}

func (it *item) found(words []string) bool {
	if len(words) == 0 {
		return !it.sought
	}
	return containsAll(words, it.line.String())
}

// containsAll tells whether every word, in small letters, occurs in one of some texts.
func containsAll(words []string, texts ...string) bool {
	text := strings.ToLower(strings.Join(texts, " "))
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
}
