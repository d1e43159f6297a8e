package tidy

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const (
	root   = "../.."
	module = "example.com/ksim/"
)

// source is a Go file.
type source struct {
	path string // within the module, with slashes
	text string
	fset *token.FileSet
	ast  *ast.File
}

func (s *source) dir() string     { return path.Dir(s.path) }
func (s *source) test() bool      { return strings.HasSuffix(s.path, "_test.go") }
func (s *source) generated() bool { return ast.IsGenerated(s.ast) }

// in tells whether the file is in a folder or below it.
func (s *source) in(dir string) bool { return strings.HasPrefix(s.path, dir+"/") }

// at is a complaint about a place in the file.
func (s *source) at(pos token.Pos, format string, args ...any) string {
	line := s.fset.Position(pos).Line
	return fmt.Sprintf("%s:%d: %s", s.path, line, fmt.Sprintf(format, args...))
}

// imports are the paths of what the file imports.
func (s *source) imports() []string {
	var out []string
	for _, spec := range s.ast.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			panic(err) // it was parsed
		}
		out = append(out, p)
	}
	return out
}

func parse(path, text string) (source, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, path, text, parser.ParseComments|parser.SkipObjectResolution)
	return source{path, text, fset, f}, err
}

// tree is every Go file of the module.
func tree(t *testing.T) []source {
	t.Helper()
	var out []source
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if base := d.Name(); name != root && (base == "testdata" || strings.HasPrefix(base, ".")) {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		s, err := parse(filepath.ToSlash(rel), string(text))
		out = append(out, s)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// example is a file that a check must complain about, or must not.
type example struct {
	path string
	text string
	bad  bool
}

// rule is a check of one file after the other.
type rule struct {
	name     string
	check    func(s *source) []string
	examples []example
}

// hold checks the module and proves the check on its examples.
func (r rule) hold(t *testing.T) {
	t.Run(r.name, func(t *testing.T) {
		for _, s := range tree(t) {
			for _, complaint := range r.check(&s) {
				t.Error(complaint)
			}
		}
		for _, e := range r.examples {
			s, err := parse(e.path, e.text)
			if err != nil {
				t.Fatal(err)
			}
			if found := r.check(&s); (len(found) > 0) != e.bad {
				t.Errorf("an example, bad %v: the check says %q of\n%s", e.bad, found, e.text)
			}
		}
	})
}
