package match

import (
	"cmp"
	"slices"
	"strings"

	"tonghop/report/calendar"
	"tonghop/report/country"
)

// listing is the labels of a table and the units they may mean.
type listing struct {
	atlas  *atlas
	labels []*label
	first  []bool        // by label: its text was not there before
	eras   []int         // indexes of the maps that are asked
	mask   uint32        // the same, as bits
	found  [][]candidate // by label: the units it may mean
	placed []bool        // by label: it says itself where it lies
	bare   bool          // no label has a mark: the table is written without
	told   map[*country.Unit]int
}

// newListing reads the labels. On the zero day every map is asked.
func newListing(texts, context []string, on calendar.Date) *listing {
	t := &listing{atlas: theAtlas(), first: make([]bool, len(texts)), found: make([][]candidate, len(texts)), placed: make([]bool, len(texts))}
	for e, m := range t.atlas.maps {
		if on.IsZero() || m == country.On(on) {
			t.eras, t.mask = append(t.eras, e), t.mask|1<<e
		}
	}
	at := make(map[string]int, len(texts)) // where a text stands first
	t.bare = true
	for i, text := range texts {
		if k, known := at[text]; known {
			t.labels = append(t.labels, t.labels[k])
			continue
		}
		at[text], t.first[i] = i, true
		t.labels = append(t.labels, readLabel(text))
		t.bare = t.bare && isASCII(t.labels[i].key)
	}
	t.search(func(i int) int { return at[texts[i]] })
	t.told = t.atlas.mentions(context, t.mask)
	return t
}

// search finds the units that each label may mean; first gives where its text
// stands first.
func (t *listing) search(first func(i int) int) {
	for i, l := range t.labels {
		if k := first(i); k != i {
			t.found[i], t.placed[i] = t.found[k], t.placed[k]
			continue
		}
		t.found[i] = t.find(l.readings)
		if len(l.within) > 0 {
			t.found[i], t.placed[i] = t.inside(t.found[i], l.within)
		}
	}
}

// otherDays is the same table as one of the maps that are not asked.
func (t *listing) otherDays() *listing {
	o := &listing{atlas: t.atlas, labels: t.labels, first: t.first, bare: t.bare, told: t.told,
		found: make([][]candidate, len(t.labels)), placed: make([]bool, len(t.labels))}
	for e := range t.atlas.maps {
		if t.mask&(1<<e) == 0 {
			o.eras, o.mask = append(o.eras, e), o.mask|1<<e
		}
	}
	at := make(map[*label]int, len(t.labels))
	for i := len(t.labels) - 1; i >= 0; i-- {
		at[t.labels[i]] = i
	}
	o.search(func(i int) int { return at[o.labels[i]] })
	return o
}

// find gives the units that a label may mean. In a table without marks a name
// that has none is no closer than one that has: "Sa Pa" is Sa Pa or Sa Pả.
func (t *listing) find(readings []reading) []candidate {
	found := t.atlas.find(readings, t.mask)
	for i, c := range found {
		if t.bare && c.spelt == exactly && strings.Trim(t.atlas.units[c.unit].name.plain, "0123456789") != "" {
			found[i].spelt = withoutMark
		}
		found[i].usual = t.bare && found[i].spelt == withoutMark
	}
	return found
}

// inside keeps the candidates that lie in what the label says they lie in; ok is
// false, and all are kept, when none does.
func (t *listing) inside(found []candidate, within [][]reading) (kept []candidate, ok bool) {
	above := make([][]candidate, len(within))
	for k, readings := range within {
		above[k] = t.atlas.find(readings, t.mask)
	}
	for _, c := range found {
		u := &t.atlas.units[c.unit]
		all := true
		for _, units := range above {
			all = all && slices.ContainsFunc(units, func(o candidate) bool {
				over := &t.atlas.units[o.unit]
				return over.on&u.on != 0 && (over.Code == u.Parent || over.Code == u.Province) && over.Code != u.Code
			})
		}
		if all {
			kept = append(kept, c)
		}
	}
	if len(kept) == 0 {
		return found, false
	}
	return kept, true
}

// mostViews bounds the frames that are looked at: the likeliest.
const mostViews = 24

// views reads the table as each of the likeliest frames has it, cheapest first;
// newer maps before older ones that fit as well.
func (t *listing) views() []*view {
	votes := map[frame]int{}
	all := 0
	for i := range t.labels {
		if !t.first[i] || !t.counts(i) {
			continue
		}
		all++
		for f := range t.framesOf(i) {
			votes[f]++
		}
	}
	type guess struct {
		frame
		cost int
	}
	guesses := make([]guess, 0, len(votes))
	for f, n := range votes {
		each := change + 4*bit
		if !f.nested {
			each = log2(t.atlas.size(f.era, f.root, f.level))
		}
		guesses = append(guesses, guess{f, t.prior(f) + n*each + (all-n)*miss})
	}
	slices.SortFunc(guesses, func(a, b guess) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(b.era, a.era), cmp.Compare(a.root, b.root), cmp.Compare(a.level, b.level))
	})
	views := []*view{t.nowhere()}
	for _, g := range guesses[:min(len(guesses), mostViews)] {
		views = append(views, t.look(g.frame, false))
	}
	slices.SortStableFunc(views, func(a, b *view) int { return cmp.Compare(a.cost, b.cost) })
	return views
}

// framesOf gives the frames that have a label on their list.
func (t *listing) framesOf(i int) map[frame]bool {
	out := map[frame]bool{}
	for _, c := range t.found[i] {
		u := &t.atlas.units[c.unit]
		for _, e := range t.eras {
			if u.on&(1<<e) == 0 {
				continue
			}
			out[frame{era: e, nested: true}] = true
			if u.Level == country.Province {
				out[frame{era: e, level: u.Level}] = true
				continue
			}
			out[frame{era: e, root: u.Province, nested: true}] = true
			out[frame{era: e, root: u.Province, level: u.Level}] = true
			out[frame{era: e, root: u.Parent, level: u.Level}] = true
		}
	}
	return out
}

// nowhere is the table as no list of places at all.
func (t *listing) nowhere() *view {
	v := &view{of: make([]choice, len(t.labels))}
	for i := range t.labels {
		if t.first[i] && t.counts(i) {
			v.cost += t.missCost(i)
		}
	}
	return v
}
