//go:build unix

package tui

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// tourRow is a row of the README's tour: what is pressed, and what one sees then.
var tourRow = regexp.MustCompile("(?m)^\\| (`.*`) \\| (.*) \\|$")

// inTicks are the words of a row that are meant literally.
var inTicks = regexp.MustCompile("`([^`]+)`")

// TestTheTour presses what the README says, as a person would, on the ksim that users have: from the home screen, with no manual, to a
// lost record, why it is lost, another fault in place of the one that lost it, and a file that replays that. In tmux, too, if it is there.
func TestTheTour(t *testing.T) {
	source, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	rows := tourRow.FindAllStringSubmatch(string(source), -1)
	if len(rows) < 8 {
		t.Fatalf("the README's tour has %d rows", len(rows))
	}
	ksim := filepath.Join(t.TempDir(), "ksim")
	if out, err := exec.Command("go", "build", "-o", ksim, root+"/cmd/ksim").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for name, begin := range map[string]func(t *testing.T, ksim, dir string) stand{"emulator": inEmulator, "tmux": inTmux} {
		t.Run(name, func(t *testing.T) {
			dir, last := t.TempDir(), len(rows)-1
			toured(t, begin(t, ksim, dir), rows)
			replay := strings.Fields(inTicks.FindStringSubmatch(rows[last][2])[1])
			again := exec.Command(ksim, replay[1:]...)
			again.Dir = dir
			if out, err := again.CombinedOutput(); err != nil || !strings.Contains(string(out), "acked-lost: 0") {
				t.Errorf("replayed, it ends with %v:\n%s", err, out)
			}
		})
	}
}

// toured presses the keys of all rows and wants to see what they say; the last one leads out, and says what to type then.
func toured(t *testing.T, at stand, rows [][]string) {
	sees(t, at, "scenarios", "")
	for i, row := range rows {
		for _, k := range inTicks.FindAllStringSubmatch(row[1], -1) {
			before := at.shown()
			if at.press(k[1]); k[1] != "q" {
				sees(t, at, "", before)
			}
		}
		if i == len(rows)-1 {
			break
		}
		for _, seen := range inTicks.FindAllStringSubmatch(row[2], -1) {
			sees(t, at, seen[1], "")
		}
	}
	if err := at.ended(); err != nil {
		t.Errorf("it ends with %v", err)
	}
}

// sees waits until a text is on the screen, or until it is not as before.
func sees(t *testing.T, at stand, text, before string) {
	t.Helper()
	var now string
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		now = at.shown()
		if now != before && strings.Contains(now, text) {
			return
		}
	}
	t.Fatalf("%q does not come:\n%s", text, now)
}
