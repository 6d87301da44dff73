package export

import (
	"tonghop/internal/xlsx"
	"tonghop/report"
)

// layOutList gives the columns of the list: that of the figures is as wide as the
// longest.
func (p *paper) layOutList() [listLast]column {
	figures := 12.0
	for _, ind := range p.placed {
		figures = max(figures, evidenceWidth(p.s.Total[ind.Code].Value, p.scales[ind.Code]))
		for _, key := range p.cross.keys[ind.Code] {
			figures = max(figures, evidenceWidth(p.s.AgencyPlace[key].Value, p.scales[ind.Code]))
		}
	}
	return [listLast]column{
		{"Mã", 6.5}, {"Đơn vị", 33}, {"Mã địa bàn", 8.5}, {"Địa bàn", 19}, {"Số liệu", figures}, {"Ghi chú", 10},
	}
}

// writeList writes the figures by agency and place one below the other.
func (p *paper) writeList() {
	w := p.crossSheet
	w.Print.Landscape = false
	p.sheetTitle(w, "SỐ LIỆU THEO ĐƠN VỊ VÀ ĐỊA BÀN", listLast)
	columns := p.layOutList()
	width := 0.0
	for _, c := range columns {
		width += c.width
	}
	p.tableHead(w, crossHead, columns[:], evidenceSize)
	pages := newEvidence(w, crossTop, pageHeight(false, width))
	for i, line := range p.cross.lines {
		row := crossTop + i
		if line.agency == "" {
			pages.row(p.listTotal(row, line.indicator, columns[:]), true)
		} else {
			pages.row(p.listDetail(row, line, columns[:]), false)
		}
	}
	pages.end()
	w.View.Filter = xlsx.Rect(crossHead, 1, max(crossHead, crossTop+len(p.cross.lines)-1), listLast)
}

// listTotal names an indicator, once for all rows below, and writes its total.
func (p *paper) listTotal(row int, ind *report.Indicator, columns []column) xlsx.Row {
	w, cell := p.crossSheet, p.s.Total[ind.Code]
	name := unitName(ind) + " – " + heardOf(cell.Heard, cell.Asked) + " đơn vị đã báo cáo"
	w.Paint(xlsx.Rect(row, 1, row, listLast), evidence(groupStyle))
	w.Text(row, 1, ind.Code, evidence(groupStyle))
	w.Text(row, 2, name, evidence(groupStyle))
	w.Merge(xlsx.Rect(row, 2, row, listValue-1))
	p.crossTotal(ind)
	w.Text(row, listLast, noteWord(cell), evidence(groupStyle))
	width := 0.0
	for _, c := range columns[1 : listValue-1] {
		width += c.width
	}
	return xlsx.Row{Height: max(p.evidenceFit(name, width, true), p.evidenceFit(noteWord(cell), columns[listLast-1].width, true))}
}

func (p *paper) listDetail(row int, line crossLine, columns []column) xlsx.Row {
	key := [3]string{line.indicator.Code, line.agency, line.place}
	height := 0.0
	for col, text := range [listLast]string{
		key[0], p.s.Register.AgencyName(line.agency), line.place, p.s.Register.PlaceName(line.place), "", noteWord(p.s.AgencyPlace[key]),
	} {
		p.crossSheet.Text(row, col+1, text, evidence(textStyle))
		height = max(height, p.evidenceFit(text, columns[col].width, false))
	}
	p.crossFigure(key)
	return xlsx.Row{Level: 1, Height: height}
}

// unitName gives the name of an indicator and what it is counted in.
func unitName(ind *report.Indicator) string {
	if ind.Unit == "" {
		return ind.Name.VI
	}
	return ind.Name.VI + " (" + ind.Unit + ")"
}
