package main

import (
	"github.com/spf13/cobra"

	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim/timeline"
)

func runCommand() *cobra.Command {
	var load loadFlags
	var trace, figures bool
	var format string
	c := &cobra.Command{
		Use:   "run NAME|FILE|-",
		Short: "Replay a scenario without a screen and check what it expects",
		Long: "Replay a scenario without a screen: its story, what happened, what became of every message\n" +
			"and why, and which guarantee the run has lived up to. Exits 1 if that is not what the file\n" +
			"expects, 4 if a limit stopped the run.",
		Example: "  ksim run acks-1-leader-crash\n" +
			"  ksim run acks-1-leader-crash --set p1.acks=all\n" +
			"  ksim run my.yaml --trace > trace.txt\n  ksim run - -o json < my.yaml",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeScenario,
		RunE: func(c *cobra.Command, args []string) error {
			p, err := printerOf(c.OutOrStdout(), format, trace, figures)
			if err != nil {
				return err
			}
			s, err := load.load(c, args[0])
			if err != nil {
				return err
			}
			return playAll(s, p)
		},
	}
	load.add(c)
	c.Flags().BoolVar(&trace, "trace", false, "print every step and what it told, instead of the report")
	c.Flags().BoolVar(&figures, "figures", false, "in the report, measure latency, throughput and batches of every client")
	c.Flags().StringVarP(&format, "output", "o", "text", "text, json or jsonl")
	c.MarkFlagsMutuallyExclusive("trace", "figures", "output")
	_ = c.RegisterFlagCompletionFunc("output",
		cobra.FixedCompletions([]string{"text", "json", "jsonl"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

// printer prints the runs of a file.
type printer interface {
	run(s *scenario.Scenario) writer
	close() error
}

// each prints one run after the other.
type each func(*scenario.Scenario) writer

func (p each) run(s *scenario.Scenario) writer { return p(s) }

func (p each) close() error { return nil }

// writer prints a run.
type writer interface {
	moment(m *timeline.Moment)     // called after every step
	end(o *scenario.Outcome) error // called at the end
}

// playAll runs a scenario and its variants, and gives the exit that the first bad one deserves, with
// what is to be said of each.
func playAll(s *scenario.Scenario, p printer) error {
	var bad *exit
	for _, one := range append([]*scenario.Scenario{s}, s.Variants...) {
		e := play(one, p.run(one))
		bad = bad.and(e)
		if e != nil && e.code != exitClaim {
			break
		}
	}
	if err := p.close(); err != nil {
		return &exit{exitInternal, "ksim: " + err.Error()}
	}
	if bad == nil {
		return nil
	}
	return bad
}

// and is the exit of two runs: the code of the first that deserves one, and what is to be said of both.
func (e *exit) and(o *exit) *exit {
	switch {
	case e == nil:
		return o
	case o == nil:
		return e
	}
	return &exit{e.code, e.text + "\n" + o.text}
}

// play runs a scenario, prints it, and gives the exit that it deserves.
func play(s *scenario.Scenario, w writer) *exit {
	ctx, stop := onSignals()
	defer stop()
	o := scenario.Run(s, func(m *timeline.Moment) bool {
		w.moment(m)
		return ctx.Err() == nil
	})
	if err := w.end(o); err != nil {
		return &exit{exitInternal, "ksim: " + err.Error()}
	}
	if err := stopped(ctx); err != nil {
		return err
	}
	return verdict(o)
}

// verdict is the exit of a run that was made and printed.
func verdict(o *scenario.Outcome) *exit {
	switch {
	case o.Limit != "":
		return &exit{exitLimit, "ksim: the run" + o.OfVariant() + " was not finished: " + o.Limit}
	case o.Refused != nil:
		return &exit{exitClaim, "ksim: the run" + o.OfVariant() + " was not finished: " + o.Refused.Error()}
	case o.Missed != "":
		return &exit{exitClaim, missed(o)}
	case o.Failed():
		return &exit{exitClaim, "ksim: the run" + o.OfVariant() + " is not what the file expects"}
	}
	return nil
}

// missed says which line of a script was not reached, and what came nearest.
func missed(o *scenario.Outcome) string {
	text := "ksim: the script" + o.OfVariant() +
		" was not played to its end; this was not reached: " + o.Missed
	for i, n := range o.Nearest {
		if i == 0 {
			text += "\nthe nearest notes were:"
		}
		text += "\n  " + n
	}
	return text
}
