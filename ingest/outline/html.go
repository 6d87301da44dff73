package outline

import (
	_ "embed"
	"html/template"
	"io"

	"tonghop/internal/xlsx"
)

//go:embed page.html
var pageText string

var page = template.Must(template.New("page").Parse(pageText))

// mostCells bounds the cells of one sheet that the page draws; the rest is said to
// be left out.
const mostCells = 200_000

// HTML writes a page that shows every sheet with its cells coloured by what they
// were understood to be; over each stands why. Errors are those of w.
func (r *Reading) HTML(w io.Writer) error {
	type data struct {
		*File
		Pages []sheetPage
	}
	d := data{File: &r.File}
	for i := range r.sheets {
		d.Pages = append(d.Pages, r.sheets[i].page(&r.File.Sheets[i]))
	}
	return page.Execute(w, d)
}

// sheetPage is a sheet as the page draws it.
type sheetPage struct {
	*Sheet
	Columns []string
	Rows    []pageRow
	Cut     bool // the sheet is longer than the page
}

type pageRow struct {
	Number int
	Cells  []pageCell
}

type pageCell struct {
	Ref, Text, Class, VI, EN string
	Wide, Tall               int // of a merged area; 0 for one cell
}

func (r *read) page(s *Sheet) sheetPage {
	const widest = 200
	p := sheetPage{Sheet: s}
	last := min(r.sheet.MaxCol, widest)
	for col := 1; col <= last; col++ {
		p.Columns = append(p.Columns, xlsx.ColName(col))
	}
	views := map[xlsx.Range]view{}
	for i := range r.sheet.Cells {
		c := &r.sheet.Cells[i]
		views[xlsx.Range{FirstRow: c.Row, FirstCol: c.Col, LastRow: c.Row, LastCol: c.Col}] = r.why(i)
	}
	covered := map[[2]int]bool{}
	areas := map[[2]int]xlsx.Range{}
	room := mostCells // no more cells are drawn, so that no more need be covered
	for _, m := range r.sheet.Merges {
		m.LastCol = min(m.LastCol, last)
		size := (m.LastRow - m.FirstRow + 1) * max(m.LastCol-m.FirstCol+1, 0)
		if size > room {
			continue
		}
		room -= size
		areas[[2]int{m.FirstRow, m.FirstCol}] = m
		for row := m.FirstRow; row <= m.LastRow; row++ {
			for col := m.FirstCol; col <= m.LastCol; col++ {
				covered[[2]int{row, col}] = row != m.FirstRow || col != m.FirstCol
			}
		}
	}
	drawn := 0
	for _, number := range r.sheet.RowNumbers(1) {
		if drawn += last; drawn > mostCells {
			p.Cut = true
			break
		}
		row := pageRow{Number: number}
		for col := 1; col <= last; col++ {
			if covered[[2]int{number, col}] {
				continue
			}
			cell := pageCell{Ref: xlsx.Ref(number, col)}
			if m, ok := areas[[2]int{number, col}]; ok {
				cell.Wide = m.LastCol - m.FirstCol + 1
				cell.Tall = r.shownRows(m)
			}
			if c := r.sheet.At(number, col); c != nil {
				v := views[xlsx.Range{FirstRow: number, FirstCol: col, LastRow: number, LastCol: col}]
				cell.Text, cell.Class, cell.VI, cell.EN = shown(c), v.class, v.vi, v.en
			}
			row.Cells = append(row.Cells, cell)
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

// shownRows counts the rows of a merged area that the page draws: empty ones are
// left out.
func (r *read) shownRows(m xlsx.Range) int {
	n := 0
	for _, number := range r.sheet.RowNumbers(m.FirstRow) {
		if number > m.LastRow {
			break
		}
		n++
	}
	return n
}
