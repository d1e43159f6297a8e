package wire

import (
	"strings"
	"testing"
)

// TestEveryErrorHasAMeaning and an exception, each code of Kafka's one of its own. What a client tells by itself has no
// code, and can be an exception that a code stands for, too.
func TestEveryErrorHasAMeaning(t *testing.T) {
	seen := map[string]Error{}
	for _, e := range AllErrors() {
		if e.Meaning() == "" || !strings.HasSuffix(e.Class(), "Exception") {
			t.Errorf("%s: %q, %q", e, e.Class(), e.Meaning())
		}
		if e < UnknownServerError {
			continue
		}
		if other, twice := seen[e.Class()]; twice {
			t.Errorf("%s and %s are both a %s", e, other, e.Class())
		}
		seen[e.Class()] = e
	}
}

// TestEveryNoteHasAMeaning: one sentence or two, that ends as one, and not what the note tells anyway.
func TestEveryNoteHasAMeaning(t *testing.T) {
	for k := NoNote + 1; k < noteKinds; k++ {
		text := k.Meaning()
		if !strings.HasSuffix(text, ".") || text == k.Row().Told {
			t.Errorf("%s means %q", k.Row().Name, text)
		}
	}
}
