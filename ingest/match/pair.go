package match

import "tonghop/report/country"

// settlePairs looks again at bare names that units of two levels have: "Lào Cai"
// over "Lào Cai" over "Lào Cai" is a province, a city and a ward, and tables
// leave rows out, so that they are asked. But where a district and its town of
// that name both have a row, and nothing else of the province has the name, the
// first is the district.
func (t *listing) settlePairs(v *view) {
	for i := range v.of {
		head := &v.of[i]
		if !head.ok || !head.shared {
			continue
		}
		district := t.atlas.units[head.found.unit]
		if district.Level != country.District || !t.isPair(v, i, district) {
			continue
		}
		if town, below := t.section(v, i, district); town > 0 && below > 2 {
			head.most, v.of[town].most = 1000, 1000
		}
	}
}

// section reads the rows under the one of a district: where its town of that name
// is, 0 when it has no row, and how many of its communes have one.
func (t *listing) section(v *view, head int, district mapped) (town, below int) {
	for i := head + 1; i < len(v.of); i++ {
		if !v.of[i].ok {
			continue
		}
		u := &t.atlas.units[v.of[i].found.unit]
		if u.Level != country.Commune {
			break
		}
		if u.Parent != district.Code {
			continue
		}
		below++
		if v.of[i].shared && u.name.loose == district.name.loose && town == 0 {
			town = i
		}
	}
	return town, below
}

// isPair reports whether a label may mean only a district and one commune of it.
func (t *listing) isPair(v *view, i int, district mapped) bool {
	n := 0
	for _, c := range t.found[i] {
		u := &t.atlas.units[c.unit]
		if u.Province != district.Province || u.on&(1<<v.era) == 0 {
			continue
		}
		if u.Code != district.Code && u.Parent != district.Code {
			return false
		}
		n++
	}
	return n == 2
}

// doubtNamesakes lowers communes that have a namesake in the province, unless it
// is clear in whose section they stand: a row after them, before the next
// district's, is a commune of the same district that has none, or the district is
// there with all of its communes. Tables leave out the row of a district as well,
// and the next one's "Phường 2" then stands under the one before.
func (t *listing) doubtNamesakes(v *view) {
	for from := 0; from < len(v.of); {
		to := from + 1
		for to < len(v.of) && !t.opens(v, to) {
			to++
		}
		t.doubtSection(v, from, to)
		from = to
	}
}

// opens reports whether a row begins a section, or may begin one.
func (t *listing) opens(v *view, i int) bool {
	c := v.of[i]
	if !c.ok {
		return t.counts(i) || t.labels[i].number
	}
	return t.atlas.units[c.found.unit].Level != country.Commune
}

// doubtSection does so for the rows of one section.
func (t *listing) doubtSection(v *view, from, to int) {
	own := map[string]int{} // different communes by district
	seen := map[int32]bool{}
	for i := from; i < to; i++ {
		if c := v.of[i]; c.ok && t.atlas.units[c.found.unit].Level == country.Commune && !seen[c.found.unit] {
			seen[c.found.unit] = true
			own[t.atlas.units[c.found.unit].Parent]++
		}
	}
	clear := "" // code of the district that the rows below are of for sure
	for i := to - 1; i >= from; i-- {
		c := &v.of[i]
		if !c.ok {
			continue
		}
		u := t.atlas.units[c.found.unit]
		if u.Level != country.Commune {
			continue
		}
		if t.namesakes(i, u) == 1 {
			clear = u.Parent
		} else if clear != u.Parent && own[u.Parent] < t.atlas.size(v.era, u.Parent, country.Commune) {
			c.most = min(c.most, 800)
		}
	}
}
