package faultproof

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"tonghop/internal/spec"
	"tonghop/report"
	"tonghop/report/fault"
)

// raiseByDocument reads input.yaml as the program reads what is applied. Its
// requests are held against the definitions and registers beside them and those
// of the base.
func raiseByDocument(t *testing.T, e *example) fault.List {
	input, ok := e.section(mainDocument)
	if !ok {
		t.Fatalf("no section %s", mainDocument)
	}
	files := fstest.MapFS{}
	for _, f := range e.files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	docs, found := spec.Parse(mainDocument, e.padded(t, input), files)
	if found.Blocks() {
		return found
	}
	var s shelf
	s.add(baseDocuments(t, "danh-muc"))
	s.add(baseDocuments(t, "bieu"))
	s.add(docs)
	for _, d := range docs {
		if d.Kind == report.KindRequest {
			found = append(found, d.Check(s.named(d.Request))...)
		}
	}
	return found
}

// padded makes an input as long as "pad: 9 MB" says, by blank lines at its end.
func (e *example) padded(t *testing.T, input []byte) []byte {
	t.Helper()
	if e.head["pad"] == "" {
		return input
	}
	number, unit, _ := strings.Cut(e.head["pad"], " ")
	n, err := strconv.Atoi(number)
	if err != nil || unit != "MB" {
		t.Fatalf("pad: %q is no size such as 9 MB", e.head["pad"])
	}
	return append(bytes.Clone(input), bytes.Repeat([]byte{'\n'}, max(n<<20-len(input), 0))...)
}
