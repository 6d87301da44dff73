package outline

import (
	"slices"
	"strings"

	"tonghop/ingest/match"
	"tonghop/ingest/sheet"
	"tonghop/ingest/table"
	"tonghop/ingest/viet"
)

// Form is a table with all that is known around it: what a definition of the form
// is drafted from.
type Form struct {
	File   string
	Sheet  string
	Area   string // range of the table
	Agency string // who reports, as the words over the table say; "" when they do not
	Over   []Said // words over the table, from the top
	Table  *table.Table
	Places []match.Place // what each line of the table is, as a place

	sheet *sheet.Sheet
}

// Said is a text over a table and where it stands.
type Said struct {
	Row, Col int
	Text     string // of one or more lines
}

// Forms gives the tables of the sheets that can be seen, those without figures
// too: an empty form is a form.
func (r *Reading) Forms() []*Form {
	var out []*Form
	for i := range r.sheets {
		s := &r.sheets[i]
		if s.sheet.Hidden {
			continue
		}
		for k, t := range s.found.Tables {
			agency, _ := s.agency(t)
			out = append(out, &Form{
				File: r.File.File, Sheet: s.sheet.Name, Area: r.File.Sheets[i].Tables[k].Range,
				Agency: agency, Over: said(s.sheet, t, s.found.Tables[:k]), Table: t,
				Places: placesOf(s.sheet, t, s.found.Tables), sheet: s.sheet,
			})
		}
	}
	return out
}

// said gives the texts over a table, without those of the tables above it.
func said(s *sheet.Sheet, t *table.Table, above []*table.Table) []Said {
	var out []Said
	for _, row := range s.RowNumbers(1) {
		if row >= t.Top {
			break
		}
		if slices.ContainsFunc(above, func(a *table.Table) bool { return a.Top <= row && row <= a.Last }) || t.IsCodeRow(row) {
			continue
		}
		cells := s.Row(row)
		for i := range cells {
			if text, _ := viet.CleanLines(cells[i].Text); cells[i].IsText() && strings.TrimSpace(text) != "" {
				out = append(out, Said{row, cells[i].Col, text})
			}
		}
	}
	return out
}

// Text gives what stands in a cell of the form's sheet in one line, "" for nothing.
func (f *Form) Text(row, col int) string {
	c := f.sheet.At(row, col)
	if c == nil {
		return ""
	}
	text, _ := viet.Clean(c.Text)
	return text
}

// RowUnits gives the unit that each line states in a column of units, "" where it
// states none.
func (f *Form) RowUnits() []string { return rowUnits(f.sheet, f.Table) }

// Percent reports whether the figure of a cell is shown in percent.
func (f *Form) Percent(row, col int) bool {
	c := f.sheet.At(row, col)
	return c != nil && (c.Percent || strings.HasSuffix(c.Text, "%"))
}
