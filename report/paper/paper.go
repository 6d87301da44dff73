// Package paper is the noun of papers that no definition describes: the tables of
// workbooks that agencies drew themselves, and their sum.
//
// Ingest reads a [Table], aggregate adds tables of one form up to a [Sum], export
// writes it. As everywhere every total names its figures, and every figure its
// cell (law 4).
package paper

import (
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// Table is a table of a workbook as it was understood.
type Table struct {
	File    string
	Sheet   string
	Area    string // range of the table, its head included
	Agency  string // who made it, as its heading or its file says; "" when neither does
	Unit    string // of all figures, as stated; "" when it is not
	Columns []Column
	Rows    []Row
	Figures []Figure
}

// Column is a column of figures.
type Column struct {
	Key  string   // the same for the same column of other workbooks
	Path []string // the words over it, from the top
	Code string   // its technical name, "" without
	Unit Unit     // as stated in its head, else that of the table
	Adds bool     // its figures can be added up: no rates, no means
}

// Unit is a unit of figures as it was stated.
type Unit struct {
	Words string // as stated, "" when it is not
	Key   string // the same for the same unit in another spelling
	Money bool   // a multiple of a đồng
	Power int    // of ten, of money: 6 for triệu đồng
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
	Unit     string   // of all figures: that of the first table
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
