package outlinetest

import (
	"fmt"
	"strconv"

	"tonghop/ingest/outline"
)

// drawTable decides everything about one table but where it stands. Narrow
// tables are for standing beside one another.
func drawTable(d, figures dice, set setting, l look, narrow bool) *table {
	for {
		t := &table{topic: pick(d, topics...), set: set, look: l}
		size := tableSize(d)
		if narrow {
			size = min(size, 14)
		}
		if !narrow && d.chance(30) {
			t.drawIndicators(d)
		} else {
			t.drawRows(d, size)
			if narrow {
				t.oneColumn(d)
				t.settleUnit(d)
			} else {
				t.drawColumns(d, 4)
			}
		}
		t.settle(d)
		t.rounded = d.chance(12) && t.mayRound()
		if !t.fill(figures) {
			continue
		}
		t.lead(d, narrow)
		if !t.rounded && figures.chance(14) {
			t.breakSome(figures)
		}
		return t
	}
}

// mayRound reports whether all figures are amounts, which are added up before
// they are rounded. People are not.
func (t *table) mayRound() bool {
	for _, c := range t.values() {
		if c.adds() && c.scale == 0 {
			return false
		}
	}
	return t.kind != "indicators" && len(t.rows) < 40 && len(t.values()) > 1
}

func tableSize(d dice) int {
	switch n := d.IntN(100); {
	case n < 6:
		return 2
	case n < 55:
		return d.between(3, 12)
	case n < 96:
		return d.between(13, 40)
	}
	return d.between(61, 300)
}

// drawIndicators makes a table whose rows are indicators, each with its unit.
func (t *table) drawIndicators(d dice) {
	t.kind = "indicators"
	t.indicatorRows(d)
	t.topic = topic{title: t.topic.title}
	m := measure{text: pick(d, "Kết quả", "Số liệu báo cáo"), english: "Results", most: 5000}
	t.topic.measures = []measure{m}
	switch d.IntN(6) {
	case 0, 1:
		t.planColumns(d)
	case 2:
		t.yearColumns(d)
	case 3:
		t.placeColumns(d)
	case 4:
		t.heads = []*head{leaf(pick(d, "Kỳ báo cáo", "Kết quả", "Số lượng", "Trong kỳ"), "", valueOf(m))}
	default:
		t.heads = []*head{leaf(pick(d, "Kỳ này", "Kỳ báo cáo"), "", valueOf(m)), leaf(pick(d, "Kỳ trước", "Cùng kỳ năm trước"), "", valueOf(m))}
	}
	units := map[string]bool{}
	for _, r := range t.rows {
		if r.unit != "" {
			units[r.unit] = true
		}
	}
	t.unit = ""
	if len(units) == 1 {
		for _, r := range t.rows {
			if r.unit != "" {
				t.unit = r.unit
			}
		}
	}
}

// settle makes what the parts of a table ask of one another true.
func (t *table) settle(d dice) {
	values := t.values()
	blankNil := t.look.nilMark == " " || t.look.otherMark == " "
	if blankNil && (t.tree || len(values) < 3) {
		// A row without any figure would be taken for a heading.
		t.look.nilMark, t.look.otherMark = "-", ""
		blankNil = false
	}
	if !blankNil && d.chance(10) {
		t.zeroRow(d)
	}
	for _, c := range values {
		if len(values) > 2 && t.isFree(c) && d.chance(2) {
			c.empty = true
			break
		}
	}
	if len(values) > 2 && len(t.rows) > 4 && d.chance(8) {
		for _, r := range t.rows {
			if r.kind == totalRow && r.free && len(r.parts) > 2 {
				r.label = pick(d, oddTotals...)
				break
			}
		}
	}
	t.putBlankRows(d)
	if r := pick(d, t.rows...); r.kind == dataRow && d.chance(10) {
		r.star = pick(d, "(*)", "(1)", "*", "(2)")
	}
	if len(t.rows) > 6 && d.chance(3) {
		if r := pick(d, t.rows...); r.kind == dataRow {
			r.hidden = true
		}
	}
	if len(t.rows) > 25 && t.groups == "" && d.chance(20) {
		t.look.repeatEvery = d.between(12, 30)
	}
}

// isFree reports whether no other column is worked out with this one.
func (t *table) isFree(c *column) bool {
	if len(c.parts) > 0 || c.within != nil || c.isRatio() || c.stock[0] != nil || c.less[0] != nil {
		return false
	}
	for _, o := range t.values() {
		if o.within == c || o.near == c || o.less[0] == c || o.less[1] == c || o.ratio[0] == c || o.ratio[1] == c || o.stock[0] == c || o.stock[1] == c || o.stock[2] == c {
			return false
		}
		for _, p := range o.parts {
			if p == c {
				return false
			}
		}
	}
	return true
}

// putBlankRows leaves a row empty in front of a section or a total.
func (t *table) putBlankRows(d dice) {
	if !d.chance(7) {
		return
	}
	var out []*row
	for i, r := range t.rows {
		if i > 0 && (r.kind == sectionRow || r.kind == totalRow && r.depth == 1) && d.chance(60) {
			out = append(out, &row{kind: blankRow})
		}
		out = append(out, r)
	}
	t.rows = out
}

// lead puts the columns in front of the figures and behind them.
func (t *table) lead(d dice, narrow bool) {
	var front []*head
	name := &column{role: outline.ColumnName}
	numbers := d.chance(78) && t.kind != "months"
	if numbers {
		over := leaf(pick(d, "STT", "TT", "Số TT", "Stt", "STT"), "No.", &column{role: outline.ColumnNumber})
		if t.look.blankNumber {
			over.text, over.english = "", ""
		}
		front = append(front, over)
	} else {
		t.look.numberInAll = t.tree && (t.kind == "indicators" || d.chance(70))
	}
	code := leaf("", "Code", &column{role: outline.ColumnCode})
	if t.groups != "" {
		front = append(front, leaf(t.groups, "", &column{role: outline.ColumnName}))
	}
	front = append(front, leaf(t.nameHead(d), "Items", name))
	switch {
	case t.kind == "places" && t.coded() && d.chance(35):
		code.text = pick(d, "Mã", "Mã ĐVHC", "Mã địa bàn", "Mã số")
		at := len(front) - 1
		front = append(front[:at:at], append([]*head{code}, front[at:]...)...)
	case t.kind == "indicators" && d.chance(30):
		code.text = pick(d, "Mã số", "Mã chỉ tiêu", "Mã")
		t.codeIndicators(d)
		front = append(front, code)
	case (t.kind == "facilities" || t.kind == "companies") && d.chance(40):
		code.text = pick(d, "Mã đơn vị", "Mã số thuế", "Mã cơ sở")
		for i, r := range t.rows {
			if r.kind == dataRow {
				r.code = fmt.Sprintf("%02d%03d", d.between(1, 15), i+d.between(1, 30)*10)
			}
		}
		at := len(front) - 1
		front = append(front[:at:at], append([]*head{code}, front[at:]...)...)
	}
	if t.kind == "indicators" && t.unit == "" && d.chance(20) {
		t.unitsInNames()
	} else if t.kind == "indicators" && (t.unit == "" || d.chance(30)) {
		t.unit = ""
		front = append(front, leaf(pick(d, "ĐVT", "Đơn vị tính", "Đơn vị", "ĐVT"), "Unit", &column{role: columnUnit}))
	}
	if t.kind == "people" && d.chance(50) {
		front = append(front, leaf(pick(d, "Ngày sinh", "Ngày, tháng, năm sinh"), "Born", &column{role: outline.ColumnNote, fill: func(r *row) string {
			if r.kind != dataRow {
				return ""
			}
			return fmt.Sprintf("%02d/%02d/%d", r.row%28+1, len(r.label)%12+1, 1930+(7*r.row+len(r.label))%75)
		}}))
	}
	if t.kind == "people" && d.chance(60) {
		homes := under("old", "291")
		front = append(front, leaf(pick(d, "Địa chỉ", "Nơi cư trú", "Thôn, xã"), "Address", &column{role: outline.ColumnNote, fill: func(r *row) string {
			if r.kind != dataRow {
				return ""
			}
			return "Xã " + homes[(len(r.label)+r.row)%len(homes)].name
		}}))
	}
	if t.kind == "facilities" && d.chance(50) {
		front = append(front, leaf(pick(d, "Loại hình", "Hình thức tổ chức"), "Type", &column{role: outline.ColumnNote, fill: kindOfFacility}))
	}
	if !t.look.merge && t.look.bilingual == oneLanguage && !t.look.breaks && d.chance(35) {
		for _, h := range t.heads {
			h.loose = h.column != nil && len(h.text) > 8 // one phrase in two cells, where there are two
		}
	}
	if t.look.codeRow && t.tree && front[0].column.role == outline.ColumnNumber && !t.coded() {
		// With the columns the rows have technical names too, under no header.
		next := 101
		for _, r := range t.rows {
			if r.hasFigures() {
				r.code = fmt.Sprintf("R-%d", next)
				next++
			}
		}
		front = append([]*head{leaf("", "", &column{role: outline.ColumnCode})}, front...)
	}
	t.heads = append(front, t.heads...)
	if !narrow && d.chance(35) {
		remark := &column{role: outline.ColumnNote}
		if d.chance(70) {
			remark.fill = remarks(d)
		}
		t.heads = append(t.heads, leaf(pick(d, "Ghi chú", "Ghi chú", "Ghi chú", "Giải trình"), "Notes", remark))
	}
	if t.tree && !numbers && !t.look.numberInAll && t.look.indent == noIndent {
		t.look.indent = blankIndent
	}
}

// unitsInNames writes the unit of each indicator behind its name, where it is
// another than that of the row it belongs to.
func (t *table) unitsInNames() {
	unit := map[int]string{}
	for _, r := range t.rows {
		if !r.hasFigures() {
			continue
		}
		if r.unit != unit[r.depth-1] || r.depth == 1 {
			r.star = "(" + r.unit + ")"
		}
		unit[r.depth] = r.unit
	}
}

// coded reports whether all rows that are places have a code of one level.
func (t *table) coded() bool {
	n := 0
	for _, r := range t.rows {
		if r.code != "" {
			n++
		}
	}
	return n > 1
}

func (t *table) codeIndicators(d dice) {
	from := pick(d, 1, 100, 1001)
	for _, r := range t.rows {
		if !r.hasFigures() {
			continue
		}
		r.code = strconv.Itoa(from)
		if from < 10 {
			r.code = "0" + r.code
		}
		from++
	}
}

func kindOfFacility(r *row) string {
	if r.kind != dataRow {
		return ""
	}
	if len(r.label)%3 == 0 {
		return "Ngoài công lập"
	}
	return "Công lập"
}

// remarks are words that stand behind some rows.
func remarks(d dice) func(*row) string {
	words := []string{"Số liệu ước", "Chưa đối chiếu", "Báo cáo bổ sung sau", "Đã kiểm tra", "Theo QĐ 1791/QĐ-TTg", "Tăng so với kỳ trước", "Chuyển từ năm 2023"}
	seed := d.IntN(7)
	return func(r *row) string {
		if r.kind != dataRow || (r.row+seed)%5 != 0 {
			return ""
		}
		return words[(r.row/5+seed)%len(words)]
	}
}

func (t *table) nameHead(d dice) string {
	switch t.kind {
	case "places":
		names := []string{"Địa phương", "Đơn vị", "Tên địa phương", "Địa bàn", "Tên đơn vị hành chính"}
		for _, r := range t.rows {
			if r.kind == dataRow && r.place.code != "" {
				switch len(r.place.code) {
				case 2:
					names = append(names, "Tỉnh, thành phố", "Tên tỉnh", "Tỉnh/TP")
				case 3:
					names = append(names, "Huyện, thành phố", "Huyện, thị xã, thành phố")
				default:
					names = append(names, "Xã, phường", "Tên xã, phường")
				}
				break
			}
		}
		return pick(d, names...)
	case "agencies":
		return pick(d, "Đơn vị", "Tên đơn vị", "Cơ quan, đơn vị", "Đơn vị báo cáo")
	case "companies":
		return pick(d, "Tên doanh nghiệp", "Đơn vị", "Tên đơn vị")
	case "facilities":
		return pick(d, "Tên cơ sở", "Cơ sở khám, chữa bệnh", "Tên cơ sở KCB")
	case "months":
		return pick(d, "Tháng", "Thời gian", "Kỳ")
	case "people":
		return pick(d, "Họ và tên", "Họ tên đối tượng", "Họ và tên người hưởng")
	}
	return pick(d, "Chỉ tiêu", "Nội dung", "Nội dung/Chỉ tiêu", "Nội dung", "Đối tượng")
}
