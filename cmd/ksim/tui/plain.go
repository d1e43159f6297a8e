package tui

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/term"

	"example.com/ksim/cmd/ksim/tui/paint"
)

// ErrRefused: not every command of a pipe could be done. Each was told why; exit code 2.
var ErrRefused = errors.New("not every command could be done")

// talk is the model without a screen, for screen readers, dumb terminals and pipes: a command a line,
// answered in lines. It is the same model with the same commands; only its answers are written down
// instead of drawn.
type talk struct {
	*model
	out     *bufio.Writer
	errors  io.Writer
	person  bool // somebody types, who sees what went wrong and can be asked
	colours bool
	line    int  // of the input
	refused bool // some command was
	over    bool
}

// The pages that panes are drawn on: as wide as a person reads, as long as it takes.
const pageWidth, pageHeight = 100, 1000

// converse reads commands to the end of the input.
func converse(m *model, o Options) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = m.broken(brokenMsg{p, debug.Stack()}, nil)
		}
	}()
	in, out := o.Input, o.Output
	if in == nil {
		in = os.Stdin
	}
	if out == nil {
		out = os.Stdout
	}
	t := &talk{model: m, out: bufio.NewWriter(out), errors: os.Stderr,
		person: isTerminal(in), colours: isTerminal(out) && !o.NoColor && os.Getenv("TERM") != "dumb"}
	if o.Errors != nil {
		t.errors = o.Errors
	}
	m.unasked, m.plain = !t.person, true
	m.w, m.h = pageWidth, pageHeight
	t.greet()
	lines := bufio.NewScanner(in)
	for t.next(lines) {
		t.line++
		t.hear(lines.Text())
	}
	switch err := errors.Join(t.out.Flush(), lines.Err()); {
	case err != nil:
		return err
	case t.refused && !t.person:
		return ErrRefused
	}
	return nil
}

func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(f.Fd())
}

// next waits for the next line; false if there is none, or none is wanted.
func (t *talk) next(lines *bufio.Scanner) bool {
	if t.over {
		return false
	}
	if t.person {
		t.out.WriteString("> ")
	}
	t.out.Flush()
	return lines.Scan()
}

// hear does what a line says and answers.
func (t *talk) hear(text string) {
	player, form, menu, prompt := t.player, t.form, t.menu, t.prompt
	var from, line int
	if player != nil {
		from, line = player.here().ID, player.Tree.Index()
	}
	t.said, t.no = nil, nil
	c, cmd := t.take(strings.TrimSpace(text))
	t.settle(cmd)
	switch {
	case t.over:
		return
	case t.player != player || t.form != form:
		t.greet()
	case player != nil && player.here().ID != from:
		t.moved(from, line)
	}
	switch {
	case t.no != nil && t.person:
		fmt.Fprintln(t.errors, t.no)
	case t.no != nil:
		fmt.Fprintf(t.errors, "line %d: %v\n", t.line, t.no)
	case t.said != nil:
		t.print(t.said)
	case c != nil && c.pane != nil:
		t.menu = nil
		t.printPane(c.pane)
	}
	t.refused = t.refused || t.no != nil
	if t.menu != nil && t.menu != menu {
		t.printMenu()
	}
	if t.prompt != nil && t.prompt != prompt {
		t.print(paint.Text(paint.Strong, t.prompt.lead).Add(paint.Plain, "... ").
			Addf(paint.Dim, "(%s; an empty line lets it be)", t.prompt.hint))
	}
	if t.compare != nil {
		t.printComparison()
	}
}

// take gives a line to whoever waits for it: a text that was begun, a list of which something can be
// chosen by its number, or the commands.
func (t *talk) take(text string) (*command, tea.Cmd) {
	if p := t.prompt; p != nil {
		if p.text = text; text == "" { // there is no key to leave it by
			p.cancel(t.model)
			return nil, nil
		}
		return nil, p.enter(t.model)
	}
	if n, err := strconv.Atoi(text); err == nil && t.menu != nil && n >= 1 && n <= len(t.menu.items) {
		if t.menu.items[n-1].refused {
			t.refuse(fmt.Errorf("row %d can't be chosen", n))
			return nil, nil
		}
		t.menu.at = n - 1
		return nil, t.menu.enter(t.model)
	}
	t.menu = nil
	name, _, _ := strings.Cut(text, " ")
	return t.commandNamed(name), t.command(text)
}

// settle does what commands of the model begin, until nothing is under way.
func (t *talk) settle(cmd tea.Cmd) {
	for todo := []tea.Cmd{cmd}; len(todo) > 0; todo = todo[1:] {
		if todo[0] == nil {
			continue
		}
		switch msg := todo[0]().(type) {
		case tea.QuitMsg:
			t.over = true
			return
		case tea.BatchMsg:
			todo = append(todo, msg...)
		default:
			_, next := t.Update(msg)
			todo = append(todo, next)
		}
	}
}

// greet says where one is.
func (t *talk) greet() {
	switch t.stage() {
	case inForm:
		t.print(paint.Text(paint.Title, "a cluster of your own"))
		t.print(paint.Text(paint.Dim, "`fields` lists what can be set, `p1.acks=1` sets it, `play` plays it, `help` lists all commands."))
		return
	case atHome:
		t.print(paint.Textf(paint.Title, "ksim: how Kafka loses, duplicates and reorders messages, and why. %d scenarios.", len(t.home.all)))
		t.print(paint.Text(paint.Dim, "`list` names them, `play NAME` plays one, `help` lists all commands."))
		return
	}
	t.print(paint.Text(paint.Title, t.player.Document.Title))
	t.print(paint.Text(paint.Dim, "`story` tells what it is about, `state` how everything stands, `help` lists all commands."))
	t.print(t.player.place())
}

// mostTold is how much of what happened on a way is told.
const mostTold = 60

// moved tells what happened on the way here from a moment, the at-th of the line then.
func (t *talk) moved(from, at int) {
	p := t.player
	var told []happening
	if i := p.Tree.Index(); i > at && p.Tree.BareOn(at).ID == from {
		for at++; at <= i; at++ {
			told = append(told, p.tellings(at)...)
		}
	}
	if more := len(told) - mostTold; more > 0 {
		t.print(paint.Textf(paint.Dim, "%d things happened before these; `run 20` goes in smaller parts", more))
		told = told[more:]
	}
	for i := range told {
		t.print(paint.Textf(paint.Dim, "%s  %s  ", told[i].step, p.Tree.BareOn(told[i].at).At).Add(told[i].look, told[i].text))
		if told[i].means != "" {
			t.print(paint.Text(paint.Dim, "    "+told[i].means))
		}
	}
	t.print(p.place())
}

// printMenu writes a list with numbers to choose by.
func (t *talk) printMenu() {
	t.print(paint.Text(paint.Strong, t.menu.title+":"))
	for i, it := range t.menu.items {
		lead := paint.Text(paint.Dim, "   -  ")
		if !it.refused {
			lead = paint.Textf(paint.Key, "%4d  ", i+1)
		}
		t.print(lead.Join(it.line))
		if len(it.preview) > 0 {
			t.print(paint.Text(paint.Plain, "        ").Join(it.preview))
		}
	}
}

// printComparison writes how two runs differ, and is done with it: the two stories are what `ksim compare` writes.
func (t *talk) printComparison() {
	c := t.compare
	t.print(paint.Textf(paint.Title, "A %s%sB %s", c.of[0].name, between, c.of[1].name))
	for _, l := range slices.Concat(c.kept(pageWidth), c.summary(pageWidth), c.fates(pageWidth)) {
		t.print(l)
	}
	t.closeCompare()
}

func (t *talk) printPane(p pane) {
	lines, _ := p.draw(t.model, pageWidth, pageHeight)
	blank := true // one line of them is enough
	for _, l := range lines {
		if was := blank; l.Width() > 0 || !was {
			t.print(l)
		}
		blank = l.Width() == 0
	}
}

// print writes a line.
func (t *talk) print(l paint.Line) {
	l = inWords(l)
	text := l.String()
	switch {
	case t.colours:
		text = t.theme.Render([]paint.Line{l})
	case t.ascii:
		text = paint.ASCII(text)
	}
	t.out.WriteString(strings.TrimRight(text, " \u00a0") + "\n")
}
