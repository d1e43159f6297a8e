package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// figures prints what was measured: a row for each figure that the scenario expects of anybody, or
// for all, and a column for each client, so that clients stand side by side.
func (r *report) figures(o *scenario.Outcome) {
	if !r.all && len(r.s.Measured) == 0 {
		return
	}
	fmt.Fprintln(r.out, "Measured, in virtual time")
	for _, kind := range []string{"producer", "consumer"} {
		r.figuresOf(o, kind)
	}
	fmt.Fprintln(r.out)
}

func (r *report) figuresOf(o *scenario.Outcome, kind string) {
	var nodes []wire.NodeID
	for _, f := range o.Figures {
		if f.Row.Of == kind && !slices.Contains(nodes, f.Node) {
			nodes = append(nodes, f.Node)
		}
	}
	head := ""
	for i := range cluster.FigureTable {
		row := &cluster.FigureTable[i]
		if row.Of != kind || len(nodes) == 0 || !r.all && !slices.Contains(r.s.Measured, row.Name) {
			continue
		}
		if head == "" {
			head = fmt.Sprintf("  %-20s", "")
			for _, id := range nodes {
				head += fmt.Sprintf(" %12s", r.s.Names.Node(id))
			}
			fmt.Fprintln(r.out, head)
		}
		line := fmt.Sprintf("  %-20s", row.Name)
		for _, f := range o.Figures {
			if f.Row == row {
				line += fmt.Sprintf(" %12s", f)
			}
		}
		fmt.Fprintln(r.out, strings.TrimRight(line, " "))
	}
}

// listFigures prints every figure, whom it is measured of, and what it means.
func listFigures(out io.Writer) {
	for _, row := range cluster.FigureTable {
		fmt.Fprintf(out, "%-21s %-9s %s\n", row.Name, row.Of, row.Doc)
	}
}
