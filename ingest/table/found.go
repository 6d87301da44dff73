package table

import (
	"strings"

	"tonghop/internal/xlsx"
	"tonghop/report/decimal"
)

// ColRole is what a column of a table is for.
type ColRole uint8

// The roles of columns.
const (
	ColValue  ColRole = iota // figures
	ColNumber                // numbers the rows: STT
	ColCode                  // codes of the rows
	ColName                  // says what the rows are about
	ColNote                  // remarks, units, other words
)

// RowRole is what a row of a table is for.
type RowRole uint8

// The roles of rows.
const (
	RowData    RowRole = iota
	RowTotal           // the sum of other rows
	RowSection         // heads rows, without figures of its own
	RowNote            // words among the rows
)

// Table is a table found by [Discover].
type Table struct {
	Top, Last int // rows: the first of the head, the last of the body
	First     int // first row of the body
	HeadRows  []int
	IndexRow  int // row of the column numbers, 0 without
	Unit      string
	UnitCell  string // address of the cell that states it
	Cols      []Col
	Lines     []Line
	Broken    []Broken
	Repeated  []int // rows that say the head once more

	look   *look
	head   head
	cols   colSpan
	filled []bool // by column: whether the body has something there
	steps  int    // rows that are steps of a scale, see [Table.AddsRow]
}

// Col is a column of a table.
type Col struct {
	Col   int
	Path  []string // the words over it, from the top
	Index string   // what the index row calls it: "3", "A"
	Code  string   // its technical name
	Role  ColRole
	Sum   []int // columns that it is the sum of
	Unit  string
	Added bool // a total under it adds it up, though its words alone would not say that it adds up
}

// Line is a row of the body.
type Line struct {
	Row    int
	Role   RowRole
	Level  int    // depth in the tree of rows, from 1; 0 where the rows are no tree
	Number string // as typed: "I", "1.1", "-"
	Name   string
	Group  string // the first of two names of a row, "Xã Mường Cai" of "Xã Mường Cai › Kế hoạch"; "" where it has one
	Leaf   string // and the second
	Code   string
	Sum    []int // rows that it is the sum of
	Part   bool  // "trong đó": counted in a row above, in whole or in part

	headsGroup bool // names a group alone, with figures of its own: see [Line.Group]
}

// Broken is a total that does not close.
type Broken struct {
	Row, Col int
	Across   bool // the sum of other columns; otherwise of other rows
	Of       []int
	Got      decimal.Decimal // what stands there
	Want     decimal.Decimal // what its parts add up to
	Rounding bool            // by no more than the rounding of its parts
}

// Cell gives the address of the figure.
func (b Broken) Cell() string { return xlsx.Ref(b.Row, b.Col) }

// Area gives the range of the table, its head included.
func (t *Table) Area() xlsx.Range {
	r := xlsx.Range{FirstRow: t.Top, LastRow: t.Last}
	for i, c := range t.Cols {
		if i == 0 {
			r.FirstCol = c.Col
		}
		r.LastCol = c.Col
	}
	return r
}

// complete works out what every column and row is.
func (t *Table) complete() {
	t.nameColumns()
	t.numberRows()
	t.findAdded()
	t.sumRows()
	t.sumColumns()
	t.settleDoubts()
	t.countSteps()
}

// IsCodeRow reports whether a row holds the technical names of the columns.
func (t *Table) IsCodeRow(row int) bool { return t.head.codes > 0 && t.head.codes == row }

// RowName gives the name of a row of the body, "" when it has none.
func (t *Table) RowName(row int) string {
	for i := range t.Lines {
		if t.Lines[i].Row == row {
			return t.Lines[i].Name
		}
	}
	return ""
}

// ColumnName gives the words over a column in one line, its letters when there are
// none.
func (t *Table) ColumnName(col int) string {
	for i := range t.Cols {
		if t.Cols[i].Col == col && len(t.Cols[i].Path) > 0 {
			return strings.Join(t.Cols[i].Path, " / ")
		}
	}
	return xlsx.ColName(col)
}

// FigureAt is a figure of a row.
type FigureAt struct {
	Col   int
	Cell  string // its address
	Text  string // as it stands there
	Value decimal.Decimal
	Unit  string // that stands behind the figure in the cell, "" for none
}

// IsWords reports whether words or a date stand at an address of the body, and no
// figure or mark for nothing. Words across several columns head rows.
func (t *Table) IsWords(row, col int) bool {
	c := t.look.at(row, col)
	return c != nil && (c.kind == kindText || c.kind == kindDate) && !t.look.isWide(row, col)
}

// ownUnit gives the unit that a cell states behind its figure: in words, or a sign of
// percent in a text.
func (c *seen) ownUnit() string {
	if c.IsText() && strings.HasSuffix(c.Text, "%") {
		return "%"
	}
	return c.unit
}

// Figures gives the figures of a row of the body, from the left.
func (t *Table) Figures(row int) []FigureAt {
	var out []FigureAt
	for _, c := range t.look.row(row, t.cols) {
		if c.kind == kindFigure {
			out = append(out, FigureAt{c.Col, c.Ref(), c.Text, c.value, c.ownUnit()})
		}
	}
	return out
}
