package outlinetest

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"tonghop/ingest/outline"
)

// drawColumns decides the columns of figures of a table: their header, and how
// they hang together.
func (t *table) drawColumns(d dice, most int) {
	switch d.IntN(11) {
	case 10:
		if t.kind == "months" {
			t.oneColumn(d)
		} else {
			t.monthColumns(d)
		}
	case 0, 1, 2, 3:
		t.measureColumns(d, most)
	case 4, 5:
		t.planColumns(d)
	case 6:
		t.yearColumns(d)
	case 7:
		t.placeColumns(d)
	case 8:
		t.stockColumns(d)
	default:
		t.oneColumn(d)
	}
	t.settleUnit(d)
}

// values gives the columns of figures.
func (t *table) values() []*column {
	var out []*column
	for _, h := range t.heads {
		for _, c := range h.leaves() {
			if c.role == outline.ColumnValue {
				out = append(out, c)
			}
		}
	}
	return out
}

func valueOf(m measure) *column {
	return &column{role: outline.ColumnValue, unit: m.unit, scale: m.scale, most: m.most}
}

func leaf(text, english string, c *column) *head {
	return &head{text: text, english: english, column: c}
}

// english of the words that headers share.
var english = map[string]string{
	"Tổng số": "Total", "Tổng cộng": "Total", "Cộng": "Total", "Nam": "Male", "Nữ": "Female", "Trong đó": "Of which", "Chia ra": "Of which",
	"Kế hoạch": "Plan", "Thực hiện": "Actual", "Ghi chú": "Notes", "STT": "No.", "Chỉ tiêu": "Items", "Đơn vị": "Unit", "Số lượng": "Number",
	"Thành thị": "Urban", "Nông thôn": "Rural",
}

func word(text string) (string, string) {
	if e := english[text]; e != "" {
		return text, e
	}
	return text, ""
}

// measureColumns puts some measures of the topic side by side, some divided.
func (t *table) measureColumns(d dice, most int) {
	measures := some(d, d.between(1, most), t.topic.measures)
	for _, m := range measures {
		t.heads = append(t.heads, t.measureHead(d, m))
	}
	if len(measures) > 1 && (d.chance(20) || t.look.bilingual == twoRows && d.chance(50)) {
		// One more level over everything.
		over := &head{text: pick(d, "Kết quả thực hiện", "Số liệu trong kỳ báo cáo", "Năm báo cáo"), english: "Results", children: t.heads}
		t.heads = []*head{over}
	}
}

// measureHead divides a measure, or does not.
func (t *table) measureHead(d dice, m measure) *head {
	total := valueOf(m)
	switch d.IntN(8) {
	case 7:
		return t.sharedHead(d, m, total)
	case 0, 1:
		return leaf(m.text, m.english, total)
	case 2, 3: // total and the parts that add up to it
		parts := some(d, d.between(2, len(m.parts)), m.parts)
		return t.dividedHead(d, m, total, parts)
	case 4: // total and some of it
		h := &head{text: m.text, english: m.english}
		name, en := word(pick(d, "Tổng số", "Tổng", "Số lượng"))
		h.children = append(h.children, leaf(name, en, total))
		in := &head{text: pick(d, "Trong đó", "Trong đó:", "Trong tổng số"), english: "Of which"}
		for _, p := range some(d, d.between(1, len(m.within)), m.within) {
			c := valueOf(m)
			c.within = total
			in.children = append(in.children, leaf(p, "", c))
		}
		h.children = append(h.children, in)
		return h
	case 5: // total, part, share
		h := &head{text: m.text, english: m.english}
		name, en := word("Tổng số")
		part := valueOf(m)
		part.within = total
		share := &column{role: outline.ColumnValue, unit: "%", scale: 1, ratio: [2]*column{part, total}}
		h.children = []*head{leaf(name, en, total), leaf("Trong đó: "+pick(d, m.within...), "", part), leaf(pick(d, "Tỷ lệ (%)", "Tỷ lệ (%)", "Tỉ lệ (%)"), "", share)}
		return h
	default: // parts divided once more
		return t.crossedHead(d, m, total)
	}
}

// dividedHead is a total with its parts, the total on the left or on the right.
func (t *table) dividedHead(d dice, m measure, total *column, parts []string) *head {
	var leaves []*head
	for _, p := range parts {
		c := valueOf(m)
		c.most = max(4, m.most/len(parts))
		total.parts = append(total.parts, c)
		name, en := word(p)
		leaves = append(leaves, leaf(name, en, c))
	}
	name, en := word(pick(d, "Tổng số", "Tổng số", "Tổng cộng", "Cộng", "Tổng"))
	sum := leaf(name, en, total)
	h := &head{text: m.text, english: m.english}
	switch d.IntN(4) {
	case 0: // the parts under a head of their own
		over := &head{text: pick(d, "Chia ra", "Chia ra:", "Bao gồm", "Chia theo nhóm"), english: "Of which", children: leaves}
		h.children = []*head{sum, over}
	case 1, 2:
		h.children = append([]*head{sum}, leaves...)
	default:
		h.children = append(leaves, sum)
	}
	return h
}

// sharedHead is a total whose parts have their share beside them each.
func (t *table) sharedHead(d dice, m measure, total *column) *head {
	h := &head{text: m.text, english: m.english}
	name, en := word(pick(d, "Tổng số", "Tổng cộng"))
	h.children = append(h.children, leaf(name, en, total))
	for _, p := range some(d, d.between(2, 3), m.parts) {
		c := valueOf(m)
		total.parts = append(total.parts, c)
		share := &column{role: outline.ColumnValue, unit: "%", scale: 1, ratio: [2]*column{c, total}}
		name, en := word(p)
		h.children = append(h.children, leaf(name, en, c), leaf("Tỷ lệ (%)", "Rate (%)", share))
	}
	return h
}

// crossedHead divides a measure twice: total, groups with a total each, parts.
func (t *table) crossedHead(d dice, m measure, total *column) *head {
	h := &head{text: m.text, english: m.english}
	h.children = append(h.children, leaf("Tổng số", "Total", total))
	for _, g := range some(d, 2, m.parts) {
		sub := valueOf(m)
		total.parts = append(total.parts, sub)
		group := &head{text: g}
		sum := leaf(pick(d, "Cộng", "Tổng số"), "Total", sub)
		var leaves []*head
		for _, p := range pick(d, bySex, []string{"Kỳ trước chuyển sang", "Phát sinh trong kỳ"}, []string{"Tuyến tỉnh", "Tuyến cơ sở"}) {
			c := valueOf(m)
			c.most = max(4, m.most/4)
			sub.parts = append(sub.parts, c)
			name, en := word(p)
			leaves = append(leaves, leaf(name, en, c))
		}
		group.children = append([]*head{sum}, leaves...)
		h.children = append(h.children, group)
	}
	return h
}

// planColumns is the layout of plans: plan, done, comparison.
func (t *table) planColumns(d dice) {
	m := pick(d, t.topic.measures...)
	if d.chance(70) {
		t.unit = m.unit
	}
	plan, now, sum := valueOf(m), valueOf(m), valueOf(m)
	now.within, sum.near = sum, plan
	share := &column{role: outline.ColumnValue, unit: "%", scale: 1, ratio: [2]*column{sum, plan}}
	done := &head{text: pick(d, "Thực hiện", "Kết quả thực hiện"), english: "Actual", children: []*head{
		leaf(pick(d, "Trong kỳ", "Trong quý", "Tháng báo cáo", "Kỳ báo cáo"), "This period", now),
		leaf(pick(d, "Lũy kế từ đầu năm", "Lũy kế", "Luỹ kế đến kỳ báo cáo"), "Cumulative", sum),
	}}
	t.heads = append(t.heads, leaf(pick(d, "Kế hoạch năm", "Kế hoạch", "Dự toán năm", "Chỉ tiêu giao"), "Plan", plan), done)
	if d.chance(20) {
		// What is left over: plan and difference add up to what was done, and still
		// nobody would call that their sum.
		rest := &column{role: outline.ColumnValue, unit: m.unit, scale: m.scale, less: [2]*column{sum, plan}}
		t.heads = append(t.heads, leaf(pick(d, "Chênh lệch", "Tăng (+), giảm (-)", "Chênh lệch so với kế hoạch"), "Difference", rest))
		return
	}
	if d.chance(60) {
		last := valueOf(m)
		last.near = plan
		against := &column{role: outline.ColumnValue, unit: "%", scale: 1, ratio: [2]*column{sum, last}}
		t.heads = append(t.heads[:1:1], append([]*head{leaf(pick(d, "Thực hiện cùng kỳ năm trước", "Cùng kỳ năm trước"), "Last year", last)}, t.heads[1:]...)...)
		t.heads = append(t.heads, &head{text: "So sánh (%)", english: "Comparison (%)", children: []*head{
			leaf(pick(d, "So với kế hoạch", "KH", "Với KH năm"), "Plan", share), leaf(pick(d, "So với cùng kỳ", "Cùng kỳ"), "Last year", against),
		}})
		return
	}
	t.heads = append(t.heads, leaf(pick(d, "Tỷ lệ thực hiện so với kế hoạch (%)", "% thực hiện/kế hoạch", "Đạt tỷ lệ (%)"), "Rate (%)", share))
}

// yearColumns are years, written as numbers, perhaps with a growth at the end.
func (t *table) yearColumns(d dice) {
	m := pick(d, t.topic.measures...)
	t.unit = m.unit
	last := t.set.year
	n := d.between(2, 6)
	var years []*head
	var columns []*column
	for y := last - n + 1; y <= last; y++ {
		c := valueOf(m)
		if len(columns) > 0 {
			c.near = columns[len(columns)-1]
		}
		columns = append(columns, c)
		years = append(years, leaf(strconv.Itoa(y), "", c))
	}
	if d.chance(30) {
		c := &column{role: outline.ColumnValue, unit: "%", scale: 1, ratio: [2]*column{columns[n-1], columns[n-2]}}
		text := fmt.Sprintf("%d so với %d (%%)", last, last-1)
		if d.chance(40) {
			text, c.growth = fmt.Sprintf("Tăng, giảm so với %d (%%)", last-1), true
		}
		years = append(years, leaf(text, "", c))
	}
	if d.chance(50) {
		t.heads = []*head{{text: m.text, english: m.english, children: years}}
		return
	}
	t.heads = years
}

// placeColumns are places or agencies, with their total left, right or nowhere.
func (t *table) placeColumns(d dice) {
	m := pick(d, t.topic.measures...)
	t.unit = m.unit
	var names []string
	if t.kind != "places" && d.chance(60) {
		how := pick(d, shortName, fullName)
		if t.set.era == "old" {
			how = pick(d, bareName, fullName)
		}
		for _, p := range some(d, d.between(3, 9), under(t.set.era, t.set.province.code)) {
			names = append(names, p.written(how))
		}
	} else {
		names = some(d, d.between(3, 7), slices.Concat(departments[:6], associations[:5]))
	}
	total := valueOf(m)
	total.most *= len(names)
	var leaves []*head
	for _, n := range names {
		c := valueOf(m)
		total.parts = append(total.parts, c)
		leaves = append(leaves, leaf(n, "", c))
	}
	sum := leaf(pick(d, "Tổng cộng", "Toàn tỉnh", "Cộng", "Tổng số"), "Total", total)
	group := &head{text: pick(d, "Chia theo địa bàn, đơn vị", "Trong đó", "Chia ra"), english: "By unit", children: leaves}
	switch d.IntN(5) {
	case 0:
		t.heads = append([]*head{sum}, leaves...)
	case 1, 2:
		t.heads = []*head{sum, group}
	case 3:
		t.heads = append(leaves, sum)
	default:
		t.heads = leaves
	}
}

// monthColumns are the months of a quarter or more, with their sum.
func (t *table) monthColumns(d dice) {
	m := pick(d, t.topic.measures...)
	t.unit = m.unit
	total := valueOf(m)
	var months []*head
	var quarter []*column
	n := pick(d, 3, 3, 6)
	quarters := n == 6 && d.chance(60)
	from, form := 1+3*d.IntN(4-n/3), pick(d, "Tháng %d", "Tháng %d", "T%d")
	for i := range n {
		c := valueOf(m)
		months = append(months, leaf(fmt.Sprintf(form, from+i), "", c))
		if !quarters {
			total.parts = append(total.parts, c)
			continue
		}
		quarter = append(quarter, c)
		if len(quarter) == 3 {
			q := valueOf(m)
			q.parts, quarter = quarter, nil
			total.parts = append(total.parts, q)
			months = append(months, leaf("Quý "+romans[(from+i-1)/3], "", q))
		}
	}
	sum := leaf(pick(d, "Cộng", "Tổng cộng", "Lũy kế", "Cả kỳ"), "Total", total)
	if d.chance(35) {
		months = append([]*head{sum}, months...)
	} else {
		months = append(months, sum)
	}
	t.heads = months
	if d.chance(50) {
		t.heads = []*head{{text: m.text, english: m.english, children: months}}
	}
}

// stockColumns are what was there, came, went and is there now.
func (t *table) stockColumns(d dice) {
	m := pick(d, t.topic.measures...)
	t.unit = m.unit
	begin, in, out, end := valueOf(m), valueOf(m), valueOf(m), valueOf(m)
	in.most, out.most = max(4, m.most/6), max(4, m.most/8)
	end.stock = [3]*column{begin, in, out}
	t.heads = []*head{leaf(pick(d, "Số đầu kỳ", "Đầu kỳ", "Kỳ trước chuyển sang"), "Opening", begin)}
	moves := []*head{leaf(pick(d, "Tăng", "Tiếp nhận mới"), "Increase", in), leaf(pick(d, "Giảm", "Đưa ra"), "Decrease", out)}
	if d.chance(60) {
		t.heads = append(t.heads, &head{text: pick(d, "Biến động trong kỳ", "Trong kỳ"), english: "Changes", children: moves})
	} else {
		t.heads = append(t.heads, moves...)
	}
	t.heads = append(t.heads, leaf(pick(d, "Số cuối kỳ", "Cuối kỳ", "Còn lại cuối kỳ"), "Closing", end))
}

// oneColumn is the smallest table: one column of figures.
func (t *table) oneColumn(d dice) {
	m := pick(d, t.topic.measures...)
	t.unit = m.unit
	t.heads = []*head{leaf(pick(d, m.text, "Số lượng", "Kết quả", fmt.Sprintf("Năm %d", t.set.year)), m.english, valueOf(m))}
}

// settleUnit decides where the unit stands: for all figures above the table, or
// in the header of each column that needs one.
func (t *table) settleUnit(d dice) {
	units := map[string]bool{}
	for _, c := range t.values() {
		if c.unit != "%" {
			units[c.unit] = true
		}
	}
	if len(units) > 1 {
		t.unit = ""
	}
	if len(units) == 1 && t.unit == "" && d.chance(60) {
		t.unit = t.values()[0].unit
	}
	inHeader := t.unit == "" && d.chance(70)
	if two := slices.Sorted(maps.Keys(units)); len(two) == 2 && !inHeader && d.chance(40) {
		t.units = strings.Join(two, ", ")
	}
	for _, h := range t.heads {
		t.stateUnit(h, inHeader, "")
	}
	t.look.unitRow = t.unit == "" && !inHeader && t.units == "" && d.chance(50)
	if t.look.unitRow {
		for _, c := range t.values() {
			if c.unit == "" {
				t.look.unitRow = false
			}
		}
	}
}

// stateUnit writes the unit in brackets behind the uppermost head whose columns
// all have it. Columns under a head that states it have it too.
func (t *table) stateUnit(h *head, inHeader bool, above string) {
	columns := h.leaves()
	unit := columns[0].unit
	for _, c := range columns {
		if c.unit != unit {
			unit = ""
		}
	}
	if inHeader && above == "" && unit != "" && unit != "%" {
		h.text += " (" + unit + ")"
		above = unit
	}
	for _, c := range h.children {
		t.stateUnit(c, inHeader, above)
	}
}
