package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "tonghop"

// source is one Go file of the project.
type source struct {
	dir  string // below the module's root, "" for the root
	name string
	test bool
	fset *token.FileSet
	file *ast.File
}

func (s source) at(n ast.Node) string { return s.fset.Position(n.Pos()).String() }

// imports are the import paths of the file.
func (s source) imports() []string {
	var out []string
	for _, i := range s.file.Imports {
		path, _ := strconv.Unquote(i.Path.Value) // the parser took it
		out = append(out, path)
	}
	return out
}

// sources parses every Go file of the module.
func sources(t *testing.T) []source {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		t.Fatalf("the module's root is not two folders up: %v", err)
	}
	var out []source
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "node_modules") {
			return filepath.SkipDir
		}
		if d.IsDir() || filepath.Ext(path) != ".go" {
			return nil
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		dir, _ := filepath.Rel(root, filepath.Dir(path))
		if dir == "." {
			dir = ""
		}
		out = append(out, source{filepath.ToSlash(dir), d.Name(), strings.HasSuffix(path, "_test.go"), fset, f})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 50 {
		t.Fatalf("only %d files found: the walk is broken", len(out))
	}
	return out
}

// under reports whether a path is a folder or lies below it.
func under(path, dir string) bool { return path == dir || strings.HasPrefix(path, dir+"/") }

// rule says which of our packages the code of a folder may import, outside its
// tests.
type rule struct {
	dir     string
	allowed []string // folders of ours; the folder itself always
	why     string
}

// rules are read from the top: the first whose folder holds the package counts.
var rules = []rule{
	{"report/decimal", nil, "a number knows nothing of reports"},
	{"report/calendar", nil, "a day knows nothing of reports"},
	{"report/fault", nil, "a fault is words and places"},
	{"report/country", []string{"report/calendar"}, "the country's units know days and no reports"},
	{"report/search", nil, "words know nothing of reports"},
	{"report/paper", []string{"report/decimal", "report/calendar", "report/fault"}, "papers without a definition are figures of some days, and faults"},
	{"report/lang", []string{"report/decimal"}, "the language computes with decimals and knows no report"},
	{"report/codec", []string{"report"}, "bytes of the noun"},
	{"report/reporttest", []string{"report"}, "contracts of the noun's ports"},
	{"report", []string{"report/decimal", "report/calendar", "report/lang", "report/fault"}, "the noun is below everything"},
	{"ingest", []string{"report", "internal/xlsx"}, "the verbs never speak to one another"},
	{"aggregate", []string{"report"}, "the verbs never speak to one another, and figures know no files"},
	{"export", []string{"report", "internal/xlsx"}, "the verbs never speak to one another"},
	{"internal/xlsx", nil, "spreadsheet formats know nothing of reports"},
	{"internal/cron", nil, "a line of cron knows no report"},
	{"internal/jet", []string{"report", "internal/cron"}, "the broker carries events and knows no verb"},
	{"internal/mem", []string{"report", "internal/cron"}, "memory stands where the broker stands"},
	{"internal/spec", []string{"report"}, "documents become the noun"},
	{"internal/portal", []string{"report", "ingest", "aggregate", "export", "internal/spec"}, "HTTP is a way in and out, not a store"},
	{"examples", []string{"report", "internal/spec", "internal/xlsx", "ingest"}, "examples are papers and the means to make them"},
}

func TestImportsPointDown(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		at := slices.IndexFunc(rules, func(r rule) bool { return under(s.dir, r.dir) })
		if at < 0 {
			continue // cmd, bench, sim: above everything
		}
		r := rules[at]
		for _, path := range s.imports() {
			ours, ok := strings.CutPrefix(path, module+"/")
			if !ok || under(ours, r.dir) {
				continue
			}
			if !slices.ContainsFunc(r.allowed, func(dir string) bool { return under(ours, dir) }) {
				t.Errorf("%s/%s imports %s: %s", s.dir, s.name, ours, r.why)
			}
		}
	}
}

// owners says which library belongs to which folders alone.
var owners = []struct {
	library string
	dirs    []string
	why     string
}{
	{"github.com/nats-io", []string{"internal/jet", "bench"}, "one package knows NATS"},
	{"github.com/xuri/excelize", []string{"internal/xlsx", "bench"}, "one package knows Excel"},
	{"net/http", []string{"internal/portal", "cmd/tonghop", "bench"}, "one package knows HTTP"},
	{"github.com/goccy/go-yaml", []string{"internal/spec", "examples", "report/fault/internal"}, "one package knows YAML"},
	{"github.com/spf13/cobra", []string{"cmd"}, "configuration and flags belong to the command"},
	{"google.golang.org/protobuf", []string{"report/codec"}, "one package knows the wire"},
}

func TestOnePackageKnows(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		for _, path := range s.imports() {
			for _, o := range owners {
				if under(path, o.library) && !slices.ContainsFunc(o.dirs, func(dir string) bool { return under(s.dir, dir) }) {
					t.Errorf("%s/%s imports %s: %s", s.dir, s.name, path, o.why)
				}
			}
		}
	}
}

// standardOnly are folders whose code imports the standard library and ours,
// nothing else.
var standardOnly = []string{"report/decimal", "report/calendar", "report/lang", "report/country", "report/search", "aggregate"}

func TestCoreStandsOnTheStandardLibrary(t *testing.T) {
	for _, s := range sources(t) {
		core := slices.ContainsFunc(standardOnly, func(dir string) bool { return under(s.dir, dir) }) || s.dir == "report" || s.dir == "report/fault"
		if s.test || !core {
			continue
		}
		for _, path := range s.imports() {
			if path == "github.com/rs/zerolog" && s.name == "worker.go" {
				continue // workers log, what they work with does not
			}
			if strings.Contains(strings.Split(path, "/")[0], ".") {
				t.Errorf("%s/%s imports %s: the core stands on the standard library", s.dir, s.name, path)
			}
		}
	}
}

// core reports whether a file belongs to the core, which has no clock and no
// float (law 6). Workers and the desk are given their clock; only they wait.
// Drawing a template measures paper, in points and millimetres; it decides
// nothing.
func core(s source) bool {
	if s.test || s.name == "worker.go" || s.dir == "ingest" && strings.HasPrefix(s.name, "template") {
		return false
	}
	return under(s.dir, "report") && s.dir != "report/reporttest" && !under(s.dir, "report/fault/internal") || s.dir == "aggregate" || s.dir == "ingest" ||
		under(s.dir, "ingest/viet") || under(s.dir, "ingest/table") || under(s.dir, "ingest/match")
}

func TestCoreHasNoClockAndNoFloat(t *testing.T) {
	for _, s := range sources(t) {
		if !core(s) {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				if n.Name == "float64" || n.Name == "float32" {
					t.Errorf("%s: %s in the core (law 6)", s.at(n), n.Name)
				}
			case *ast.BasicLit:
				if n.Kind == token.FLOAT {
					t.Errorf("%s: float literal %s in the core (law 6)", s.at(n), n.Value)
				}
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains([]string{"Now", "Since", "Until", "Sleep", "After", "Tick"}, n.Sel.Name) {
					t.Errorf("%s: time.%s in the core (law 6)", s.at(n), n.Sel.Name)
				}
			}
			return true
		})
	}
}

func TestEverythingIsDocumented(t *testing.T) {
	packages := map[string]bool{}
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		packages[s.dir] = packages[s.dir] || s.file.Doc != nil
		if s.file.Name.Name == "main" {
			continue
		}
		for _, d := range s.file.Decls {
			for _, name := range undocumented(d) {
				t.Errorf("%s: exported %s has no doc comment", s.at(d), name)
			}
		}
	}
	for dir, documented := range packages {
		if !documented {
			t.Errorf("package %s has no comment that says what it is for", dir)
		}
	}
}

// undocumented names what a declaration exports without saying what it is.
func undocumented(d ast.Decl) []string {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && d.Doc == nil && exportedReceiver(d) && !isInterfaceMethod(d.Name.Name) {
			return []string{d.Name.Name}
		}
	case *ast.GenDecl:
		var names []string
		for _, spec := range d.Specs {
			names = append(names, undocumentedSpec(d, spec)...)
		}
		return names
	}
	return nil
}

func undocumentedSpec(d *ast.GenDecl, spec ast.Spec) []string {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		if spec.Name.IsExported() && spec.Doc == nil && d.Doc == nil {
			return []string{spec.Name.Name}
		}
	case *ast.ValueSpec:
		if spec.Doc != nil || spec.Comment != nil || d.Doc != nil {
			return nil
		}
		var names []string
		for _, n := range spec.Names {
			if n.IsExported() {
				names = append(names, n.Name)
			}
		}
		return names
	}
	return nil
}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	typ := d.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	if index, ok := typ.(*ast.IndexExpr); ok {
		typ = index.X
	}
	id, ok := typ.(*ast.Ident)
	return ok && id.IsExported()
}

// isInterfaceMethod names methods whose promise is written at the interface
// they satisfy.
func isInterfaceMethod(name string) bool {
	return slices.Contains([]string{"Kind", "Error", "Unwrap", "String", "MarshalJSON", "UnmarshalJSON", "MarshalText", "UnmarshalText"}, name)
}
