//go:build unix

package tui

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"

	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim"
)

// TestAPanicLeavesTheTerminalAsItWas: wherever it happens, the terminal is given back first; then it is said
// what happened and how to make it happen again.
func TestAPanicLeavesTheTerminalAsItWas(t *testing.T) {
	for _, where := range []string{"in a key", "in drawing", "in a command", "in one of two"} {
		t.Run(where, func(t *testing.T) {
			t.Parallel()
			c := startChild(t, panicVariable+"="+where)
			io.WriteString(c.ptmx, "nnn")
			c.waitFor(t, "c1 started", time.Second)
			io.WriteString(c.ptmx, "!")
			if code := c.ended(t); code != 3 {
				t.Errorf("exit code %d, want 3", code)
			}
			c.waitFor(t, "Please report it", time.Second)
			_, after, _ := strings.Cut(c.drawn(), leavesScreen)
			wants(t, after, "this is a bug in ksim:", "`ksim play acks-1-leader-crash` (acks-1-leader-crash, seed 7) at step 3 of main",
				"tui.")
		})
	}
}

// TestAPanicTellsWhatWasDone: what a person did by hand is in no file, so it is told as a script.
func TestAPanicTellsWhatWasDone(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 80, h: 24})
	press(m, "n : c r a s h space b 2 enter")
	told := m.broken(brokenMsg{"forced", nil}, keyMsg("x")).Error()
	wants(t, told, `- {when: "p1 started #1", do: "crash b2"}`+"\n", "`ksim play testdata/leader-crash.yaml`", "step 2 of what-if-1", "It came with: x")

	s, err := scenario.Load("acks-1-leader-crash", nil)
	if err != nil {
		t.Fatal(err)
	}
	m = stage(s, look{w: 80, h: 24})
	press(m, "end")
	told = m.broken(brokenMsg{"forced", nil}, nil).Error()
	_, script, _ := strings.Cut(told, "as a script:\n")
	script, _, _ = strings.Cut(script, "Please")
	source := fmt.Sprintf("title: again\nscript:\n%s", script)
	if d, err := scenario.ReadDocument("x.yaml", []byte(source)); err != nil || len(d.Script) == 0 || !strings.Contains(script, "{at: ") {
		t.Errorf("%v in\n%s", err, told)
	}
}

// TestAPanicWhileAPanicIsTold leaves what was told until then.
func TestAPanicWhileAPanicIsTold(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 80, h: 24})
	press(m, "n : c r a s h space b 2 enter")
	m.player.Session.Tree.Moment(m.player.here().Parent).World = &sim.World{}
	wants(t, m.broken(brokenMsg{"forced", nil}, keyMsg("x")).Error(), "a bug in ksim: forced", "step 2 of what-if-1", "More can't be told:",
		"It came with: x", "Please report it")
}

// TestSuspending: ctrl+z gives the terminal to the shell, and so does the signal from elsewhere; fg takes it again.
func TestSuspending(t *testing.T) {
	for name, stop := range map[string]func(c *child, pid int){
		"ctrl+z":  func(c *child, _ int) { io.WriteString(c.ptmx, "\x1a") },
		"SIGTSTP": func(_ *child, pid int) { syscall.Kill(pid, syscall.SIGTSTP) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			suspends(t, stop)
		})
	}
}

// suspends starts ksim from a shell, stops it twice, and lets it go on.
func suspends(t *testing.T, stop func(c *child, pid int)) {
	shell, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no shell with job control here:", err)
	}
	command := exec.Command(shell, "--norc", "--noediting", "-i")
	command.Env = append(os.Environ(), "PS1=ready> ", childVariable+"=acks-1-leader-crash", "TERM=xterm-256color", "CI=", "HISTFILE=")
	c := startOnTerminal(t, command)
	c.waitFor(t, "ready>", 4*time.Second)
	usual, err := term.GetState(c.tty.Fd())
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(c.ptmx, "(echo process $BASHPID; exec "+os.Args[0]+")\n")
	c.waitFor(t, "Cluster", 4*time.Second)
	pid, err := strconv.Atoi(regexp.MustCompile(`process (\d+)`).FindStringSubmatch(c.drawn())[1])
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(c.ptmx, "n")
	c.waitFor(t, "p1 started", 4*time.Second)
	before := 0
	for range 2 {
		stop(c, pid)
		c.waitAfter(t, before, "Stopped", 4*time.Second)
		given := c.drawn()
		for _, undone := range undoes {
			if !strings.Contains(given[before:], undone) {
				t.Errorf("the shell got a terminal without %q", undone)
			}
		}
		same(t, c, usual)
		before = len(given)
		io.WriteString(c.ptmx, "fg\n")
		c.waitAfter(t, before, "Cluster", 4*time.Second)
		c.waitAfter(t, before, entersScreen, time.Second)
		c.waitAfter(t, before, takesMouse, time.Second)
	}
	io.WriteString(c.ptmx, "q")
	c.waitAfter(t, before, leavesScreen, 4*time.Second)
	io.WriteString(c.ptmx, "exit\n")
	if code := c.ended(t); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// TestWhereNothingCouldWakeIt there is nobody to stop for: it is on the screen again at once.
func TestWhereNothingCouldWakeIt(t *testing.T) {
	c := startChild(t)
	for _, stop := range []func(){
		func() { io.WriteString(c.ptmx, "\x1a") }, func() { c.Process.Signal(syscall.SIGTSTP) },
	} {
		before := len(c.drawn())
		stop()
		c.waitAfter(t, before, leavesScreen, 4*time.Second)
		c.waitAfter(t, before, takesMouse, 4*time.Second)
	}
	c.quits(t)
}

// TestResizingARun: the window changes while everything moves, down to nothing and back.
func TestResizingARun(t *testing.T) {
	c := startChild(t)
	io.WriteString(c.ptmx, ">>>>> ")
	for _, size := range [][2]uint16{{80, 24}, {20, 5}, {300, 100}, {1, 1}, {61, 17}, {200, 50}, {59, 16}, {140, 40}} {
		if err := pty.Setsize(c.ptmx, &pty.Winsize{Cols: size[0], Rows: size[1]}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(40 * time.Millisecond)
	}
	seen := len(c.drawn())
	if err := pty.Setsize(c.ptmx, &pty.Winsize{Cols: 50, Rows: 15}); err != nil {
		t.Fatal(err)
	}
	c.waitAfter(t, seen, "50×15 is too small", 4*time.Second)
	c.quits(t)
}

// TestTheMouseOfATerminal clicks as a terminal tells it.
func TestTheMouseOfATerminal(t *testing.T) {
	c := startChild(t)
	io.WriteString(c.ptmx, "\x1b[<0;70;5M\x1b[<0;70;5m")
	c.waitFor(t, "▶\x1b[m \x1b[38;5;221m3 ", time.Second) // the pane of events has the keys
	c.quits(t)
}
