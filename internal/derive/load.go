package main

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"
)

// pkg is a package without its derived file.
type pkg struct {
	*types.Package
}

// load type-checks the package as if the derived file were not there; what is missing for that
// reason is not an error, since fields are all that matters.
func load(dir string) (*pkg, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") || filepath.Base(name) == output {
			continue
		}
		f, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	conf := types.Config{
		Importer: importer.ForCompiler(fset, "source", nil),
		Error:    func(error) {},
	}
	p, _ := conf.Check(dir, fset, files, nil)
	return &pkg{p}, nil
}

// structs are the package's structs that have no hand-written Sum and are not told apart by a
// name of their own, sorted by name.
func (p *pkg) structs() []string {
	var out []string
	for _, name := range p.Scope().Names() {
		tn, ok := p.Scope().Lookup(name).(*types.TypeName)
		if !ok || !tn.Exported() || method(tn.Type(), "Sum") {
			continue
		}
		if _, ok := tn.Type().Underlying().(*types.Struct); ok && name != "Note" && name != "NoteRow" {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// method tells whether t or *t has a method of that name, its own: one of an embedded field knows nothing of the
// fields beside that.
func method(t types.Type, name string) bool {
	obj, index, _ := types.LookupFieldOrMethod(types.NewPointer(t), true, nil, name)
	_, ok := obj.(*types.Func)
	return ok && len(index) == 1
}
