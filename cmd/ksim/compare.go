package main

import (
	"bytes"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/timeline"
)

const compareLong = `Play two runs and lay them side by side: what they set otherwise, the steps that they have in common,
the first difference, then both stories, in which what is equal meets again, and the fates, verdicts and
figures that differ.

A and B are scenarios or files, one of their runs if a ':' and its name follow: NAME:fix, NAME:base.
Without B it is the file beside its first variant, or beside the one that A names; with --set, beside
itself with that set.

Steps that only say "still here", and times, do not count as differences.
Exit codes are those of diff: 0 the same · 1 different · 2 usage or a bad file; and 4 a limit was hit.`

// compareFlags are the flags of compare.
type compareFlags struct {
	set          []string
	all, figures bool
	format       string
}

func compareCommand() *cobra.Command {
	var f compareFlags
	c := &cobra.Command{
		Use: "compare A [B]", Short: "Lay two runs side by side, the first difference marked",
		Long: compareLong,
		Example: "  ksim compare p02-retry-reorders                           the file and its first variant\n" +
			"  ksim compare p02-retry-reorders:fix p02-retry-reorders:one-in-flight\n" +
			"  ksim compare acks-1-leader-crash acks-all-survives\n" +
			"  ksim compare acks-1-leader-crash --set p1.acks=all\n" +
			"  ksim compare before.yaml after.yaml --all",
		Args: cobra.RangeArgs(1, 2), ValidArgsFunction: completeScenario,
		RunE: func(c *cobra.Command, args []string) error { return f.compare(c, args) },
	}
	c.Flags().StringArrayVar(&f.set, "set", nil, "a setting of B in place of the file's, as for run, or seed=9; may be given again")
	c.Flags().BoolVar(&f.all, "all", false, "print what is the same, too")
	c.Flags().BoolVar(&f.figures, "figures", false, "measure latency, throughput and batches of every client")
	c.Flags().StringVarP(&f.format, "output", "o", "text", "text or json")
	c.MarkFlagsMutuallyExclusive("figures", "output")
	_ = c.RegisterFlagCompletionFunc("output",
		cobra.FixedCompletions([]string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

// compared is two runs and what there is between them.
type compared struct {
	a, b *scenario.Outcome
	*cluster.Comparison
	settings []scenario.Difference
}

func (f *compareFlags) compare(c *cobra.Command, args []string) error {
	if f.format != "text" && f.format != "json" {
		return fmt.Errorf("output %q is none of text, json", f.format)
	}
	a, b, err := f.pair(c.InOrStdin(), args)
	if err != nil {
		return badFile(err)
	}
	x := compared{settings: scenario.Differences(a, b)}
	ctx, stop := onSignals()
	defer stop()
	watch := func(*timeline.Moment) bool { return ctx.Err() == nil }
	x.a, x.b = scenario.Run(a, watch), scenario.Run(b, watch)
	if err := stopped(ctx); err != nil {
		return err
	}
	x.Comparison = cluster.Compare(sideOf(x.a), sideOf(x.b))
	print := x.text
	if f.format == "json" {
		print = x.json
	}
	if err := print(c.OutOrStdout(), f); err != nil {
		return &exit{exitInternal, "ksim: " + err.Error()}
	}
	switch {
	case x.a.Limit != "":
		return &exit{exitLimit, "ksim: A was not finished: " + x.a.Limit}
	case x.b.Limit != "":
		return &exit{exitLimit, "ksim: B was not finished: " + x.b.Limit}
	case !x.Same():
		return &exit{code: exitClaim}
	}
	return nil
}

func sideOf(o *scenario.Outcome) cluster.Side {
	return cluster.Side{Names: o.Names, World: o.World(), Path: o.Tree.Path()}
}

// pair reads the two runs that are asked for.
func (f *compareFlags) pair(in io.Reader, args []string) (a, b *scenario.Scenario, err error) {
	l := loader{in: in}
	first, run, picked := scenario.CutRun(args[0])
	second, other, varied := first, run, picked
	if len(args) == 2 {
		second, other, varied = scenario.CutRun(args[1])
	} else {
		run = scenario.TheFile
	}
	var set []scenario.Override
	for _, s := range f.set {
		set = append(set, scenario.Override(s))
	}
	if len(set) > 0 && varied {
		return nil, nil, fmt.Errorf("ksim: %w", scenario.ErrVariantSet)
	}
	if a, err = l.load(first, run); err != nil {
		return nil, nil, err
	}
	if runs := a.Runs(); len(args) == 1 && !picked && len(set) == 0 {
		if len(runs) < 2 {
			return nil, nil, fmt.Errorf("ksim: %s has no variants: name another run to compare it with, or set something with --set", first)
		}
		other = runs[1].Variant
	}
	b, err = l.load(second, other, set...)
	return a, b, err
}

// loader reads scenarios; standard input, which can be read only once, as often as one likes.
type loader struct {
	in   io.Reader
	read bytes.Buffer
	seen bool
}

func (l *loader) load(what, run string, set ...scenario.Override) (*scenario.Scenario, error) {
	in := io.TeeReader(l.in, &l.read)
	if what == "-" && l.seen {
		in = bytes.NewReader(l.read.Bytes())
	}
	l.seen = l.seen || what == "-"
	s, err := scenario.Load(what, in, set...)
	if err != nil {
		return nil, err
	}
	return s.Pick(run)
}
