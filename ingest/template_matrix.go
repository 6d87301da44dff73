package ingest

import (
	"slices"
	"strconv"
	"strings"

	"tonghop/ingest/table"
	"tonghop/internal/xlsx"
	"tonghop/report"
)

// matrixColumns says which columns the sheet of a matrix has. Units stand over the
// columns where each has one, and otherwise beside the rows.
func (p *page) matrixColumns(add func(c column, code string, width float64)) {
	x := p.plan.matrix
	for j, c := range x.columns {
		width := 11.5
		for _, ind := range x.column(j) {
			width = max(width, matrixWidth(ind))
		}
		add(column{across: j, title: x.leaf(j)}, c.Code, width)
	}
}

// matrixWidth gives room for figures in đồng, of which the official forms are
// full: 42.050.791.938,0.
func matrixWidth(ind *report.Indicator) float64 {
	if scale, money := table.Money(ind.Unit); money && scale == 0 {
		return 19
	}
	return widthOf(ind)
}

// rowUnit is the unit beside a row; several stand in the order of their columns.
func (x *matrix) rowUnit(i int) string {
	var units []string
	for _, ind := range x.row(i) {
		if ind.Unit != "" && !slices.Contains(units, ind.Unit) {
			units = append(units, ind.Unit)
		}
	}
	return strings.Join(units, "; ")
}

// drawMatrixHeader names the columns in as many rows as their headings have steps,
// what they share merged over them, and under the names writes their codes. The
// lowest row is the one that names what is along it.
func (p *page) drawMatrixHeader() {
	x := p.plan.matrix
	top, tiers := p.row, x.tiers()
	p.head = top + tiers - 1
	p.above = tiers - 1
	for row := top; row < p.head; row++ {
		p.mark(row, markFurniture)
	}
	p.mark(p.head, markHead)
	p.mark(p.head+1, markFurniture)
	high := make([]float64, tiers)
	draw := func(area xlsx.Range, words string) {
		p.sheet.Paint(area, headStyle)
		p.sheet.Text(area.FirstRow, area.FirstCol, words, headStyle)
		if area.FirstRow < area.LastRow || area.FirstCol < area.LastCol {
			p.sheet.Merge(area)
		}
		need := (p.fit(area.FirstCol, area.LastCol, words, headStyle) + 4) / float64(area.LastRow-area.FirstRow+1)
		for row := area.FirstRow; row <= area.LastRow; row++ {
			high[row-top] = max(high[row-top], need, 20)
		}
	}
	for col, words := range p.sideHeads() {
		draw(xlsx.Rect(top, col, p.head, col), words.name)
		p.sheet.Text(p.head+1, col, words.code, codeStyle)
	}
	for j, v := range p.values {
		path := x.columns[j].Header
		for step := range path[:len(path)-1] {
			if j == 0 || !x.shares(j-1, j, step) {
				last := j
				for last+1 < len(x.columns) && x.shares(last, last+1, step) {
					last++
				}
				draw(xlsx.Rect(top+step, v.col, top+step, p.values[last].col), path[step])
			}
		}
		draw(xlsx.Rect(top+len(path)-1, v.col, p.head, v.col), v.title)
		p.sheet.Text(p.head+1, v.col, v.code, codeStyle)
	}
	for i, h := range high {
		p.sheet.Row(top+i, xlsx.Row{Height: h})
	}
	p.row = p.head + 2
	p.first = p.row
}

// shares reports whether two columns beside each other lie under the same words, as
// far as a step of their headings that is the last of neither.
func (x *matrix) shares(a, b, step int) bool {
	one, other := x.columns[a].Header, x.columns[b].Header
	return step < len(one)-1 && step < len(other)-1 && slices.Equal(one[:step+1], other[:step+1])
}

// sideHead is what stands over a column that names the rows.
type sideHead struct{ name, code string }

// sideHeads are the heads of the columns beside the figures, in the words of the
// definition where it has any.
func (p *page) sideHeads() map[int]sideHead {
	first := func(words []string, usual string) string {
		if len(words) > 0 {
			return words[0]
		}
		return usual
	}
	key := p.plan.layout.Key
	out := map[int]sideHead{
		colNumber: {"STT", "A"}, colCode: {first(key.Code, "Mã"), "B"}, colName: {first(key.Name, p.nameHead()), "C"},
	}
	if p.unit > 0 {
		out[p.unit] = sideHead{"Đơn vị tính", "D"}
	}
	return out
}

// drawMatrix draws the rows of a matrix.
func (p *page) drawMatrix() {
	x := p.plan.matrix
	for i, row := range x.rows {
		p.mark(p.row, row.Code)
		p.sheet.Text(p.row, colNumber, strconv.Itoa(i+1), middleStyle)
		p.sheet.Text(p.row, colCode, row.Code, middleStyle)
		name := labelStyle
		if table.IsPart(row.Name.VI) {
			name.Indent, name.Italic = 2, true
		}
		p.sheet.Text(p.row, colName, row.Name.VI, name)
		high := max(20, p.fit(colName, colName, row.Name.VI, name), p.fit(colCode, colCode, row.Code, middleStyle))
		if p.unit > 0 {
			unit := x.rowUnit(i)
			p.sheet.Text(p.row, p.unit, unit, middleStyle)
			high = max(high, p.fit(p.unit, p.unit, unit, middleStyle))
		}
		for j, v := range p.values {
			p.drawMatrixCell(v.col, x.cells[i][j])
		}
		p.sheet.Row(p.row, xlsx.Row{Height: high})
		p.row++
	}
}

func (p *page) drawMatrixCell(col int, ind *report.Indicator) {
	if ind == nil {
		p.sheet.Blank(p.row, col, greyStyle)
		return
	}
	p.drawCell(col, ind, factKey{p.agency, p.home, ind.Code}, true)
	if ind.Help.VI != "" {
		p.sheet.Note(p.row, col, p.req.Issuer.Name, ind.Help.VI)
	}
}

// matrixCellOf gives the cell of an indicator of the matrix being drawn.
func (p *page) matrixCellOf(code string) (string, bool) {
	for i, cells := range p.plan.matrix.cells {
		for j, ind := range cells {
			if ind != nil && ind.Code == code {
				return xlsx.Ref(p.first+i, p.values[j].col), true
			}
		}
	}
	return "", false
}
