package tui

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.com/ksim/internal/scenario"
)

// root is the module's folder.
const root = "../../.."

// depicted are the places of the README that show a picture or name a cast, below the command that makes it.
var depicted = regexp.MustCompile(`<!-- ksim picture (.*) -->\n.*\]\((.*)\)`)

// TestTheReadmeShowsTheRealScreen: its pictures are what the terminal shows, not what somebody drew.
func TestTheReadmeShowsTheRealScreen(t *testing.T) {
	source, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	all := depicted.FindAllSubmatch(source, -1)
	if len(all) < 3 {
		t.Fatalf("README.md shows %d pictures", len(all))
	}
	for _, m := range all {
		file := filepath.Join(root, string(m[2]))
		drawn := depict(t, strings.Fields(string(m[1])))
		if *update {
			if err := os.WriteFile(file, []byte(drawn), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if kept, err := os.ReadFile(file); err != nil || string(kept) != drawn {
			t.Errorf("%s is stale (go test ./cmd/ksim/tui -update): %v", m[2], err)
		}
	}
}

// depict does what `ksim picture` would with some words.
func depict(t *testing.T, words []string) string {
	t.Helper()
	draw, size := Picture, Size{120, 36}
	var keys []string
	for i := 0; i < len(words); i++ {
		switch words[i] {
		case "--cast":
			draw = Cast
		case "--size":
			i++
			if _, err := fmt.Sscanf(words[i], "%dx%d", &size.W, &size.H); err != nil {
				t.Fatal(err)
			}
		default:
			keys = append(keys, words[i])
		}
	}
	s, err := scenario.Load(keys[0], nil)
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := draw(s, Options{}, size, keys[1:])
	if err != nil {
		t.Fatal(err)
	}
	return drawn
}
