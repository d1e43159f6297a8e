//go:build unix

package tui

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
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
	o := Options{}.orEnvironment()
	played := newModel(o)
	played.player = newPlayer(s)
	rig(played, os.Getenv(panicVariable))
	err = show(played, o)
	code, known := exits[err]
	if !known {
		code = 3
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}

// panicVariable makes the child panic when ! is pressed, and says where.
const panicVariable = "KSIM_TUI_TEST_PANICS"

// rig gives a model a key that panics.
func rig(m *model, where string) {
	broken := map[string]func(*model) tea.Cmd{
		"in a key": func(*model) tea.Cmd { panic("forced") },
		"in drawing": func(m *model) tea.Cmd {
			m.player.scene = nil
			return nil
		},
		"in a command":  func(*model) tea.Cmd { return func() tea.Msg { panic("forced") } },
		"in one of two": func(*model) tea.Cmd { return tea.Batch(tea.ClearScreen, func() tea.Msg { panic("forced") }) },
	}
	if where != "" {
		m.keys = append(m.keys, binding{keys: []string{"!"}, where: atPlay, do: broken[where]})
	}
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

// startChild starts ksim and waits until it plays.
func startChild(t *testing.T, more ...string) *child {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(append(os.Environ(), childVariable+"=acks-1-leader-crash", "TERM=xterm-256color", "CI="), more...)
	out := startOnTerminal(t, c)
	out.waitFor(t, "Cluster", 4*time.Second)
	return out
}

// quits presses q and wants all to be well.
func (c *child) quits(t *testing.T) {
	t.Helper()
	io.WriteString(c.ptmx, "q")
	if code := c.ended(t); code != 0 {
		t.Errorf("exit code %d after q", code)
	}
}

// startOnTerminal gives a command a terminal of its own.
func startOnTerminal(t *testing.T, command *exec.Cmd) *child {
	t.Helper()
	ptmx, tty, err := pty.Open()
	if err != nil {
		t.Skip("no pseudo-terminals here:", err)
	}
	t.Cleanup(func() { ptmx.Close(); tty.Close() })
	c := &child{Cmd: command, ptmx: ptmx, tty: tty, done: make(chan struct{})}
	if err := pty.Setsize(ptmx, &pty.Winsize{Cols: 100, Rows: 30}); err != nil {
		t.Fatal(err)
	}
	if c.before, err = term.GetState(tty.Fd()); err != nil {
		t.Fatal(err)
	}
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
	c.waitAfter(t, 0, text, most)
}

// waitAfter waits until something was drawn after what was drawn before.
func (c *child) waitAfter(t *testing.T, before int, text string, most time.Duration) {
	t.Helper()
	for end := time.Now().Add(most); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if strings.Contains(c.drawn()[before:], text) {
			return
		}
	}
	t.Fatalf("%q was not drawn in %v; drawn so far: %q", text, most, c.drawn()[before:])
}

// What a terminal is sent at the beginning and at the end.
const (
	entersScreen = "\x1b[?1049h"
	leavesScreen = "\x1b[?1049l"
	showsCursor  = "\x1b[?25h"
	takesMouse   = "\x1b[?1002h"
)

// undoes are what has to be sent to leave a terminal as it was.
var undoes = []string{leavesScreen, showsCursor, "\x1b[?2004l", "\x1b[?1002l", "\x1b[?1006l"}

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
	same(t, c, c.before)
	for _, undone := range undoes {
		c.waitFor(t, undone, time.Second)
	}
	return c.ProcessState.ExitCode()
}

// same wants the terminal to be in a mode in which it was before.
func same(t *testing.T, c *child, before *term.State) {
	t.Helper()
	after, err := term.GetState(c.tty.Fd())
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(after, before) {
		t.Error("the terminal is not in the mode it was in")
	}
}

// TestAskingNothingOfTheTerminal starts on a terminal that does not answer: nothing is asked of it,
// so nothing waits for an answer.
func TestAskingNothingOfTheTerminal(t *testing.T) {
	c := startChild(t)
	for _, question := range []string{"\x1b]", "\x1b[6n", "\x1b[c", "\x1b[>"} {
		if strings.Contains(c.drawn(), question) {
			t.Errorf("the terminal was asked %q", question)
		}
	}
	io.WriteString(c.ptmx, "nn")
	c.quits(t)
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
