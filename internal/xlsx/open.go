package xlsx

import (
	"fmt"
	"io"
	"slices"
)

// SheetInfo is one tab of a workbook.
type SheetInfo struct {
	Index int // from 0, in the order of the tabs
	Name  string
	State Visibility
	Cells bool // a worksheet; false for a chart, dialog, macro or module sheet
}

// DefinedName is a name for a range or formula.
type DefinedName struct {
	Name   string
	Sheet  int    // index of the sheet it belongs to, -1 for the whole workbook
	Refers string // "Sheet1!$A$1:$B$7"
	Hidden bool
}

// Workbook is an open file. It reads from the io.ReaderAt it was opened with,
// which must stay good, and is used by one goroutine at a time. There is
// nothing to close.
type Workbook struct {
	Format    Format // what the file is, whatever it is called
	Sheets    []SheetInfo
	Names     []DefinedName
	Date1904  bool // day 0 of serial numbers is 1904-01-01
	HasMacros bool // the file carries macros, which are never run

	styles []CellStyle
	back   backend
	lim    Limits
}

// Open reads the frame of a workbook: sheets, names, styles. The sheets
// themselves are read by Scan and Grid. Errors are of type *Error; a file of a
// format that is not read here is refused with the kind that says what it is.
func Open(r io.ReaderAt, size int64, lim Limits) (*Workbook, error) {
	lim = lim.orDefault()
	if size > lim.FileBytes {
		return nil, &Error{Kind: KindTooLarge, Limit: "FileBytes", Detail: fmt.Sprintf("%d bytes", size)}
	}
	format, p, err := classify(r, size, lim)
	if err != nil {
		return nil, err
	}
	var wb *Workbook
	switch format {
	case FormatXLSX:
		wb, err = openOOXML(p)
	case FormatXLS:
		wb, err = openXLS(r, size, lim)
	case FormatText:
		wb, err = openText(r, size, lim)
	case FormatOLE:
		return nil, refusedOLE(r, size)
	case FormatODS:
		wb, err = openODS(p)
	default:
		return nil, &Error{Kind: format.refusal()}
	}
	if err != nil {
		return nil, err
	}
	if wb.Format == "" { // a text knows better
		wb.Format = format
	}
	wb.lim = lim
	return wb, nil
}

// Scan calls fn with every cell of a sheet that has something in it, in the
// order of the file. The cell is reused for the next, but its strings and runs
// may be kept. Memory does not grow with the sheet.
//
// Only when Scan has returned nil is it certain that the sheet was whole: what
// fn was given before an error must not be used. An error from fn ends the scan
// and is returned as it is. A sheet that is no worksheet has no cells.
func (wb *Workbook) Scan(sheet int, fn func(c *Cell) error) error {
	w, err := wb.walker(sheet)
	if err != nil || w == nil {
		return err
	}
	return w.walk(fn)
}

// walker gives what walks a sheet, nil if it has no cells.
func (wb *Workbook) walker(sheet int) (walker, error) {
	if sheet < 0 || sheet >= len(wb.Sheets) {
		return nil, fmt.Errorf("xlsx: sheet %d of %d", sheet, len(wb.Sheets))
	}
	if !wb.Sheets[sheet].Cells {
		return nil, nil
	}
	return wb.back.walker(sheet), nil
}

// Grid reads a whole sheet.
func (wb *Workbook) Grid(sheet int) (*Grid, error) {
	var cells []Cell
	g, err := wb.Frame(sheet,
		func(more int) { cells = slices.Grow(cells, more) },
		func(c *Cell) { cells = append(cells, *c) })
	if err != nil {
		return nil, err
	}
	if !slices.IsSortedFunc(cells, byPosition) {
		slices.SortFunc(cells, byPosition)
	}
	g.Cells = cells
	return g, nil
}

// Frame reads a whole sheet for a caller that makes cells of its own: it hands
// each cell to put, in the order of the file, and gives the grid without them.
// room hears from time to time how many more cells are likely to come. As with
// [Workbook.Scan], what put was given before an error must not be used, and the
// cell is reused for the next. The bounds of a grid hold.
func (wb *Workbook) Frame(sheet int, room func(more int), put func(c *Cell)) (*Grid, error) {
	w, err := wb.walker(sheet)
	if err != nil {
		return nil, err
	}
	g := &Grid{Name: wb.Sheets[sheet].Name, Date1904: wb.Date1904, Styles: wb.styles}
	if w == nil {
		return g, nil
	}
	count, expected := 0, 0
	err = w.walk(func(c *Cell) error {
		if count >= wb.lim.GridCells {
			return g.tooMuch(c, KindTooManyCells, "GridCells", fmt.Sprintf("more than %d cells with content", wb.lim.GridCells))
		}
		if w.textBytes() > wb.lim.StringBytes {
			return g.tooMuch(c, KindTooLarge, "StringBytes", "texts and formulas of one sheet")
		}
		if count == expected {
			more := min(w.ahead(count), wb.lim.GridCells-count)
			expected += more
			room(more)
		}
		count++
		put(c)
		g.MaxRow, g.MaxCol = max(g.MaxRow, c.Row), max(g.MaxCol, c.Col)
		return nil
	})
	if err != nil {
		return nil, err
	}
	w.finish(g)
	g.HiddenRows, g.HiddenCols = joinSpans(g.HiddenRows), joinSpans(g.HiddenCols)
	return g, nil
}

// tooMuch refuses a grid that grows beyond its bounds at a cell.
func (g *Grid) tooMuch(c *Cell, kind ErrorKind, limit, detail string) error {
	return &Error{Kind: kind, Sheet: g.Name, Ref: Ref(c.Row, c.Col), Limit: limit, Detail: detail}
}

// Styles gives the cell styles that Cell.Style counts. Not to be changed.
func (wb *Workbook) Styles() []CellStyle { return wb.styles }

// NumFmt gives the format code of a style, "General" for one out of range.
func (wb *Workbook) NumFmt(style int) string {
	if style < 0 || style >= len(wb.styles) {
		return "General"
	}
	return wb.styles[style].NumFmt
}

// IsDate reports whether a style shows numbers as date or time.
func (wb *Workbook) IsDate(style int) bool {
	return style >= 0 && style < len(wb.styles) && wb.styles[style].Date
}

// FontName gives the font of a style, "" for one out of range.
func (wb *Workbook) FontName(style int) string {
	if style < 0 || style >= len(wb.styles) {
		return ""
	}
	return wb.styles[style].Font
}
