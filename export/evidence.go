package export

import (
	"tonghop/internal/xlsx"
	"tonghop/report"
)

// The sheets of evidence are the bulk of a printed workbook: their type is
// smaller than that of tables, a name stands once above the rows it holds for,
// and a row is as tall as its line.
const (
	evidenceSize = 9  // points
	evidenceLine = 12 // points
)

// evidence gives the style in the type of evidence.
func evidence(st xlsx.Style) xlsx.Style {
	st.Size = evidenceSize
	return st
}

// evidenceFit gives the height of a text in a row of evidence.
func (p *paper) evidenceFit(text string, width float64, strong bool) float64 {
	st := evidence(textStyle)
	key := fitted{text, width, strong}
	height, ok := p.heights[key]
	if !ok {
		st.Bold = strong
		height = xlsx.FitHeight(text, width, st)
		if height <= xlsx.FitHeight("", width, st) {
			height = evidenceLine
		}
		p.heights[key] = height
	}
	return height
}

// evidenceWidth is how wide a column has to be for a number, in digits.
func evidenceWidth(v report.Value, scale int) float64 {
	const perDigit, air = 0.87, 1.7
	return float64(len(shownNumber(v, scale)))*perDigit + air
}

// evidencePages divides a sheet of evidence into pages while its rows are
// written and forgotten.
type evidencePages struct {
	sheet *xlsx.Worksheet
	next  int     // row
	first float64 // room on the first page, points
	full  float64 // on every other
	rows  []paperRow
}

// newEvidence begins the rows of a sheet below its title and its heading, on
// paper so tall. What the heading repeats on each page has to be set before.
func newEvidence(w *xlsx.Worksheet, top int, paper float64) *evidencePages {
	repeated := w.HeightOf(w.Print.RepeatTop, top-1)
	return &evidencePages{
		sheet: w, next: top, full: paper*trust - repeated,
		first: paper*trust - repeated - w.HeightOf(1, w.Print.RepeatTop-1),
	}
}

// row takes in the next row, which is written whole.
func (e *evidencePages) row(as xlsx.Row, heads bool) {
	e.sheet.Row(e.next, as)
	e.sheet.Done(e.next)
	e.rows = append(e.rows, paperRow{as.Height, heads})
	e.next++
}

// mostBreaks is how many breaks spreadsheets take on a sheet, less some. What
// has more pages is divided by the program that prints it.
const mostBreaks = 1000

// end lets the pages begin.
func (e *evidencePages) end() {
	starts := divide(e.rows, e.first, e.full, 0)
	if len(starts) <= mostBreaks {
		beginPages(e.sheet, e.next-len(e.rows), starts)
	}
}
