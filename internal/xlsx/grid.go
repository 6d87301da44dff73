package xlsx

import (
	"cmp"
	"slices"
	"sort"
)

// CellType says what the value of a cell is.
type CellType uint8

// The types of a cell. Blank cells, styled or not, are never delivered, unless
// they hold a formula without a value.
const (
	Blank     CellType = iota // no value: only with HasFormula
	Number                    // Text is the stored decimal, up to 17 digits, perhaps with an exponent
	String                    // Text is the text
	Bool                      // Text is "1" or "0"
	TypeError                 // Text is the error as shown, "#REF!"
	Date                      // Text is the stored serial number, or an ISO 8601 date, time or both: see [ParseDate]
)

// String names the type in one word.
func (t CellType) String() string {
	return [...]string{"blank", "number", "string", "bool", "error", "date"}[t]
}

// Cell is a cell with something in it: a value, a formula or both.
type Cell struct {
	Row, Col   int // from 1
	Type       CellType
	HasFormula bool
	NoCache    bool   // a formula without a stored value
	Text       string // the value as stored, never rounded or formatted
	Formula    string // without "="; empty for the followers of a shared formula, and in .xls
	Style      int    // index into Grid.Styles
	Font       string // font of the cell's style, "" if unknown
	Runs       []Run  // pieces of a rich text, nil where the whole cell is in Font
}

// Run is a piece of rich text in a font of its own. Its bytes in Cell.Text
// end before End and begin where the run before it ends.
type Run struct {
	Font string // "" for the font of the cell
	End  int
}

// CellStyle is what the look of a cell tells about its meaning.
type CellStyle struct {
	NumFmt string // format code, "General" where none is set
	Font   string // name of the font
	Date   bool   // numbers are shown as date or time
	Bold   bool
	Indent int // steps of indentation, the mark of a tree
}

// Span is a run of rows or columns, both ends included, from 1.
type Span struct{ From, To int }

// Grid is one sheet as a sparse matrix, the same for every file format.
type Grid struct {
	Name       string
	Cells      []Cell // with content only, by row, then column
	Merges     []Range
	HiddenRows []Span // ascending
	HiddenCols []Span // ascending
	MaxRow     int    // of the cells with content
	MaxCol     int
	Protected  bool        // against change, by the sheet's own setting
	Date1904   bool        // day 0 of serial numbers is 1904-01-01
	Styles     []CellStyle // shared by the sheets of a file; not to be changed
}

// At gives the cell at an address, nil if nothing is there.
func (g *Grid) At(row, col int) *Cell {
	i, ok := slices.BinarySearchFunc(g.Cells, Cell{Row: row, Col: col}, byPosition)
	if !ok {
		return nil
	}
	return &g.Cells[i]
}

// RowHidden reports whether nobody sees the row.
func (g *Grid) RowHidden(row int) bool { return inSpans(g.HiddenRows, row) }

// ColHidden reports whether nobody sees the column.
func (g *Grid) ColHidden(col int) bool { return inSpans(g.HiddenCols, col) }

// Style gives the style of a cell, the zero style for an index out of range.
func (g *Grid) Style(c *Cell) CellStyle {
	if c.Style < 0 || c.Style >= len(g.Styles) {
		return CellStyle{}
	}
	return g.Styles[c.Style]
}

// byPosition orders cells as a reader meets them.
func byPosition(a, b Cell) int {
	if c := cmp.Compare(a.Row, b.Row); c != 0 {
		return c
	}
	return cmp.Compare(a.Col, b.Col)
}

// inSpans reports whether n lies in one of the ascending spans.
func inSpans(spans []Span, n int) bool {
	i := sort.Search(len(spans), func(i int) bool { return spans[i].To >= n })
	return i < len(spans) && spans[i].From <= n
}

// joinSpans sorts spans and joins those that touch, so that they can be
// searched.
func joinSpans(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Compare(a.From, b.From) })
	joined := spans[:0]
	for _, s := range spans {
		if n := len(joined); n > 0 && s.From <= joined[n-1].To+1 {
			joined[n-1].To = max(joined[n-1].To, s.To)
			continue
		}
		joined = append(joined, s)
	}
	return joined
}
