//go:build unix

package tui

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// stand is a terminal with ksim in it.
type stand interface {
	press(key string) // as the README writes it
	shown() string
	ended() error // waits until ksim is gone; the error is how
}

// alone is what ksim needs to be by itself: nothing moves on the screen but by a key.
func alone(dir string) []string {
	return []string{"TERM=xterm-256color", "KSIM_HOME=" + dir, "CI=", "KSIM_REDUCED_MOTION=1"}
}

// keyCodes are what a terminal sends for keys that are no letters.
var keyCodes = map[string]string{
	"Enter": "\r", "Esc": "\x1b", "Home": "\x1b[H", "End": "\x1b[F", "←": "\x1b[D", "→": "\x1b[C", "↓": "\x1b[B", "↑": "\x1b[A",
	"ctrl+s": "\x13", "space": " ",
}

// emulator is a terminal in this process.
type emulator struct {
	*exec.Cmd
	keyboard *os.File
	screen   *vt.SafeEmulator
}

func inEmulator(t *testing.T, ksim, dir string) stand {
	c := exec.Command(ksim)
	c.Dir, c.Env = dir, append(os.Environ(), alone(dir)...)
	keyboard, err := pty.StartWithSize(c, &pty.Winsize{Rows: 36, Cols: 120})
	if err != nil {
		t.Skip("no pseudo-terminals here:", err)
	}
	t.Cleanup(func() { keyboard.Close() })
	e := &emulator{c, keyboard, vt.NewSafeEmulator(120, 36)}
	go func() { _, _ = io.Copy(e.screen, keyboard) }()
	go func() { _, _ = io.Copy(keyboard, e.screen) }() // what the terminal is asked
	return e
}

func (e *emulator) press(key string) {
	code, named := keyCodes[key]
	if !named {
		code = key
	}
	_, _ = e.keyboard.WriteString(code) // what does not arrive changes nothing, and is missed
}

func (e *emulator) shown() string { return ansi.Strip(e.screen.Render()) }
func (e *emulator) ended() error  { return e.Wait() }

// tmux is a window of a tmux server of its own.
type tmux struct {
	socket, status string // the file that has ksim's exit code in the end
}

// tmuxKeys are tmux's names for keys that are no letters.
var tmuxKeys = map[string]string{
	"Esc": "Escape", "←": "Left", "→": "Right", "↓": "Down", "↑": "Up", "ctrl+s": "C-s", "space": "Space", "Enter": "Enter", "Home": "Home", "End": "End",
}

func inTmux(t *testing.T, ksim, dir string) stand {
	if _, err := exec.LookPath("tmux"); err != nil {
		t.Skip("there is no tmux here")
	}
	m := &tmux{socket: filepath.Join(t.TempDir(), "socket"), status: filepath.Join(dir, "status")}
	line := fmt.Sprintf("cd '%s' && env %s '%s'; echo $? > '%s'", dir, strings.Join(alone(dir), " "), ksim, m.status)
	if out, err := m.tell("-f", os.DevNull, "new-session", "-d", "-x", "120", "-y", "36", line); err != nil {
		t.Fatalf("tmux: %v: %s", err, out)
	}
	t.Cleanup(func() { _, _ = m.tell("kill-server") })
	_, _ = m.tell("set", "-g", "status", "off")
	return m
}

func (m *tmux) tell(words ...string) (string, error) {
	out, err := exec.Command("tmux", append([]string{"-S", m.socket}, words...)...).CombinedOutput()
	return string(out), err
}

func (m *tmux) press(key string) {
	words := []string{"send-keys", "-l", key}
	if name, named := tmuxKeys[key]; named {
		words = []string{"send-keys", name}
	}
	_, _ = m.tell(words...)
}

func (m *tmux) shown() string {
	out, _ := m.tell("capture-pane", "-p")
	return out
}

func (m *tmux) ended() error {
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if code, err := os.ReadFile(m.status); err == nil && strings.TrimSpace(string(code)) != "" {
			if got := strings.TrimSpace(string(code)); got != "0" {
				return fmt.Errorf("exit code %s", got)
			}
			return nil
		}
	}
	return fmt.Errorf("it still runs")
}
