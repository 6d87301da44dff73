package xlsx

import "fmt"

// Worksheet is one sheet of a [Book]. Its exported fields are settings and may
// be set at any time before the book is written.
type Worksheet struct {
	View    View
	Print   Print
	Protect bool // only cells with an Unlocked style take input; no password

	book *Book
	name string

	rows     map[int]*row
	last     *row // the row of the last call, and its number: calls come in runs
	lastRow  int
	done     int // rows up to here are rendered and closed
	free     []*row
	out      spool
	used     Range // of the cells written, for <dimension>
	rowLevel int   // deepest outline level of a row

	recent     [styleMemory]styleMemo
	columns    []columnSpan
	merges     []Range
	links      []link
	notes      []note
	rules      []placedRule
	highlights []highlight
	charts     []placedChart
}

// View is how a sheet shows itself on the screen.
type View struct {
	FreezeRows int // rows that stay at the top
	FreezeCols int // columns that stay at the left
	Zoom       int // percent; 100 when 0
	HideGrid   bool
	TabColor   string // "RRGGBB"; none when empty
	Visibility Visibility
	Filter     Range // heading and rows with filter buttons; none when zero
}

// Visibility is whether a person sees a sheet.
type Visibility uint8

// Hidden sheets can be shown again from Excel's menu, VeryHidden ones cannot.
const (
	Visible Visibility = iota
	Hidden
	VeryHidden
)

// String gives the word of the format.
func (v Visibility) String() string {
	switch v {
	case Hidden:
		return "hidden"
	case VeryHidden:
		return "veryHidden"
	}
	return "visible"
}

// Print is how a sheet goes to paper, always A4.
type Print struct {
	Landscape bool
	Margins   Margins // of Decree 30/2020 when zero
	FitWidth  bool    // all columns on one page, as many pages high as it takes
	Scale     int     // percent, 10 to 400; 100 when 0, and not with FitWidth
	Area      Range   // what is printed; everything when zero

	RepeatTop, RepeatBottom int // rows repeated on each page; none when 0
	RepeatLeft, RepeatRight int // columns repeated on each page; none when 0

	RowBreaks    []int // rows that begin a page
	ColumnBreaks []int // columns that begin a page; not with FitWidth

	// PageNumber puts the number of the page into the middle of the top
	// margin, 13 points, from the second page on (Decree 30/2020, Appendix I).
	PageNumber bool

	// Header stands at the right of the top margin of every page, Footer in the
	// middle of the bottom margin.
	Header, Footer string
}

// Margins are in millimetres.
type Margins struct {
	Top, Bottom, Left, Right float64
}

// decreeMargins are within what Decree 30/2020 asks: top and bottom 20 to 25,
// left 30 to 35, right 15 to 20.
var decreeMargins = Margins{Top: 20, Bottom: 20, Left: 30, Right: 15}

// Column is how a run of columns looks.
type Column struct {
	Width  float64 // in digits of the normal font; Excel's default when 0
	Level  int     // outline level, 0 to 7
	Hidden bool
}

type columnSpan struct {
	from, to int
	Column
}

// Row is how a row looks.
type Row struct {
	Height float64 // points; fitted to the text when 0
	Level  int     // outline level, 0 to 7
	Hidden bool
}

type link struct {
	row, col int
	target   string
	file     string // "" for this one
}

type note struct {
	row, col     int
	author, text string
}

type highlight struct {
	area          Range
	formula, fill string
}

func newSheet(b *Book, name string) *Worksheet {
	return &Worksheet{book: b, name: name, rows: map[int]*row{}}
}

// Name gives the sheet's name.
func (s *Worksheet) Name() string { return s.name }

// Ref gives an area of this sheet as formulas, names, charts and drop-down
// lists want it: 'Tổng hợp'!$B$3:$D$9.
func (s *Worksheet) Ref(a Range) string {
	return quoteSheet(s.name) + "!" + absolute(a)
}

// Columns sets the columns from one to another. A later call overrides an
// earlier one.
func (s *Worksheet) Columns(from, to int, c Column) {
	if !inside(1, from) || !inside(1, to) || from > to || c.Level < 0 || c.Level > 7 || c.Width < 0 || c.Width > 255 {
		s.fail(Rect(1, from, 1, to), fmt.Errorf("columns %+v: %w", c, ErrOutside))
		return
	}
	s.columns = append(s.columns, columnSpan{from: from, to: to, Column: c})
}

// Row sets how a row looks. Its cells may come before or after.
func (s *Worksheet) Row(number int, r Row) {
	if r.Level < 0 || r.Level > 7 || r.Height < 0 || r.Height > 409.5 {
		s.fail(At(number, 1), fmt.Errorf("row %+v: %w", r, ErrOutside))
		return
	}
	if open := s.open(number, 1); open != nil {
		open.Row = r
		s.rowLevel = max(s.rowLevel, r.Level)
	}
}

// HeightOf gives how tall rows are together, in points, as [Worksheet.Row] set
// them; one that was not set counts as a line of the format's own height. Rows
// that are done are not known any more and count like that as well.
func (s *Worksheet) HeightOf(from, to int) float64 {
	const plain = 15
	sum := 0.0
	for number := from; number <= to; number++ {
		height := 0.0
		if r := s.rows[number]; r != nil {
			height = r.Height
		}
		sum += firstSet(height, plain)
	}
	return sum
}

// Merge makes one cell of an area; what its first cell holds is shown. Give
// the area's cells their borders with [Worksheet.Paint]. Merged areas must not
// overlap: Excel calls such a file damaged.
func (s *Worksheet) Merge(a Range) {
	if err := checkRange(a); err != nil {
		s.fail(a, err)
		return
	}
	if a.FirstRow != a.LastRow || a.FirstCol != a.LastCol {
		s.merges = append(s.merges, a)
	}
}

// Note hangs a comment on a cell, one per cell.
func (s *Worksheet) Note(row, col int, author, text string) {
	if err := checkText(text, maxText); err != nil || !plainText(text) || !plainText(author) {
		s.fail(At(row, col), fmt.Errorf("note: %w", ErrNotText))
		return
	}
	if !inside(row, col) {
		s.fail(At(row, col), fmt.Errorf("note: %w", ErrOutside))
		return
	}
	s.notes = append(s.notes, note{row: row, col: col, author: author, text: text})
}

// Highlight fills the cells of an area for which a formula is true. The
// formula is written for the area's first cell, without "=".
func (s *Worksheet) Highlight(a Range, formula, fill string) {
	if err := checkRange(a); err != nil {
		s.fail(a, err)
		return
	}
	if !isColor(fill) || !plainText(formula) {
		s.fail(a, fmt.Errorf("highlight %q with %q: not a formula and a colour RRGGBB", formula, fill))
		return
	}
	s.highlights = append(s.highlights, highlight{area: a, formula: formula, fill: fill})
}

// fail keeps an error with the place where it arose.
func (s *Worksheet) fail(a Range, err error) {
	s.book.fail(fmt.Errorf("sheet %q, %s: %w", s.name, a, err))
}
