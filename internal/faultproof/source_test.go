package faultproof

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tonghop/report/fault"
)

// TestArgumentsAreDeclared looks at every place in the source that raises a
// fault. An example shows one of them; what the others give besides must be known
// to the catalogue as well.
func TestArgumentsAreDeclared(t *testing.T) {
	params := map[string][]fault.Param{}
	for _, info := range fault.All() {
		params[info.Name] = info.Params
	}
	raised := 0
	for _, file := range sources(t) {
		set := token.NewFileSet()
		tree, err := parser.ParseFile(set, file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !isOf(call.Fun, "fault", "New") || len(call.Args) == 0 {
				return true
			}
			code, ok := call.Args[0].(*ast.SelectorExpr)
			if !ok || !isOf(code, "fault", code.Sel.Name) {
				return true // chosen by the program
			}
			raised++
			for _, name := range namesOf(call.Args[1:]) {
				if !slices.ContainsFunc(params[code.Sel.Name], func(p fault.Param) bool { return p.Name == name }) {
					t.Errorf("%s: %s has no argument %q", set.Position(call.Pos()), code.Sel.Name, name)
				}
			}
			return true
		})
	}
	if raised < 100 {
		t.Errorf("only %d places that raise a fault were found: the search is broken", raised)
	}
}

// namesOf gives the names of arguments that are written out: fault.A("label", …),
// or say("label", …) as package spec has it.
func namesOf(args []ast.Expr) (names []string) {
	for _, a := range args {
		call, ok := a.(*ast.CallExpr)
		if !ok || len(call.Args) < 2 {
			continue
		}
		if say, _ := call.Fun.(*ast.Ident); !isOf(call.Fun, "fault", "A") && !isOf(call.Fun, "fault", "Both") && (say == nil || say.Name != "say") {
			continue
		}
		if literal, ok := call.Args[0].(*ast.BasicLit); ok {
			name, _ := strconv.Unquote(literal.Value) // the parser took it
			names = append(names, name)
		}
	}
	return names
}

func isOf(e ast.Expr, pkg, name string) bool {
	s, ok := e.(*ast.SelectorExpr)
	if !ok || s.Sel.Name != name {
		return false
	}
	x, ok := s.X.(*ast.Ident)
	return ok && x.Name == pkg
}

// sources lists the Go files of the module that are not tests.
func sources(t *testing.T) (files []string) {
	t.Helper()
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && d.Name() != "..") {
			return filepath.SkipDir
		}
		if strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
