package tidy

import (
	"go/ast"
	"slices"
	"strings"
	"testing"
)

// nodes are the packages of nodes and of what they are made of.
var nodes = []string{
	"sim/broker", "sim/controller", "sim/producer", "sim/consumer", "sim/client", "sim/metadata",
	"sim/database", "sim/outbox",
}

func TestNodesSeeNoWorld(t *testing.T) {
	rule{
		name: "a node names neither sim.World nor sim.Runner",
		check: func(s *source) []string {
			if s.test() || !slices.Contains(nodes, s.dir()) {
				return nil
			}
			return find(s, func(n ast.Node) string {
				sel, ok := n.(*ast.SelectorExpr)
				if !ok || sel.Sel.Name != "World" && sel.Sel.Name != "Runner" {
					return ""
				}
				if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Name == "sim" {
					return "a node sees its inputs, never a sim." + sel.Sel.Name
				}
				return ""
			})
		},
		examples: []example{
			{"sim/broker/x.go", "package x\n\nfunc f(w *sim.World) {}\n", true},
			{"sim/client/x.go", "package x\n\ntype t struct{ run *sim.Runner }\n", true},
			{"sim/broker/x.go", "package x\n\nfunc f(in sim.Input, out *sim.Out) {}\n", false},
			{"sim/cluster/x.go", "package x\n\nfunc f(w *sim.World) {}\n", false},
		},
	}.hold(t)
}

func TestOnlyTheSearchRunsThreads(t *testing.T) {
	rule{
		name: "no go statement, channel or select under sim, but in explore",
		check: func(s *source) []string {
			if s.test() || !s.in("sim") || s.in("sim/explore") {
				return nil
			}
			return find(s, func(n ast.Node) string {
				switch n.(type) {
				case *ast.GoStmt, *ast.ChanType, *ast.SelectStmt:
					return "only sim/explore runs threads: elsewhere their order would show"
				}
				return ""
			})
		},
		examples: []example{
			{"sim/x.go", "package x\n\nfunc f() { go f() }\n", true},
			{"sim/timeline/x.go", "package x\n\nvar c chan int\n", true},
			{"sim/explore/x.go", "package x\n\nfunc f() { go f() }\n", false},
		},
	}.hold(t)
}

func TestNothingIsLeftForLater(t *testing.T) {
	marks := []string{"TO" + "DO", "FIX" + "ME", "XX" + "X"}
	rule{
		name: "no note to self",
		check: func(s *source) []string {
			var out []string
			for i, line := range strings.Split(s.text, "\n") {
				for _, mark := range marks {
					if strings.Contains(line, mark) {
						out = append(out, s.at(s.fset.File(s.ast.Package).LineStart(i+1), "%s: do it, or say it elsewhere", mark))
					}
				}
			}
			return out
		},
		examples: []example{
			{"sim/x.go", "package x\n\n// " + marks[0] + ": later\n", true},
			{"sim/x.go", "package x\n\n// f does it now.\nfunc f() {}\n", false},
		},
	}.hold(t)
}

// find goes through a file and collects what is said of its nodes.
func find(s *source, look func(n ast.Node) string) []string {
	var out []string
	ast.Inspect(s.ast, func(n ast.Node) bool {
		if n == nil {
			return false
		}
		if complaint := look(n); complaint != "" {
			out = append(out, s.at(n.Pos(), "%s", complaint))
		}
		return true
	})
	return out
}
