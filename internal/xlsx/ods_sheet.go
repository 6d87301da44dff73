package xlsx

import (
	"errors"
	"fmt"
	"sort"
)

// odsReader reads one sheet of an OpenDocument spreadsheet, cell by cell, from
// its start tag to its end tag.
type odsReader struct {
	book  *ods
	sheet int
	x     *xmlReader
	fn    func(*Cell) error
	arena textArena
	text  odsText
	said  int64 // bytes of texts and formulas, those of a repeated cell as often as it stands

	row, rowEnd int // the rows that the row being read stands for; beyond MaxRows if they are
	col         int // the last column that is read
	rowStyle    int // of the cells of this row that name none, -1 for that of their column
	columns     []odsColumns
	hiding      int // open groups of rows or columns that are folded away
	raw         odsRaw
	cell        Cell
	again       []Cell // cells of a row that stands for several

	cells      int
	merges     []Range
	hiddenRows []Span
	hiddenCols []Span
	protected  bool
}

// odsColumns is a run of columns, up to and with the last, and the style of the
// cells in them that name none.
type odsColumns struct{ last, style int }

// walk reads the sheet for fn.
func (s *odsReader) walk(fn func(*Cell) error) error {
	cursor, err := s.book.reach(s.sheet)
	if err != nil {
		return s.place(err)
	}
	s.x, s.fn = cursor.x, fn
	s.text = odsText{x: s.x, looks: s.book.looks}
	s.protected = string(s.x.spaceAttr(spaceTable, "protected")) == "true"
	if err := s.x.children(s.readPart); err != nil {
		err = s.place(err)
		s.x.close()
		return err
	}
	s.book.leave(cursor)
	return nil
}

// textBytes counts the texts, one that is repeated as often as it is handed out.
func (s *odsReader) textBytes() int64 { return s.said }

// finish gives what stood around the cells.
func (s *odsReader) finish(g *Grid) {
	g.Merges, g.Protected = s.merges, s.protected
	g.HiddenRows, g.HiddenCols = s.hiddenRows, s.hiddenCols
}

// ahead guesses from how much of the sheet is left; where it begins and ends is
// known since the file was opened.
func (s *odsReader) ahead(n int) int {
	const (
		few, many = 64, 4096 // at first
		bytesEach = 150      // of a number with its type, style and text
		times     = 8
	)
	table := s.book.tables[s.sheet]
	if n == 0 {
		return int(min(max((table.to-table.from)/bytesEach, few), many))
	}
	at := s.x.base + int64(s.x.pos)
	guess := int(int64(n)*max(0, table.to-at)/max(1, at-table.from)) + n/64 + 1
	return min(max(guess, n/8), n*times)
}

// place says on which sheet and at which cell or row an error of ours came up.
func (s *odsReader) place(err error) error {
	e, ok := errors.AsType[*Error](err)
	if !ok || e.Sheet != "" || e.Part != s.book.content.name {
		return err
	}
	e.Sheet = s.book.wb.Sheets[s.sheet].Name
	switch {
	case e.Ref != "" || s.row == 0 || s.row > MaxRows:
	case 0 < s.col && s.col <= MaxCols:
		e.Ref = Ref(s.row, s.col)
	default:
		e.Ref = fmt.Sprintf("%d:%d", s.row, s.row)
	}
	return err
}

// readPart reads a child of the sheet, or of one of the groups that rows and
// columns are gathered in: for a heading, or to be folded away.
func (s *odsReader) readPart() error {
	if s.x.space != spaceTable {
		return s.skipAround()
	}
	switch string(s.x.local) {
	case "table-row":
		return s.readRow()
	case "table-column":
		return s.readColumn()
	case "table-header-rows", "table-rows", "table-header-columns", "table-columns":
		return s.x.children(s.readPart)
	case "table-row-group", "table-column-group":
		if string(s.x.spaceAttr(spaceTable, "display")) != "false" {
			return s.x.children(s.readPart)
		}
		s.hiding++
		err := s.x.children(s.readPart)
		s.hiding--
		return err
	case "shapes", "named-expressions", "scenario":
		return s.x.skip()
	}
	return s.skipAround()
}

// skipAround reads over what is no row and no column. It must hold no cells: a
// table in an element that nobody knows would be figures that nobody sees.
func (s *odsReader) skipAround() error {
	known := s.x.space == spaceOffice || s.x.space == spaceDraw
	for depth := 1; depth > 0; {
		t, err := s.x.next()
		switch {
		case err != nil:
			return err
		case t == tokenStart && !known && (s.x.at(spaceTable, "table-row") || s.x.at(spaceTable, "table")):
			return s.x.fail(KindDamaged, "<"+quoteClip(s.x.name)+"> where no cells belong")
		case t == tokenStart:
			depth++
		case t == tokenEnd:
			depth--
		}
	}
	return nil
}

// repeats reads how often something stands there; every writer uses it for what
// is empty, and may write any number.
func (s *odsReader) repeats(count []byte) (int, error) {
	const most = 1 << 31 // beyond any sheet, and not beyond counting
	if count == nil {
		return 1, nil
	}
	n := 0
	for _, c := range trim(count) {
		if c < '0' || c > '9' {
			n = 0
			break
		}
		n = min(n*10+int(c-'0'), most)
	}
	if n == 0 {
		return 0, s.x.fail(KindDamaged, "repeated "+quoteClip(count)+" times")
	}
	return n, nil
}

// shown reports whether a row or column is, by its own word, by that of a filter
// or for want of a measure.
func (s *odsReader) shown(unmeasured map[string]bool) bool {
	switch string(s.x.spaceAttr(spaceTable, "visibility")) {
	case "collapse", "filter":
		return false
	}
	return s.hiding == 0 && !unmeasured[string(s.x.spaceAttr(spaceTable, "style-name"))]
}

// hide appends a run of rows or columns, as far as it is on the sheet.
func (s *odsReader) hide(spans []Span, from, to, last int) ([]Span, error) {
	if n := len(spans); n > 0 && spans[n-1].To+1 == from {
		spans[n-1].To = min(to, last)
		return spans, nil
	}
	if from > last {
		return spans, nil
	}
	if len(spans) >= s.x.lim.Merges {
		return spans, s.x.tooLarge("Merges", "too many runs of hidden rows or columns")
	}
	return append(spans, Span{from, min(to, last)}), nil
}

// readColumn reads a run of columns.
func (s *odsReader) readColumn() error {
	n, err := s.repeats(s.x.spaceAttr(spaceTable, "number-columns-repeated"))
	if err != nil {
		return err
	}
	from := 1
	if len(s.columns) > 0 {
		from = s.columns[len(s.columns)-1].last + 1
	}
	if from > MaxCols {
		return s.x.skip()
	}
	s.columns = append(s.columns, odsColumns{from + n - 1, s.book.looks.index(s.x.spaceAttr(spaceTable, "default-cell-style-name"))})
	if !s.shown(s.book.looks.hiddenCols) {
		if s.hiddenCols, err = s.hide(s.hiddenCols, from, from+n-1, MaxCols); err != nil {
			return err
		}
	}
	return s.x.skip()
}

// readRow reads a row, which may stand for several that are alike.
func (s *odsReader) readRow() error {
	n, err := s.repeats(s.x.spaceAttr(spaceTable, "number-rows-repeated"))
	if err != nil {
		return err
	}
	s.row, s.rowEnd, s.col = s.rowEnd+1, s.rowEnd+n, 0
	s.rowStyle = -1
	if style := s.x.spaceAttr(spaceTable, "default-cell-style-name"); style != nil {
		s.rowStyle = s.book.looks.index(style)
	}
	if !s.shown(s.book.looks.hiddenRows) {
		if s.hiddenRows, err = s.hide(s.hiddenRows, s.row, s.rowEnd, MaxRows); err != nil {
			return err
		}
	}
	s.again = s.again[:0]
	if err := s.x.children(s.readRowChild); err != nil {
		return err
	}
	s.col = 0
	return s.repeatRow()
}

// readRowChild reads what is in a row.
func (s *odsReader) readRowChild() error {
	switch {
	case s.x.at(spaceTable, "table-cell"), s.x.at(spaceTable, "covered-table-cell"):
		return s.readCell()
	case s.x.space == spaceTable:
		return s.x.fail(KindDamaged, "<"+quoteClip(s.x.name)+"> in a row")
	}
	return s.skipAround()
}

// repeatRow hands out the cells of a row once more for each row it stands for.
func (s *odsReader) repeatRow() error {
	if len(s.again) == 0 {
		return nil
	}
	for row := s.row; row <= s.rowEnd; row++ {
		for i := range s.again {
			s.cell = s.again[i]
			s.cell.Row = row
			if err := s.hand(); err != nil {
				return err
			}
		}
	}
	return nil
}

// hand gives the cell to the caller.
func (s *odsReader) hand() error {
	s.said += int64(len(s.cell.Text) + len(s.cell.Formula))
	return s.fn(&s.cell)
}

// claim counts cells that have something in them against the limit, before the
// first of them is made: rows times columns of them. A sheet that is read again
// counts once.
func (s *odsReader) claim(cols int) error {
	rows := s.rowEnd - s.row + 1
	table := &s.book.tables[s.sheet]
	limit := s.x.lim.Cells
	if cols > limit || rows > limit || cols*rows > limit-min(limit, s.cells) {
		return s.tooMany(limit)
	}
	s.cells += cols * rows
	if more := s.cells - table.cells; more > 0 {
		table.cells = s.cells
		s.book.cells += more
	}
	if s.book.cells > limit {
		return s.tooMany(limit)
	}
	if s.rowEnd > MaxRows || s.col+cols-1 > MaxCols {
		return s.x.fail(KindBadRef, "a cell beyond the edge of the sheet")
	}
	return nil
}

func (s *odsReader) tooMany(limit int) error {
	return &Error{Kind: KindTooManyCells, Part: s.book.content.name, Limit: "Cells", Detail: fmt.Sprintf("more than %d cells", limit)}
}

// merge notes the area that a cell spreads over, once for each time it stands.
// Areas that would lie over one another are no areas.
func (s *odsReader) merge(cols, wide, high int) error {
	rows := s.rowEnd - s.row + 1
	if wide > 1 && cols > 1 || high > 1 && rows > 1 {
		return s.x.fail(KindDamaged, "repeated cells that spread over one another")
	}
	if max(cols, rows) > s.x.lim.Merges || len(s.merges) > s.x.lim.Merges-cols*rows {
		return s.x.tooLarge("Merges", "too many merged cells")
	}
	if s.rowEnd+high-1 > MaxRows || s.col+cols+wide-2 > MaxCols {
		return s.x.fail(KindBadRef, "merged cells beyond the edge of the sheet")
	}
	for r := range rows {
		for c := range cols {
			row, col := s.row+r, s.col+c
			s.merges = append(s.merges, Range{row, col, row + high - 1, col + wide - 1})
		}
	}
	return nil
}

// styleHere gives the style of a cell that names none.
func (s *odsReader) styleHere() int {
	if s.rowStyle >= 0 {
		return s.rowStyle
	}
	i := sort.Search(len(s.columns), func(i int) bool { return s.col <= s.columns[i].last })
	if i == len(s.columns) {
		return 0
	}
	return s.columns[i].style
}
