package ingest

import (
	"fmt"

	"tonghop/internal/xlsx"
)

// drawSignatures writes who signs.
func (p *page) drawSignatures() {
	p.row++
	title := xlsx.Style{Size: 13, Bold: true, H: xlsx.Center, Wrap: true}
	under := xlsx.Style{Size: 12, Italic: true, H: xlsx.Center, Wrap: true}
	p.halves("NGƯỜI LẬP BIỂU", title, "THỦ TRƯỞNG ĐƠN VỊ", title)
	p.halves("(Ký, ghi rõ họ tên)", under, "(Ký tên, đóng dấu)", under)
}

// settings says how the sheet shows itself and goes to paper.
func (p *page) settings() {
	const widestPortrait = 105 // characters
	p.sheet.Protect = true
	p.sheet.View = xlsx.View{FreezeRows: p.first - 1, FreezeCols: colName, HideGrid: true, TabColor: "1F6F54"}
	p.sheet.Print = xlsx.Print{Landscape: p.width() > widestPortrait, FitWidth: true, RepeatTop: p.head - p.above, RepeatBottom: p.head + 1, PageNumber: true,
		Area: xlsx.Rect(codeRow+1, colNumber, p.row, p.last), Footer: fmt.Sprintf("%s · %s", p.req.Code, p.agency)}
	if p.plan.single() {
		p.sheet.View.FreezeCols = 0
	}
}
