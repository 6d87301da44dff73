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

// raiseBySum adds up the files of an example, sections "file NAME", and the workbook
// that its sections "sheet NAME" are.
func raiseBySum(t *testing.T, e *example) fault.List {
	t.Helper()
	var tables []*paper.Table
	var found fault.List
	take := func(name string, body []byte) {
		read, more := outline.ReadPapers(name, body, xlsx.Limits{}, "")
		tables = append(tables, read...)
		found = append(found, more...)
	}
	sheets := false
	for _, f := range e.files {
		name, ok := strings.CutPrefix(f.Name, "file ")
		switch {
		case ok:
			take(name, f.Data)
		case strings.HasPrefix(f.Name, "sheet "):
			sheets = true
		default:
			t.Fatalf("section %q is neither file nor sheet", f.Name)
		}
	}
	if sheets {
		take(e.or("name", "bao-cao.xlsx"), e.workbook(t))
	}
	for _, s := range aggregate.Collate(tables) {
		found = append(found, s.Findings...)
	}
	return found
}
