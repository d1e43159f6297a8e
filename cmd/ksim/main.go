// Command ksim simulates Kafka's delivery guarantees in a terminal.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/spf13/cobra"
)

// The exit codes, which scripts may rely on.
const (
	exitFine     = 0
	exitClaim    = 1 // an expectation failed, or a search found something
	exitUsage    = 2 // a bad command line or a bad file
	exitInternal = 3
	exitLimit    = 4 // a limit was hit before the end
	exitHangup   = 129
	exitInt      = 130
	exitTerm     = 143
)

// exit is an error that knows its exit code. Without a text nothing more is to be said.
type exit struct {
	code int
	text string
}

func (e *exit) Error() string { return e.text }

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// run is main with everything that it touches.
func run(args []string, in io.Reader, out, talk io.Writer) (code int) {
	defer func() {
		if p := recover(); p != nil {
			fmt.Fprintf(talk, "ksim: this is a bug in ksim: %v\n%s", p, debug.Stack())
			code = exitInternal
		}
	}()
	root := rootCommand()
	root.SetArgs(args)
	root.SetIn(in)
	printed := &output{Writer: out}
	root.SetOut(printed)
	root.SetErr(talk)
	err := root.Execute()
	if printed.err != nil { // whatever else went wrong: what was printed of it is not all
		err = &exit{exitInternal, "ksim: " + printed.err.Error()}
	}
	return codeOf(err, root, talk)
}

// output is what a command prints on. It keeps the first error, so that no command need look at each
// print, and none ends well whose output is lost.
type output struct {
	io.Writer
	err error
}

func (o *output) Write(text []byte) (int, error) {
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.Writer.Write(text)
	o.err = err
	return n, err
}

// codeOf says what went wrong, and gives the exit code for it.
func codeOf(err error, root *cobra.Command, talk io.Writer) int {
	var e *exit
	switch {
	case err == nil:
		return exitFine
	case errors.As(err, &e):
		if e.text != "" {
			fmt.Fprintln(talk, e.text)
		}
		return e.code
	}
	fmt.Fprintf(talk, "ksim: %v\nsee `%s --help`\n", err, root.Name())
	return exitUsage
}

// interrupted is the cause of a context that a signal has ended.
type interrupted struct{ signal os.Signal }

func (i interrupted) Error() string { return i.signal.String() }

// onSignals gives a context that SIGINT and SIGTERM end; a second signal ends the process. It is for
// what looks at the context again and again: anywhere else a signal should end the process at once.
func onSignals() (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		if s, ok := <-signals; ok {
			cancel(interrupted{s})
			signal.Stop(signals)
		}
	}()
	return ctx, func() { signal.Stop(signals); cancel(nil) }
}

// stopped is the exit that a signal asks for; nil if there was none.
func stopped(ctx context.Context) *exit {
	var i interrupted
	switch {
	case !errors.As(context.Cause(ctx), &i):
		return nil
	case i.signal == syscall.SIGTERM:
		return &exit{exitTerm, "ksim: stopped"}
	}
	return &exit{exitInt, "ksim: interrupted"}
}

// badFile is the exit of a file that can't be used.
func badFile(err error) error { return &exit{exitUsage, err.Error()} }
