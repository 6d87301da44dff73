package outlinetest

import (
	"strconv"
	"strings"
)

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
