package match

import (
	"sync"

	"tonghop/report/country"
)

// atlas finds the units of the whole country, of all its maps, by name.
type atlas struct {
	maps      []*country.Map
	units     []mapped
	names     map[string][]int32 // units by their loose name
	other     map[string][]other // units by the loose form of another name
	under     map[string][]int32 // units by the code of what they lie in, right below or further
	provinces []int32
	count     []map[frame]int // units of a frame's list, by map
}

// mapped is a unit and the maps it is on.
type mapped struct {
	*country.Unit
	name name
	on   uint32 // bit i: maps[i]
}

// other is a name that a unit has beside its own.
type other struct {
	name name
	unit int32
}

// theAtlas is made when a place is first asked for: some tens of milliseconds.
var theAtlas = sync.OnceValue(func() *atlas {
	units := country.Units()
	a := &atlas{maps: country.Maps(), units: make([]mapped, len(units)), names: make(map[string][]int32, len(units)), other: map[string][]other{}, under: map[string][]int32{}}
	for range a.maps {
		a.count = append(a.count, map[frame]int{})
	}
	for i, u := range units {
		m := mapped{Unit: u, name: nameOf(u.Name)}
		for e, c := range a.maps {
			if u.Lives(c.Until) {
				m.on |= 1 << e
				a.count[e][frame{level: u.Level}]++
				for _, root := range above(u) {
					a.count[e][frame{root: root, level: u.Level}]++
				}
			}
		}
		a.units[i] = m
		for _, root := range above(u) {
			a.under[root] = append(a.under[root], int32(i))
		}
		a.names[m.name.loose] = append(a.names[m.name.loose], int32(i))
		if u.Level == country.Province {
			a.provinces = append(a.provinces, int32(i))
			for _, text := range otherNames[u.Code+" "+u.Name] {
				n := nameOf(text)
				a.other[n.loose] = append(a.other[n.loose], other{n, int32(i)})
			}
		}
	}
	return a
})

// above gives the codes of what a unit lies in.
func above(u *country.Unit) []string {
	switch u.Parent {
	case "":
		return nil
	case u.Province:
		return []string{u.Province}
	}
	return []string{u.Parent, u.Province}
}

// size is how many units of a level lie below the one with this code, or in the
// country.
func (a *atlas) size(era int, root string, level country.Level) int {
	return a.count[era][frame{root: root, level: level}]
}

// otherNames are the other names of provinces, by code and name: short ones, older
// spellings that folding letters does not reach, and the province that was.
var otherNames = map[string][]string{
	"06 Bắc Kạn":           {"Bắc Cạn", "Bắc Cạc"},
	"46 Huế":               {"Thừa Thiên Huế", "Thừa Thiên", "TT Huế", "T T Huế", "TTH"},
	"46 Thừa Thiên Huế":    {"Huế", "Thừa Thiên", "TT Huế", "T T Huế", "TTH"},
	"62 Kon Tum":           {"Con Tum", "Công Tum", "Kông Tum"},
	"66 Đắk Lắk":           {"Đắc Lắc", "Darlac", "Dak Lak"},
	"67 Đắk Nông":          {"Đắc Nông", "Dak Nong"},
	"77 Bà Rịa - Vũng Tàu": {"BR VT", "BRVT", "Bà Rịa VT", "BR Vũng Tàu"},
	"79 Hồ Chí Minh":       {"HCM", "TP HCM", "TPHCM", "T P HCM", "HCMC", "Hồ Chí Minh City"},
}

// candidate is a unit that a text may mean.
type candidate struct {
	unit  int32
	spelt spelt
	typed typed
	usual bool // so the whole table is spelt
}

// typed says how the word for the level in a text agrees with the unit.
type typed uint8

const (
	fits    typed = iota // it says what the unit is
	unsaid               // there is no such word
	differs              // it says another type of that level, as that of a town before it became a city
)

// bits is by how much the candidate makes a reading less likely.
func (c candidate) bits() int {
	n := spelling[c.spelt].bits
	if c.usual {
		n = 0
	}
	if c.typed == differs {
		n += 8
	}
	return n * bit
}

// find gives the units of the maps that a text may mean, each once, as the best
// of its readings has it.
func (a *atlas) find(readings []reading, maps uint32) []candidate {
	var out []candidate
	put := func(c candidate) {
		for i, had := range out {
			if had.unit == c.unit {
				if c.bits() < had.bits() || c.bits() == had.bits() && c.typed < had.typed {
					out[i] = c
				}
				return
			}
		}
		out = append(out, c)
	}
	for _, r := range readings {
		for _, i := range a.names[r.name.loose] {
			u := &a.units[i]
			if u.on&maps == 0 {
				continue
			}
			t, ok := r.agrees(u.Unit)
			if !ok {
				continue
			}
			if s, ok := spells(r.name, u.name); ok {
				put(candidate{unit: i, spelt: s, typed: t})
			}
		}
		for _, o := range a.other[r.name.loose] {
			if t, ok := r.agrees(a.units[o.unit].Unit); ok && a.units[o.unit].on&maps != 0 {
				if _, ok := spells(r.name, o.name); ok {
					put(candidate{unit: o.unit, spelt: byAlias, typed: t})
				}
			}
		}
	}
	return out
}

// agrees compares the word for the level with what the unit is.
func (r reading) agrees(u *country.Unit) (typed, bool) {
	switch {
	case r.types == 0:
		return unsaid, true
	case r.types&typeSet(u.Type) != 0:
		return fits, true
	case u.Level == country.Province:
		return fits, r.types == typeSet(country.Tinh) // so provinces are called that have become cities; never the other way
	case r.types&typesAt[u.Level] != 0:
		return differs, true
	}
	return 0, false
}
