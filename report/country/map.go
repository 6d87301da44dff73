package country

import (
	"cmp"
	"slices"

	"tonghop/report/calendar"
)

// Map is the country as it is from one day until another. It is read-only, and
// any number of goroutines may use it.
type Map struct {
	From  calendar.Date // first day; zero: before the register begins
	Until calendar.Date // last day; zero: still

	index func() *index // made when first asked for
}

// index finds the units of one map.
type index struct {
	provinces []*Unit
	byCode    map[string]*Unit
	below     map[string][]*Unit // by the code of the unit above
	count     map[Level]int
	before    map[string][]*Unit // units of this map by the code of what took their place
}

// newIndex collects the units that live on day.
func newIndex(units []*Unit, day calendar.Date) *index {
	x := &index{byCode: make(map[string]*Unit, len(units)), below: map[string][]*Unit{}, count: map[Level]int{}, before: map[string][]*Unit{}}
	for _, u := range units {
		if !u.Lives(day) {
			continue
		}
		x.byCode[u.Code] = u
		x.count[u.Level]++
		if u.Level == Province {
			x.provinces = append(x.provinces, u)
		} else {
			x.below[u.Parent] = append(x.below[u.Parent], u)
		}
		if u.Until == day {
			for _, code := range u.next {
				x.before[code] = append(x.before[code], u)
			}
		}
	}
	slices.SortFunc(x.provinces, byCode)
	for _, list := range x.before {
		slices.SortFunc(list, byCode)
	}
	return x
}

func byCode(a, b *Unit) int { return cmp.Compare(a.Code, b.Code) }

// On gives the map of a day; the zero day, which asks nothing, gives the newest.
func On(day calendar.Date) *Map {
	maps := builtin().maps
	if day.IsZero() {
		return maps[len(maps)-1]
	}
	at := len(maps) - 1
	for at > 0 && day.Before(maps[at].From) {
		at--
	}
	return maps[at]
}

// Maps gives every map, oldest first: each ends the day before the next begins.
func Maps() []*Map { return slices.Clone(builtin().maps) }

// Unit finds a unit by its code; nil when the map has none.
func (m *Map) Unit(code string) *Unit { return m.index().byCode[code] }

// Provinces gives the provinces in order of their codes.
func (m *Map) Provinces() []*Unit { return slices.Clone(m.index().provinces) }

// Children gives the units right below the one with this code, in the order of
// their codes within the table: districts of a province, or its communes when
// there are no districts; communes of a district.
func (m *Map) Children(code string) []*Unit { return slices.Clone(m.index().below[code]) }

// Communes gives the communes of a province, district by district where there
// are any.
func (m *Map) Communes(province string) []*Unit {
	var out []*Unit
	for _, u := range m.index().below[province] {
		if u.Level == Commune {
			out = append(out, u)
		} else {
			out = append(out, m.index().below[u.Code]...)
		}
	}
	return out
}

// Count says how many units of a level the map has.
func (m *Map) Count(level Level) int { return m.index().count[level] }

// all finds the units with these codes, in order of the codes.
func (m *Map) all(codes []string) []*Unit {
	var out []*Unit
	for _, code := range codes {
		if u := m.Unit(code); u != nil {
			out = append(out, u)
		}
	}
	slices.SortFunc(out, byCode)
	return out
}

// before gives the units of this map whose place the unit with this code took.
func (m *Map) before(code string) []*Unit { return slices.Clone(m.index().before[code]) }
