// Package outline says what a workbook of any making holds, with no definition
// to read it by: its tables, what each column and each row of them is, what adds
// up to what, and of every cell that was left out why.
//
// [File] is a contract: `tonghop read --json` prints it. What is not known is
// null, never guessed.
package outline

import "tonghop/report/fault"

// File is a workbook as it was understood.
type File struct {
	File     string     `json:"file"`   // its name, without folders
	Format   string     `json:"format"` // xlsx, xls, ods, csv
	Sheets   []Sheet    `json:"sheets"`
	Counts   Counts     `json:"counts"`
	Findings fault.List `json:"findings"`
}

// Counts accounts for the cells with something in them: every one is used or
// excluded (law 4).
type Counts struct {
	Cells    int `json:"cells"`
	Used     int `json:"used"`
	Excluded int `json:"excluded"`
}

// Sheet is one tab.
type Sheet struct {
	Name     string      `json:"name"`
	State    string      `json:"state"` // visible, hidden, veryHidden
	Tables   []Table     `json:"tables"`
	Excluded []Exclusion `json:"excluded"`
}

// Exclusion is a range whose cells are no part of a table, and why.
type Exclusion struct {
	Range  string `json:"range"`
	Reason string `json:"reason"`
}

// Table is one table of a sheet.
type Table struct {
	Range      string   `json:"range"` // header and body
	HeaderRows []int    `json:"headerRows"`
	IndexRow   *int     `json:"indexRow"` // "(1) (2) (3)=(1)+(2)"
	FirstRow   int      `json:"firstRow"` // of the body
	LastRow    int      `json:"lastRow"`
	Unit       *string  `json:"unit"`     // of all figures, as stated: "triệu đồng"
	UnitCell   *string  `json:"unitCell"` // where it is stated
	Columns    []Column `json:"columns"`  // those with something in them, from the left
	Rows       []Row    `json:"rows"`     // those with something in them, from the top
}

// The roles of columns.
const (
	ColumnNumber = "number" // numbers the rows: STT, I, 1.1
	ColumnCode   = "code"   // codes of the rows
	ColumnName   = "name"   // says what the rows are about
	ColumnValue  = "value"  // figures
	ColumnNote   = "note"   // remarks and other words
)

// Column is a column of a table.
type Column struct {
	Column string   `json:"column"` // its letters
	Path   []string `json:"path"`   // the words over it, from the top; none where the head can be read in two ways
	Role   string   `json:"role"`
	SumOf  []string `json:"sumOf"` // letters of the columns that it is the sum of, in every row; null when it is none
	Unit   *string  `json:"unit"`  // where the header of the column states its own
	Index  *string  `json:"index"` // what the index row calls it: "3"
	Code   *string  `json:"code"`  // its technical name, from a row of such names
}

// The roles of rows.
const (
	RowData    = "data"
	RowTotal   = "total"   // the sum of other rows
	RowSection = "section" // heads the rows below it, without figures of its own
	RowNote    = "note"    // words among the rows
)

// Row is a row of a table's body.
type Row struct {
	Row    int     `json:"row"`
	Role   string  `json:"role"`
	Level  *int    `json:"level"`  // depth in the tree of rows, from 1; null where the rows are no tree
	Number *string `json:"number"` // as typed: "I", "1.1"
	Name   *string `json:"name"`
	Code   *string `json:"code"`
	Place  *string `json:"place"` // code of the place that it is about
	SumOf  []int   `json:"sumOf"` // rows that it is the sum of; null when it is none
}
