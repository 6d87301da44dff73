package export

import (
	"fmt"
	"strconv"
	"time"

	"tonghop/internal/xlsx"
	"tonghop/report"
)

// Table is figures as a flat sheet for someone who goes on working with them: a
// line for each agency, place or whatever they are kept apart by, a column for
// each indicator. [Workbook] is the document that goes up; a table is not.
type Table struct {
	Title       string
	AsOf        time.Time // the moment it speaks of
	Provisional bool      // TẠM TÍNH
	Heard       int       // agencies, of those asked
	Asked       int
	Keys        []string            // heads of the columns of codes and names
	Indicators  []*report.Indicator // in the order of the columns
	Lines       []TableLine
}

// TableLine is a line of a table.
type TableLine struct {
	Keys  []string      // as many as the table has
	Cells []report.Cell // as many as the table has indicators
}

// The rows of the sheet: title, moment, and then the table with its head.
const (
	tableCaption = 2
	tableHead    = 3
	tableTop     = 4
)

// HeadGiven stands over the number of agencies that gave a figure of a line.
const HeadGiven = "Số đơn vị có số liệu"

// Bytes writes the table as an xlsx file of one sheet, dated by the moment it
// speaks of. The same table gives the same bytes (law 6). Memory does not grow
// with the cells of the sheet, only with the file.
func (t *Table) Bytes() ([]byte, error) {
	if t.AsOf.IsZero() {
		return nil, fmt.Errorf("table %q: %w", t.Title, ErrNoMoment)
	}
	book := xlsx.NewBook(xlsx.Props{Title: t.Title, Description: t.caption(), Created: t.AsOf})
	w := book.Sheet(sheetTotals)
	t.head(w)
	for i := range t.Lines {
		t.line(w, tableTop+i, &t.Lines[i])
	}
	out, err := book.Bytes()
	if err != nil {
		return nil, fmt.Errorf("table %q: %w", t.Title, err)
	}
	return out, nil
}

// caption says of which moment the figures are and of how many agencies (law 8).
func (t *Table) caption() string {
	text := fmt.Sprintf("Số liệu đến %s; đã báo cáo %d/%d đơn vị", moment(t.AsOf), t.Heard, t.Asked)
	if t.Provisional {
		text = Provisional + ". " + text
	}
	return text
}

// head writes all that stands above the lines. Columns come before rows.
func (t *Table) head(w *xlsx.Worksheet) {
	const widthKey, widthFigure = 22, 16
	keys, last := len(t.Keys), len(t.Keys)+1+len(t.Indicators)
	w.Columns(1, max(keys, 1), xlsx.Column{Width: widthKey})
	w.Columns(keys+1, last, xlsx.Column{Width: widthFigure})
	w.View = xlsx.View{FreezeRows: tableHead, FreezeCols: keys, Filter: xlsx.Rect(tableHead, 1, tableHead+len(t.Lines), last)}
	w.Print = xlsx.Print{Landscape: true, FitWidth: true, PageNumber: true, Footer: t.caption()}
	across(w, 1, 1, last, t.Title, titleStyle)
	across(w, tableCaption, 1, last, t.caption(), captionStyle)
	for i, head := range t.Keys {
		w.Text(tableHead, i+1, head, headStyle)
	}
	w.Text(tableHead, keys+1, HeadGiven, headStyle)
	for i, ind := range t.Indicators {
		w.Text(tableHead, keys+2+i, FigureHead(ind), headStyle)
	}
}

// FigureHead is what stands over the figures of an indicator: its name, and its
// unit in brackets.
func FigureHead(ind *report.Indicator) string {
	if ind.Unit == "" {
		return ind.Name.VI
	}
	return ind.Name.VI + " (" + ind.Unit + ")"
}

// keyStyle lets long names run on rather than make rows higher: a flat sheet is
// for filtering and reckoning, not for the printer.
var keyStyle = xlsx.Style{Size: tableSize, V: xlsx.Middle, Border: xlsx.Box}

// line writes a line and lets go of it.
func (t *Table) line(w *xlsx.Worksheet, row int, l *TableLine) {
	for i, key := range l.Keys {
		w.Text(row, i+1, key, keyStyle)
	}
	given := 0
	for i := range l.Cells {
		t.figure(w, row, len(t.Keys)+2+i, t.Indicators[i], &l.Cells[i])
		given = max(given, l.Cells[i].Given)
	}
	w.Number(row, len(t.Keys)+1, strconv.Itoa(given), numberStyle(0, false, false))
	w.Done(row)
}

// figure writes a figure, or the word that says why there is none (law 8).
func (t *Table) figure(w *xlsx.Worksheet, row, col int, ind *report.Indicator, c *report.Cell) {
	switch v := c.Value; {
	case written(v):
		st := numberStyle(ind.Scale, c.Mark == report.MarkRepeats, false)
		if c.Mark == report.MarkEstimate {
			st.NumFmt = numberFormat(ind.Scale) + `"≈"`
		}
		w.Number(row, col, v.Num.String(), st)
	case v.Kind == report.Number: // a spreadsheet would lose digits of it
		w.Text(row, col, shownNumber(v, ind.Scale), midStyle)
	case v.Kind == report.YesNo:
		w.Text(row, col, yesNo(v.Yes), midStyle)
	case v.Kind == report.Words:
		w.Text(row, col, v.Text, textStyle)
	case isVoid(*c):
		w.Blank(row, col, voidStyle)
	default:
		w.Text(row, col, markWord(*c), wordStyle(markWord(*c)))
	}
}
