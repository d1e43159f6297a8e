//go:build unix

package tui

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"

	"example.com/ksim/internal/scenario"
)

// childVariable makes the test binary play a scenario instead, on whatever terminal it has.
const childVariable = "KSIM_TUI_TEST_PLAYS"

// exits are the exit codes that the child gives to how Play ended.
var exits = map[error]int{nil: 0, ErrNoTerminal: 2, ErrHangup: 129, ErrInterrupted: 130, ErrTerminated: 143}

func TestMain(m *testing.M) {
	name := os.Getenv(childVariable)
	if name == "" {
		os.Exit(m.Run())
	}
	s, err := scenario.Load(name, nil)
	if err != nil {
		panic(err)
	}
	code, known := exits[Play(s, name, Options{})]
	if !known {
		code = 3
	}
	os.Exit(code)
}

// child is ksim on a terminal that never answers.
type child struct {
	*exec.Cmd
	ptmx, tty *os.File
	before    *term.State
	done      chan struct{}
	mu        sync.Mutex
	out       bytes.Buffer
}

func startChild(t *testing.T) *child {
	t.Helper()
	ptmx, tty, err := pty.Open()
	if err != nil {
		t.Skip("no pseudo-terminals here:", err)
	}
	t.Cleanup(func() { ptmx.Close(); tty.Close() })
	c := &child{ptmx: ptmx, tty: tty, done: make(chan struct{})}
	if err := pty.Setsize(ptmx, &pty.Winsize{Cols: 100, Rows: 30}); err != nil {
		t.Fatal(err)
	}
	if c.before, err = term.GetState(tty.Fd()); err != nil {
		t.Fatal(err)
	}
	c.Cmd = exec.Command(os.Args[0])
	c.Env = append(os.Environ(), childVariable+"=acks-1-leader-crash", "TERM=xterm-256color", "CI=")
	c.Stdin, c.Stdout, c.Stderr = tty, tty, tty
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(c.done)
		io.Copy(c, ptmx)
	}()
	return c
}

// Write keeps what the child draws.
func (c *child) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.out.Write(p)
}

func (c *child) drawn() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.out.String()
}

// waitFor waits until something was drawn.
func (c *child) waitFor(t *testing.T, text string, most time.Duration) {
	t.Helper()
	for end := time.Now().Add(most); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if strings.Contains(c.drawn(), text) {
			return
		}
	}
	t.Fatalf("%q was not drawn in %v; drawn so far: %q", text, most, c.drawn())
}

// ended waits for the end and gives the exit code; the terminal must be as it was before.
func (c *child) ended(t *testing.T) int {
	t.Helper()
	timer := time.AfterFunc(10*time.Second, func() { c.Process.Kill() })
	defer timer.Stop()
	err := c.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	after, err := term.GetState(c.tty.Fd())
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(after, c.before) {
		t.Error("the terminal is not in the mode it was in")
	}
	for _, undone := range []string{"\x1b[?1049l", "\x1b[?25h"} {
		c.waitFor(t, undone, time.Second)
	}
	return c.ProcessState.ExitCode()
}

// TestAskingNothingOfTheTerminal starts on a terminal that does not answer: nothing is asked of it,
// so nothing waits for an answer.
func TestAskingNothingOfTheTerminal(t *testing.T) {
	c := startChild(t)
	c.waitFor(t, "Cluster", 4*time.Second)
	for _, question := range []string{"\x1b]", "\x1b[6n", "\x1b[c", "\x1b[>"} {
		if strings.Contains(c.drawn(), question) {
			t.Errorf("the terminal was asked %q", question)
		}
	}
	io.WriteString(c.ptmx, "nnq")
	if code := c.ended(t); code != 0 {
		t.Errorf("exit code %d after q", code)
	}
}

func TestEndingsLeaveTheTerminalAsItWas(t *testing.T) {
	for name, c := range map[string]struct {
		end  func(*child)
		code int
	}{
		"ctrl+c":  {func(c *child) { io.WriteString(c.ptmx, "\x03") }, 130},
		"SIGINT":  {func(c *child) { c.Process.Signal(os.Interrupt) }, 130},
		"SIGTERM": {func(c *child) { c.Process.Signal(syscall.SIGTERM) }, 143},
		"SIGHUP":  {func(c *child) { c.Process.Signal(syscall.SIGHUP) }, 129},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			child := startChild(t)
			child.waitFor(t, "Cluster", 4*time.Second)
			io.WriteString(child.ptmx, " ") // it is running when it ends
			c.end(child)
			if code := child.ended(t); code != c.code {
				t.Errorf("exit code %d, want %d", code, c.code)
			}
		})
	}
}

func TestWithoutATerminal(t *testing.T) {
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), childVariable+"=acks-1-leader-crash")
	out, err := c.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 2 || len(out) > 0 {
		t.Errorf("ended with %v and wrote %q", err, out)
	}
}
