package aggregate

import (
	"cmp"
	"math"
	"slices"
)

// placeInfo is a place that has figures, or lies above one that has. Its number
// is its position in the frame's list and depends on who came first: it never
// shows. What is given out is sorted by rank, then code.
type placeInfo struct {
	code  string
	rank  int    // position in the register, after all others when not in it
	level string // "" when not in the register
	above []int32

	// The place and those below it that have figures lie between these two, in
	// the order of places; others may, too.
	first, last int32
}

// unitInfo is an agency a fact is about: the reporter itself or one below it.
type unitInfo struct {
	code string
	rank int
}

// place gives a place its number, and those above it theirs.
func (f *frame) place(code string) int32 {
	if at, ok := f.placeAt[code]; ok {
		return at
	}
	info := placeInfo{code: code, rank: f.placeRank(code)}
	if p := f.register.Place(code); p != nil {
		info.level = p.Level
	}
	at := int32(len(f.places))
	info.first, info.last = at, at
	f.placeAt[code] = at
	f.places = append(f.places, info)
	var above []int32
	for _, up := range f.ancestors(code) {
		above = append(above, f.place(up))
	}
	f.places[at].above = above // not before: place moves the list
	for _, up := range above {
		if p := &f.places[up]; f.comparePlaces(at, p.first) < 0 {
			p.first = at
		} else if f.comparePlaces(at, p.last) > 0 {
			p.last = at
		}
	}
	return at
}

// placeRank orders places as the register does, those not in it last.
func (f *frame) placeRank(code string) int {
	if rank, known := f.register.PlaceRank(code); known {
		return rank
	}
	return math.MaxInt
}

// unitRank orders units likewise.
func (f *frame) unitRank(code string) int {
	if rank, known := f.register.AgencyRank(code); known {
		return rank
	}
	return math.MaxInt
}

// ancestors gives the places above one, the nearest first: its district, its
// province. A cycle in the register ends where it closes.
func (f *frame) ancestors(code string) []string {
	var up []string
	for p := f.register.Place(code); p != nil && p.Parent != ""; p = f.register.Place(p.Parent) {
		if p.Parent == code || slices.Contains(up, p.Parent) {
			break
		}
		up = append(up, p.Parent)
	}
	return up
}

// unit gives a unit its number.
func (f *frame) unit(code string) int32 {
	if at, ok := f.unitAt[code]; ok {
		return at
	}
	at := int32(len(f.units))
	f.unitAt[code] = at
	f.units = append(f.units, unitInfo{code: code, rank: f.unitRank(code)})
	return at
}

// atLevel gives the place at a level for a place: its ancestor there, and itself
// where it has none. Figures of the provincial level itself lie in no district,
// and yet the rows by district must add up to the total.
func (f *frame) atLevel(place int32, level string) (at int32, below bool) {
	if level == "" {
		return place, false
	}
	if f.places[place].level == level {
		return place, true
	}
	for _, up := range f.places[place].above {
		if f.places[up].level == level {
			return up, true
		}
	}
	return place, false
}

// comparePlaces orders places as the register does, those not in it last.
func (f *frame) comparePlaces(a, b int32) int {
	if a == b || a == all || b == all {
		return cmp.Compare(a, b)
	}
	p, q := &f.places[a], &f.places[b]
	if p.rank != q.rank {
		return cmp.Compare(p.rank, q.rank)
	}
	return cmp.Compare(p.code, q.code)
}

// compareUnits orders units as the register does, those not in it last.
func (f *frame) compareUnits(a, b int32) int {
	if a == b || a == all || b == all {
		return cmp.Compare(a, b)
	}
	p, q := &f.units[a], &f.units[b]
	if p.rank != q.rank {
		return cmp.Compare(p.rank, q.rank)
	}
	return cmp.Compare(p.code, q.code)
}

// compareSites orders what an agency says of an indicator: by place, then unit.
func (f *frame) compareSites(a, b site) int {
	if a.place != b.place {
		return f.comparePlaces(a.place, b.place)
	}
	return f.compareUnits(a.unit, b.unit)
}

// compareCodes orders places by code as the register does, those not in it last.
func (f *frame) compareCodes(a, b string) int {
	return cmp.Or(cmp.Compare(f.placeRank(a), f.placeRank(b)), cmp.Compare(a, b))
}
