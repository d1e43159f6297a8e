package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

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

// until reads until a text has come.
func until(b *testing.B, read func([]byte) (int, error), text string) {
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
}
