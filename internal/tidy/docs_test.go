package tidy

import (
	"go/ast"
	"go/token"
	"strings"
	"testing"
)

func TestExportedNamesAreExplained(t *testing.T) {
	rule{
		name: "every exported name under sim has a comment",
		check: func(s *source) []string {
			if s.test() || !s.in("sim") {
				return nil
			}
			var out []string
			for _, d := range s.ast.Decls {
				switch d := d.(type) {
				case *ast.FuncDecl:
					if exportedFunc(d) && !explains(d.Doc, d.Name.Name) {
						out = append(out, s.at(d.Pos(), "%s: say what it does, name first", d.Name.Name))
					}
				case *ast.GenDecl:
					out = append(out, unexplained(s, d)...)
				}
			}
			return out
		},
		examples: []example{
			{"sim/x.go", "package x\n\nfunc F() {}\n", true},
			{"sim/x.go", "package x\n\n// It does it.\nfunc F() {}\n", true},
			{"sim/x.go", "package x\n\n// T is t.\ntype T struct{}\n\nfunc (T) F() {}\n", true},
			{"sim/x.go", "package x\n\ntype T int\n", true},
			{"sim/x.go", "package x\n\nconst (\n\tA = 1\n)\n", true},
			{"sim/x.go", "package x\n\nvar V int\n", true},
			{"sim/x.go", "package x\n\n// F does it.\nfunc F() {}\n", false},
			{"sim/x.go", "package x\n\ntype t int\n\nfunc (t) F() {}\n", false},
			{"sim/x.go", "package x\n\n// The numbers.\nconst (\n\tA = 1\n\tB = 2\n)\n", false},
			{"sim/x.go", "package x\n\nconst (\n\tA = 1 // the first\n)\n", false},
		},
	}.hold(t)
}

// exportedFunc tells whether a function, or a method and its type, can be seen from outside. String
// and Error do what they do everywhere, and need no words.
func exportedFunc(f *ast.FuncDecl) bool {
	if !f.Name.IsExported() || f.Recv == nil {
		return f.Name.IsExported()
	}
	if f.Name.Name == "String" || f.Name.Name == "Error" {
		return false
	}
	t := f.Recv.List[0].Type
	for {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = x.X
		case *ast.IndexExpr:
			t = x.X
		case *ast.Ident:
			return x.IsExported()
		default:
			return false
		}
	}
}

// unexplained complains about types, constants and variables. In a group a comment on the group
// will do for constants and variables.
func unexplained(s *source, d *ast.GenDecl) []string {
	var out []string
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			doc := spec.Doc
			if doc == nil && !d.Lparen.IsValid() {
				doc = d.Doc
			}
			if spec.Name.IsExported() && !explains(doc, spec.Name.Name) {
				out = append(out, s.at(spec.Pos(), "%s: say what it is, name first", spec.Name.Name))
			}
		case *ast.ValueSpec:
			for _, name := range spec.Names {
				if name.IsExported() && d.Doc == nil && spec.Doc == nil && spec.Comment == nil {
					out = append(out, s.at(name.Pos(), "%s: say what it is", name.Name))
				}
			}
		}
	}
	return out
}

// explains tells whether a comment begins with the name that it is about.
func explains(doc *ast.CommentGroup, name string) bool {
	first, _, _ := strings.Cut(doc.Text(), " ")
	return strings.Trim(first, ",:\n") == name
}

func TestPackagesAreExplained(t *testing.T) {
	seen, told := map[string]token.Pos{}, map[string]bool{}
	for _, s := range tree(t) {
		if s.test() {
			continue
		}
		seen[s.dir()] = s.ast.Package
		told[s.dir()] = told[s.dir()] || s.ast.Doc != nil
	}
	for dir := range seen {
		if !told[dir] {
			t.Errorf("%s: no comment says what the package is for", dir)
		}
	}
}
