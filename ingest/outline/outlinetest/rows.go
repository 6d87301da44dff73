package outlinetest

import (
	"fmt"
)

// The labels of total rows.
var (
	totalLabels = []string{
		"Tổng cộng", "Tổng cộng", "Cộng", "Tổng số", "TỔNG SỐ", "TỔNG CỘNG", "Tổng", "Tổng số:", "Tổng cộng:", "CỘNG", "Cộng chung",
	}
	provinceTotals = []string{"Toàn tỉnh", "TOÀN TỈNH", "Tổng toàn tỉnh", "Toàn tỉnh:"}
	countryTotals  = []string{"Cả nước", "CẢ NƯỚC", "Toàn quốc", "TOÀN QUỐC"}
	// oddTotals do not say that they are totals, or not in the usual words.
	oddTotals = []string{"", "Chung", "Toàn ngành", "Số chung", "Tất cả các đơn vị", "T/C", "Số liệu chung"}
)

// drawRows decides the body of a table.
func (t *table) drawRows(d dice, size int) {
	if size > 60 {
		t.kind = "people"
		t.flat(d, peopleRows(d, size), totalLabels)
		return
	}
	switch d.IntN(12) {
	case 0, 1, 2:
		t.kind = "places"
		t.placeRows(d, size)
	case 3, 4:
		t.kind = "places"
		t.groupedPlaces(d, size)
	case 5:
		t.kind = "agencies"
		t.flat(d, t.agencyRows(d, size), totalLabels)
	case 6, 7:
		t.kind = "agencies"
		t.groupedAgencies(d)
	case 8:
		t.kind = "categories"
		t.categoryRows(d)
	case 9:
		t.kind = "companies"
		t.flat(d, labelRows(some(d, min(size, len(companies)), companies)), totalLabels)
	case 10:
		t.kind = "facilities"
		t.flat(d, labelRows(some(d, min(size, len(facilities)), facilities)), totalLabels)
	default:
		t.kind = "months"
		t.timeRows(d)
	}
}

var (
	families = []string{"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Lý", "Giàng", "Vàng", "Lù", "Tẩn"}
	middles  = []string{"Văn", "Thị", "Đức", "Thu", "Minh", "Ngọc", "A", "Thanh", "Hữu", "Hồng"}
	givens   = []string{"Hòa", "Lan", "Hùng", "Tuấn", "Hà", "Dũng", "Mai", "Sơn", "Páo", "Dế", "Cường", "Thủy", "Hương", "Long", "Yến", "Phúc"}
)

func person(d dice) string {
	return pick(d, families...) + " " + pick(d, middles...) + " " + pick(d, givens...)
}

func peopleRows(d dice, size int) []*row {
	var names []string
	for range size {
		names = append(names, person(d))
	}
	return labelRows(names)
}

func labelRows(labels []string) []*row {
	var out []*row
	for _, l := range labels {
		out = append(out, newRow(l, 1))
	}
	return out
}

func newRow(label string, depth int) *row { return &row{label: label, depth: depth, scale: -1} }

func (t *table) agencyRows(d dice, size int) []*row {
	all := append(append(append([]string{}, departments...), associations...), media...)
	return labelRows(some(d, max(2, min(size, 20)), all))
}

// placed makes rows of places, all written in one way.
func (t *table) placed(d dice, ps []place, how naming, depth int) []*row {
	var out []*row
	for _, p := range ps {
		name := oldTones(p.written(how))
		if p.code == "46" && p.era == "old" && how == bareName && d.chance(60) {
			name = pick(d, hue...)
		}
		if t.look.newTones {
			name = newTones.Replace(name)
		}
		r := newRow(name, depth)
		r.place, r.code = p, p.code
		out = append(out, r)
	}
	return out
}

// placeRows are places one after the other.
func (t *table) placeRows(d dice, size int) {
	above, how, labels := t.set.province.code, []naming{fullName, lowerName, shortName}, provinceTotals
	if t.set.era == "old" {
		how = append(how, bareName, bareName) // districts: no two of a province have one name
	}
	if t.set.province.kind == "thành phố" {
		labels = []string{"Toàn thành phố", "TOÀN THÀNH PHỐ"}
	}
	if d.chance(35) {
		above, how, labels = "", []naming{bareName, bareName, fullName, capsName}, countryTotals
	}
	ps := under(t.set.era, above)
	all := len(ps)
	if size < 40 || d.chance(50) {
		ps = some(d, max(2, size), ps)
	}
	rows := t.placed(d, ps, pick(d, how...), 1)
	if len(ps) < all {
		labels = totalLabels // some of a province are not the province
	}
	t.flat(d, rows, append(append([]string{}, labels...), totalLabels...))
	if above != "" && len(t.rows) > 4 && t.rows[0].kind == totalRow && d.chance(20) {
		// The province itself heads its districts, under its own code and name.
		p := t.set.province
		t.rows[0].label, t.rows[0].code, t.rows[0].place = p.written(pick(d, bareName, fullName)), p.code, p
	}
}

// flat puts rows in a list, with a total at the top, at the bottom or nowhere.
func (t *table) flat(d dice, rows []*row, labels []string) {
	t.rows = rows
	numberRows(d, rows)
	if d.chance(18) || len(rows) < 2 {
		return
	}
	sum := t.total(d, rows, labels)
	if d.chance(45) {
		t.rows = []*row{sum}
		if d.chance(12) {
			t.rows = append(t.rows, &row{kind: wordsRow, label: pick(d, "Trong đó:", "Chia ra:", "Bao gồm:"), depth: 1, scale: -1, free: true})
		}
		t.rows = append(t.rows, rows...)
	} else {
		t.rows = append(rows[:len(rows):len(rows)], sum)
	}
}

// total is a row that adds others up.
func (t *table) total(d dice, parts []*row, labels []string) *row {
	return &row{kind: totalRow, label: pick(d, labels...), depth: 1, scale: -1, parts: parts, bold: d.chance(80), free: true}
}

// numberRows numbers the rows of one level: 1, 2, 3 or 01, 02, 03.
func numberRows(d dice, rows []*row) {
	form := pick(d, "%d", "%d", "%d", "%02d")
	for i, r := range rows {
		r.number = fmt.Sprintf(form, i+1)
	}
	if n := len(rows); n > 5 && d.chance(4) {
		rows[n-2].number = rows[n-3].number // typed twice
	}
}

// categoryRows are kinds of people, some with a part of them named below.
func (t *table) categoryRows(d dice) {
	rows := labelRows(some(d, d.between(3, 10), categories))
	t.flat(d, rows, totalLabels)
	if d.chance(40) {
		return
	}
	t.tree = true
	var out []*row
	for _, r := range t.rows {
		out = append(out, r)
		if r.kind != dataRow || !d.chance(35) {
			continue
		}
		for i, f := range some(d, d.between(1, 2), facets[:2]) {
			w := newRow(f, 2)
			w.within, w.marker = r, "Trong đó: "
			if i > 0 {
				w.marker = "- "
			}
			out = append(out, w)
		}
	}
	t.rows = out
}

// timeRows are months, perhaps with quarters that add them up.
func (t *table) timeRows(d dice) {
	if d.chance(50) {
		var rows []*row
		for m := 1; m <= pick(d, 6, 9, 12); m++ {
			rows = append(rows, newRow(fmt.Sprintf("Tháng %d", m), 1))
		}
		t.flat(d, rows, []string{"Tổng cộng", "Cộng", "Lũy kế từ đầu năm"})
		return
	}
	t.tree = true
	after := d.chance(50)
	var quarters []*row
	for q := range pick(d, 2, 4) {
		sum := newRow("Quý "+romans[q], 1)
		sum.kind, sum.bold = totalRow, true
		for m := 3*q + 1; m <= 3*q+3; m++ {
			sum.parts = append(sum.parts, newRow(fmt.Sprintf("Tháng %d", m), 2))
		}
		quarters = append(quarters, sum)
		if after {
			sum.free = true
			for _, m := range sum.parts {
				m.free = true
			}
			t.rows = append(append(t.rows, sum.parts...), sum)
		} else {
			t.rows = append(append(t.rows, sum), sum.parts...)
		}
	}
	label := "Cả năm"
	if len(quarters) == 2 {
		label = "6 tháng đầu năm"
	}
	sum := t.total(d, quarters, []string{label, "Tổng cộng"})
	t.rows = append(t.rows, sum)
}

// zeroRow makes some row one in which nothing happened.
func (t *table) zeroRow(d dice) {
	r := pick(d, t.rows...)
	if r.kind == dataRow && len(r.parts) == 0 {
		r.zero = true
	}
}
