// Package sheet gives the cells of an upload as a person sees them: texts in one
// spelling, merged areas as one cell, rows that can be walked, and for every
// cell an account of what became of it.
//
// It stands between the formats, which internal/xlsx knows, and the tables,
// which package table finds. Nothing is interpreted here: a cell is text, a
// number as stored, a date, a yes or no, an error or a formula without a value.
package sheet

import (
	"cmp"
	"slices"
	"sync"

	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
)

// Cell is a cell with something in it.
type Cell struct {
	Row, Col int    // from 1
	Raw      string // as stored
	Text     string // as stored; of a text cell in Unicode and cleaned, see [viet.CleanLines]
	Formula  string // without "=", "" where there is none or it is shared
	key      string

	Type               xlsx.CellType
	Change             viet.Change // what was done to Raw to get Text
	IsFormula, NoValue bool
	Percent            bool  // a number shown in percent
	Indent             uint8 // steps of indentation that are set, not typed
	hasKey             bool
	fate               Fate
}

// Ref gives the address of the cell, "F18".
func (c *Cell) Ref() string { return xlsx.Ref(c.Row, c.Col) }

// Key gives the text of the cell for comparing; see [viet.Key].
func (c *Cell) Key() string {
	if !c.hasKey {
		c.key, c.hasKey = viet.Key(c.Text), true
	}
	return c.key
}

// IsCopy reports whether two sheets say the same in the same cells.
func (s *Sheet) IsCopy(of *Sheet) bool {
	return slices.EqualFunc(s.Cells, of.Cells, func(a, b Cell) bool {
		return a.Row == b.Row && a.Col == b.Col && a.Type == b.Type && a.Text == b.Text
	})
}

// IsText reports whether the cell holds text.
func (c *Cell) IsText() bool { return c.Type == xlsx.String }

// Sheet is one worksheet.
type Sheet struct {
	Name   string
	Hidden bool   // not shown to a person, in whatever degree
	State  string // visible, hidden, veryHidden
	Cells  []Cell // by row, then column
	Merges []xlsx.Range
	MaxCol int

	grid   *xlsx.Grid // without its cells
	rows   []span
	areas  [][]xlsx.Range // merged areas by row, of the first headerRows rows; see [Sheet.Area]
	corner *Cell          // see [Sheet.Corner]
}

// span is one row with something in it: its cells are Cells[from:to].
type span struct{ number, from, to int }

// headerRows is how far down merged areas are looked up: headers stand above.
const headerRows = 300

// maxHeaderMerges bounds the merged areas that are looked up; the biggest real
// header seen has a hundred.
const maxHeaderMerges = 20_000

// FromGrid makes a sheet of a grid.
func FromGrid(g *xlsx.Grid) *Sheet {
	in := gathering{styles: g.Styles, cells: make([]Cell, 0, len(g.Cells))}
	for i := range g.Cells {
		in.add(&g.Cells[i])
	}
	in.settle()
	return newSheet(g, in.cells)
}

// read reads a sheet of a file.
func read(file *xlsx.Workbook, index int) (*Sheet, error) {
	in := gathering{styles: file.Styles(), cells: takeRoom()}
	grid, err := file.Frame(index, func(more int) { in.cells = slices.Grow(in.cells, more) }, in.add)
	if err != nil {
		giveBack(in.cells)
		return nil, err
	}
	in.settle()
	return newSheet(grid, in.cells), nil
}

// rooms are slices of cells without cells, for one sheet after the other: they are
// most of what the reading of a workbook would leave to be collected.
var rooms sync.Pool

// mostRoom is how many cells a slice may have that is kept, some 2 MB.
const mostRoom = 16 << 10

func takeRoom() []Cell {
	if kept, ok := rooms.Get().(*[]Cell); ok {
		return *kept
	}
	return nil
}

func giveBack(cells []Cell) {
	if cap(cells) == 0 || cap(cells) > mostRoom {
		return
	}
	clear(cells) // its texts are not to be held
	cells = cells[:0]
	rooms.Put(&cells)
}

// newSheet makes a sheet of the frame of a grid and cells in any order.
func newSheet(g *xlsx.Grid, cells []Cell) *Sheet {
	if !slices.IsSortedFunc(cells, byPosition) {
		slices.SortFunc(cells, byPosition)
	}
	s := &Sheet{Name: g.Name, Cells: cells, Merges: g.Merges, MaxCol: g.MaxCol, grid: g, corner: findCorner(cells)}
	if n := len(cells); n > 0 {
		s.rows = make([]span, 0, min(n, cells[n-1].Row))
	}
	for i := range cells {
		if n := len(s.rows); n == 0 || s.rows[n-1].number != cells[i].Row {
			s.rows = append(s.rows, span{number: cells[i].Row, from: i, to: i})
		}
		s.rows[len(s.rows)-1].to = i + 1
	}
	return s
}

func byPosition(a, b Cell) int {
	return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Col, b.Col))
}

// mostIndent is the deepest indentation that Excel sets.
const mostIndent = 250

// fill makes a cell of one as the format has it.
func fill(out *Cell, styles []xlsx.CellStyle, c *xlsx.Cell) {
	*out = Cell{
		Row: c.Row, Col: c.Col, Type: c.Type, Raw: c.Text, Text: c.Text,
		Formula: c.Formula, IsFormula: c.HasFormula, NoValue: c.HasFormula && c.NoCache,
	}
	if 0 <= c.Style && c.Style < len(styles) {
		out.Indent = uint8(min(max(styles[c.Style].Indent, 0), mostIndent))
	}
	switch c.Type {
	case xlsx.String:
		out.Text, out.Change = viet.CleanLines(c.Text)
	case xlsx.Number:
		out.Percent = 0 <= c.Style && c.Style < len(styles) && isPercent(styles[c.Style].NumFmt)
	}
}

// isPercent reports whether a number format shows percent: a sign outside
// quotes and escapes.
func isPercent(format string) bool {
	quoted := false
	for i := 0; i < len(format); i++ {
		switch c := format[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\':
			i++
		case c == '%':
			return true
		}
	}
	return false
}

// At gives the cell at an address, nil where nothing stands.
func (s *Sheet) At(row, col int) *Cell {
	cells := s.Row(row)
	// Without a function to compare by: cells are large, and this is asked of
	// every place around a header many times over.
	low, high := 0, len(cells)
	for low < high {
		if mid := (low + high) / 2; cells[mid].Col < col {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low == len(cells) || cells[low].Col != col {
		return nil
	}
	return &cells[low]
}

// Row gives the cells of a row. The slice is the sheet's own.
func (s *Sheet) Row(number int) []Cell {
	low, high := 0, len(s.rows)
	if number <= len(s.rows) && number > 0 && s.rows[number-1].number == number {
		low, high = number-1, number-1 // no row above it is empty
	}
	for low < high {
		if mid := (low + high) / 2; s.rows[mid].number < number {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low == len(s.rows) || s.rows[low].number != number {
		return nil
	}
	return s.Cells[s.rows[low].from:s.rows[low].to]
}

// RowNumbers gives the numbers of the rows with something in them, from first
// on, ascending.
func (s *Sheet) RowNumbers(first int) []int {
	i, _ := slices.BinarySearchFunc(s.rows, first, func(r span, n int) int { return r.number - n })
	out := make([]int, 0, len(s.rows)-i)
	for _, r := range s.rows[i:] {
		out = append(out, r.number)
	}
	return out
}

// Shown gives the cell whose text a person sees at an address: the cell itself,
// or the first one of the merged area it lies in. Areas are known in the upper
// part of a sheet only, where headers stand.
func (s *Sheet) Shown(row, col int) *Cell {
	if area, ok := s.Area(row, col); ok {
		return s.At(area.FirstRow, area.FirstCol)
	}
	return s.At(row, col)
}

// Area gives the merged area an address lies in; see [Sheet.Shown].
func (s *Sheet) Area(row, col int) (xlsx.Range, bool) {
	if s.areas == nil {
		s.areas = indexAreas(s.Merges)
	}
	if row < 1 || row >= len(s.areas) {
		return xlsx.Range{}, false
	}
	for _, a := range s.areas[row] {
		if a.Contains(row, col) {
			return a, true
		}
	}
	return xlsx.Range{}, false
}

func indexAreas(merges []xlsx.Range) [][]xlsx.Range {
	merges = merges[:min(len(merges), maxHeaderMerges)]
	last := 0
	for _, m := range merges {
		last = max(last, min(m.LastRow, headerRows))
	}
	areas := make([][]xlsx.Range, last+1)
	for _, m := range merges {
		for row := m.FirstRow; row <= min(m.LastRow, headerRows); row++ {
			areas[row] = append(areas[row], m)
		}
	}
	return areas
}

// IsHidden reports whether nobody sees the cell: its row or column is hidden.
func (s *Sheet) IsHidden(c *Cell) bool {
	return s.grid.RowHidden(c.Row) || s.grid.ColHidden(c.Col)
}

// Date1904 reports whether serial dates count from 1904.
func (s *Sheet) Date1904() bool { return s.grid.Date1904 }
