package xlsx

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
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
	Sheets    []SheetInfo
	Names     []DefinedName
	Date1904  bool // day 0 of serial numbers is 1904-01-01
	HasMacros bool // the file carries macros, which are never run

	pkg       *pkg
	sheets    []sheetEntry
	styles    []CellStyle
	hasStyles bool
	texts     *stringTable
	textsPart *part
	core      *part
	custom    *part
	cells     int // in all sheets read so far
}

// sheetEntry is a sheet and the part that holds it.
type sheetEntry struct {
	SheetInfo
	part  *part
	cells int // the most any reading of it has counted
}

// Open reads the frame of a workbook: sheets, names, styles. The sheets
// themselves are read by Scan and Grid. Errors are of type *Error; a file that
// is no Office Open XML workbook is refused with the kind that says what it is.
func Open(r io.ReaderAt, size int64, lim Limits) (*Workbook, error) {
	lim = lim.orDefault()
	if size > lim.FileBytes {
		return nil, &Error{Kind: KindTooLarge, Limit: "FileBytes", Detail: fmt.Sprintf("%d bytes", size)}
	}
	format, p, err := classify(r, size, lim)
	if err != nil {
		return nil, err
	}
	if kind := format.refusal(); kind != "" {
		return nil, &Error{Kind: kind}
	}
	wb := &Workbook{pkg: p}
	return wb, wb.readFrame()
}

// readFrame finds the workbook part and what it points at.
func (wb *Workbook) readFrame() error {
	p := wb.pkg
	arrows, err := p.relations("")
	if err != nil {
		return err
	}
	main := find(arrows, "officeDocument")
	if main == "" {
		return &Error{Kind: KindMissingPart, Part: "_rels/.rels", Detail: "no workbook is named"}
	}
	wb.core = p.part(find(arrows, "core-properties"))
	wb.custom = p.part(find(arrows, "custom-properties", "customProperties"))
	book, err := p.need(main)
	if err != nil {
		return err
	}
	if arrows, err = p.relations(book.name); err != nil {
		return err
	}
	wb.HasMacros = slices.ContainsFunc(arrows, isMacro)
	if err := wb.readBook(book, arrows); err != nil {
		return err
	}
	return wb.readShared(arrows)
}

// isMacro reports whether a relation leads to code.
func isMacro(r relation) bool {
	return strings.EqualFold(r.kind, "vbaProject") || strings.EqualFold(r.kind, "xlMacrosheet") ||
		strings.EqualFold(r.kind, "xlIntlMacrosheet")
}

// readShared reads the styles and finds the table of texts, which is read when
// the first cell asks for it.
func (wb *Workbook) readShared(arrows []relation) (err error) {
	if name := find(arrows, "sharedStrings"); name != "" {
		if wb.textsPart, err = wb.pkg.need(name); err != nil {
			return err
		}
	}
	name := find(arrows, "styles")
	if name == "" {
		return nil
	}
	styles, err := wb.pkg.need(name)
	if err != nil {
		return err
	}
	wb.styles, err = wb.pkg.readStyles(styles)
	wb.hasStyles = len(wb.styles) > 0
	return err
}

// sharedStrings gives the table of texts.
func (wb *Workbook) sharedStrings() (*stringTable, error) {
	if wb.texts == nil {
		if wb.textsPart == nil {
			return nil, &Error{Kind: KindMissingPart, Part: "xl/sharedStrings.xml", Detail: "a cell needs the shared texts"}
		}
		var err error
		if wb.texts, err = wb.pkg.readStrings(wb.textsPart); err != nil {
			wb.texts = nil
			return nil, err
		}
	}
	return wb.texts, nil
}

// readBook reads the workbook part.
func (wb *Workbook) readBook(book *part, arrows []relation) error {
	x, err := wb.pkg.xml(book)
	if err != nil {
		return err
	}
	defer x.close()
	err = x.document("workbook", func() error {
		if !x.own {
			return x.skip()
		}
		switch string(x.local) {
		case "workbookPr":
			wb.Date1904 = x.flag("date1904")
		case "sheets":
			return x.children(func() error { return wb.readSheet(x, arrows) })
		case "definedNames":
			return x.children(func() error { return wb.readName(x) })
		}
		return x.skip()
	})
	if err == nil && len(wb.sheets) == 0 {
		err = x.fail(KindDamaged, "no sheets")
	}
	return err
}

// readSheet reads one <sheet>.
func (wb *Workbook) readSheet(x *xmlReader, arrows []relation) error {
	if !x.own || string(x.local) != "sheet" {
		return x.skip()
	}
	if len(wb.sheets) >= x.lim.Sheets {
		return x.tooLarge("Sheets", fmt.Sprintf("more than %d sheets", x.lim.Sheets))
	}
	sheet := sheetEntry{SheetInfo: SheetInfo{
		Index: len(wb.sheets),
		Name:  x.keepEscaped(x.attr("name")),
	}}
	var known bool
	if sheet.State, known = parseVisibility(x.attr("state")); !known {
		return x.fail(KindDamaged, "state of a sheet "+quoteClip(x.attr("state")))
	}
	for _, other := range wb.sheets {
		if strings.EqualFold(other.Name, sheet.Name) {
			return x.fail(KindDamaged, "two sheets named "+clip(sheet.Name))
		}
	}
	// An old module sheet names no part.
	if id := string(x.prefixedAttr("id")); id != "" {
		if err := wb.findSheet(&sheet, id, arrows); err != nil {
			return err
		}
	}
	wb.sheets = append(wb.sheets, sheet)
	wb.Sheets = append(wb.Sheets, sheet.SheetInfo)
	return x.skip()
}

// findSheet follows the relation of a sheet to its part. Two sheets in one part
// would count every figure twice.
func (wb *Workbook) findSheet(sheet *sheetEntry, id string, arrows []relation) error {
	i := slices.IndexFunc(arrows, func(r relation) bool { return r.id == id })
	if i < 0 {
		return &Error{Kind: KindMissingPart, Sheet: sheet.Name, Detail: "relationship " + clip(id)}
	}
	var err error
	if sheet.part, err = wb.pkg.need(arrows[i].target); err != nil {
		return err
	}
	for _, other := range wb.sheets {
		if other.part == sheet.part {
			return &Error{Kind: KindDamaged, Part: sheet.part.name, Sheet: sheet.Name, Detail: "the part of another sheet as well"}
		}
	}
	sheet.Cells = strings.EqualFold(arrows[i].kind, "worksheet")
	return nil
}

// parseVisibility reads the attribute that hides a sheet.
func parseVisibility(state []byte) (v Visibility, known bool) {
	switch string(state) {
	case "", "visible":
		return Visible, true
	case "hidden":
		return Hidden, true
	case "veryHidden":
		return VeryHidden, true
	}
	return Visible, false
}

// readName reads one <definedName>.
func (wb *Workbook) readName(x *xmlReader) error {
	if !x.own || string(x.local) != "definedName" {
		return x.skip()
	}
	if len(wb.Names) >= x.lim.Names {
		return x.tooLarge("Names", fmt.Sprintf("more than %d names", x.lim.Names))
	}
	name := DefinedName{
		Name:   x.keepEscaped(x.attr("name")),
		Sheet:  -1,
		Hidden: x.flag("hidden"),
	}
	if scope := x.attr("localSheetId"); scope != nil {
		n, err := strconv.Atoi(string(scope))
		if err != nil || n < 0 {
			return x.fail(KindDamaged, "scope of a name "+quoteClip(scope))
		}
		name.Sheet = n
	}
	refers, err := x.content(nil)
	name.Refers = x.keep(refers)
	wb.Names = append(wb.Names, name)
	return err
}

// Scan calls fn with every cell of a sheet that has something in it, in the
// order of the file. The cell is reused for the next, but its strings and runs
// may be kept. Memory does not grow with the sheet.
//
// Only when Scan has returned nil is it certain that the sheet was whole: what
// fn was given before an error must not be used. An error from fn ends the scan
// and is returned as it is. A sheet that is no worksheet has no cells.
func (wb *Workbook) Scan(sheet int, fn func(c *Cell) error) error {
	s, err := wb.sheetReader(sheet)
	if err != nil || s == nil {
		return err
	}
	s.fn = fn
	return s.read()
}

// sheetReader gives a reader for a sheet, nil if it has no cells.
func (wb *Workbook) sheetReader(sheet int) (*sheetReader, error) {
	if sheet < 0 || sheet >= len(wb.sheets) {
		return nil, fmt.Errorf("xlsx: sheet %d of %d", sheet, len(wb.sheets))
	}
	entry := &wb.sheets[sheet]
	if !entry.Cells {
		return nil, nil
	}
	return &sheetReader{wb: wb, sheet: entry}, nil
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
	s, err := wb.sheetReader(sheet)
	if err != nil {
		return nil, err
	}
	g := &Grid{Name: wb.sheets[sheet].Name, Date1904: wb.Date1904, Styles: wb.styles}
	if s == nil {
		return g, nil
	}
	count, expected := 0, 0
	s.fn = func(c *Cell) error {
		if count >= wb.pkg.lim.GridCells {
			return &Error{Kind: KindTooManyCells, Part: s.sheet.part.name, Limit: "GridCells", Detail: fmt.Sprintf("more than %d cells with content", wb.pkg.lim.GridCells)}
		}
		if s.arena.total > wb.pkg.lim.StringBytes {
			return s.x.tooLarge("StringBytes", "texts and formulas of one sheet")
		}
		if count == expected {
			more := s.cellsAhead(count)
			expected += more
			room(more)
		}
		count++
		put(c)
		g.MaxRow, g.MaxCol = max(g.MaxRow, c.Row), max(g.MaxCol, c.Col)
		return nil
	}
	if err := s.read(); err != nil {
		return nil, err
	}
	g.Merges, g.Protected = s.merges, s.protected
	g.HiddenRows, g.HiddenCols = joinSpans(s.hiddenRows), joinSpans(s.hiddenCols)
	return g, nil
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
