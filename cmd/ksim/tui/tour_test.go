//go:build unix

package tui

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// tourRow is a row of the README's tour: what is pressed, and what one sees then.
var tourRow = regexp.MustCompile("(?m)^\\| (`.*`) \\| (.*) \\|$")

// inTicks are the words of a row that are meant literally.
var inTicks = regexp.MustCompile("`([^`]+)`")

// keyCodes are what a terminal sends for keys that are no letters.
var keyCodes = map[string]string{
	"Enter": "\r", "Esc": "\x1b", "Home": "\x1b[H", "End": "\x1b[F", "←": "\x1b[D", "→": "\x1b[C", "↓": "\x1b[B", "↑": "\x1b[A",
	"ctrl+s": "\x13", "space": " ",
}

// TestTheTour presses what the README says, as a person would, on the ksim that users have: from the home screen, with no manual, to a
// lost record, why it is lost, another fault in place of the one that lost it, and a file that replays that.
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
	c := exec.Command(ksim)
	c.Dir = t.TempDir()
	c.Env = append(os.Environ(), "TERM=xterm-256color", "KSIM_HOME="+c.Dir, "CI=", "KSIM_REDUCED_MOTION=1") // only keys change the screen
	keyboard, err := pty.StartWithSize(c, &pty.Winsize{Rows: 36, Cols: 120})
	if err != nil {
		t.Skip("no pseudo-terminals here:", err)
	}
	defer keyboard.Close()
	screen := vt.NewSafeEmulator(120, 36)
	go func() { _, _ = io.Copy(screen, keyboard) }()
	go func() { _, _ = io.Copy(keyboard, screen) }() // what the terminal is asked
	sees(t, screen, "scenarios", "")
	for _, row := range rows {
		keys := inTicks.FindAllStringSubmatch(row[1], -1)
		for _, k := range keys {
			before := ansi.Strip(screen.Render())
			code, named := keyCodes[k[1]]
			if !named {
				code = k[1]
			}
			if _, err := keyboard.WriteString(code); err != nil {
				t.Fatal(err)
			}
			if k[1] != "q" {
				sees(t, screen, "", before)
			}
		}
		for _, seen := range inTicks.FindAllStringSubmatch(row[2], -1) {
			sees(t, screen, seen[1], "")
		}
	}
	if err := c.Wait(); err != nil {
		t.Errorf("it ends with %v", err)
	}
	again := exec.Command(ksim, "run", filepath.Join(c.Dir, "acks-1-leader-crash-saved.yaml"))
	if out, err := again.CombinedOutput(); err != nil || !strings.Contains(string(out), "acked-lost: 0") {
		t.Errorf("replayed, it ends with %v:\n%s", err, out)
	}
}

// sees waits until a text is on the screen, or until it is not as before.
func sees(t *testing.T, screen *vt.SafeEmulator, text, before string) {
	t.Helper()
	var now string
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		now = ansi.Strip(screen.Render())
		if now != before && strings.Contains(now, text) {
			return
		}
	}
	t.Fatalf("%q does not come:\n%s", text, now)
}
