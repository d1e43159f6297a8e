package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// built is a ksim as users have it.
func built(b *testing.B) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "ksim")
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return path
}

// ceiling is how long a start may take at most: longer is felt. The benchmarks tell how long it takes.
const ceiling = 300 * time.Millisecond

// TestTheStartIsSwiftAndSilent starts ksim on a terminal that answers nothing: it is there at once, and asks nothing.
// The best of several starts counts, since a machine may be busy.
func TestTheStartIsSwiftAndSilent(t *testing.T) {
	for want, args := range map[string][]string{
		"Usage:":    {"--help"},
		"scenarios": {},
		"orders-0":  {"play", "acks-1-leader-crash"},
		"step 0":    {"play", "acks-1-leader-crash", "--plain"},
	} {
		best := time.Hour
		for range 20 {
			took, drawn := started(t, want, args...)
			for _, question := range []string{"\x1b]", "\x1b[6n", "\x1b[c", "\x1b[>", "\x1b[?u", "\x1bP"} {
				if strings.Contains(drawn, question) {
					t.Fatalf("ksim %s asks the terminal %q", strings.Join(args, " "), question)
				}
			}
			if best = min(best, took); best < ceiling {
				break
			}
		}
		if best >= ceiling {
			t.Errorf("ksim %s takes %v, at most %v", strings.Join(args, " "), best, ceiling)
		}
	}
}

// started is how long it takes until a text is on the terminal, and all that was sent to it until then.
func started(t *testing.T, text string, args ...string) (time.Duration, string) {
	t.Helper()
	c := exec.Command(asKsim(t), args...)
	c.Env = append(os.Environ(), "TERM=xterm-256color", "CI=", "LANG=C.UTF-8")
	begun := time.Now()
	terminal, err := pty.StartWithSize(c, &pty.Winsize{Rows: 50, Cols: 200})
	if err != nil {
		t.Skip("no pseudo-terminals here:", err)
	}
	defer func() {
		_ = c.Process.Kill()
		_ = c.Wait()
		_ = terminal.Close()
	}()
	drawn := until(t, terminal.Read, text)
	return time.Since(begun), drawn
}

// asKsim is this test under the name of the command that it plays then.
func asKsim(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "ksim")
	if err := os.Symlink(self, path); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	return path
}

// BenchmarkHelp is how long `ksim --help` takes, the start of the process included.
func BenchmarkHelp(b *testing.B) {
	path := built(b)
	for b.Loop() {
		if err := exec.Command(path, "--help").Run(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFirstScreen is how long it takes until a scenario is on the screen of a terminal that
// answers no questions.
func BenchmarkFirstScreen(b *testing.B) {
	path := built(b)
	for b.Loop() {
		c := exec.Command(path, "play", "acks-1-leader-crash")
		c.Env = append(os.Environ(), "KSIM_HOME="+b.TempDir())
		terminal, err := pty.StartWithSize(c, &pty.Winsize{Rows: 50, Cols: 200})
		if err != nil {
			b.Fatal(err)
		}
		until(b, terminal.Read, "orders-0")
		_ = c.Process.Kill()
		_ = c.Wait()
		_ = terminal.Close()
	}
}

// until reads until a text has come, and gives all that has.
func until(b testing.TB, read func([]byte) (int, error), text string) string {
	b.Helper()
	var all bytes.Buffer
	chunk := make([]byte, 1<<16)
	for !bytes.Contains(all.Bytes(), []byte(text)) {
		n, err := read(chunk)
		all.Write(chunk[:n])
		if err != nil {
			b.Fatalf("%v after %q", err, all.String())
		}
	}
	return all.String()
}
