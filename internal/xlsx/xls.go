package xlsx

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"tonghop/internal/xlsx/biff"
	"tonghop/internal/xlsx/cfb"
)

// xls is a workbook of Excel 5 to 2003: records in a stream of a compound file,
// or, from programs that never knew compound files, the stream alone.
type xls struct {
	noProps // a compound file keeps them in streams of another format
	wb      *Workbook
	book    *biff.Book
	runs    map[*biff.Run][]Run // of shared texts, by their first
}

// openXLS reads the frame of a workbook. The file is held whole: its chains lead
// anywhere in it, and it is bounded by FileBytes.
func openXLS(r io.ReaderAt, size int64, lim Limits) (*Workbook, error) {
	b, err := readWhole(r, size)
	if err != nil {
		return nil, err
	}
	wb := &Workbook{}
	stream := b
	if bytes.HasPrefix(b, []byte(cfb.Signature)) {
		if stream, wb.HasMacros, err = workbookStream(b); err != nil {
			return nil, err
		}
	}
	book, err := biff.Open(stream, biff.Limits{
		Sheets: lim.Sheets, Styles: lim.Styles, NameBytes: lim.NameBytes, Strings: lim.Strings, StringBytes: lim.StringBytes,
		Cells: lim.Cells, Merges: lim.Merges, CellRunes: lim.CellRunes,
	})
	if err != nil {
		return nil, refusedBIFF(err, "")
	}
	wb.Date1904, wb.HasMacros = book.Date1904, wb.HasMacros || book.Macros
	wb.styles = xlsStyles(book.Styles)
	for i, s := range book.Sheets {
		state := map[biff.State]Visibility{biff.Visible: Visible, biff.Hidden: Hidden, biff.VeryHidden: VeryHidden}[s.State]
		wb.Sheets = append(wb.Sheets, SheetInfo{Index: i, Name: s.Name, State: state, Cells: s.Cells})
	}
	wb.back = &xls{wb: wb, book: book, runs: make(map[*biff.Run][]Run)}
	return wb, nil
}

// refusedOLE says what is wrong with a compound file in which no workbook is to be
// seen: it is another document, or so damaged that its directory is lost.
func refusedOLE(r io.ReaderAt, size int64) error {
	b, err := readWhole(r, size)
	if err != nil {
		return err
	}
	if _, err = cfb.Open(b); err != nil {
		return &Error{Kind: KindDamaged, Detail: "compound file", Err: err}
	}
	return &Error{Kind: KindNotSpreadsheet}
}

// workbookStream finds the workbook in a compound file, the newer where Excel 97
// has saved for Excel 5 as well, and says whether there are macros beside it. A
// stream that is not there as a whole may still have all the cells: that is
// found out in reading them.
func workbookStream(b []byte) (stream []byte, macros bool, err error) {
	file, err := cfb.Open(b)
	if err != nil {
		return nil, false, &Error{Kind: KindDamaged, Detail: "compound file", Err: err}
	}
	for _, e := range file.Entries {
		macros = macros || e.Kind == cfb.KindStorage && strings.EqualFold(e.Name, "_VBA_PROJECT_CUR")
	}
	for _, name := range []string{"Workbook", "Book"} {
		if e := file.Find(name); e != nil {
			if stream, _, err = file.Stream(e); err != nil {
				return nil, false, &Error{Kind: KindDamaged, Part: name, Err: err}
			}
			return stream, macros, nil
		}
	}
	return nil, false, &Error{Kind: KindDamaged, Detail: "compound file without a workbook"}
}

// xlsStyles puts the styles of records into those of cells.
func xlsStyles(styles []biff.Style) []CellStyle {
	out := make([]CellStyle, 0, len(styles))
	for _, s := range styles {
		code := s.Format
		if code == "" {
			code = builtinFormat(s.FormatID)
		}
		out = append(out, CellStyle{NumFmt: code, Font: s.Font, Date: isDateFormat(code), Bold: s.Bold, Indent: s.Indent})
	}
	return out
}

// refusedBIFF puts a refusal of the records into ours.
func refusedBIFF(err error, sheet string) error {
	e, ok := errors.AsType[*biff.Error](err)
	if !ok {
		return err
	}
	out := &Error{Kind: ErrorKind(e.Kind), Sheet: sheet, Limit: e.Limit, Detail: e.Detail}
	if e.Row > 0 {
		out.Ref = Ref(e.Row, e.Col)
	}
	return out
}

func (x *xls) walker(sheet int) walker { return &xlsWalker{xls: x, sheet: sheet} }

// xlsWalker is one reading of one sheet.
type xlsWalker struct {
	*xls
	sheet int
	cell  Cell
	own   int64 // bytes of texts that are not shared
	frame *biff.Frame
}

func (w *xlsWalker) walk(fn func(*Cell) error) (err error) {
	w.frame, err = w.book.Walk(w.sheet, func(c *biff.Cell) error {
		w.take(c)
		return fn(&w.cell)
	})
	return refusedBIFF(err, w.wb.Sheets[w.sheet].Name)
}

// take makes a cell of one of the records.
func (w *xlsWalker) take(c *biff.Cell) {
	w.cell = Cell{Row: c.Row, Col: c.Col, HasFormula: c.Formula, Text: c.Text, Style: c.Style, Runs: w.runsOf(c)}
	var style CellStyle
	if c.Style < len(w.wb.styles) {
		style = w.wb.styles[c.Style]
	}
	w.cell.Font = style.Font
	switch c.Type {
	case biff.Blank:
		w.cell.NoCache = true
	case biff.Number:
		w.cell.Type = Number
		if style.Date {
			w.cell.Type = Date
		}
	case biff.String:
		w.cell.Type = String
	case biff.Bool:
		w.cell.Type = Bool
	case biff.ErrorVal:
		w.cell.Type = TypeError
	}
	if !c.Shared {
		w.own += int64(len(c.Text))
	}
}

// runsOf gives the fonts of a rich text, those of a shared one once for all cells.
func (w *xlsWalker) runsOf(c *biff.Cell) []Run {
	if len(c.Runs) == 0 {
		return nil
	}
	if known := w.runs[&c.Runs[0]]; known != nil {
		return known
	}
	out := make([]Run, 0, len(c.Runs))
	for _, r := range c.Runs {
		out = append(out, Run(r))
	}
	if c.Shared {
		w.runs[&c.Runs[0]] = out
	}
	return out
}

func (w *xlsWalker) textBytes() int64 { return w.own }

// ahead makes little room at first, and then as much again as was needed: what is
// left of the stream may be anything.
func (w *xlsWalker) ahead(n int) int {
	const few = 4096
	return max(n, min(w.book.Ahead(w.sheet), few), 1)
}

func (w *xlsWalker) finish(g *Grid) {
	for _, r := range w.frame.Merges {
		g.Merges = append(g.Merges, Range(r))
	}
	for _, s := range w.frame.HiddenRows {
		g.HiddenRows = append(g.HiddenRows, Span(s))
	}
	for _, s := range w.frame.HiddenCols {
		g.HiddenCols = append(g.HiddenCols, Span(s))
	}
	g.Protected = w.frame.Protected
}
