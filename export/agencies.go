package export

import (
	"fmt"

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
	p.agencyHeads(w, agenciesHead, 1)
	p.agencyPages(pageRoom - widthCode - nameWidth - widthUnit)
	for i, line := range t.lines {
		row := agenciesTop + i
		if line.indicator == nil {
			p.groupRow(w, row, t.last, line)
			continue
		}
		p.lineHead(w, row, line, nameWidth)
		p.agencyCells(w, row, line.indicator)
	}
	w.View.FreezeRows, w.View.FreezeCols = agenciesTop-1, colUnit
	w.Print.FitWidth = false
	w.Print.RepeatTop, w.Print.RepeatBottom = 1, agenciesTop-1
	w.Print.RepeatLeft, w.Print.RepeatRight = 1, colUnit
}

// agencyPages divides the agencies over pages as wide as the room beside the
// names, and writes the title of each.
func (p *paper) agencyPages(room float64) {
	t := &p.totals
	each := max(1, int(room/t.agency))
	pages := (len(p.s.Agencies) + each - 1) / each
	each = (len(p.s.Agencies) + pages - 1) / pages
	for n := range pages {
		left := t.first + n*each
		if n > 0 {
			p.agenciesSheet.Print.ColumnBreaks = append(p.agenciesSheet.Print.ColumnBreaks, left)
		}
		p.pageTitle(p.agenciesSheet, fmt.Sprintf("TỔNG HỢP THEO ĐƠN VỊ (%d/%d)", n+1, pages), left, min(left+each-1, t.last))
	}
}
