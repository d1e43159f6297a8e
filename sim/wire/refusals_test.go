package wire

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"
)

// TestEveryResponseWithAnErrorIsCounted reads the types of this package: a response that has an error, or parts that
// have one, must be among those whose errors are counted.
func TestEveryResponseWithAnErrorIsCounted(t *testing.T) {
	counted, err := os.ReadFile("refusals.go")
	if err != nil {
		t.Fatal(err)
	}
	structs := structsHere(t)
	seen := 0
	for name, s := range structs {
		if !strings.HasSuffix(name, "Response") {
			continue
		}
		fails := false
		for _, f := range s.Fields.List {
			if list, ok := f.Type.(*ast.ArrayType); ok {
				part, named := list.Elt.(*ast.Ident)
				fails = fails || named && structs[part.Name] != nil && hasError(structs[part.Name])
			}
		}
		if fails = fails || hasError(s); !fails {
			continue
		}
		if seen++; !strings.Contains(string(counted), "case *"+name+":") {
			t.Errorf("the errors of %s are not counted", name)
		}
	}
	if seen < 20 {
		t.Errorf("only %d responses have errors: the test reads the wrong files", seen)
	}
}

func structsHere(t *testing.T) map[string]*ast.StructType {
	t.Helper()
	out := map[string]*ast.StructType{}
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok {
				if s, ok := spec.Type.(*ast.StructType); ok {
					out[spec.Name.Name] = s
				}
			}
			return true
		})
	}
	return out
}

func hasError(s *ast.StructType) bool {
	for _, f := range s.Fields.List {
		if id, ok := f.Type.(*ast.Ident); ok && id.Name == "Error" {
			return true
		}
	}
	return false
}
