package export

import (
	"fmt"
	"strconv"

	"tonghop/internal/xlsx"
	"tonghop/report"
)

// The columns of the table of indicators.
const (
	colCode = 1
	colName = 2
	colUnit = 3
	colSum  = 4
)

// writeTotals writes the first sheet: heading, words, table, signatures; and the
// sheet of agencies where they do not fit on it.
func (p *paper) writeTotals() {
	w, t := p.totalsSheet, &p.totals
	last := t.heard
	w.Columns(colCode, colCode, xlsx.Column{Width: widthCode})
	w.Columns(colName, colName, xlsx.Column{Width: t.name})
	w.Columns(colUnit, colUnit, xlsx.Column{Width: t.unit})
	w.Columns(colSum, colSum, xlsx.Column{Width: t.sum})
	if !t.apart && len(p.s.Agencies) > 0 {
		w.Columns(t.first, t.last, xlsx.Column{Width: t.agency})
	}
	w.Columns(t.heard, t.heard, xlsx.Column{Width: t.heardWidth})

	middle := colUnit
	if t.apart {
		middle = colName
	}
	row := p.heading(w, middle, last)
	row = p.writeWords(w, row, last)
	t.head = row + 1
	for i, line := range t.lines {
		if line.indicator != nil {
			t.rows[line.indicator.Code] = t.head + headRows + i
			t.agencyRows[line.indicator.Code] = agenciesTop + i
		}
	}
	if !t.apart {
		t.agencyRows = t.rows
	}
	across(w, row, 1, last, "Đơn vị tính: ghi ở cột C", xlsx.Style{Size: 12, Italic: true, H: xlsx.Right})
	w.Row(row, xlsx.Row{Height: lineHeight})
	p.totalsHead(w)
	p.totalsRows()
	if t.apart {
		p.writeAgencies()
	}
	row = gap(w, t.head+headRows+len(t.lines))
	row = gap(w, p.legend(w, row, last))
	p.breakTotals(w, p.signatures(w, row, middle, last)-1)
	w.View.FreezeCols = colName
	w.Print.RepeatTop, w.Print.RepeatBottom = t.head, t.head+headRows-1
}

// writeWords writes the lines in words. It gives the next free row.
func (p *paper) writeWords(w *xlsx.Worksheet, row, last int) int {
	for i, line := range p.totals.words {
		text := fmt.Sprintf("%d. %s", i+1, line)
		if i == len(p.totals.words)-1 {
			text += "/."
		}
		across(w, row, 1, last, text, bodyStyle)
		w.Row(row, xlsx.Row{Height: fit(text, p.totalWidth(), bodyStyle) + 2})
		row++
	}
	return gap(w, row)
}

// totalsHead writes the heading of the table.
func (p *paper) totalsHead(w *xlsx.Worksheet) {
	t := &p.totals
	top, bottom := t.head, t.head+1
	w.Paint(xlsx.Rect(top, 1, bottom, t.heard), headStyle)
	for col, name := range map[int]string{colCode: "Mã", colName: "Chỉ tiêu", colUnit: "Đơn vị tính", colSum: "Tổng cộng", t.heard: "Số đơn vị báo cáo"} {
		w.Text(top, col, name, headStyle)
		w.Merge(xlsx.Rect(top, col, bottom, col))
	}
	for col, name := range map[int]string{colCode: "A", colName: "B", colUnit: "C", colSum: "1"} {
		w.Text(top+2, col, name, indexStyle)
	}
	w.Row(top, xlsx.Row{Height: 18})
	w.Row(bottom, xlsx.Row{Height: leastHead})
	w.Row(top+2, xlsx.Row{Height: lineHeight})
	if t.apart {
		w.Text(top+2, t.heard, "2", indexStyle)
		return
	}
	n := len(p.s.Agencies)
	w.Text(top+2, colSum, fmt.Sprintf("1=2+…+%d", n+1), indexStyle)
	w.Text(top+2, t.heard, strconv.Itoa(n+2), indexStyle)
	if n == 0 {
		return
	}
	across(w, top, t.first, t.last, "Chia theo đơn vị", headStyle)
	p.agencyHeads(w, bottom, 2)
}

// leastHead is how tall the second row of the heading is at least: the first
// column and the last have three lines in both rows together.
const leastHead = 30

// agencyHeads writes the names of the agencies over their columns, and who of
// them was not heard.
func (p *paper) agencyHeads(w *xlsx.Worksheet, row, number int) {
	height := float64(leastHead)
	for i := range p.s.Agencies {
		a := &p.s.Agencies[i]
		name := p.agencyHead(a)
		w.Text(row, p.totals.columns[a.Agency], name, smaller(headStyle))
		w.Text(row+1, p.totals.columns[a.Agency], strconv.Itoa(number+i), indexStyle)
		height = max(height, fit(name, p.totals.agency, smaller(headStyle)))
	}
	w.Row(row, xlsx.Row{Height: height})
}

// agencyHead heads the column of an agency.
func (p *paper) agencyHead(a *report.AgencyStatus) string {
	if counts(a) {
		return p.shortName(a.Agency)
	}
	return p.shortName(a.Agency) + "\n(chưa BC)"
}

// totalsRows writes the rows of the table.
func (p *paper) totalsRows() {
	for i, line := range p.totals.lines {
		row := p.totals.head + headRows + i
		if line.indicator == nil {
			p.groupRow(p.totalsSheet, row, p.totals.heard, line)
			continue
		}
		p.lineHead(p.totalsSheet, row, line, p.totals.name)
		p.totalCells(row, line.indicator)
		if !p.totals.apart {
			p.agencyCells(p.totalsSheet, row, line.indicator)
		}
	}
}

// groupRow writes the name of a group over the whole width.
func (p *paper) groupRow(w *xlsx.Worksheet, row, last int, line totalsLine) {
	height := 20.0
	if last == colUnit { // on the sheet of agencies the name has little room
		height = 32
	}
	number := groupStyle
	number.H = xlsx.Center
	w.Text(row, colCode, line.group, number)
	name := upper(p.groupName(line.group))
	if line.told {
		name += " (xem trang “" + sheetAnswers + "”)"
		w.Lead(row, colName, p.answersSheet.Ref(xlsx.At(1, 1)))
	}
	w.Text(row, colName, name, groupStyle)
	w.Merge(xlsx.Rect(row, colName, row, last))
	w.Paint(xlsx.Rect(row, 1, row, last), groupStyle)
	w.Row(row, xlsx.Row{Height: height})
}

// lineHead writes code, name and unit of an indicator.
func (p *paper) lineHead(w *xlsx.Worksheet, row int, line totalsLine, width float64) {
	st := textStyle
	st.Indent = line.level
	st.Italic = line.level > 0
	w.Text(row, colCode, line.indicator.Code, midStyle)
	w.Text(row, colName, p.partName(line), st)
	w.Text(row, colUnit, line.indicator.Unit, midStyle)
	w.Row(row, xlsx.Row{Height: max(fit(p.partName(line), width, st), fit(line.indicator.Unit, widthUnit, midStyle))})
}

// partName gives the name of an indicator; a part says what it is a part of
// where its own name does not.
func (p *paper) partName(line totalsLine) string {
	ind := line.indicator
	if line.level == 0 || hasPartWord(ind.Name.VI) {
		return ind.Name.VI
	}
	switch ind.Part {
	case report.PartOf:
		return "Trong đó: " + lowerFirst(ind.Name.VI)
	case report.PartSplit:
		return "Chia ra: " + lowerFirst(ind.Name.VI)
	}
	return ind.Name.VI
}

// totalCells writes the total of an indicator and how many were heard for it.
func (p *paper) totalCells(row int, ind *report.Indicator) {
	cell := p.s.Total[ind.Code]
	target := p.crossTarget(ind)
	if target == "" {
		target = p.sourceTarget(ind.Code)
	}
	p.figure(p.totalsSheet, row, colSum, figure{
		indicator: ind, cell: cell, strong: true, formula: p.totalFormula(row, ind, cell.Value), target: target,
	})
	p.totalsSheet.Text(row, p.totals.heard, heardOf(cell.Heard, cell.Asked), midStyle)
}

// agencyCells writes what each agency said of an indicator.
func (p *paper) agencyCells(w *xlsx.Worksheet, row int, ind *report.Indicator) {
	for i := range p.s.Agencies {
		agency := p.s.Agencies[i].Agency
		col := p.totals.columns[agency]
		cell := p.s.ByAgency[[2]string{ind.Code, agency}]
		formula, target := p.agencyFormula(ind, agency, col, cell.Value)
		p.figure(w, row, col, figure{indicator: ind, cell: cell, formula: formula, target: target})
	}
}
