package faultproof

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"tonghop/internal/spec"
	"tonghop/report"
	"tonghop/report/fault"
)

const (
	folder       = "../../testdata/faults"
	mainDocument = "input.yaml" // of an example for the reader of documents
)

// example is an archive: what the test needs to know, and the input.
type example struct {
	code  fault.Code
	file  string
	head  map[string]string // the lines "name: value" above the first empty line
	files []txtar.File
}

// examples reads all archives, in the order of their codes.
func examples(t *testing.T) []*example {
	t.Helper()
	paths, err := filepath.Glob(folder + "/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives in %s: %v", folder, err)
	}
	var out []*example
	for _, path := range paths {
		ar, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(path)
		e := &example{code: fault.Code(strings.TrimSuffix(name, ".txtar")), file: name, head: map[string]string{}, files: ar.Files}
		head, words, _ := strings.Cut(string(ar.Comment), "\n\n")
		for line := range strings.Lines(head) {
			key, value, found := strings.Cut(strings.TrimSpace(line), ": ")
			if !found || !known[key] {
				t.Fatalf("%s: line %q is none of those the README lists", name, line)
			}
			e.head[key] = value
		}
		if strings.TrimSpace(words) == "" || len(e.files) == 0 {
			t.Fatalf("%s: a sentence for people and an input are wanted", name)
		}
		out = append(out, e)
	}
	return out
}

// known are the names that may stand at the head of an archive.
var known = map[string]bool{
	"reader": true, "at": true, "also": true, "asked": true, "agency": true, "name": true,
	"limit": true, "pad": true, "tokens": true, "clock": true, "trouble": true,
}

// section gives a file of the archive.
func (e *example) section(name string) ([]byte, bool) {
	for _, f := range e.files {
		if f.Name == name {
			return f.Data, true
		}
	}
	return nil, false
}

// or gives a value of the head, or what stands for it where there is none.
func (e *example) or(key, otherwise string) string {
	if v, given := e.head[key]; given {
		return v
	}
	return otherwise
}

// baseDocuments reads a document of the base that the examples share.
func baseDocuments(t *testing.T, name string) []spec.Document {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(folder, "base", name+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return sound(t, name, b)
}

// sound reads documents that must have no fault.
func sound(t *testing.T, name string, b []byte) []spec.Document {
	t.Helper()
	docs, faults := spec.Parse(name, b, nil)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return docs
}

// shelf is documents by what they are.
type shelf struct {
	definitions []*report.Definition
	registers   []*report.Register
	requests    []*report.Request
}

func (s *shelf) add(docs []spec.Document) {
	for _, d := range docs {
		switch d.Kind {
		case report.KindDefinition:
			s.definitions = append(s.definitions, d.Definition)
		case report.KindRegister:
			s.registers = append(s.registers, d.Register)
		case report.KindRequest:
			s.requests = append(s.requests, d.Request)
		}
	}
}

// named gives the definition and the register that a request names, the newest
// of the shelf; nil where there is none.
func (s *shelf) named(r *report.Request) (def *report.Definition, reg *report.Register) {
	for _, d := range s.definitions {
		if d.Code == r.Definition && d.Version == r.Version {
			def = d
		}
	}
	for _, g := range s.registers {
		if g.Code == r.Register && g.Version == r.Registered {
			reg = g
		}
	}
	return def, reg
}
