package export

import (
	"tonghop/internal/xlsx"
)

// The rows of the sheet of agencies.
const (
	agenciesHead = 5
	agenciesTop  = agenciesHead + 2
)

// writeAgencies writes the figures of the agencies on a sheet of their own: one
// table on the screen, and on paper as many pages side by side as it takes, each
// with the names of the indicators.
func (p *paper) writeAgencies() {
	const nameWidth = 40
	w, t := p.agenciesSheet, &p.totals
	w.Columns(colCode, colCode, xlsx.Column{Width: widthCode})
	w.Columns(colName, colName, xlsx.Column{Width: nameWidth})
	w.Columns(colUnit, colUnit, xlsx.Column{Width: widthUnit})
	w.Columns(t.first, t.last, xlsx.Column{Width: t.agency})
	w.Paint(xlsx.Rect(agenciesHead, 1, agenciesHead, t.last), headStyle)
	for col, name := range map[int]string{colCode: "Mã", colName: "Chỉ tiêu", colUnit: "Đơn vị tính"} {
		w.Text(agenciesHead, col, name, headStyle)
	}
	for col, name := range map[int]string{colCode: "A", colName: "B", colUnit: "C"} {
		w.Text(agenciesHead+1, col, name, indexStyle)
	}
	const fixed = widthCode + nameWidth + widthUnit
	p.pageTitles(w, "TỔNG HỢP THEO ĐƠN VỊ", p.agencyPages(pageRoom-fixed), fixed)
	p.agencyHeads(w, agenciesHead, 1)
	for i, line := range t.lines {
		row := agenciesTop + i
		switch {
		case line.told: // said on the first sheet
			continue
		case line.indicator == nil:
			p.groupRow(w, row, colUnit, line)
			w.Paint(xlsx.Rect(row, t.first, row, t.last), groupStyle)
			continue
		}
		p.lineHead(w, row, line, nameWidth)
		p.agencyCells(w, row, line.indicator)
	}
	rows := rowsOnPaper(w, agenciesTop, agenciesTop+len(t.lines)-1, func(row int) bool { return p.isHeading(t.lines[row-agenciesTop]) })
	full := pageHeight(true, 0)*trust - w.HeightOf(1, agenciesTop-1)
	beginPages(w, agenciesTop, divide(rows, full, full, 0))
	w.Print.Area = xlsx.Rect(1, 1, agenciesTop+len(t.lines)-1, t.last)
	w.View.FreezeRows, w.View.FreezeCols = agenciesTop-1, colUnit
	w.Print.FitWidth = false
	w.Print.RepeatTop, w.Print.RepeatBottom = 1, agenciesTop-1
	w.Print.RepeatLeft, w.Print.RepeatRight = 1, colUnit
}

// agencyPages divides the agencies over pages as wide as the room beside the
// names, and gives the columns of each.
func (p *paper) agencyPages(room float64) []sheetPage {
	t := &p.totals
	each := max(1, int(room/t.agency))
	pages := max(1, (len(p.s.Agencies)+each-1)/each)
	each = (len(p.s.Agencies) + pages - 1) / pages // alike, so that none ends with a single column
	var out []sheetPage
	for n := range pages {
		from, to := t.first+n*each, min(t.first+(n+1)*each-1, t.last)
		if n > 0 {
			p.agenciesSheet.Print.ColumnBreaks = append(p.agenciesSheet.Print.ColumnBreaks, from)
		}
		out = append(out, sheetPage{from: from, to: to, width: t.agency * float64(to-from+1)})
	}
	return out
}
