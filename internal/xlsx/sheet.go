package xlsx

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
)

// sheetReader reads one worksheet part, cell by cell, in the order of the
// file.
type sheetReader struct {
	book  *ooxml
	sheet *sheetEntry
	x     *xmlReader
	fn    func(*Cell) error
	arena textArena
	rich  richText

	row, col int // where the reading stands
	rowKnown bool
	plain    bool // the elements of this row have no prefix, so the short way is open
	raw      rawCell
	cell     Cell // handed to fn

	last      int64 // greatest position so far
	disorder  bool
	positions []int64 // of all cells, collected only to find doubles
	collect   bool
	cells     int

	merges     []Range
	hiddenRows []Span
	hiddenCols []Span
	protected  bool
	sawData    bool
}

// walk reads the sheet for fn.
func (s *sheetReader) walk(fn func(*Cell) error) error {
	s.fn = fn
	return s.read()
}

// textBytes counts what is in the arena.
func (s *sheetReader) textBytes() int64 { return s.arena.total }

// finish gives what stood around the cells.
func (s *sheetReader) finish(g *Grid) {
	g.Merges, g.Protected = s.merges, s.protected
	g.HiddenRows, g.HiddenCols = s.hiddenRows, s.hiddenCols
}

// read reads the part from end to end. Positions of its errors are filled in.
func (s *sheetReader) read() error {
	x, err := s.book.pkg.xml(s.sheet.part)
	if err != nil {
		return s.place(err)
	}
	defer x.close()
	s.x, s.rich.x = x, x
	if err := s.x.document("worksheet", s.readSection); err != nil {
		return s.place(err)
	}
	if !s.sawData {
		return s.place(x.fail(KindDamaged, "no sheetData"))
	}
	return nil
}

// place says on which sheet an error of ours came up, and at which cell, the
// last that was begun, or in which row. An error of the caller's passes through unchanged.
func (s *sheetReader) place(err error) error {
	e, ok := errors.AsType[*Error](err)
	if !ok || e.Sheet != "" || e.Part != s.sheet.part.name {
		return err
	}
	e.Sheet = s.sheet.Name
	switch {
	case e.Ref != "" || s.row == 0:
	case s.col > 0:
		e.Ref = Ref(s.row, s.col)
	default:
		e.Ref = fmt.Sprintf("%d:%d", s.row, s.row)
	}
	return err
}

// readSection reads one child of <worksheet>.
func (s *sheetReader) readSection() error {
	if !s.x.own {
		return s.x.skip()
	}
	switch string(s.x.local) {
	case "sheetData":
		if s.sawData {
			return s.x.fail(KindDamaged, "sheetData twice")
		}
		s.sawData = true
		err := s.x.children(s.readRow)
		if err == nil {
			s.row, s.col = 0, 0
		}
		return err
	case "mergeCells":
		return s.x.children(s.readMerge)
	case "cols":
		return s.x.children(s.readCols)
	case "sheetProtection":
		s.protected = s.x.flag("sheet")
	}
	return s.x.skip()
}

// readMerge reads one merged range.
func (s *sheetReader) readMerge() error {
	if string(s.x.local) == "mergeCell" {
		r, err := ParseRange(string(s.x.attr("ref")))
		if err != nil {
			return s.x.fail(KindBadRef, "merged cells "+quoteClip(s.x.attr("ref")))
		}
		if len(s.merges) >= s.x.lim.Merges {
			return s.x.tooLarge("Merges", "too many merged cells")
		}
		s.merges = append(s.merges, r)
	}
	return s.x.skip()
}

// readCols reads the width of some columns; none means hidden.
func (s *sheetReader) readCols() error {
	from, err1 := strconv.Atoi(string(s.x.attr("min")))
	to, err2 := strconv.Atoi(string(s.x.attr("max")))
	if err1 != nil || err2 != nil || from < 1 || to < from {
		return s.x.fail(KindBadRef, "columns "+quoteClip(s.x.attr("min"))+" to "+quoteClip(s.x.attr("max")))
	}
	if s.x.flag("hidden") || isZero(s.x.attr("width")) {
		if len(s.hiddenCols) >= s.x.lim.Merges {
			return s.x.tooLarge("Merges", "too many hidden columns")
		}
		s.hiddenCols = append(s.hiddenCols, Span{from, min(to, MaxCols)})
	}
	return s.x.skip()
}

// readRow reads one child of <sheetData>.
func (s *sheetReader) readRow() error {
	if !s.x.own || string(s.x.local) != "row" {
		return s.x.fail(KindDamaged, "<"+quoteClip(s.x.name)+"> among the rows")
	}
	s.plain = len(s.x.name) == len(s.x.local)
	if err := s.beginRow(); err != nil {
		return err
	}
	for {
		for s.plain && !s.x.empty {
			short, err := s.shortCell()
			if err != nil {
				return err
			}
			if !short {
				break
			}
		}
		t, err := s.x.nextTag()
		if err != nil || t == tokenEnd {
			return err
		}
		if err := s.readRowChild(); err != nil {
			return err
		}
	}
}

// beginRow takes the attributes of <row>. A row without a number follows the
// one before, unless its first cell knows better.
func (s *sheetReader) beginRow() error {
	s.col = 0
	number := s.x.attr("r")
	if s.rowKnown = number != nil; s.rowKnown {
		n, ok := index(number)
		if !ok || n < 1 || n > MaxRows {
			return s.x.fail(KindBadRef, "row "+quoteClip(number))
		}
		s.row = n
	} else if s.row++; s.row > MaxRows {
		return s.x.fail(KindBadRef, "row beyond the last")
	}
	if s.x.flag("hidden") || isZero(s.x.attr("ht")) {
		s.hideRow()
		if len(s.hiddenRows) > s.x.lim.Merges {
			return s.x.tooLarge("Merges", "too many runs of hidden rows")
		}
	}
	return nil
}

// hideRow notes that the row is hidden.
func (s *sheetReader) hideRow() {
	if n := len(s.hiddenRows); n > 0 && s.hiddenRows[n-1].To+1 == s.row {
		s.hiddenRows[n-1].To = s.row
		return
	}
	s.hiddenRows = append(s.hiddenRows, Span{s.row, s.row})
}

// readRowChild reads one child of <row> the long way.
func (s *sheetReader) readRowChild() error {
	switch {
	case s.x.own && string(s.x.local) == "c":
		return s.readCell()
	case string(s.x.local) == "extLst":
		return s.x.skip()
	}
	return s.x.fail(KindDamaged, fmt.Sprintf("<%s> in row %d", quoteClip(s.x.name), s.row))
}

// moveTo notes the address of the cell being read: 0 for a cell that has none
// and so stands right of the one before.
func (s *sheetReader) moveTo(row, col int) error {
	if row == 0 {
		row, col = s.row, s.col+1
	}
	if col > MaxCols {
		return s.x.fail(KindBadRef, "column beyond the last")
	}
	if row != s.row {
		if s.rowKnown {
			return s.x.fail(KindBadRef, fmt.Sprintf("cell %s in row %d", Ref(row, col), s.row))
		}
		s.row = row
	}
	s.rowKnown, s.col = true, col
	if err := s.count(); err != nil {
		return err
	}
	position := int64(row)*MaxCols + int64(col) - 1
	if s.collect {
		s.positions = append(s.positions, position)
		return nil
	}
	if position > s.last {
		s.last = position
		return nil
	}
	return s.outOfOrder()
}

// count holds the cells of all sheets against the limit; a sheet that is read
// again counts once.
func (s *sheetReader) count() error {
	s.cells++
	if s.cells > s.sheet.cells {
		s.sheet.cells++
		s.book.cells++
	}
	if s.book.cells > s.x.lim.Cells {
		return &Error{Kind: KindTooManyCells, Part: s.sheet.part.name, Limit: "Cells", Detail: fmt.Sprintf("more than %d cells", s.x.lim.Cells)}
	}
	return nil
}

// outOfOrder meets the first cell that stands before an earlier one. Order does
// not matter, a cell written twice does: which of the two counts is anyone's
// guess. Files in order, nearly all, need no memory for that question; for the
// others the sheet is read once more to collect every position.
func (s *sheetReader) outOfOrder() error {
	if s.disorder {
		return nil
	}
	s.disorder = true
	all := sheetReader{book: s.book, sheet: s.sheet, collect: true}
	if err := all.read(); err != nil {
		return err
	}
	slices.Sort(all.positions)
	for i := 1; i < len(all.positions); i++ {
		if p := all.positions[i]; p == all.positions[i-1] {
			return &Error{Kind: KindDuplicateCell, Part: s.sheet.part.name, Ref: Ref(int(p/MaxCols), int(p%MaxCols)+1), Detail: "written twice"}
		}
	}
	return nil
}

// ahead guesses how many more cells with content will come after the first
// n, from how much of the part is left: a grid that grows by doubling costs
// more than reading it. A header that lies about the length makes room for a few
// thousand cells at first, and later at most eightfold room.
func (s *sheetReader) ahead(n int) int {
	const (
		few, many = 64, 4096 // at first
		bytesEach = 36       // of <c r="B7" s="3"><v>12</v></c>, with its share of the row
		times     = 8
	)
	size := int64(s.sheet.part.file.UncompressedSize64)
	if n == 0 {
		return int(min(max(size/bytesEach, few), many))
	}
	read := s.x.base + int64(s.x.pos)
	guess := int(int64(n)*max(0, size-read)/read) + n/64 + 1
	return min(max(guess, n/8), n*times)
}

// index reads a whole number that is not negative, with white space around it.
func index(b []byte) (int, bool) {
	b = trim(b)
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' || n > 1<<26 {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, len(b) > 0
}

// isZero reports whether a measure is given, and is nought.
func isZero(measure []byte) bool {
	if len(measure) == 0 {
		return false
	}
	f, err := strconv.ParseFloat(string(measure), 64)
	return err == nil && f == 0
}
