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
