package match

import (
	"slices"
	"strings"

	"tonghop/report/country"
)

// nearly looks for slips of the pen among the labels that are nothing: a letter
// or a mark wrong, in a list of which most is understood. It is sure only when
// nothing else of the list is near, the unit has no row of its own, and the text
// as it stands is no unit of the country.
func (r *ruling) nearly(out []Place) {
	if r.main.hits == 0 || r.main.hits*2 < r.words {
		return
	}
	taken := r.taken(out, Sure)
	for i := range out {
		l := r.labels[i]
		if out[i].How != NotFound || l.key == "" || l.total || l.office || len(l.within) > 0 {
			continue
		}
		out[i] = r.near(i, taken)
	}
}

// crowded lowers what was found by a looser spelling when another unit of the
// list, which no other row is, is as near by a slip of the pen: "Quỳnh Hong" is
// Quỳnh Hồng without a mark, and Quỳnh Hoàng without a letter.
func (r *ruling) crowded(out []Place) {
	taken := r.taken(out, 0)
	for i := range out {
		c := r.main.of[i]
		if !out[i].Sure() || !c.ok || c.found.spelt == exactly || c.found.spelt == byAlias {
			continue
		}
		own := r.faults(i, c.found.unit)
		for _, k := range r.pool(r.main, c.pool) {
			if k != c.found.unit && !taken[r.atlas.units[k].Code] && r.faults(i, k) <= own {
				out[i].Confidence = min(out[i].Confidence, 880)
			}
		}
	}
}

// faults counts what is wrong with a label if it means a unit: letters, and words
// with wrong marks or none where the letters are right. In a table without marks
// these are no faults.
func (r *ruling) faults(i int, unit int32) int {
	u := &r.atlas.units[unit]
	least := farthest + 1
	for _, reading := range r.labels[i].readings {
		if _, ok := reading.agrees(u.Unit); !ok {
			continue
		}
		n := 0
		if reading.name.loose != u.name.loose {
			n = apartBy(reading.name, u.name)
		}
		if !r.bare {
			n += wordsMarkedOtherwise(reading.name.key, u.name.key)
		}
		least = min(least, n)
	}
	return least
}

// wordsMarkedOtherwise counts the words that have the same letters in both keys,
// and other marks.
func wordsMarkedOtherwise(a, b string) int {
	other := strings.Split(b, " ")
	n := 0
	for i, word := range strings.Split(a, " ") {
		if i < len(other) && word != other[i] && unmarked(word) == unmarked(other[i]) {
			n++
		}
	}
	return n
}

// taken gives the codes of the units that rows were found to be with at least
// that confidence.
func (r *ruling) taken(out []Place, least int) map[string]bool {
	taken := make(map[string]bool, len(out))
	for _, p := range out {
		if p.Code != "" && p.Confidence >= least {
			taken[p.Code] = true
		}
	}
	return taken
}

// slip is a unit and how far from it a text is.
type slip struct {
	unit int32
	far  int
}

// near looks for the unit that one label slipped from.
func (r *ruling) near(i int, taken map[string]bool) Place {
	slips := r.slips(r.main, r.main.of[i].pool, i)
	if len(slips) == 0 {
		return Place{}
	}
	best := &r.atlas.units[slips[0].unit]
	sure := 800 - 100*slips[0].far
	if unmistakable(slips) && slips[0].far == 1 && !taken[best.Code] && r.strong(i, best) {
		sure = 910
	}
	p := r.say(candidate{unit: slips[0].unit}, sure, i)
	p.How = ByNear
	for _, s := range slips[1:] {
		p.Choices = append(p.Choices, r.choice(r.atlas.units[s.unit], 700-100*s.far))
	}
	return p
}

// slips gives the units that a label may have slipped from, nearest first.
func (t *listing) slips(v *view, pool string, i int) []slip {
	var slips []slip
	for _, u := range t.pool(v, pool) {
		unit := &t.atlas.units[u]
		far := farthest + 1
		for _, reading := range t.labels[i].readings {
			if _, ok := reading.agrees(unit.Unit); ok {
				far = min(far, apartBy(reading.name, unit.name))
			}
		}
		if far <= farthest {
			slips = append(slips, slip{u, far})
		}
	}
	slices.SortStableFunc(slips, func(a, b slip) int { return a.far - b.far })
	return slips
}

// unmistakable reports whether the nearest of the units is nearer than any other by two
// letters.
func unmistakable(slips []slip) bool {
	return len(slips) > 0 && (len(slips) == 1 || slips[1].far >= slips[0].far+2)
}

// farthest is how many letters may differ for a unit to be offered.
const farthest = 2

// strong reports whether the table leaves no doubt what list a slip is on, and
// the text is long enough and nothing in itself.
func (r *ruling) strong(i int, u *mapped) bool {
	if r.main.hits < 5 || r.main.hits*10 < r.words*7 || r.main.of[i].most < Sure || len(u.name.loose) < 5 {
		return false
	}
	for _, v := range r.views[1:] {
		if v.cost-r.main.cost < 12*bit && v.root != r.main.root {
			return false
		}
	}
	for _, reading := range r.labels[i].readings {
		for _, k := range r.atlas.names[reading.name.loose] {
			if other := &r.atlas.units[k]; other.Level == u.Level && other.name.key == reading.name.key {
				return false
			}
		}
	}
	return true
}

// pool gives the units that a row of the view may be: those of its list; of a
// nested one, those below the unit with this code, and its districts.
func (t *listing) pool(v *view, code string) []int32 {
	var out []int32
	put := func(units []int32, ok func(u *mapped) bool) {
		for _, k := range units {
			if u := &t.atlas.units[k]; t.lies(v.frame, u) && ok(u) {
				out = append(out, k)
			}
		}
	}
	switch {
	case !v.nested && v.root == "":
		put(t.atlas.provinces, func(*mapped) bool { return true })
	case !v.nested:
		put(t.atlas.under[v.root], func(*mapped) bool { return true })
	case len(code) == 3:
		put(t.atlas.under[code], func(*mapped) bool { return true })
		for _, k := range t.atlas.under[code][:min(1, len(t.atlas.under[code]))] {
			put(t.atlas.under[t.atlas.units[k].Province], func(u *mapped) bool { return u.Level == country.District })
		}
	default:
		put(t.atlas.under[code], func(u *mapped) bool { return u.Parent == code })
	}
	return out
}

// apartBy counts the slips between a text and a name: letters put in, left out,
// changed or exchanged with the next; 1 where only marks differ. Names of
// another number of words, or with other numbers, are not near.
func apartBy(text, unit name) int {
	if strings.Count(text.key, " ") != strings.Count(unit.key, " ") || digitsOf(text.key) != digitsOf(unit.key) {
		return farthest + 1
	}
	if text.loose == unit.loose {
		return 1
	}
	return letterSlips(text.plain, unit.plain)
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// letterSlips is the least number of letters to put in, take out, change or exchange
// with the next one to make b of a; farthest+1 for more than farthest.
func letterSlips(a, b string) int {
	if abs(len(a)-len(b)) > farthest {
		return farthest + 1
	}
	before, row, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		next[0] = i + 1
		least := next[0]
		for j := range len(b) {
			n := row[j]
			if a[i] != b[j] {
				n++
			}
			n = min(n, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				n = min(n, before[j-1]+1)
			}
			next[j+1], least = n, min(least, n)
		}
		if least > farthest {
			return farthest + 1
		}
		before, row, next = row, next, before
	}
	return min(row[len(b)], farthest+1)
}
