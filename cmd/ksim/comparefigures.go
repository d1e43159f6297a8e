package main

import (
	"fmt"
	"slices"

	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim/cluster"
)

// figures prints what was measured: of the figures that either scenario expects of anybody, or of all, those
// that differ.
func (t *sideText) figures(measured bool) {
	expected := append(slices.Clone(t.a.Measured), t.b.Measured...)
	wanted := func(name string) bool { return measured || slices.Contains(expected, name) }
	t.ends("Measured, in virtual time", "figure", t.figurePairs(wanted))
}

// figurePairs are figures of both runs by client and name.
func (x *compared) figurePairs(wanted func(name string) bool) []cluster.Beside {
	var out []cluster.Beside
	at := map[string]int{}
	for i, o := range []*scenario.Outcome{x.a, x.b} {
		for _, f := range o.Figures {
			what := fmt.Sprintf("%s %s", o.Names.Node(f.Node), f.Row.Name)
			if !wanted(f.Row.Name) {
				continue
			}
			n, known := at[what]
			if !known {
				n = len(out)
				at[what] = n
				out = append(out, cluster.Beside{What: what, A: cluster.Missing, B: cluster.Missing})
			}
			if i == 0 {
				out[n].A = f.String()
			} else {
				out[n].B = f.String()
			}
		}
	}
	return out
}
