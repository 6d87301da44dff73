package outline

import (
	"fmt"
	"path/filepath"
	"slices"

	"tonghop/ingest/sheet"
	"tonghop/ingest/table"
	"tonghop/internal/xlsx"
	"tonghop/report/fault"
)

// Reading is a workbook with what was understood of it.
type Reading struct {
	File   File
	sheets []read
	props  map[string]string // custom properties of the document
}

// read is a sheet, its tables, and what became of its cells.
type read struct {
	sheet *sheet.Sheet
	found table.Found
	*account
}

// Read says what a workbook holds, or why it cannot be read. name is what the file
// is called; only its last part is kept.
func Read(name string, body []byte, limits xlsx.Limits) (reading *Reading, stop *fault.Fault) {
	defer func() {
		if p := recover(); p != nil { // a mistake of ours must not take the others' workbooks along
			f := fault.New(fault.FileReadFailed, fault.A("detail", fmt.Sprint(p)))
			reading, stop = nil, &f
		}
	}()
	book, stop := sheet.Open(body, limits)
	if stop != nil {
		return nil, stop
	}
	r := &Reading{props: book.Props, File: File{File: filepath.Base(name), Format: book.Format, Sheets: []Sheet{}, Findings: fault.List{}}}
	for _, s := range book.Sheets {
		r.add(s)
	}
	return r, nil
}

// add takes a sheet in.
func (r *Reading) add(s *sheet.Sheet) {
	found := table.Discover(s.Unmarked())
	out := Sheet{Name: s.Name, State: s.State, Tables: []Table{}, Excluded: []Exclusion{}}
	for _, t := range found.Tables {
		places := placesOf(s, t, found.Tables)
		withoutFigures(t, places)
		out.Tables = append(out.Tables, tableOf(t))
		namePlaces(places, &out.Tables[len(out.Tables)-1])
	}
	a := newAccount(s, found)
	out.Excluded = append(out.Excluded, a.exclusions()...)
	counts := &r.File.Counts
	counts.Cells += len(s.Cells)
	counts.Used += a.used
	counts.Excluded += len(s.Cells) - a.used
	r.File.Sheets = append(r.File.Sheets, out)
	r.File.find(s, found.Tables)
	r.File.findOutside(s, a)
	r.sheets = append(r.sheets, read{s, found, a})
}

// tableOf puts a table into the words of the contract.
func tableOf(t *table.Table) Table {
	out := Table{
		Range: t.Area().String(), HeaderRows: t.HeadRows, FirstRow: t.First, LastRow: t.Last,
		Columns: []Column{}, Rows: []Row{},
	}
	if t.IndexRow > 0 {
		out.IndexRow = &t.IndexRow
	}
	out.Unit, out.UnitCell = known(t.Unit), known(t.UnitCell)
	for i := range t.Cols {
		c := &t.Cols[i]
		column := Column{Column: xlsx.ColName(c.Col), Path: c.Path, Role: columnRoles[c.Role], Unit: known(c.Unit), Index: known(c.Index), Code: known(c.Code)}
		if column.Path == nil {
			column.Path = []string{}
		}
		for _, p := range c.Sum {
			column.SumOf = append(column.SumOf, xlsx.ColName(p))
		}
		out.Columns = append(out.Columns, column)
	}
	for i := range t.Lines {
		l := &t.Lines[i]
		row := Row{Row: l.Row, Role: rowRoles[l.Role], Name: known(l.Name), Code: known(l.Code), Number: known(l.Number), SumOf: l.Sum}
		if l.Level > 0 {
			row.Level = &l.Level
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

var columnRoles = map[table.ColRole]string{
	table.ColValue: ColumnValue, table.ColNumber: ColumnNumber, table.ColCode: ColumnCode, table.ColName: ColumnName, table.ColNote: ColumnNote,
}

var rowRoles = map[table.RowRole]string{
	table.RowData: RowData, table.RowTotal: RowTotal, table.RowSection: RowSection, table.RowNote: RowNote,
}

// known gives a text that is known, nil for one that is not.
func known(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// account says of every cell of a sheet whether it is used, and why not.
type account struct {
	sheet   *sheet.Sheet
	reasons []string // by cell, "" for one that is used
	used    int
}

// The reasons for which cells are no part of a table.
const (
	ReasonTitle      = "title"           // over a table: its title, number, letter, bodies
	ReasonParameters = "parameters"      // names of parameters and their values, over a table
	ReasonNote       = "note"            // under a table: notes, place and date
	ReasonSignature  = "signature"       // under a table: who drew it up, who signed it
	ReasonRepeated   = "header repeated" // the header once more, for the next page
	ReasonBeside     = "beside a table"  // in the rows of a table, outside its columns
	ReasonBlank      = "blank"           // nothing that can be seen
	ReasonNoTable    = "no table"        // on a sheet without one
	ReasonMark       = "mark"            // put there by tonghop, for itself
)

func newAccount(s *sheet.Sheet, found table.Found) *account {
	a := &account{sheet: s, reasons: make([]string, len(s.Cells))}
	for i := range s.Cells {
		c := &s.Cells[i]
		switch {
		case s.IsMark(c):
			a.reasons[i] = ReasonMark
		default:
			a.reasons[i] = reasonFor(s, c, found)
		}
		if a.reasons[i] == "" {
			a.used++
		}
	}
	return a
}

// reasonFor says why a cell is left out, "" when it is used.
func reasonFor(s *sheet.Sheet, c *sheet.Cell, found table.Found) string {
	if c.Text == "" && !c.NoValue {
		return ReasonBlank
	}
	if len(found.Tables) == 0 {
		return ReasonNoTable
	}
	for _, area := range found.Parameters {
		if area.Contains(c.Row, c.Col) {
			return ReasonParameters
		}
	}
	reason := ReasonNote
	under := false
	for _, t := range found.Tables {
		area := t.Area()
		switch {
		case t.UnitCell == c.Ref():
			return ""
		case t.IsCodeRow(c.Row) && area.FirstCol <= c.Col && c.Col <= area.LastCol:
			return ""
		case c.Row < area.FirstRow:
			if !under || isOver(s, c, area) {
				reason = ReasonTitle
			}
		case c.Row > area.LastRow:
			under = true
			reason = ReasonNote
		case c.Col < area.FirstCol || c.Col > area.LastCol:
			reason = ReasonBeside
		case slices.Contains(t.Repeated, c.Row):
			return ReasonRepeated
		default:
			return ""
		}
	}
	if reason == ReasonNote && table.IsSignature(c.Text) {
		return ReasonSignature
	}
	return reason
}

// isOver reports whether a text between two tables belongs to the one below: it is
// numbered as a heading, or no empty row parts it from that table.
func isOver(s *sheet.Sheet, c *sheet.Cell, below xlsx.Range) bool {
	if !c.IsText() || table.IsSignature(c.Text) || table.EndsTable(c.Text) {
		return false
	}
	if table.Numbering(c.Text) != "" {
		return true
	}
	for row := c.Row + 1; row < below.FirstRow; row++ {
		if len(s.Row(row)) == 0 {
			return false
		}
	}
	return true
}

// exclusions gathers the cells that are left out into ranges: runs of rows with
// the same reason, row by row from the left.
func (a *account) exclusions() []Exclusion {
	var out []Exclusion
	var area xlsx.Range
	reason := ""
	flush := func() {
		if reason != "" {
			out = append(out, Exclusion{Range: area.String(), Reason: reason})
		}
		reason = ""
	}
	for i := range a.sheet.Cells {
		c := &a.sheet.Cells[i]
		r := a.reasons[i]
		switch {
		case r == "":
			flush()
		case r == reason && (c.Row == area.LastRow && c.Col == area.LastCol+1 || c.Row == area.LastRow+1 && area.FirstCol == area.LastCol && c.Col == area.FirstCol):
			area.LastRow, area.LastCol = c.Row, c.Col
		default:
			flush()
			reason = r
			area = xlsx.Range{FirstRow: c.Row, FirstCol: c.Col, LastRow: c.Row, LastCol: c.Col}
		}
	}
	flush()
	return out
}
