package mutations

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
)

// chooser is the variable that says which bug a program runs with; 0: none.
const chooser = "seededBug"

// choice is the environment variable that it is read from.
const choice = "KSIM_SEEDED_BUG"

// seeded is a package's file with many bugs in it, one of which is chosen when the program starts. Each is a copy of
// the function that it is in; the function itself calls the copy if that bug is chosen. So all bugs are compiled once.
type seeded struct {
	src   []byte
	file  *ast.File
	at    *token.File
	edits []edit
	tail  strings.Builder // the copies
	begun map[*ast.FuncDecl]bool
}

// edit replaces a piece of a file; pieces don't overlap.
type edit struct {
	from, to int
	text     string
}

func parse(src []byte) (*seeded, error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "", src, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	return &seeded{src: src, file: file, at: files.File(file.Pos()), begun: map[*ast.FuncDecl]bool{}}, nil
}

// seed adds a bug; false if it is not in the body of a function.
func (s *seeded) seed(number int, old, new string) bool {
	from := strings.Index(string(s.src), old)
	fn := s.around(from, from+len(old))
	if fn == nil {
		return false
	}
	if !s.begun[fn] {
		s.begun[fn] = true
		s.nameAll(fn)
	}
	name := fmt.Sprintf("%s_bug%d", fn.Name.Name, number)
	call := name + types(fn.Type.TypeParams) + "(" + strings.Join(s.arguments(fn), ", ") + ")"
	if fn.Recv != nil {
		call = s.receiver(fn) + "." + call
	}
	if fn.Type.Results == nil {
		call += "; return"
	} else {
		call = "return " + call
	}
	body := s.offset(fn.Body.Lbrace) + 1
	s.edits = append(s.edits, edit{body, body, fmt.Sprintf(" if %s == %d { %s };", chooser, number, call)})
	begin := s.offset(fn.Pos())
	before := edit{s.offset(fn.Name.Pos()), s.offset(fn.Name.End()), name}
	text := apply(s.src[begin:s.offset(fn.End())], []edit{
		{before.from - begin, before.to - begin, before.text}, {from - begin, from + len(old) - begin, new},
	})
	s.tail.WriteString("\n" + text + "\n")
	return true
}

// text is the file with all bugs.
func (s *seeded) text() []byte { return []byte(apply(s.src, s.edits) + s.tail.String()) }

// around is the function whose body holds all that a bug changes.
func (s *seeded) around(from, to int) *ast.FuncDecl {
	for _, d := range s.file.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if ok && fn.Body != nil && s.offset(fn.Body.Lbrace) < from && to <= s.offset(fn.Body.Rbrace) {
			return fn
		}
	}
	return nil
}

// nameAll gives a name to what a function is given and has none, so that it can be handed on.
func (s *seeded) nameAll(fn *ast.FuncDecl) {
	n := 0
	for _, list := range []*ast.FieldList{fn.Recv, fn.Type.Params} {
		if list == nil {
			continue
		}
		for _, f := range list.List {
			if len(f.Names) == 0 {
				at := s.offset(f.Type.Pos())
				s.edits = append(s.edits, edit{at, at, fmt.Sprintf("given%d ", n)})
				f.Names = []*ast.Ident{{Name: fmt.Sprintf("given%d", n)}}
				n++
				continue
			}
			for _, id := range f.Names {
				if id.Name == "_" {
					s.edits = append(s.edits, edit{s.offset(id.Pos()), s.offset(id.End()), fmt.Sprintf("given%d", n)})
					id.Name = fmt.Sprintf("given%d", n)
					n++
				}
			}
		}
	}
}

func (s *seeded) receiver(fn *ast.FuncDecl) string { return fn.Recv.List[0].Names[0].Name }

func (s *seeded) arguments(fn *ast.FuncDecl) []string {
	var out []string
	for _, f := range fn.Type.Params.List {
		dots := ""
		if _, variadic := f.Type.(*ast.Ellipsis); variadic {
			dots = "..."
		}
		for _, id := range f.Names {
			out = append(out, id.Name+dots)
		}
	}
	return out
}

func (s *seeded) offset(p token.Pos) int { return s.at.Offset(p) }

// types hands a generic function's own type parameters on.
func types(list *ast.FieldList) string {
	if list == nil {
		return ""
	}
	var out []string
	for _, f := range list.List {
		for _, id := range f.Names {
			out = append(out, id.Name)
		}
	}
	return "[" + strings.Join(out, ", ") + "]"
}

func apply(src []byte, edits []edit) string {
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Compare(a.from, b.from) })
	var out strings.Builder
	at := 0
	for _, e := range edits {
		out.Write(src[at:e.from])
		out.WriteString(e.text)
		at = e.to
	}
	out.Write(src[at:])
	return out.String()
}

// chooserFile is what a package with bugs needs beside them.
func chooserFile(pkg string) string {
	return fmt.Sprintf(`package %s

import (
	"os"
	"strconv"
)

// What is no number is no bug.
var %s, _ = strconv.Atoi(os.Getenv(%q))
`, pkg, chooser, choice)
}

// together seeds all bugs that can be in one program, and gives those that can't.
func together(bugs []mutation, read func(string) ([]byte, error)) (files map[string][]byte, alone []int, err error) {
	parsed, order := map[string]*seeded{}, []string{}
	for i, m := range bugs {
		s := parsed[m.file]
		if s == nil {
			src, err := read(m.file)
			if err != nil {
				return nil, nil, err
			}
			if s, err = parse(src); err != nil {
				return nil, nil, err
			}
			parsed[m.file], order = s, append(order, m.file)
		}
		if !s.seed(i+1, m.old, m.new) {
			alone = append(alone, i)
		}
	}
	files = map[string][]byte{}
	for _, name := range order {
		s := parsed[name]
		files[name] = s.text()
		files[filepath.Join(filepath.Dir(name), "seeded_bug.go")] = []byte(chooserFile(s.file.Name.Name))
	}
	return files, alone, nil
}
