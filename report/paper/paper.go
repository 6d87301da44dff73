// Package paper is the noun of papers that no definition describes: the tables of
// workbooks that agencies drew themselves, and their sum.
//
// Ingest reads a [Table], aggregate adds tables of one form up to a [Sum], export
// writes it. As everywhere every total names its figures, and every figure its
// cell (law 4).
package paper

import (
	"cmp"
	"path"
	"strings"

	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// Table is a table of a workbook as it was understood.
type Table struct {
	File    string
	Sheet   string
	Area    string // range of the table, its head included
	Agency  string // who made it, as its heading says; "" when it does not
	Unit    string // of all figures, as stated; "" when it is not
	Columns []Column
	Rows    []Row
	Figures []Figure
}

// By gives who made the table: the agency, else what its file is called.
func (t *Table) By() string {
	return cmp.Or(t.Agency, strings.TrimSuffix(t.File, path.Ext(t.File)))
}

// Column is a column of figures.
type Column struct {
	Key  string   // the same for the same column of other workbooks
	Path []string // the words over it, from the top
	Code string   // its technical name, "" without
	Unit Unit     // as stated in its head, else that of the table
	Adds bool     // its figures can be added up: no rates, no means
}

// Unit is a unit of figures as it was stated; the zero value says that none was.
type Unit struct {
	Words   string // as stated
	Base    string // what a power of ten is taken of: figures in units of one base can be converted
	Power   int    // a figure of 1 is ten to this power of the base: 6 for triệu đồng
	Measure bool   // the base is money, a share or a measure; the words for what is counted differ from body to body
}

// IsStated reports whether there is a unit.
func (u Unit) IsStated() bool { return u.Words != "" }

// Shift gives the powers of ten from figures in u to figures in another unit, and
// false where the two count different things. Where one is not stated it is taken
// to be the other.
func (u Unit) Shift(to Unit) (powers int, ok bool) {
	switch {
	case !u.IsStated() || !to.IsStated():
		return 0, true
	case u.Base == to.Base:
		return u.Power - to.Power, true
	}
	// "hộ" and "hộ dân": other words, and perhaps the same. A scale or a measure
	// that only one of them has makes them different for certain.
	return 0, !u.Measure && !to.Measure && u.Power == to.Power
}

// Row is a row of the body that has figures or heads some.
type Row struct {
	Key    string // the same for the same row of other workbooks
	Number string // as typed: "I", "1.1"
	Name   string
	Code   string
	Place  string // code of the place it is about, "" when it is about none
	Level  int    // depth in the tree of rows, from 1; 0 where there is none
	Total  bool   // the sum of other rows
	Unit   Unit   // as a column of units states it for this row
	Adds   bool   // its figures can be added up; see [Column.Adds]
}

// Figure is a figure of a table.
type Figure struct {
	Row, Column int // positions in the table's rows and columns
	Cell        string
	Text        string // as it stands there
	Value       decimal.Decimal
}

// Sum is tables of one form added up, cell by cell.
type Sum struct {
	Tables   []*Table // those that were added, in the order of files
	Unit     string   // of all figures: that of the first table that states one
	Columns  []Column
	Rows     []Row
	Totals   []Total // by row, then column
	Findings fault.List
}

// Total is the sum of the figures of one cell of the form.
type Total struct {
	Row, Column int
	Value       decimal.Decimal
	Sources     []Source
}

// Source is a figure that a total counts.
type Source struct {
	Table int // position among the tables of the sum
	Cell  string
	Value decimal.Decimal // as it is added: in the unit of the sum
}

// At gives the total of a row and column, false where there is none.
func (s *Sum) At(row, column int) (Total, bool) {
	for lo, hi := 0, len(s.Totals); lo < hi; {
		mid := (lo + hi) / 2
		switch t := &s.Totals[mid]; {
		case t.Row < row || t.Row == row && t.Column < column:
			lo = mid + 1
		case t.Row == row && t.Column == column:
			return *t, true
		default:
			hi = mid
		}
	}
	return Total{}, false
}
