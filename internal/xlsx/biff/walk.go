package biff

import (
	"errors"
	"fmt"
	"slices"
)

// Size of a sheet in these formats. BIFF5 has fewer rows, which no file needs to be
// held to.
const maxCols = 256

// walk is one reading of one sheet.
type walk struct {
	book  *Book
	sheet *Sheet
	fn    func(*Cell) error
	r     reader
	frame Frame

	cell    Cell
	pending bool // cell is a formula that waits for its text
	row     int  // of the last cell begun, for errors
	col     int
	digits  []byte
	arena   arena
	cells   int

	last      int  // greatest position so far
	disorder  bool // a cell stood before an earlier one
	collect   bool // positions instead of cells
	positions []position
}

// position is an address, and in its last bit whether something stands there.
type position uint32

func positionOf(at int, full bool) position {
	p := position(at) << 1
	if full {
		p |= 1
	}
	return p
}

func (p position) at() int    { return int(p >> 1) }
func (p position) full() bool { return p&1 != 0 }

// Walk hands fn every cell of a sheet that has something in it, in the order of
// the file, and gives what stands around them. The cell is reused for the next.
// Only when Walk gives no error was the sheet whole; an error of fn ends the walk
// and is returned as it is. Others are of type *Error.
func (b *Book) Walk(sheet int, fn func(*Cell) error) (*Frame, error) {
	w := &walk{book: b, sheet: &b.Sheets[sheet], fn: fn}
	if err := w.read(); err != nil {
		return nil, err
	}
	return &w.frame, nil
}

// Ahead guesses how many cells are in the bytes from the BOF of a sheet to the
// end of the stream, at most.
func (b *Book) Ahead(sheet int) int {
	const bytesEach = 14 // of a short text and of a number, with their headers
	return max(0, len(b.b)-b.Sheets[sheet].at) / bytesEach
}

// read walks over the records.
func (w *walk) read() error {
	w.r = reader{b: w.book.b, pos: w.sheet.at}
	w.book.texts.left = w.book.lim.Strings // what a sheet has of its own, each time
	if rec, err := w.r.next(); err != nil {
		return err
	} else if rec.id != idBOF {
		return damaged("no sheet begins at byte %d", w.sheet.at)
	}
	for depth := 1; depth > 0; {
		rec, err := w.r.next()
		if err != nil {
			return w.place(err)
		}
		switch {
		case rec.id == idBOF: // a chart within the sheet
			depth++
		case rec.id == idEOF:
			depth--
		case depth == 1:
			if err := w.take(rec); err != nil {
				return w.place(err)
			}
		}
	}
	return w.settle()
}

// place says at which cell an error of ours came up.
func (w *walk) place(err error) error {
	if e, ok := errors.AsType[*Error](err); ok && e.Row == 0 {
		e.Row, e.Col = w.row, w.col
	}
	return err
}

// take takes one record of the sheet.
func (w *walk) take(rec record) error {
	if w.pending {
		switch rec.id {
		case idString:
			return w.takeString(rec)
		case idShared, idArray, idTable, idContinue:
			return nil
		}
		if err := w.settle(); err != nil {
			return err
		}
	}
	switch rec.id {
	case idNumber, idRK, idLabel, idLabelSST, idRString, idBoolErr, idFormula, idFormula3, idFormula4, idBlank:
		return w.takeCell(rec)
	case idMulRK:
		return w.takeMany(rec, 6)
	case idMulBlank:
		return w.takeMany(rec, 2)
	}
	return w.takeFrame(rec)
}

// settle hands out a formula whose text never came: one without a value.
func (w *walk) settle() error {
	if !w.pending {
		return nil
	}
	w.pending = false
	w.cell.Type = Blank
	return w.deliver()
}

// begin moves to a cell.
func (w *walk) begin(row, col, style int, full bool) error {
	w.row, w.col = row+1, col+1
	if col >= maxCols {
		return damaged("column %d of %d", col+1, maxCols)
	}
	if n := len(w.book.Styles); style >= n && n > 0 {
		return damaged("style %d of %d", style, n)
	}
	if err := w.count(); err != nil {
		return err
	}
	w.cell = Cell{Row: w.row, Col: w.col, Style: style}
	at := row*maxCols + col + 1
	switch {
	case w.collect:
		w.positions = append(w.positions, positionOf(at, full))
	case at > w.last:
		w.last = at
	case !w.disorder:
		w.disorder = true
		return w.findDoubles()
	}
	return nil
}

// count holds the cells of all sheets against the bound; a sheet that is walked
// again counts once.
func (w *walk) count() error {
	if w.cells++; w.cells > w.sheet.cells {
		w.sheet.cells++
		w.book.cells++
	}
	if w.book.cells > w.book.lim.Cells {
		return &Error{Kind: TooManyCells, Limit: "Cells", Detail: fmt.Sprintf("more than %d cells", w.book.lim.Cells)}
	}
	return nil
}

// findDoubles collects all positions in a second walk, as the order of cells
// does not matter but a cell with two values does. A blank that something is
// written over is what some writers leave.
func (w *walk) findDoubles() error {
	all := walk{book: w.book, sheet: w.sheet, collect: true}
	if err := all.read(); err != nil {
		return err
	}
	slices.SortStableFunc(all.positions, func(a, b position) int { return a.at() - b.at() })
	for i, p := range all.positions[1:] {
		if before := all.positions[i]; before.at() == p.at() && before.full() {
			return &Error{Kind: DuplicateCell, Row: (p.at()-1)/maxCols + 1, Col: (p.at()-1)%maxCols + 1, Detail: "written twice"}
		}
	}
	return nil
}

// deliver hands the cell out, unless there is nothing in it.
func (w *walk) deliver() error {
	c := &w.cell
	if w.collect || !c.Formula && (c.Type == Blank || c.Type == String && c.Text == "") {
		return nil
	}
	return w.fn(c)
}

// takeCell takes a record of a single cell.
func (w *walk) takeCell(rec record) error {
	d := rec.data
	if len(d) < 6 {
		return damaged("record %04X of %d bytes", rec.id, len(d))
	}
	if err := w.begin(int(le16(d, 0)), int(le16(d, 2)), int(le16(d, 4)), rec.id != idBlank); err != nil {
		return err
	}
	if err := w.evaluate(rec); err != nil || w.pending {
		return err
	}
	return w.deliver()
}

// valueBytes is what a cell's record has at least after row, column and style.
var valueBytes = map[uint16]int{
	idNumber: 8, idRK: 4, idLabel: 2, idLabelSST: 4, idRString: 3, idBoolErr: 2,
	idFormula: 8, idFormula3: 8, idFormula4: 8,
}

// evaluate gives the cell its value.
func (w *walk) evaluate(rec record) error {
	d := rec.data[6:]
	if len(d) < valueBytes[rec.id] {
		return damaged("record %04X of %d bytes", rec.id, len(rec.data))
	}
	c := &w.cell
	switch rec.id {
	case idNumber:
		return w.number(le64(d))
	case idRK:
		return w.number(rkValue(le32(d, 0)))
	case idBoolErr:
		return w.boolOrError(d[0], d[1] != 0)
	case idLabelSST:
		i := le32(d, 0)
		if int64(i) >= int64(len(w.book.shared)) {
			return &Error{Kind: BadStringIndex, Detail: fmt.Sprintf("text %d of %d", i, len(w.book.shared))}
		}
		c.Type, c.Text, c.Runs, c.Shared = String, w.book.shared[i], w.book.rich[i], true
	case idLabel, idRString:
		p, err := w.r.pieces(record{rec.id, d})
		if err != nil {
			return err
		}
		read := w.book.texts.long
		if rec.id == idRString {
			read = w.book.texts.rich
		}
		t, err := read(p)
		c.Type, c.Text, c.Runs = String, t.s, t.runs
		return err
	case idFormula, idFormula3, idFormula4:
		return w.formula(d)
	}
	return nil
}

// formula takes the stored value of a formula. A nought that is to be computed
// when the file is opened is what programs write that cannot compute: no value
// at all, though Excel will show one.
func (w *walk) formula(d []byte) error {
	const flagsAt, onLoad = 8, 2
	c := &w.cell
	c.Formula = true
	if d[6] != 0xFF || d[7] != 0xFF {
		if le64(d) == 0 && len(d) > flagsAt && d[flagsAt]&onLoad != 0 {
			return nil
		}
		return w.number(le64(d))
	}
	switch d[0] {
	case 0: // the text comes in a record of its own
		w.pending = true
	case 1, 2:
		return w.boolOrError(d[2], d[0] == 2)
	case 3:
		c.Type = String // of nothing
	default:
		return &Error{Kind: BadValue, Detail: fmt.Sprintf("formula with a value of kind %d", d[0])}
	}
	return nil
}

// takeString takes the text of the formula before it.
func (w *walk) takeString(rec record) error {
	p, err := w.r.pieces(rec)
	if err != nil {
		return err
	}
	t, err := w.book.texts.long(p)
	if err != nil {
		return err
	}
	w.pending = false
	w.cell.Type, w.cell.Text = String, t.s
	return w.deliver()
}

// takeMany takes the cells of a MULRK or MULBLANK: row, first column, for each
// cell its style and, if width is 6, its number, and the last column.
func (w *walk) takeMany(rec record, width int) error {
	d := rec.data
	if len(d) < 6+width || (len(d)-6)%width != 0 {
		return damaged("record %04X of %d bytes", rec.id, len(d))
	}
	row, first, last := int(le16(d, 0)), int(le16(d, 2)), int(le16(d, len(d)-2))
	n := (len(d) - 6) / width
	if last != first+n-1 {
		return damaged("record %04X of %d cells ends in column %d", rec.id, n, last+1)
	}
	for i := range n {
		cell := d[4+i*width:]
		if err := w.begin(row, first+i, int(le16(cell, 0)), width > 2); err != nil {
			return err
		}
		if width == 2 {
			continue
		}
		if err := w.number(rkValue(le32(cell, 2))); err != nil {
			return err
		}
		if err := w.deliver(); err != nil {
			return err
		}
	}
	return nil
}
