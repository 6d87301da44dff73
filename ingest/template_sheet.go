package ingest

import (
	"strconv"
	"strings"

	"tonghop/internal/xlsx"
	"tonghop/report"
)

// Where things stand on a sheet of a template. The first row and column hold
// the codes and are hidden.
const (
	codeRow   = 1
	codeCol   = 1
	colNumber = 2
	colCode   = 3
	colName   = 4
)

// page is one sheet of a template being drawn, from the top down.
type page struct {
	*template
	plan   *planned
	index  int
	sheet  *xlsx.Worksheet
	row    int // the next to be drawn
	values []valueColumn
	last   int     // last column
	unit   int     // column of units, 0 without
	total  int     // column of totals, 0 without
	head   int     // row that names the columns, the lowest of several
	above  int     // rows of heads above it
	first  int     // first row of figures
	name   float64 // width of the column of names
}

// valueColumn is a column in which figures are filled in.
type valueColumn struct {
	column
	code  string
	width float64
}

// drawSheet draws the i-th sheet of the plan.
func (t *template) drawSheet(i int) {
	p := &page{template: t, plan: &t.sheets[i], index: i, sheet: t.book.Sheet(t.sheets[i].layout.Name), row: codeRow + 1}
	p.layColumns()
	p.drawCodes()
	p.drawHeading()
	switch {
	case p.plan.matrix != nil:
		p.drawMatrixHeader()
		p.drawMatrix()
	case p.plan.layout.Shape == report.IndicatorsDown:
		p.drawHeader()
		p.drawIndicators()
	default:
		p.drawHeader()
		p.drawPlaces()
	}
	p.drawSignatures()
	p.settings()
}

// layColumns says which columns there are and how wide.
func (p *page) layColumns() {
	col := colName + 1
	add := func(c column, code string, width float64) {
		c.col, c.role = col, roleValue
		p.values = append(p.values, valueColumn{column: c, code: code, width: width})
		col++
	}
	switch {
	case p.plan.matrix != nil:
		if p.plan.matrix.unitsBeside() {
			p.unit = col
			col++
		}
		p.matrixColumns(add)
	case p.plan.single():
		p.unit = col
		col++
		add(column{}, markValue, p.singleWidth())
	case p.plan.layout.Shape == report.IndicatorsDown:
		p.unit = col
		col++
		for _, place := range p.plan.places {
			add(column{place: place.Code}, place.Code, 11.5)
		}
		p.total = col
		col++
	default:
		for _, ind := range p.plan.indicators {
			add(column{ind: ind}, ind.Code, widthOf(ind))
		}
	}
	p.last = col - 1
	p.widen()
	p.sheet.Columns(codeCol, codeCol, xlsx.Column{Width: 10, Hidden: true})
	p.sheet.Columns(colNumber, colNumber, xlsx.Column{Width: 5.5})
	p.sheet.Columns(colCode, colCode, xlsx.Column{Width: 9})
	p.sheet.Columns(colName, colName, xlsx.Column{Width: p.name})
	if p.unit > 0 {
		p.sheet.Columns(p.unit, p.unit, xlsx.Column{Width: 14})
	}
	for _, v := range p.values {
		p.sheet.Columns(v.col, v.col, xlsx.Column{Width: v.width})
	}
	if p.total > 0 {
		p.sheet.Columns(p.total, p.total, xlsx.Column{Width: 13})
	}
}

// leastWidth is how wide a table is at least, for the lines above and below it to
// have room.
const leastWidth = 85 // characters

// widen makes the columns of a table of few as wide as that takes: first that of
// the names, then those of the figures.
func (p *page) widen() {
	const widestName, widestValue = 42, 29
	p.name = p.nameWidth()
	p.name += max(0, min(leastWidth-p.width(), widestName-p.name))
	if short := leastWidth - p.width(); short > 0 && len(p.values) > 0 {
		for i := range p.values {
			v := &p.values[i]
			v.width += max(0, min(short/float64(len(p.values)), widestValue-v.width))
		}
	}
}

// singleWidth gives room for words where words are asked.
func (p *page) singleWidth() float64 {
	for _, ind := range p.plan.indicators {
		if ind.Type == report.TypeText {
			return 62
		}
	}
	return 22
}

func widthOf(ind *report.Indicator) float64 {
	if ind.Type == report.TypeText {
		return 30
	}
	if ind.Type == report.TypeDec {
		return 13
	}
	return 11.5
}

func (p *page) nameWidth() float64 {
	switch {
	case p.plan.single() && p.singleWidth() > 40:
		return 34
	case p.plan.layout.Shape == report.PlacesDown:
		return 27
	}
	return 48
}

// drawCodes writes the hidden row of codes.
func (p *page) drawCodes() {
	hidden := xlsx.Style{Size: 8, Color: "808080"}
	p.sheet.Text(codeRow, codeCol, cornerText+strconv.Itoa(p.index), hidden)
	p.sheet.Text(codeRow, colNumber, markFurniture, hidden)
	p.sheet.Text(codeRow, colCode, markCode, hidden)
	p.sheet.Text(codeRow, colName, markHead, hidden)
	if p.unit > 0 {
		p.sheet.Text(codeRow, p.unit, markFurniture, hidden)
	}
	for _, v := range p.values {
		p.sheet.Text(codeRow, v.col, v.code, hidden)
	}
	if p.total > 0 {
		p.sheet.Text(codeRow, p.total, markTotal, hidden)
	}
	p.sheet.Row(codeRow, xlsx.Row{Hidden: true})
}

// mark writes the code of a row.
func (p *page) mark(row int, code string) {
	p.sheet.Text(row, codeCol, code, xlsx.Style{Size: 8, Color: "808080"})
}

// banner writes a line over columns and marks its row as furniture.
func (p *page) banner(row, from, to int, text string, st xlsx.Style) {
	p.mark(row, markFurniture)
	p.sheet.Text(row, from, text, st)
	p.sheet.Merge(xlsx.Rect(row, from, row, to))
}

// drawHeading writes who asks whom, what, for when and until when.
func (p *page) drawHeading() {
	p.halves("Đơn vị báo cáo: "+p.reg.AgencyName(p.agency), xlsx.Style{Size: 12, Bold: true, V: xlsx.Middle, Wrap: true},
		"Biểu mẫu "+p.def.Code+", bản "+p.def.Version, xlsx.Style{Size: 11, H: xlsx.Right, V: xlsx.Middle, Italic: true, Wrap: true})
	p.line("Đơn vị nhận báo cáo: "+p.req.Issuer.Name, xlsx.Style{Size: 11, V: xlsx.Middle, Wrap: true})
	p.row++
	p.line(strings.ToUpper(p.def.Title.VI), xlsx.Style{Size: 14, Bold: true, H: xlsx.Center, V: xlsx.Middle, Wrap: true})
	if title := p.plan.layout.Title.VI; title != "" {
		p.line(title, xlsx.Style{Size: 13, Bold: true, H: xlsx.Center, V: xlsx.Middle, Wrap: true})
	}
	for _, words := range []string{p.letterWords(), p.whenWords()} {
		if words == "" {
			continue
		}
		p.line(words, xlsx.Style{Size: 12, Italic: true, H: xlsx.Center, V: xlsx.Middle, Wrap: true})
	}
	p.row++
	p.line("Chỉ nhập vào các ô nền vàng. Để trống là chưa báo cáo; không phát sinh thì ghi 0 hoặc dấu “-”; có phát sinh nhưng chưa có số liệu thì ghi “…”. "+
		"Ô nền xám do biểu tự tính hoặc không phải điền.", xlsx.Style{Size: 11, Italic: true, Color: "595959", V: xlsx.Middle, Wrap: true})
	if p.index == 0 {
		p.drawNil()
	}
	p.row++
}

// middle is the column that ends the left half of the heading.
func (p *page) middle() int {
	if p.last <= colName+2 {
		return colName
	}
	return (colName + p.last) / 2
}

// line writes a line over the whole width, as high as its words need.
func (p *page) line(text string, st xlsx.Style) {
	p.banner(p.row, colNumber, p.last, text, st)
	p.sheet.Row(p.row, xlsx.Row{Height: p.fit(colNumber, p.last, text, st)})
	p.row++
}

// halves writes two texts beside each other, as high as the taller.
func (p *page) halves(left string, leftStyle xlsx.Style, right string, rightStyle xlsx.Style) {
	middle := p.middle()
	p.banner(p.row, colNumber, middle, left, leftStyle)
	p.sheet.Text(p.row, middle+1, right, rightStyle)
	p.sheet.Merge(xlsx.Rect(p.row, middle+1, p.row, p.last))
	p.sheet.Row(p.row, xlsx.Row{Height: max(p.fit(colNumber, middle, left, leftStyle), p.fit(middle+1, p.last, right, rightStyle))})
	p.row++
}

// fit gives the height that words need across columns.
func (p *page) fit(from, to int, text string, st xlsx.Style) float64 {
	width := 0.0
	for col := from; col <= to; col++ {
		width += p.widthAt(col)
	}
	return max(st.Size*1.3+2, xlsx.FitHeight(text, width, st)+1)
}

// width is the width of the table in characters.
func (p *page) width() float64 {
	w := 5.5 + 9 + p.name
	if p.unit > 0 {
		w += 14
	}
	for _, v := range p.values {
		w += v.width
	}
	if p.total > 0 {
		w += 13
	}
	return w
}

func (p *page) letterWords() string {
	l := p.req.Letter
	if l.Number == "" {
		return ""
	}
	number := strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(l.Number, "Số"), ":"))
	words := "(Kèm theo Công văn số " + number
	if !l.Date.IsZero() {
		words += " ngày " + l.Date.Vietnamese()
	}
	return words + ")"
}

func (p *page) whenWords() string {
	var parts []string
	if !p.period.IsZero() {
		parts = append(parts, "Kỳ báo cáo: "+p.period.VI())
	}
	if due := p.due(); due != "" {
		parts = append(parts, "hạn gửi: "+due)
	}
	if len(parts) == 0 {
		return ""
	}
	return "(" + strings.Join(parts, "; ") + ")"
}

// drawNil writes the box that says that nothing occurred at all.
func (p *page) drawNil() {
	p.mark(p.row, markNil)
	const words = "Không phát sinh trong cả kỳ báo cáo (đánh dấu x rồi gửi, không điền gì thêm):"
	st := xlsx.Style{Size: 12, Bold: true, V: xlsx.Middle, Wrap: true}
	p.sheet.Text(p.row, colNumber, words, st)
	p.sheet.Merge(xlsx.Rect(p.row, colNumber, p.row, p.last-1))
	box := inputStyle(xlsx.Center)
	box.Bold = true
	if p.opts.Nil {
		p.sheet.Text(p.row, p.last, "x", box)
	} else {
		p.sheet.Blank(p.row, p.last, box)
	}
	p.sheet.Restrict(xlsx.At(p.row, p.last), xlsx.Rule{Kind: xlsx.OneOf, Values: []string{"x"},
		PromptTitle: "Không phát sinh", Prompt: "Chỉ chọn “x” khi đơn vị không có gì để báo cáo trong cả kỳ. Khi đó để trống mọi ô khác.",
		ErrorTitle: "Không phát sinh", Error: "Chọn “x” hoặc để trống."})
	p.sheet.Row(p.row, xlsx.Row{Height: max(20, p.fit(colNumber, p.last-1, words, st))})
	p.row++
}

// drawHeader names the columns, and under the names their codes.
func (p *page) drawHeader() {
	p.head = p.row
	p.mark(p.head, markHead)
	p.mark(p.head+1, markFurniture)
	names := map[int]string{colNumber: "STT", colCode: "Mã", colName: p.nameHead()}
	codes := map[int]string{colNumber: "A", colCode: "B", colName: "C"}
	if p.unit > 0 {
		names[p.unit], codes[p.unit] = "Đơn vị tính", "D"
	}
	for _, v := range p.values {
		names[v.col], codes[v.col] = "Kết quả", "1"
		if v.ind != nil || v.place != "" {
			names[v.col], codes[v.col] = p.columnTitle(&v.column), v.code
		}
	}
	if p.total > 0 {
		names[p.total], codes[p.total] = "Tổng cộng", "+"
	}
	high := 34.0
	for col := colNumber; col <= p.last; col++ {
		p.sheet.Text(p.head, col, names[col], p.headStyleAt(col))
		p.sheet.Text(p.head+1, col, codes[col], codeStyle)
		high = max(high, p.fit(col, col, names[col], p.headStyleAt(col))+4)
	}
	for _, v := range p.values {
		if v.ind != nil && v.ind.Help.VI != "" {
			p.sheet.Note(p.head, v.col, p.req.Issuer.Name, v.ind.Help.VI)
		}
	}
	p.sheet.Row(p.head, xlsx.Row{Height: high})
	p.row += 2
	p.first = p.row
}

// headStyleAt sets the heads of parts off from those of wholes.
func (p *page) headStyleAt(col int) xlsx.Style {
	st := headStyle
	for _, v := range p.values {
		if v.col == col && v.ind != nil && v.ind.Parent != "" {
			st.Bold, st.Italic = false, true
		}
	}
	return st
}

func (p *page) nameHead() string {
	switch p.plan.layout.Shape {
	case report.PlacesDown:
		return "Địa bàn"
	case report.UnitList:
		return "Tên đơn vị"
	}
	return "Chỉ tiêu"
}

func (p *page) widthAt(col int) float64 {
	switch col {
	case colNumber:
		return 5.5
	case colCode:
		return 9
	case colName:
		return p.name
	case p.unit:
		return 14
	case p.total:
		return 13
	}
	for _, v := range p.values {
		if v.col == col {
			return v.width
		}
	}
	return 9
}
