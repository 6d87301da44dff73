package faultproof

import (
	"strings"
	"testing"

	"tonghop/aggregate"
	"tonghop/ingest/outline"
	"tonghop/internal/xlsx"
	"tonghop/report/fault"
	"tonghop/report/paper"
)

// raiseBySum adds up the files of an example, sections "file NAME".
func raiseBySum(t *testing.T, e *example) fault.List {
	t.Helper()
	var tables []*paper.Table
	var found fault.List
	for _, f := range e.files {
		name, ok := strings.CutPrefix(f.Name, "file ")
		if !ok {
			t.Fatalf("section %q is no file", f.Name)
		}
		read, more := outline.ReadPapers(name, f.Data, xlsx.Limits{}, "")
		tables = append(tables, read...)
		found = append(found, more...)
	}
	for _, s := range aggregate.Collate(tables) {
		found = append(found, s.Findings...)
	}
	return found
}
