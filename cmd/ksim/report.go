package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/timeline"
)

// report is a run in words.
type report struct {
	all   bool // also figures that nobody expects
	out   *bufio.Writer
	s     *scenario.Scenario
	story *cluster.Story
	lines []string
}

func newReport(out io.Writer, s *scenario.Scenario, measured bool) writer {
	return &report{out: bufio.NewWriter(out), s: s, story: s.Names.Story(), all: measured}
}

// moment keeps what a step told that a person wants to hear, and what of it is new.
func (r *report) moment(m *timeline.Moment) {
	for _, text := range r.story.Tell(&m.Happened) {
		r.lines = append(r.lines, fmt.Sprintf("%6d  %s  %s", m.Step, m.At, text))
	}
}

func (r *report) end(o *scenario.Outcome) error {
	r.introduce()
	r.narrate()
	r.fates(o)
	r.sinks(o)
	if why := o.Cut(); why != "" {
		fmt.Fprintf(r.out, "The run was not finished: %s\nSo there is no verdict.\n\n", why)
	} else {
		r.verdicts(o)
	}
	r.figures(o)
	r.checks(o)
	fmt.Fprintf(r.out, "%d steps, until %s\n", o.World().Steps(), o.World().Now())
	return r.out.Flush()
}

// introduce says what is being run.
func (r *report) introduce() {
	d := &r.s.Document
	if r.s.Variant == "" {
		fmt.Fprintf(r.out, "%s\n(%s, seed %d)\n\n", d.Title, r.s.Name, d.Seed)
		if d.Story != "" {
			fmt.Fprintf(r.out, "%s\n\n", strings.TrimRight(d.Story, "\n"))
		}
		return
	}
	fmt.Fprintf(r.out, "\nVariant: %s\n(%s, seed %d)\n\n", r.s.Variant, r.s.Name, d.Seed)
	for _, o := range r.s.Changed {
		fmt.Fprintf(r.out, "  with %s\n", o)
	}
	if len(r.s.Changed) > 0 {
		fmt.Fprintln(r.out)
	}
	if r.s.Why != "" {
		fmt.Fprintf(r.out, "%s\n\n", strings.TrimRight(r.s.Why, "\n"))
	}
}

// narrateMost is how many lines of narration are printed; the middle of more is left out.
const narrateMost = 160

func (r *report) narrate() {
	fmt.Fprintln(r.out, "What happened")
	for i, line := range r.lines {
		skip := len(r.lines) - narrateMost
		if skip > 0 && i >= narrateMost/2 && i < narrateMost/2+skip {
			if i == narrateMost/2 {
				fmt.Fprintf(r.out, "        ... %d lines more (--trace prints every step)\n", skip)
			}
			continue
		}
		fmt.Fprintln(r.out, line)
	}
	fmt.Fprintln(r.out)
}

// fatesMost is how many harmless fates are listed one by one.
const fatesMost = 20

// fates lists what became of every message; of those that came to harm also why.
func (r *report) fates(o *scenario.Outcome) {
	fmt.Fprintln(r.out, "What became of the messages")
	listed, harmless, pending := 0, 0, 0
	for i := range o.Fates {
		f := &o.Fates[i]
		name := r.s.Names.Message(f.Message)
		if !f.Harmed() {
			switch {
			case listed < fatesMost:
				listed++
				fmt.Fprintf(r.out, "  %-8s %s\n", name, f.Worst())
			case f.Worst() == cluster.Pending:
				pending++
			default:
				harmless++
			}
			continue
		}
		fmt.Fprintf(r.out, "  %-8s %-12s %s\n", name, strings.ToUpper(f.Worst().String()),
			cluster.ClassDocs[f.Worst()])
		for _, c := range cluster.Why(o.World(), o.Tree.Path(), f.Message) {
			fmt.Fprintf(r.out, "           step %-6d %s\n", c.Step, c.Text)
		}
	}
	if harmless > 0 {
		fmt.Fprintf(r.out, "  and %d more that came to no harm\n", harmless)
	}
	if pending > 0 {
		fmt.Fprintf(r.out, "  and %d more that are pending\n", pending)
	}
	fmt.Fprintln(r.out)
}

// sinks says what accounts hold, beside what a perfect run would give.
func (r *report) sinks(o *scenario.Outcome) {
	for i, sink := range o.Sinks {
		if i == 0 {
			fmt.Fprintln(r.out, "What the sinks hold")
		}
		var accounts []string
		for _, b := range sink.Balances {
			accounts = append(accounts, b.String())
		}
		fmt.Fprintf(r.out, "  group %s: %s\n", sink.Group, strings.Join(accounts, " · "))
	}
	if len(o.Sinks) > 0 {
		fmt.Fprintln(r.out)
	}
}

func (r *report) verdicts(o *scenario.Outcome) {
	fmt.Fprintln(r.out, "Verdict")
	for _, v := range o.Verdicts {
		fmt.Fprintf(r.out, "  %s: %s\n", v.Who(), v.Words())
	}
	fmt.Fprintln(r.out)
}

func (r *report) checks(o *scenario.Outcome) {
	if len(o.Checks) == 0 {
		return
	}
	fmt.Fprintln(r.out, "Expected")
	for _, c := range o.Checks {
		if c.OK {
			fmt.Fprintf(r.out, "  ok      %s: %s\n", c.Name, c.Want)
		} else {
			fmt.Fprintf(r.out, "  FAILED  %s: want %s, got %s (%s)\n", c.Name, c.Want, c.Got, c.Where)
		}
	}
	fmt.Fprintln(r.out)
}
