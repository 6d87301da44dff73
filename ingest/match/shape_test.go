package match

import (
	"math/rand/v2"
	"slices"
	"testing"

	"tonghop/ingest/viet"
	"tonghop/report/calendar"
	"tonghop/report/country"
)

// shapes are tables that are not just a list: what is asked of them is above all
// that nothing is taken for another unit.
var shapes = []struct {
	name   string
	kinds  []string // of lists
	write  func(*country.Unit, *rand.Rand) string
	shape  func(l list, r *rand.Rand) list
	dated  bool
	slips  bool
	recall int
}{
	{"half, in any order, full", flatKinds, full, half, true, false, 850},
	{"half, in any order, bare", flatKinds, bare, half, true, false, 700},
	{"three of them, bare", flatKinds, bare, three, true, false, 200},
	{"a third of the rows left out", nestedKinds, full, thinned, true, false, 800},
	{"a third of the rows left out, bare", nestedKinds, bare, thinned, true, false, 600},
	{"a third of the rows left out, no marks, bare", nestedKinds, func(u *country.Unit, _ *rand.Rand) string { return viet.Plain(u.Name) }, thinned, true, false, 600},
	{"a third of the rows left out, letters wrong", nestedKinds, func(u *country.Unit, r *rand.Rand) string {
		return sometimes(r, 6, slipped(u.FullName(), r, 1), u.FullName())
	}, thinned, true, false, 600},
	{"no day, full", allKinds, full, whole, false, false, 850},
	{"no day, bare", allKinds, bare, whole, false, false, 700},
	{"no day, half, bare", flatKinds, bare, half, false, false, 300},
	{"of another day, full", allKinds, full, another, true, false, 0},
	{"of another day, bare", allKinds, bare, another, true, false, 0},
	{"a stranger in ten, full", allKinds, full, strangers, true, false, 800},
	{"a stranger in ten, bare", flatKinds, bare, strangers, true, false, 700},
	{"a stranger in ten, no marks", flatKinds, func(u *country.Unit, _ *rand.Rand) string { return viet.Plain(u.FullName()) }, strangers, true, false, 700},
}

// The kinds of lists that [trueLists] makes.
var (
	flatKinds   = []string{"provinces", "districts of a province", "communes of a province", "communes of a district"}
	nestedKinds = []string{"communes under districts"}
	allKinds    = append(nestedKinds, flatKinds...)
)

// another gives the list a day on the other side of July 2025: offices go on with
// the lists they have.
func another(l list, _ *rand.Rand) list {
	if l.day.Year() < 2025 {
		l.day = calendar.MustDate("2025-12-31")
	} else {
		l.day = calendar.MustDate("2021-03-30")
	}
	return l
}

func whole(l list, _ *rand.Rand) list { return l }

func half(l list, r *rand.Rand) list {
	units := slices.Clone(l.units)
	r.Shuffle(len(units), func(i, j int) { units[i], units[j] = units[j], units[i] })
	l.units = units[:(len(units)+1)/2]
	return l
}

func three(l list, r *rand.Rand) list {
	l = half(l, r)
	l.units = l.units[:min(3, len(l.units))]
	return l
}

func thinned(l list, r *rand.Rand) list {
	l.units = slices.DeleteFunc(slices.Clone(l.units), func(*country.Unit) bool { return r.IntN(3) == 0 })
	return l
}

// strangers puts units of elsewhere where some of the list's own were, but for
// those that have a name of the list: they cannot be told.
func strangers(l list, r *rand.Rand) list {
	of := namesOf(l.units)
	all := country.Units()
	l.units = slices.Clone(l.units)
	for i := range l.units {
		u := all[r.IntN(len(all))]
		if r.IntN(10) == 0 && u.Level == l.units[i].Level && u.Lives(l.day) && !of.has(u) {
			l.units[i] = u
		}
	}
	return l
}

// TestShapes counts as [TestPrecision] does, on tables that are a part of a list,
// have rows of elsewhere, or say no day.
func TestShapes(t *testing.T) {
	rows := newRows()
	for k, s := range shapes {
		var total tally
		for n, l := range trueLists() {
			if !taken(k, n) || !slices.Contains(s.kinds, l.kind) {
				continue
			}
			r := rand.New(rand.NewPCG(seed, uint64(n)))
			of := namesOf(l.units)
			l = s.shape(l, r)
			day := l.day
			if !s.dated {
				day = calendar.Date{}
			}
			total.add(measure(t, s.name, l, l.written(habit{write: s.write, slips: s.slips}, of, r), day))
		}
		rows.put(t, s.name, total, s.recall)
	}
	t.Log(rows)
}
