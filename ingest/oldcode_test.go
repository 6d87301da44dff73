package ingest

import (
	"bytes"
	"slices"
	"testing"

	"tonghop/ingest/sheet"
	"tonghop/ingest/viet"
	"tonghop/ingest/viet/viettest"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/fault"
)

// retyped copies what is seen of a workbook into a new one, every text typed in
// a code: without marks, hidden sheets, rows and columns.
func retyped(t *testing.T, body []byte, code viet.Encoding) []byte {
	t.Helper()
	file, err := xlsx.Open(bytes.NewReader(body), int64(len(body)), xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	out := xlsx.NewBook(xlsx.Props{Created: calendar.MustDate("2003-12-31").Start(nil)})
	for _, info := range file.Sheets {
		g, err := file.Grid(info.Index)
		if err != nil {
			t.Fatal(err)
		}
		if info.State != xlsx.Visible {
			continue
		}
		w := out.Sheet(info.Name)
		for _, m := range g.Merges {
			w.Merge(m)
		}
		for i := range g.Cells {
			c := &g.Cells[i]
			if g.RowHidden(c.Row) || g.ColHidden(c.Col) {
				continue
			}
			format := xlsx.Style{NumFmt: g.Styles[c.Style].NumFmt}
			switch c.Type {
			case xlsx.String:
				text, font := c.Text, "Times New Roman"
				switch code {
				case viet.TCVN3:
					font = ".VnTime"
					text, _ = viettest.TCVN3(c.Text, font)
				case viet.VNI:
					text, font = viettest.VNI(c.Text), "VNI-Times"
				}
				w.Text(c.Row, c.Col, text, xlsx.Style{Font: font})
			case xlsx.Number:
				w.Number(c.Row, c.Col, c.Text, format)
			case xlsx.Bool:
				w.Bool(c.Row, c.Col, c.Text == "1", format)
			}
		}
	}
	made, err := out.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// TestRetypedTemplate fills the template of the Hải Dương letter in, types all of
// it anew in the old codes, and wants the same facts.
func TestRetypedTemplate(t *testing.T) {
	env := example(t)
	body := templateOf(t, env, TemplateOptions{Values: everyFigure(env)})
	want := Read(Upload{Body: retyped(t, body, viet.Unicode)}, env)
	if want.Outcome != report.Ready || want.Draft.Facts.Len() < 100 {
		t.Fatalf("%s with %d facts: %v", want.Outcome, want.Draft.Facts.Len(), want.Draft.Findings)
	}
	for _, code := range []viet.Encoding{viet.TCVN3, viet.VNI} {
		got := Read(Upload{Body: retyped(t, body, code)}, env)
		if got.Outcome != report.Ready {
			t.Errorf("%s: %s: %v", code, got.Outcome, got.Draft.Findings)
		}
		if n := got.Draft.Facts.Len(); n != want.Draft.Facts.Len() {
			t.Errorf("%s: %d facts, want %d", code, n, want.Draft.Facts.Len())
		}
		for _, f := range want.Draft.Facts.All() {
			if same := got.Draft.Facts.Look(f.Unit, f.Place, f.Indicator); !same.Equal(f.Value) {
				t.Errorf("%s: %s %s is %v, want %v", code, f.Place, f.Indicator, same, f.Value)
			}
		}
		if !slices.ContainsFunc(got.Draft.Findings, func(f fault.Fault) bool { return f.Code == fault.OldCodeRead }) {
			t.Errorf("%s: nothing says that the words were read in an old code", code)
		}
		for _, f := range got.Draft.Findings {
			if f.Code == fault.OldCodeDoubtful {
				t.Errorf("%s: %s", code, f.EN())
			}
		}
	}
}

// TestRetypedPaper does so with the grid itself, capitals with a tone in runs of
// their own.
func TestRetypedPaper(t *testing.T) {
	for _, form := range []string{"places", "list", "across"} {
		p := filledPaper(t, form)
		want := p.read()
		for _, g := range p.grids {
			for i := range g.Cells {
				c := &g.Cells[i]
				if c.Type != xlsx.String {
					continue
				}
				text, runs := viettest.TCVN3(c.Text, ".VnArial")
				c.Text, c.Font = text, ".VnArial"
				for _, r := range runs {
					c.Runs = append(c.Runs, xlsx.Run(r))
				}
			}
		}
		got := p.read()
		if got.Outcome != want.Outcome || !slices.EqualFunc(got.Draft.Facts.List(), want.Draft.Facts.List(), func(a, b report.Fact) bool {
			return a.Unit == b.Unit && a.Place == b.Place && a.Indicator == b.Indicator && a.Value.Equal(b.Value)
		}) {
			t.Errorf("%s: retyped\n%s\nwant\n%s", form, describe(got), describe(want))
		}
		for _, s := range p.grids {
			for _, c := range sheet.FromGrid(s).Cells {
				if c.Change.Doubt {
					t.Errorf("%s: %q is in doubt", form, c.Text)
				}
			}
		}
	}
}
