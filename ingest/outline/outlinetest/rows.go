package outlinetest

import (
	"fmt"
	"strconv"
	"strings"
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

var romans = []string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"}

// macroRegions are the six regions of the country before July 2025, as tables of
// the budget list them.
var macroRegions = []struct {
	name  string
	codes []string
}{
	{"Trung du và miền núi phía Bắc", []string{"02", "04", "06", "08", "10", "11", "12", "14", "15", "17", "19", "20", "24", "25"}},
	{"Đồng bằng sông Hồng", []string{"01", "22", "26", "27", "30", "31", "33", "34", "35", "36", "37"}},
	{"Bắc Trung Bộ và Duyên hải miền Trung", []string{"38", "40", "42", "44", "45", "46", "48", "49", "51", "52", "54", "56", "58", "60"}},
	{"Tây Nguyên", []string{"62", "64", "66", "67", "68"}},
	{"Đông Nam Bộ", []string{"70", "72", "74", "75", "77", "79"}},
	{"Đồng bằng sông Cửu Long", []string{"80", "82", "83", "84", "86", "87", "89", "91", "92", "93", "94", "95", "96"}},
}

// groupedPlaces are provinces under regions or communes under districts. There
// are no districts since July 2025: there it is a list of communes.
func (t *table) groupedPlaces(d dice, size int) {
	if t.set.era == "new" {
		t.placeRows(d, size)
		return
	}
	var groups []group
	if d.chance(40) {
		how := pick(d, bareName, bareName, capsName)
		for _, m := range some(d, d.between(2, 6), macroRegions) {
			var ps []place
			for _, code := range some(d, d.between(2, max(2, min(14, size))), m.codes) {
				ps = append(ps, placeOf("old", code))
			}
			groups = append(groups, group{label: m.name, rows: t.placed(d, ps, how, 2)})
		}
		t.grouped(d, groups, countryTotals)
		return
	}
	how := pick(d, fullName, lowerName, shortName, bareName)
	var districts []place
	for _, p := range under("old", t.set.province.code) {
		if len(under("old", p.code)) > 0 {
			districts = append(districts, p)
		}
	}
	for _, p := range some(d, d.between(2, 3), districts) {
		ps := some(d, d.between(2, max(2, min(20, size))), under("old", p.code))
		groups = append(groups, group{label: p.written(fullName), place: p, rows: t.placed(d, ps, how, 2)})
	}
	t.grouped(d, groups, provinceTotals[:1])
}

func (t *table) groupedAgencies(d dice) {
	groups := []group{
		{label: "Khối sở, ban, ngành", rows: labelRows(some(d, d.between(2, 9), departments))},
		{label: "Khối hội, đoàn thể", rows: labelRows(some(d, d.between(2, 7), associations))},
	}
	if d.chance(40) {
		groups = append(groups, group{label: "Đơn vị sự nghiệp", rows: labelRows(some(d, d.between(2, 4), media))})
	}
	for _, g := range groups {
		for _, r := range g.rows {
			r.depth = 2
		}
	}
	t.grouped(d, groups, totalLabels)
}

// group is a section of a body.
type group struct {
	label string
	place place
	rows  []*row
}

// grouped puts sections under one another. A section's sum stands in its head
// or below its rows, or is not given; so is that of all.
func (t *table) grouped(d dice, groups []group, labels []string) {
	if d.chance(15) {
		t.merged(d, groups, labels)
		return
	}
	t.tree = true
	const inHead, below, nowhere = 0, 1, 2
	sums := pick(d, inHead, inHead, inHead, below, nowhere)
	through := d.chance(50) // numbers run through all sections
	caps := d.chance(40)
	letters := d.chance(25)
	var all, heads []*row
	next := 1
	for i, g := range groups {
		top := newRow(g.label, 1)
		top.number, top.bold, top.place, top.code = romans[i], true, g.place, g.place.code
		if letters {
			top.number = string(rune('A' + i))
		}
		top.caps = caps && g.place.code == ""
		for k, r := range g.rows {
			n := k + 1
			if through {
				n = next
				next++
			}
			r.number = strconv.Itoa(n)
		}
		t.rows = append(t.rows, top)
		t.rows = append(t.rows, g.rows...)
		all = append(all, g.rows...)
		switch sums {
		case inHead:
			top.kind, top.parts = totalRow, g.rows
			heads = append(heads, top)
		case below:
			top.kind = sectionRow
			sum := t.total(d, g.rows, []string{"Cộng " + top.number, "Cộng", "Cộng mục " + top.number})
			t.rows = append(t.rows, sum)
			heads = append(heads, sum)
		default:
			top.kind = sectionRow
		}
	}
	if sums == nowhere {
		heads = all
	}
	if d.chance(15) {
		return // no sum of all
	}
	names := append([]string{}, labels...)
	if sums != nowhere {
		names = append(names, "Tổng cộng ("+joinNumbers(groups, letters)+")", "Cộng ("+joinNumbers(groups, letters)+")", "TỔNG SỐ ("+joinNumbers(groups, letters)+")")
	}
	sum := t.total(d, heads, names)
	if d.chance(50) {
		t.rows = append([]*row{sum}, t.rows...)
	} else {
		t.rows = append(t.rows, sum)
	}
}

// merged puts the name of each section into a cell over its rows' height, on
// their left. What it says heads no row of its own.
func (t *table) merged(d dice, groups []group, labels []string) {
	var all []*row
	for _, g := range groups {
		g.rows[0].group, g.rows[0].span = g.label, len(g.rows)
		for _, r := range g.rows {
			r.depth = 1
		}
		all = append(all, g.rows...)
	}
	t.groups = pick(d, "Khối", "Nhóm", "Khu vực")
	if groups[0].place.code != "" {
		t.groups = pick(d, "Huyện, thành phố", "Huyện", "Địa bàn cấp huyện")
	}
	t.flat(d, all, labels)
}

func joinNumbers(groups []group, letters bool) string {
	var s []string
	for i := range groups {
		if letters {
			s = append(s, string(rune('A'+i)))
		} else {
			s = append(s, romans[i])
		}
	}
	return strings.Join(s, "+")
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

// indicatorRows are a list of indicators as the rows of a table.
func (t *table) indicatorRows(d dice) {
	t.tree = true
	form := pick(d, indicatorLists...)
	t.topic.title = form.title
	list := readIndicators(form.lines)
	style := pick(d, numberings...)
	words := pick(d, 0, 0, 1, 2)
	t.addIndicators(d, list, nil, 1, "", style, words)
	for _, r := range t.rows {
		r.scale = 0
		switch r.unit {
		case "triệu đồng", "tỷ đồng":
			r.scale = 1
			r.most = 40000
		case "ha", "tấn":
			r.scale, r.most = 1, 20000
		case "cuộc", "văn bản", "lớp", "cơ sở", "cái":
			r.most = 120
		default:
			r.most = 5000
		}
	}
}

// numberings are how the levels of a list are numbered, from the top.
var numberings = [][]string{
	{"I", "1", "a", "-"}, {"A", "I", "1", "-"}, {"I", "1", "1.1", "-"}, {"1", "1.1", "1.1.1", "-"}, {"I", "1", "-", "+"}, {"1", "a)", "-", "+"}, {"I", "1", "a)", "-"},
}

func numeral(kind, above string, i int) string {
	switch kind {
	case "I":
		return romans[i]
	case "A":
		return string(rune('A' + i))
	case "a":
		return string(rune('a' + i))
	case "a)":
		return string(rune('a'+i)) + ")"
	case "1.1", "1.1.1":
		return above + "." + strconv.Itoa(i+1)
	case "-", "+":
		return kind
	}
	return strconv.Itoa(i + 1)
}

func (t *table) addIndicators(d dice, list []*indicator, above *row, depth int, prefix string, style []string, words int) []*row {
	var made []*row
	for i, n := range list {
		r := newRow(n.text, depth)
		r.unit = n.unit
		r.number = numeral(style[min(depth-1, len(style)-1)], prefix, i)
		r.caps = n.text == strings.ToUpper(n.text)
		r.bold = depth == 1 && len(n.children) > 0
		if above != nil && n.mark == "~" {
			r.within = above
		}
		if n.mark == "§" {
			r.kind, r.unit = sectionRow, ""
		}
		t.rows = append(t.rows, r)
		made = append(made, r)
		if len(n.children) == 0 {
			continue
		}
		sum := n.children[0].mark == "="
		some := n.children[0].mark == "~"
		deeper := 0
		switch {
		case some && words == 0:
			// The word stands in front of the first.
		case some, sum && words == 2:
			w := newRow("Trong đó:", depth+1)
			if sum {
				w.label = pick(d, "Chia ra:", "Bao gồm:", "Gồm:")
			}
			w.kind, w.free = wordsRow, true
			t.rows = append(t.rows, w)
			deeper = 1
		}
		children := t.addIndicators(d, n.children, r, depth+1, r.number, style, words)
		if some && words == 0 {
			children[0].marker = "Trong đó: "
		}
		if deeper > 0 {
			for _, c := range children {
				c.deeper = deeper
			}
		}
		if sum {
			r.kind, r.parts = totalRow, children
		}
	}
	return made
}
