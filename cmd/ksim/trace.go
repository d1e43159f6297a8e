package main

import (
	"bufio"
	"fmt"
	"io"

	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim"
	"example.com/ksim/sim/timeline"
)

// trace is every step that told anybody anything, with what it told.
type trace struct {
	out *bufio.Writer
	s   *scenario.Scenario
}

func newTrace(out io.Writer, s *scenario.Scenario) writer {
	t := &trace{bufio.NewWriter(out), s}
	fmt.Fprintf(t.out, "# %s%s seed %d\n", s.Name, s.OfVariant(), s.Document.Seed)
	return t
}

func (t *trace) moment(m *timeline.Moment) {
	if m.Idle {
		return
	}
	fmt.Fprintf(t.out, "%6d  %s  %s\n", m.Step, m.At, eventText(m.World, &m.Happened))
	for i := range m.Notes {
		fmt.Fprintf(t.out, "%6d.%d               %s\n", m.Step, i+1, t.s.Names.Note(&m.Notes[i]))
	}
}

func (t *trace) end(o *scenario.Outcome) error {
	for i := range o.Fates {
		fmt.Fprintf(t.out, "fate %s %s\n", t.s.Names.Message(o.Fates[i].Message), o.Fates[i].Worst())
	}
	for _, v := range o.Verdicts {
		fmt.Fprintf(t.out, "verdict %s %s\n", v.Group, v.Name())
	}
	return t.out.Flush()
}

// eventText is an event with what a delivery brought.
func eventText(w *sim.World, h *sim.Happened) string {
	text := w.Text(h.Event)
	if h.Body == nil {
		return text
	}
	what := "request"
	if h.Event.Back {
		what = "answer"
	}
	return fmt.Sprintf("%s (%s %s)", text, h.Body.API(), what)
}
