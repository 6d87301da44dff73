package outlinetest

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"tonghop/internal/xlsx"
)

// frame is what stands on a sheet around its tables.
type frame struct {
	*generator
	p           *paper
	left, right int
	tables      []*table
	set         setting
	placed      bool   // the province has been named
	lastUnit    string // as written
	shift       int    // how far from the left titles begin that are not merged
}

var (
	plainStyle  = xlsx.Style{Size: 12}
	boldStyle   = xlsx.Style{Size: 12, Bold: true, H: xlsx.Center}
	titleStyle  = xlsx.Style{Size: 14, Bold: true, H: xlsx.Center, V: xlsx.Middle, Wrap: true}
	italicStyle = xlsx.Style{Size: 12, Italic: true, H: xlsx.Center}
)

// above writes heading, title and the like. It gives the row of the table.
func (f *frame) above() int {
	row := 1
	switch f.d.IntN(6) {
	case 0, 1:
		row = f.heading(row)
	case 2, 3:
		row = f.annex(row)
	case 4:
		row = f.parameters(row)
	default:
		row = f.titles(row)
	}
	if f.d.chance(40) {
		row++
	}
	return row
}

// middle gives the column where the right half begins.
func (f *frame) middle() int { return f.left + (f.right-f.left+1)/2 }

// across writes a text over the whole width, merged or in the first column.
func (f *frame) across(row int, text string, st xlsx.Style) {
	if f.p.look.merge {
		f.p.write(row, f.left, text, outside, st)
		f.p.merge(xlsx.Rect(row, f.left, row, f.right))
		return
	}
	st.Wrap, st.H = false, xlsx.Auto
	f.p.write(row, f.left+f.shift, text, outside, st)
}

// halves writes two texts side by side.
func (f *frame) halves(row int, first, second string, st, st2 xlsx.Style) {
	m := f.middle()
	f.p.write(row, f.left, first, outside, st)
	f.p.write(row, m, second, outside, st2)
	if f.p.look.merge {
		f.p.merge(xlsx.Rect(row, f.left, row, m-1))
		f.p.merge(xlsx.Rect(row, m, row, f.right))
	}
}

// heading is the two columns of Decree 30/2020: the body left, the state right.
func (f *frame) heading(row int) int {
	f.trait("heading of two columns")
	above, body := f.bodies()
	f.halves(row, above, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", xlsx.Style{Size: 12, H: xlsx.Center}, boldStyle)
	f.halves(row+1, body, "Độc lập - Tự do - Hạnh phúc", boldStyle, boldStyle)
	if f.d.chance(60) {
		f.halves(row+2, fmt.Sprintf("Số: %d/BC-%s", f.d.between(1, 400), pick(f.d, "SYT", "SNV", "UBND", "TTCTXH")), fmt.Sprintf("%s, ngày %02d tháng %d năm %s", f.set.province.name, f.d.between(1, 28), f.month(), f.year()), xlsx.Style{Size: 12, H: xlsx.Center}, italicStyle)
		row++
	}
	return f.titles(row + 3)
}

func (f *frame) bodies() (above, body string) {
	f.placed = true
	return "UBND " + strings.ToUpper(f.set.province.kind+" "+f.set.province.name), f.body()
}

// body is who writes: the departments of labour are no more since March 2025.
func (f *frame) body() string {
	if f.set.era == "old" && f.d.chance(30) {
		return "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI"
	}
	return pick(f.d, "SỞ Y TẾ", "SỞ NỘI VỤ", "TRUNG TÂM CÔNG TÁC XÃ HỘI", "SỞ TÀI CHÍNH")
}

// letters are the marks of letters of the time.
func (f *frame) letters() string {
	if f.set.era == "old" {
		return pick(f.d, "SLĐTBXH-BTXH", "SYT-KHTC", "UBND-VP")
	}
	return pick(f.d, "SYT-BTXH", "SNV-VP", "UBND-VX")
}

func (f *frame) year() string { return strconv.Itoa(f.set.year) }

// month gives one in which a paper of the sheet can have been signed.
func (f *frame) month() int {
	if f.set.era == "new" {
		return f.d.between(8, 12)
	}
	return f.d.between(1, 12)
}

// annex is a form that goes with a letter.
func (f *frame) annex(row int) int {
	f.trait("annex")
	mark := pick(f.d, "Phụ lục I", "Phụ lục 02: Biểu 01", "Biểu số 01", "Biểu mẫu 10b", "Mẫu số 03/BC", "Phụ lục số 04/CKTC-NSNN")
	if f.d.chance(50) {
		f.halves(row, pick(f.d, "SỞ Y TẾ", "BỘ TÀI CHÍNH", "Đơn vị báo cáo: Sở Nội vụ", "TRUNG TÂM CÔNG TÁC XÃ HỘI"), mark, xlsx.Style{Size: 12, Bold: true}, xlsx.Style{Size: 12, Bold: true, H: xlsx.Right})
	} else {
		f.p.write(row, f.right, mark, outside, xlsx.Style{Size: 12, Bold: true, H: xlsx.Right})
	}
	return f.titles(row + f.d.between(1, 2))
}

// parameters is the block of technical names and values of an export.
func (f *frame) parameters(row int) int {
	f.trait("block of parameters")
	f.p.exact(row, f.left, pick(f.d, "B02. Thống kê (tháng)", "Báo cáo B01", "Biểu tổng hợp tự động"), outside, plainStyle)
	row++
	names := []string{"ma_tinh", "nam", "tu_thang", "den_thang", "ma_loai", "loai_bv", "hang"}
	n := min(len(names), f.right-f.left+1)
	for i, name := range names[:n] {
		f.p.exact(row, f.left+i, name, outside, plainStyle)
		switch name {
		case "ma_tinh":
			f.p.exact(row+1, f.left+i, f.set.province.code, outside, plainStyle)
		case "nam":
			f.p.number(row+1, f.left+i, f.year(), outside, plainStyle)
		case "tu_thang", "den_thang":
			f.p.number(row+1, f.left+i, "10", outside, plainStyle)
		default:
			f.p.number(row+1, f.left+i, pick(f.d, "1", "-1", "0"), outside, plainStyle)
		}
	}
	return row + 3
}

// titles is the title with what stands below it.
func (f *frame) titles(row int) int {
	kind := pick(f.d, "BÁO CÁO", "TỔNG HỢP", "KẾT QUẢ", "BIỂU TỔNG HỢP", "THỐNG KÊ", "BẢNG TỔNG HỢP")
	title := kind + " " + f.tables[0].topic.title
	if !f.placed || f.d.chance(20) {
		title += strings.ToUpper(pick(f.d, " trên địa bàn ", " ", " của ") + f.set.province.kind + " " + f.set.province.name)
	}
	f.across(row, title, titleStyle)
	f.p.Row(row, xlsx.Row{Height: 38})
	row++
	if f.d.chance(35) {
		f.across(row, fmt.Sprintf("(Kèm theo Công văn số %d/%s ngày %02d/%02d/%s của %s)", f.d.between(100, 999), f.letters(), f.d.between(1, 28), f.month(), f.year(), pick(f.d, "Sở Y tế", "Sở Nội vụ", "UBND tỉnh")), italicStyle)
		row++
	}
	f.across(row, f.set.period, italicStyle)
	return row + 1
}

// unit states the unit of a table above it. It gives the row below and the cell.
func (f *frame) unit(t *table, row, left, shift int) (int, string) {
	f.lastUnit = cmp.Or(t.unit, t.units)
	if f.d.chance(40) {
		f.lastUnit = upperFirst(f.lastUnit)
	}
	form := pick(f.d, "Đơn vị tính: %s", "Đơn vị tính: %s", "ĐVT: %s", "Đơn vị: %s", "(Đơn vị tính: %s)", "Đơn vị tính : %s", "( ĐVT: %s)", "Đơn vị tỉnh: %s", "ĐVT:%s")
	if strings.Contains(form, "tỉnh") && f.d.chance(70) {
		form = "Đơn vị tính: %s"
	}
	n := 0
	for _, h := range t.heads {
		n += len(h.leaves())
	}
	at := row
	if shift == 0 {
		at = row - 1
	}
	col, from := left+n-1, left+n-1
	switch {
	case f.d.chance(20):
		col, from = max(left, col-1), max(left, col-1)
	case shift > 0 && f.p.look.merge && f.d.chance(20):
		col = left // across the whole table
	}
	f.p.write(at, col, fmt.Sprintf(form, f.lastUnit), either, xlsx.Style{Size: 12, Italic: true, H: xlsx.Right})
	if col < from {
		f.p.merge(xlsx.Rect(at, col, at, from))
	}
	f.trait("unit above the table")
	return row + shift, ref(at, col)
}

// between parts two tables that stand below one another.
func (f *frame) between(bottom, i int) int {
	row := bottom + 1 + f.d.between(1, 3)
	if f.d.chance(70) {
		f.p.write(row, f.left, fmt.Sprintf(pick(f.d, "Bảng %d. %s", "Biểu %d. %s", "%d. %s"), i+1, upperFirst(strings.ToLower(f.tables[i].topic.title))), outside, xlsx.Style{Size: 12, Bold: true})
		row++
	}
	return row
}

// below writes notes and signatures.
func (f *frame) below(bottom int) {
	row := bottom + 1
	if f.d.chance(35) {
		f.trait("notes below")
		row += f.d.IntN(2)
		for _, text := range some(f.d, f.d.between(1, 3), []string{
			"Ghi chú: Số liệu tính đến hết ngày 14/3.", "(*) Bao gồm cả đối tượng chuyển đến trong kỳ.", "* Số liệu ước thực hiện.",
			"Ghi chú: Dấu “-” là không phát sinh.", "(1) Chưa gồm 12 hộ đang xác minh.", "Nguồn: Báo cáo của các đơn vị.",
		}) {
			f.p.write(row, f.left, text, outside, xlsx.Style{Size: 11, Italic: true})
			row++
		}
	}
	if !f.d.chance(50) {
		return
	}
	f.trait("signatures")
	row++
	m := f.middle()
	if f.d.chance(60) {
		f.p.write(row, m, fmt.Sprintf("%s, ngày %02d tháng %02d năm %s", f.set.province.name, f.d.between(1, 28), f.month(), f.year()), outside, italicStyle)
		row++
	}
	f.p.write(row, f.left+1, pick(f.d, "NGƯỜI LẬP BIỂU", "Người lập biểu", "NGƯỜI LẬP", "KẾ TOÁN"), outside, boldStyle)
	f.p.write(row, m, pick(f.d, "THỦ TRƯỞNG ĐƠN VỊ", "GIÁM ĐỐC", "KT. GIÁM ĐỐC", "TM. ỦY BAN NHÂN DÂN"), outside, boldStyle)
	row++
	if f.d.chance(60) {
		f.p.write(row, f.left+1, "(Ký, ghi rõ họ tên)", outside, italicStyle)
		f.p.write(row, m, "(Ký tên, đóng dấu)", outside, italicStyle)
	}
	row += f.d.between(2, 4)
	if f.d.chance(70) {
		f.p.write(row, f.left+1, person(f.d), outside, boldStyle)
		f.p.write(row, m, person(f.d), outside, boldStyle)
	}
}
