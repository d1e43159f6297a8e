package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/explore"
)

const exploreLong = `Search for the shortest way to break a promise. The scenario's script and expectations are left
out: the search strikes by itself.

  --search faults (the default) follows the clock and inserts acts of the fault table, and patience
  that ends early, after every event that changed anything: all single ones, then all pairs, ...;
  at the end of each run everything is restarted and healed and must come to rest, so an acked
  message counts as lost only if nobody can read it any more, and as pending only if it is behind
  a transaction that nobody will ever end. A request that hangs, and that its
  client has given up, also comes at every moment before that.
  --search exhaustive ignores the clock and takes every order of events. It is for very small
  clusters; quick events go before slow timers, see MODEL.md.

Exits 0 if everything within the budget was tried and nothing found, 1 if something was found, 4 if a
limit was hit first.`

// exploreFlags are the flags of explore.
type exploreFlags struct {
	load                       loadFlags
	find, search, save         string
	faults, delays, runs, most int
}

func exploreCommand() *cobra.Command {
	var f exploreFlags
	c := &cobra.Command{
		Use: "explore NAME|FILE --find CLASS", Short: "Search for the shortest way to lose, double or reorder a message",
		Long: exploreLong,
		Example: "  ksim explore acks-1-leader-crash --find acked-lost --faults 1 --save loss.yaml\n" +
			"  ksim explore acks-all-survives --find acked-lost --faults 1",
		Args: cobra.ExactArgs(1), ValidArgsFunction: completeScenario,
		RunE: func(c *cobra.Command, args []string) error { return f.explore(c, args[0]) },
	}
	f.load.add(c)
	c.Flags().StringVar(&f.find, "find", "", "what to look for: acked-lost, lost, duplicated, reordered, ...")
	c.Flags().StringVar(&f.search, "search", "faults", "faults or exhaustive")
	c.Flags().IntVar(&f.faults, "faults", 1, "how many faults at most")
	c.Flags().IntVar(&f.delays, "delays", 0, "how many times a later event may go first")
	c.Flags().IntVar(&f.runs, "max-runs", 5_000_000, "give up after that many runs (faults)")
	c.Flags().IntVar(&f.most, "max-worlds", 5_000_000, "give up after that many worlds, which take about 6 GB (exhaustive)")
	c.Flags().StringVar(&f.save, "save", "", "write what is found to a new scenario file; - prints it, and the rest goes to stderr")
	_ = c.MarkFlagRequired("find")
	_ = c.RegisterFlagCompletionFunc("find",
		cobra.FixedCompletions(harms(), cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("search",
		cobra.FixedCompletions([]string{"faults", "exhaustive"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

// harms are the classes that one would look for.
func harms() []string {
	var out []string
	for c := range cluster.Classes {
		if c.Sought() {
			out = append(out, c.String())
		}
	}
	return out
}

// checkSave makes sure before a long search that what it finds can be saved.
func (f *exploreFlags) checkSave() error {
	if f.save == "" || f.save == "-" {
		return nil
	}
	if _, err := os.Stat(f.save); err == nil {
		return exists(f.save)
	}
	if info, err := os.Stat(filepath.Dir(f.save)); err != nil || !info.IsDir() {
		return fmt.Errorf("%s: there is no folder %s", f.save, filepath.Dir(f.save))
	}
	return nil
}

func (f *exploreFlags) limits(s *scenario.Scenario) explore.Limits {
	lim := s.SearchLimits(0)
	lim.Faults, lim.Delays, lim.MaxRuns, lim.MaxWorlds = f.faults, f.delays, f.runs, f.most
	return lim
}

func (f *exploreFlags) explore(c *cobra.Command, what string) error {
	class, ok := cluster.ParseClass(f.find)
	if !ok || !class.Sought() {
		return fmt.Errorf("--find %s: no such harm%s (want one of %s)", f.find,
			sim.DidYouMean(f.find, harms()), strings.Join(harms(), ", "))
	}
	search := explore.Faults
	switch {
	case f.faults < 0 || f.delays < 0 || f.faults > 250:
		return fmt.Errorf("--faults and --delays can't be negative, nor faults above 250")
	case f.runs < 1 || f.most < 1:
		return fmt.Errorf("--max-runs and --max-worlds must be at least 1")
	case f.search == "exhaustive":
		search = explore.Exhaustive
	case f.search != "faults":
		return fmt.Errorf("--search %s: want faults or exhaustive", f.search)
	}
	if err := f.checkSave(); err != nil {
		return badFile(err)
	}
	s, err := f.load.load(c, what)
	if err != nil {
		return err
	}
	// The live heap of a search is small beside what it throws away, so collecting less often is
	// worth its memory.
	debug.SetGCPercent(400)
	lim := f.limits(s)
	ctx, stop := onSignals()
	defer stop()
	r := search(s.Root, lim, cluster.Never(class), progress(ctx, c.ErrOrStderr()))
	f.begin(f.told(c), s, &r)
	if err := stopped(ctx); err != nil {
		return err
	}
	return f.report(c, s, &r, lim)
}

// progress tells a person at a terminal how far the search is, and stops it at a signal.
func progress(ctx context.Context, out io.Writer) func(explore.Report) bool {
	terminal := isTerminal(out)
	last := time.Now()
	return func(r explore.Report) bool {
		if terminal && time.Since(last) > time.Second/2 {
			last = time.Now()
			fmt.Fprintf(out, "\r%d runs, %d worlds, depth %d ", r.Runs, r.Worlds, r.Depth)
		}
		return ctx.Err() == nil
	}
}

// told is where the report goes: beside what is found, if that is printed.
func (f *exploreFlags) told(c *cobra.Command) io.Writer {
	if f.save == "-" {
		return c.ErrOrStderr()
	}
	return c.OutOrStdout()
}

// begin says what was looked for, and how far.
func (f *exploreFlags) begin(out io.Writer, s *scenario.Scenario, r *explore.Report) {
	fmt.Fprintf(out, "%s: looking for %s with up to %d faults and %d delays, by %s",
		s.Name+s.OfVariant(), f.find, f.faults, f.delays, f.search)
	if r.Search == "faults" {
		fmt.Fprintf(out, ", until %s", sim.Duration(f.limits(s).Until))
	}
	fmt.Fprintln(out)
	covered(out, r)
}

// report prints what the search found and saves it.
func (f *exploreFlags) report(
	c *cobra.Command, s *scenario.Scenario, r *explore.Report, lim explore.Limits,
) error {
	switch {
	case len(r.Findings) > 0:
		return f.found(c, s, &r.Findings[0], lim)
	case r.Limit != "":
		return &exit{exitLimit, fmt.Sprintf("ksim: the limit of %s was hit: nothing found so far", r.Limit)}
	}
	fmt.Fprintf(f.told(c),
		"nothing found: the whole budget is exhausted, no message is ever %s within it\n", f.find)
	return nil
}

// covered says how far the search looked.
func covered(out io.Writer, r *explore.Report) {
	if r.Search == "exhaustive" {
		fmt.Fprintf(out, "%d worlds, %d edges, depth %d\n", r.Worlds, r.Edges, r.Depth)
		return
	}
	fmt.Fprintf(out, "%d runs, %d events, %d runs merged\n", r.Runs, r.Events, r.Merged)
	if r.Points > 0 {
		fmt.Fprintf(out, "struck after each of %d events that changed anything:\n", r.Points)
	}
	for _, s := range r.Struck {
		fmt.Fprintf(out, "  %-12s %6d times, possible at %d of them\n", s.Verb, s.Times, s.Points)
	}
}

// found replays a finding, tells it, and saves it.
func (f *exploreFlags) found(
	c *cobra.Command, s *scenario.Scenario, found *explore.Finding, lim explore.Limits,
) error {
	out := f.told(c)
	fmt.Fprintf(out, "\nFOUND with %d faults and %d delays: %s\n", found.Cost, found.Delays, found.Err)
	session, err := scenario.Replay(s, found, lim)
	if err != nil {
		return &exit{exitInternal, "ksim: " + err.Error()}
	}
	for i := 1; i <= session.Tree.Index(); i++ {
		if m := session.Tree.On(i); session.Acted(m.ID) {
			fmt.Fprintf(out, "  step %-6d %s  %s\n", m.Step, m.At, session.Tree.On(i-1).World.Text(m.Event))
		}
	}
	w := session.World()
	for _, fate := range cluster.Fates(w) {
		if !fate.Harmed() {
			continue
		}
		fmt.Fprintf(out, "%s: %s\n", s.Names.Message(fate.Message), fate.Worst())
		for _, cause := range cluster.Why(w, session.Tree.Path(), fate.Message) {
			fmt.Fprintf(out, "  step %-6d %s\n", cause.Step, cause.Text)
		}
	}
	return f.keep(c, s, session, found)
}

// keep saves a finding if that was asked for. Something was found, so it exits 1.
func (f *exploreFlags) keep(
	c *cobra.Command, s *scenario.Scenario, session *scenario.Session, found *explore.Finding,
) error {
	if f.save == "" {
		return &exit{code: exitClaim}
	}
	text, err := session.Save(fmt.Sprintf("%s: %s (found by explore)", s.Name+s.OfVariant(), found.Err))
	if err != nil {
		return &exit{exitInternal, "ksim: " + err.Error()}
	}
	if f.save == "-" {
		_, _ = c.OutOrStdout().Write(text)
		return &exit{code: exitClaim}
	}
	if err := create(f.save, text); err != nil {
		return badFile(err)
	}
	fmt.Fprintf(c.ErrOrStderr(), "saved: `%s` replays it\n", scenario.Command("run", scenario.Argument(f.save)))
	return &exit{code: exitClaim}
}
