package outline

import (
	"strconv"

	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
	"tonghop/report/fault"
	"tonghop/report/paper"
)

// ReadPapers reads the tables of a workbook to be added up, and says what is wrong
// with it: that it cannot be read, has no table with figures that can be seen, or
// what its reading found. A workbook with a property of the name own is passed over:
// it is a sum of ours.
func ReadPapers(name string, body []byte, limits xlsx.Limits, own string) ([]*paper.Table, fault.List) {
	r, stop := Read(name, body, limits)
	if stop != nil {
		return nil, fault.List{stop.In(name)}
	}
	if r.props[own] != "" {
		return nil, nil
	}
	tables := r.Papers()
	found := r.hiddenPapers()
	if len(tables) == 0 {
		found = append(found, fault.New(fault.PaperWithoutTable))
	} else {
		found = append(found, r.File.Findings...)
	}
	for i := range found {
		found[i].File = name
		if addsAsItStands[found[i].Code] && found[i].Severity == fault.Error {
			found[i] = found[i].Weighed(fault.Explain)
		}
	}
	return tables, found
}

// addsAsItStands are the errors of a paper that do not hinder adding it up: the
// figures are there, only their total is another, or they may be read in two ways. A
// figure that is not there at all could not be added, and stays an error.
var addsAsItStands = map[fault.Code]bool{fault.SumDiffers: true, fault.TotalRowDiffers: true, fault.NumberAmbiguous: true}

// Papers gives the tables of a workbook with their figures, to be added up. Sheets
// that are hidden are left out: nobody handed them in knowingly.
func (r *Reading) Papers() []*paper.Table {
	var out []*paper.Table
	for i := range r.sheets {
		if s := &r.sheets[i]; !s.sheet.Hidden {
			out = append(out, r.papersOn(i)...)
		}
	}
	return out
}

// papersOn gives the tables with figures of the i-th sheet.
func (r *Reading) papersOn(i int) []*paper.Table {
	var out []*paper.Table
	s := &r.sheets[i]
	for k, t := range s.found.Tables {
		if p := s.paper(t, &r.File.Sheets[i].Tables[k], r.File.File); len(p.Figures) > 0 {
			p.Period, p.Series = s.period(t, p.File, p.Title), s.series(p.Title)
			timeHeads(p)
			out = append(out, p)
		}
	}
	return out
}

// hiddenPapers says which sheets are hidden and how many figures are left out with
// them.
func (r *Reading) hiddenPapers() fault.List {
	var found fault.List
	for i := range r.sheets {
		s := &r.sheets[i]
		if !s.sheet.Hidden {
			continue
		}
		if figures := r.figuresOn(i); figures > 0 {
			found = append(found, fault.New(fault.PaperHidden, fault.A("count", strconv.Itoa(figures))).At(s.sheet.Name, ""))
		}
	}
	return found
}

// figuresOn counts the figures in the tables of the i-th sheet, or all its numbers
// where no table was seen.
func (r *Reading) figuresOn(i int) int {
	n := 0
	for _, t := range r.papersOn(i) {
		n += len(t.Figures)
	}
	if n > 0 {
		return n
	}
	s := r.sheets[i].sheet
	for k := range s.Cells {
		if c := &s.Cells[k]; c.Type == xlsx.Number && !s.IsMark(c) {
			n++
		}
	}
	return n
}

func (r *read) paper(t *table.Table, told *Table, file string) *paper.Table {
	agency, above := r.agency(t)
	p := &paper.Table{File: file, FileKey: fileKey(file), Sheet: r.sheet.Name, Area: told.Range, Top: t.Top, Unit: t.Unit, Agency: agency, People: namesPeople(t)}
	p.ByKey, p.Title = byKey(p, above), r.title(t, agency)
	var at map[int]int
	p.Columns, at = figureColumns(t)
	p.Years = yearsOver(p.Columns)
	p.Rows = r.rowsOf(t, told)
	for i := range t.Lines {
		for _, f := range t.Figures(t.Lines[i].Row) {
			col, ok := at[f.Col]
			if !ok {
				continue
			}
			if value, _, ok := inUnitOver(f, paper.UnitOf(p.Rows[i].Unit, p.Columns[col].Unit, p.Columns[col].Own).Words); ok { // else it is said, see findOwnUnits
				p.Figures = append(p.Figures, paper.Figure{Row: i, Column: col, Cell: f.Cell, Text: f.Text, Value: value})
			}
		}
		for k := range t.Cols {
			if col, ok := at[t.Cols[k].Col]; ok {
				if c := r.sheet.At(t.Lines[i].Row, t.Cols[k].Col); c != nil && c.NoValue {
					p.Open = append(p.Open, paper.Cell{Row: i, Column: col})
				}
			}
		}
	}
	return p
}

// figureColumns gives the columns of figures of a table, and their positions by where
// they stand on the sheet.
func figureColumns(t *table.Table) ([]paper.Column, map[int]int) {
	var out []paper.Column
	at := map[int]int{}
	keys := columnKeys(t)
	for i := range t.Cols {
		c := &t.Cols[i]
		if c.Role != table.ColValue {
			continue
		}
		unit, lent := unitOver(t, c)
		at[c.Col] = len(out)
		out = append(out, paper.Column{Key: keys[i], Path: c.Path, Code: c.Code, Unit: unitOf(unit), Lent: lent, Own: isOwn(t, c), Adds: c.Added || table.Additive(c.Path, unit), Period: isPeriod(c.Path), Accrual: accrualOf(c.Path)})
	}
	for i := range t.Cols {
		if k, ok := at[t.Cols[i].Col]; ok {
			out[k].Of = positions(at, t.Cols[i].Sum)
		}
	}
	return out, at
}

// positions looks places on the sheet up; nil where one of them is unknown.
func positions(at map[int]int, places []int) []int {
	var out []int
	for _, p := range places {
		i, ok := at[p]
		if !ok {
			return nil
		}
		out = append(out, i)
	}
	return out
}

// rowsOf gives the rows of a table.
func (r *read) rowsOf(t *table.Table, told *Table) []paper.Row {
	keys, units := rowKeys(t, told), rowUnits(r.sheet, t)
	at := map[int]int{}
	for i := range t.Lines {
		at[t.Lines[i].Row] = i
	}
	out := make([]paper.Row, len(t.Lines))
	for i := range t.Lines {
		l := &t.Lines[i]
		out[i] = paper.Row{
			Key: keys[i].key, Own: keys[i].own, NameKey: keys[i].name, PartKey: keys[i].part, CodeKey: keys[i].code, Twice: keys[i].twice,
			Number: l.Number, Name: l.Name, Code: l.Code, Level: l.Level,
			Total: l.Role == table.RowTotal, Of: positions(at, l.Sum), Called: table.IsTotal(l.Name, nil), Part: l.Part,
			Counts: viet.IsNumberOf(l.Path()[len(l.Path())-1]), Unit: unitOf(units[i]), Adds: t.AddsRow(l, units[i]),
			Accrual: rowAccrual(l.Path()),
		}
		if bare, unit := unitInName(l.Name); unit != "" && !out[i].Unit.IsStated() {
			out[i].Name, out[i].Unit = bare, unitOf(unit)
		}
		if place := told.Rows[i].Place; place != nil {
			out[i].Place = *place
		}
	}
	return out
}

// unitOf looks a stated unit up.
func unitOf(words string) paper.Unit {
	u := viet.ParseUnit(words)
	return paper.Unit{Words: words, Base: u.Base, Power: u.Power, Measure: u.Measure}
}
