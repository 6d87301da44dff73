package xlsx

import (
	"fmt"
	"io"
	"unicode/utf8"
)

// text is a table in a text file: fields between separators, a record to a
// line. It has one sheet, and its cells are texts as they were typed: whether
// "1.234" is a number is not for the format to say.
type text struct {
	noProps
	body []byte // in UTF-8, without the mark of the encoding and the line sep=
	sep  byte   // 0: a single column
	lim  Limits
}

// textSheet is the name of the only sheet: the file has none for it.
const textSheet = "Sheet1"

// openText decodes a text file and finds its separator.
func openText(r io.ReaderAt, size int64, lim Limits) (*Workbook, error) {
	b, err := readWhole(r, size)
	if err != nil {
		return nil, err
	}
	body, err := decodeText(b)
	if err != nil {
		return nil, err
	}
	sep, body, err := findSeparator(body)
	if err != nil {
		return nil, err
	}
	wb := &Workbook{Format: FormatCSV, Sheets: []SheetInfo{{Name: textSheet, Cells: true}}}
	if sep == '\t' {
		wb.Format = FormatTSV
	}
	wb.back = &text{body: body, sep: sep, lim: lim}
	return wb, nil
}

func (t *text) walker(int) walker { return &textWalker{text: t} }

// textWalker is one reading of the table.
type textWalker struct {
	*text
	records  records
	row, col int
	cell     Cell
	count    int
	arena    textArena // so that a text that is kept does not keep the file
}

// walk hands fn every field with something in it. A row counts from 1 in records,
// not in lines: a field may have several.
func (w *textWalker) walk(fn func(*Cell) error) error {
	w.records = records{rest: w.body, sep: w.sep}
	for w.records.next() {
		if w.row++; w.row > MaxRows {
			return w.refuse(KindBadRef, "row beyond the last")
		}
		w.col = 0
		for w.records.field() {
			if err := w.take(fn); err != nil {
				return err
			}
		}
		if w.records.open {
			return w.refuse(KindDamaged, "a quotation mark that is never closed")
		}
	}
	return nil
}

// take takes one field.
func (w *textWalker) take(fn func(*Cell) error) error {
	if w.col++; w.col > MaxCols {
		return w.refuse(KindBadRef, "column beyond the last")
	}
	w.count++
	value := w.records.value
	switch {
	case w.count > w.lim.Cells:
		err := w.refuse(KindTooManyCells, fmt.Sprintf("more than %d cells", w.lim.Cells))
		err.Limit = "Cells"
		return err
	case w.records.open, len(value) == 0:
		return nil
	case len(value) > w.lim.CellRunes && utf8.RuneCount(value) > w.lim.CellRunes:
		err := w.refuse(KindTooLarge, fmt.Sprintf("more than %d characters", w.lim.CellRunes))
		err.Limit = "CellRunes"
		return err
	}
	w.cell = Cell{Row: w.row, Col: w.col, Type: String, Text: w.arena.string(value)}
	return fn(&w.cell)
}

// refuse says what is wrong at the field where the reading stands.
func (w *textWalker) refuse(kind ErrorKind, detail string) *Error {
	return &Error{Kind: kind, Sheet: textSheet, Ref: Ref(w.row, max(w.col, 1)), Detail: detail}
}

func (w *textWalker) textBytes() int64 { return w.arena.total }

// ahead goes by the bytes that are left, but for little at first: most fields
// have some.
func (w *textWalker) ahead(n int) int {
	const few, bytesEach = 4096, 8
	return max(n, min(len(w.body)/bytesEach, few), 1)
}

func (w *textWalker) finish(*Grid) {} // nothing stands around the cells
