package tidy

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestNoMapIsRanged: the order in which a map gives its keys is another one in every run.
func TestNoMapIsRanged(t *testing.T) {
	packages := map[string][]source{}
	for _, s := range tree(t) {
		if s.in("sim") && !s.test() {
			packages[s.dir()] = append(packages[s.dir()], s)
		}
	}
	exports := exportsOf(t, "./sim/...")
	for _, files := range packages {
		for _, complaint := range mapRanges(files, exports) {
			t.Error(complaint)
		}
	}
	for text, bad := range map[string]bool{
		"package x\n\nfunc f(m map[string]int) {\n\tfor range m {\n\t}\n}\n":          true,
		"package x\n\ntype t map[int]int\n\nfunc f(m t) {\n\tfor range m {\n\t}\n}\n": true,
		"package x\n\nfunc f(s []int) {\n\tfor range s {\n\t}\n}\n":                   false,
	} {
		s, err := parse("sim/x.go", text)
		if err != nil {
			t.Fatal(err)
		}
		if found := mapRanges([]source{s}, nil); (len(found) > 0) != bad {
			t.Errorf("an example, bad %v: the check says %q of\n%s", bad, found, text)
		}
	}
}

// mapRanges type-checks a package and finds the loops over maps.
func mapRanges(files []source, exports map[string]string) []string {
	fset := token.NewFileSet()
	var parsed []*ast.File
	for _, s := range files {
		f, err := parser.ParseFile(fset, s.path, s.text, parser.SkipObjectResolution)
		if err != nil {
			return []string{err.Error()}
		}
		parsed = append(parsed, f)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	conf := types.Config{Importer: importer.ForCompiler(fset, "gc", func(p string) (io.ReadCloser, error) {
		return os.Open(exports[p])
	})}
	if _, err := conf.Check(files[0].dir(), fset, parsed, info); err != nil {
		return []string{err.Error()}
	}
	var out []string
	for _, f := range parsed {
		ast.Inspect(f, func(n ast.Node) bool {
			if loop, ok := n.(*ast.RangeStmt); ok {
				if _, isMap := info.TypeOf(loop.X).Underlying().(*types.Map); isMap {
					out = append(out, fmt.Sprintf("%s: a loop over a map: sort its keys", fset.Position(loop.Pos())))
				}
			}
			return true
		})
	}
	return out
}

// exportsOf maps packages and all they import to the files that tell a type checker about them.
func exportsOf(t *testing.T, pattern string) map[string]string {
	t.Helper()
	cmd := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}}={{.Export}}", pattern)
	cmd.Dir = root
	text, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for line := range bytes.Lines(text) {
		name, file, _ := strings.Cut(strings.TrimSpace(string(line)), "=")
		out[name] = file
	}
	return out
}
