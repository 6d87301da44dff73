package match

import (
	"strings"

	"tonghop/ingest/viet"
	"tonghop/report/country"
)

// What the words around a table say about where it is from, in bits.
const (
	toldByName  = 7 * bit  // "Lào Cai, ngày 25 tháng 3"
	toldByLevel = 14 * bit // "Bảo hiểm xã hội tỉnh Lào Cai"
)

// mentions gives the provinces and districts that titles and names of sheets
// mention, and how clearly. Wards and communes are read over, so that "phường
// Hà Nam" is no province.
func (a *atlas) mentions(context []string, maps uint32) map[*country.Unit]int {
	told := map[*country.Unit]int{}
	for _, text := range context {
		words := strings.Fields(viet.Key(text))
		for i := 0; i < len(words); {
			n, units, worth := a.mention(words[i:], maps)
			for _, u := range units {
				told[u] = max(told[u], worth)
			}
			i += max(n, 1)
		}
	}
	return told
}

// mention reads the unit that words begin with, the longest there is.
func (a *atlas) mention(words []string, maps uint32) (n int, units []*country.Unit, worth int) {
	const longest = 7 // thành phố Phan Rang - Tháp Chàm
	for n := min(len(words), longest); n > 0; n-- {
		key := strings.Join(words[:n], " ")
		set, stem, word, ok := cutType(key)
		worth := toldByLevel
		readings := []reading{{set, nameOfKey(stem)}}
		if !ok || !word && len(stem) < 4 {
			if n < 2 { // one word is in too many others
				continue
			}
			readings, worth = []reading{{0, nameOfKey(key)}}, toldByName
		}
		var units []*country.Unit
		hit := false
		for _, c := range a.find(readings, maps) {
			u := a.units[c.unit].Unit
			if c.spelt > byAlias || c.typed == differs {
				continue
			}
			hit = hit || u.Level != country.Commune || ok
			if u.Level != country.Commune {
				units = append(units, u)
			}
		}
		if hit {
			return n, units, worth
		}
	}
	return 0, nil, 0
}
