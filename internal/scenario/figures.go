package scenario

import (
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// figures reads what clients are expected to be measured at.
func (x *expector) figures(n ast.Node, name string) {
	for _, p := range x.r.mapping(n, "a mapping by producer or consumer") {
		id, ok := x.client(p)
		if !ok {
			continue
		}
		for _, q := range x.r.mapping(p.value, "a mapping by figure") {
			row := x.figure(q, id)
			if row == nil {
				continue
			}
			x.figureNames = append(x.figureNames, row.Name)
			x.add(q.value, strings.Join([]string{name, p.key, q.key}, "."), x.measure(q.value, row),
				func(f *final) string {
					for _, m := range f.figures {
						if m.Node == id && m.Row == row {
							return m.String()
						}
					}
					return cluster.NotMeasured
				})
		}
	}
}

// client finds a producer or a consumer by its name.
func (x *expector) client(p pair) (wire.NodeID, bool) {
	clients := x.namesOf("producer")
	for _, c := range x.namesOf("consumer") {
		if !slices.Contains(clients, c) {
			clients = append(clients, c)
		}
	}
	if !slices.Contains(clients, p.key) {
		x.r.fail(p.at, "unknown producer or consumer %q%s", p.key, sim.DidYouMean(p.key, clients))
		return wire.Nobody, false
	}
	return x.world.Roster.ID(p.key)
}

// figure finds a figure of a node by its name.
func (x *expector) figure(p pair, of wire.NodeID) *cluster.FigureRow {
	var names []string
	for i := range cluster.FigureTable {
		row := &cluster.FigureTable[i]
		if !cluster.IsA(x.world, of, row.Of) {
			continue
		}
		if row.Name == p.key {
			return row
		}
		names = append(names, row.Name)
	}
	x.r.fail(p.at, "unknown figure %q of a %s%s (known: %s)", p.key, cluster.KindOf(x.world, of),
		sim.DidYouMean(p.key, names), strings.Join(names, ", "))
	return nil
}

// measure reads what a figure is compared with: a number or, of a time, a duration.
func (x *expector) measure(n ast.Node, row *cluster.FigureRow) matcher {
	want, read := "a number, or a comparison like \">= 1.5\"", func(text string) (float64, error) {
		return strconv.ParseFloat(text, 64)
	}
	if row.Unit == cluster.Span {
		want, read = "a duration, or a comparison like \"< 3ms\"", func(text string) (float64, error) {
			d, err := cluster.ParseDuration(text)
			return float64(d), err
		}
	}
	if text, ok := n.(*ast.StringNode); ok && text.Value == cluster.NotMeasured {
		return exactly(cluster.NotMeasured)
	}
	return x.compared(n, want, read)
}

// comparisons are the signs that a number can begin with.
var comparisons = []struct {
	sign string
	ok   func(got, want float64) bool
}{
	{">=", func(a, b float64) bool { return a >= b }}, {"<=", func(a, b float64) bool { return a <= b }},
	{"==", func(a, b float64) bool { return a == b }}, {"!=", func(a, b float64) bool { return a != b }},
	{">", func(a, b float64) bool { return a > b }}, {"<", func(a, b float64) bool { return a < b }},
	{"", func(a, b float64) bool { return a == b }},
}

// compared reads a value or a comparison with one. What there is, is read in the same way.
func (x *expector) compared(n ast.Node, form string, read func(string) (float64, error)) matcher {
	text, ok := x.r.scalar(n, form)
	if !ok {
		return matcher{}
	}
	for _, c := range comparisons {
		number, found := strings.CutPrefix(text, c.sign)
		if !found {
			continue
		}
		want, err := read(strings.TrimSpace(number))
		if err != nil {
			x.r.failNode(n, "%q is not %s", text, form)
			return matcher{}
		}
		return matcher{text, func(got string) bool {
			have, err := read(got)
			return err == nil && c.ok(have, want)
		}}
	}
	return matcher{}
}
