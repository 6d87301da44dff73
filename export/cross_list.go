package export

import (
	"tonghop/internal/xlsx"
	"tonghop/report"
)

var listColumns = [listLast]column{
	{"Mã", 6.5}, {"Đơn vị", 33}, {"Mã địa bàn", 8.5}, {"Địa bàn", 19}, {"Số liệu", 12}, {"Ghi chú", 10},
}

// writeList writes the figures by agency and place one below the other.
func (p *paper) writeList() {
	w := p.crossSheet
	w.Print.Landscape = false
	p.sheetTitle(w, "SỐ LIỆU THEO ĐƠN VỊ VÀ ĐỊA BÀN", listLast)
	p.tableHead(w, crossHead, listColumns[:], evidenceSize)
	pages := newEvidence(w, crossTop, pageHeight(false, listWidth()))
	for i, line := range p.cross.lines {
		row := crossTop + i
		if line.agency == "" {
			pages.row(p.listTotal(row, line.indicator), true)
		} else {
			pages.row(p.listDetail(row, line), false)
		}
	}
	pages.end()
	w.View.Filter = xlsx.Rect(crossHead, 1, max(crossHead, crossTop+len(p.cross.lines)-1), listLast)
}

func listWidth() float64 {
	width := 0.0
	for _, c := range listColumns {
		width += c.width
	}
	return width
}

// listTotal names an indicator, once for all rows below, and writes its total.
func (p *paper) listTotal(row int, ind *report.Indicator) xlsx.Row {
	w, cell := p.crossSheet, p.s.Total[ind.Code]
	name := unitName(ind) + " – " + heardOf(cell.Heard, cell.Asked) + " đơn vị đã báo cáo"
	w.Paint(xlsx.Rect(row, 1, row, listLast), evidence(groupStyle))
	w.Text(row, 1, ind.Code, evidence(groupStyle))
	w.Text(row, 2, name, evidence(groupStyle))
	w.Merge(xlsx.Rect(row, 2, row, listValue-1))
	p.crossTotal(ind)
	w.Text(row, listLast, noteWord(cell), evidence(groupStyle))
	width := 0.0
	for _, c := range listColumns[1 : listValue-1] {
		width += c.width
	}
	return xlsx.Row{Height: max(p.evidenceFit(name, width, true), p.evidenceFit(noteWord(cell), listColumns[listLast-1].width, true))}
}

func (p *paper) listDetail(row int, line crossLine) xlsx.Row {
	key := [3]string{line.indicator.Code, line.agency, line.place}
	height := 0.0
	for col, text := range [listLast]string{
		key[0], p.s.Register.AgencyName(line.agency), line.place, p.s.Register.PlaceName(line.place), "", noteWord(p.s.AgencyPlace[key]),
	} {
		p.crossSheet.Text(row, col+1, text, evidence(textStyle))
		height = max(height, p.evidenceFit(text, listColumns[col].width, false))
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
