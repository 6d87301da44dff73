// Package biff reads the records of Excel workbooks as they were before 2007:
// the stream "Workbook" of a compound file (Excel 97-2003, BIFF8) or "Book"
// (Excel 5 and 95, BIFF5). It takes the bytes of that stream and gives sheets
// and cells; where the stream comes from and what the cells are for it does not
// know.
//
// A stream is a row of records, each a number, a length and that many bytes:
// first those of the workbook (sheets, fonts, formats, the table of shared
// texts), then for each sheet its own, from a BOF to an EOF. A record longer
// than 8,224 bytes goes on in CONTINUE records; a text that is cut there says
// anew whether its characters have one byte or two.
//
// As the whole of internal/xlsx, the reader gives every cell of a sheet, or an
// [*Error]: a record that is shorter than its content, a stream that ends
// before the EOF of a sheet, an index out of range, a cell twice. Nothing is
// read that a bound of [Limits] does not hold, and nothing is kept but what the
// bytes of the stream pay for.
//
// Not read: the text of formulas (their stored values are), charts, pictures,
// comments, and workbooks behind a password. The records are described in
// [MS-XLS].
//
// [MS-XLS]: https://learn.microsoft.com/openspecs/office_file_formats/ms-xls
package biff

import "fmt"

// Kind says what is wrong with a stream, as a stable word.
type Kind string

// The kinds of refusal.
const (
	Damaged        Kind = "damaged"          // cut short, or against the structure
	Encrypted      Kind = "encrypted"        // protected by a password to open
	OldFormat      Kind = "legacy-xls"       // BIFF2 to BIFF4, before 1993
	CodePage       Kind = "code-page"        // texts in a code page that is not known here
	TooLarge       Kind = "too-large"        // a bound is passed
	TooManyCells   Kind = "too-many-cells"   // Limits.Cells is passed
	DuplicateCell  Kind = "duplicate-cell"   // one address holds two cells
	BadStringIndex Kind = "bad-string-index" // a text outside the table of texts
	BadValue       Kind = "bad-value"        // a value that is none
)

// Error is a refusal. Row and Col, from 1, name the cell at which reading
// stopped, 0 where it was none.
type Error struct {
	Kind     Kind
	Limit    string // field of Limits that was passed
	Row, Col int
	Detail   string
}

// Error tells kind, bound and detail.
func (e *Error) Error() string {
	s := "biff: " + string(e.Kind)
	if e.Limit != "" {
		s += " (limit " + e.Limit + ")"
	}
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	return s
}

func damaged(format string, args ...any) *Error {
	return &Error{Kind: Damaged, Detail: fmt.Sprintf(format, args...)}
}

// Limits bounds what is kept. All fields must be set.
type Limits struct {
	Sheets      int
	Styles      int   // cell formats, fonts and number formats, each
	NameBytes   int64 // names of sheets, fonts and formats together
	Strings     int   // shared texts, and runs of rich text
	StringBytes int64 // shared texts together
	Cells       int   // in all sheets that are walked, empty ones too
	Merges      int   // merged ranges, and hidden rows or columns, of one sheet
	CellRunes   int   // characters of one text
}

// State says whether a sheet is shown.
type State uint8

// The states of a sheet, as the file numbers them.
const (
	Visible State = iota
	Hidden
	VeryHidden
)

// Sheet is a tab of the workbook.
type Sheet struct {
	Name  string
	State State
	Cells bool // a worksheet; false for a chart, macro or module sheet

	at    int // of its BOF in the stream
	cells int // the most any walk has counted
}

// Style is what the look of a cell tells about it.
type Style struct {
	FormatID int    // number of the format
	Format   string // its code, "" where the file does not give it
	Font     string
	Bold     bool
	Indent   int
}

// Type says what the value of a cell is.
type Type uint8

// The types of a cell.
const (
	Blank  Type = iota // no value: only of a formula
	Number             // Text is the shortest decimal that is stored as this number
	String
	Bool     // Text is "1" or "0"
	ErrorVal // Text is the error as shown, "#REF!"
)

// Cell is a cell with something in it.
type Cell struct {
	Row, Col int // from 1
	Type     Type
	Formula  bool
	Text     string
	Style    int // index into Book.Styles
	Runs     []Run
	Shared   bool // Text is one of the shared texts
}

// Run is a piece of rich text: its bytes end before End and begin where the run
// before it ends. Font is "" for the font of the cell.
type Run struct {
	Font string
	End  int
}

// Range is a rectangle of cells, both corners included, from 1.
type Range struct{ FirstRow, FirstCol, LastRow, LastCol int }

// Span is a run of rows or columns, both ends included, from 1.
type Span struct{ From, To int }

// Frame is what stands around the cells of a sheet.
type Frame struct {
	Merges     []Range
	HiddenRows []Span // in the order of the file
	HiddenCols []Span
	Protected  bool
}
