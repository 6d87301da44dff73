package ingest

import (
	"testing"

	"tonghop/ingest/outline"
	"tonghop/ingest/sheet"
	"tonghop/internal/xlsx"
)

// TestMarksAreNoFigures: who has a filled template read without its form sees the
// table that its agency saw, and not the marks that only we see.
func TestMarksAreNoFigures(t *testing.T) {
	for _, form := range []string{"places", "list", "across", "ma-tran", "ma-tran-dvt"} {
		env := testEnv(t, form)
		body := templateOf(t, env, TemplateOptions{Values: everyFigure(env)})
		got, stop := outline.Read("a.xlsx", body, xlsx.Limits{})
		if stop != nil {
			t.Fatal(stop)
		}
		tables := 0
		for _, s := range got.File.Sheets {
			if s.Name == sheet.MarkSheet {
				if len(s.Tables) > 0 {
					t.Errorf("%s: a table on the sheet of marks", form)
				}
				continue
			}
			tables += len(s.Tables)
			for _, table := range s.Tables {
				for _, c := range table.Columns {
					if c.Column == "A" {
						t.Errorf("%s: the marks of the rows are a column of %s", form, table.Range)
					}
				}
				if table.HeaderRows[0] == 1 {
					t.Errorf("%s: the marks of the columns are the header of %s", form, table.Range)
				}
			}
		}
		if tables == 0 {
			t.Errorf("%s: no table is found", form)
		}
	}
}
