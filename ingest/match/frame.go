package match

import (
	"math/bits"

	"tonghop/report/country"
)

// frame is a guess at what a table is a list of: the provinces, the districts of
// one, the communes of a district or of a province; or, nested, rows of places
// under rows of what they lie in.
type frame struct {
	era    int    // index of the map
	root   string // code of what everything lies in, "" for the country
	level  country.Level
	nested bool // rows of any level, each under the row it lies in
}

// What a guess costs is counted in bits, as the length of the message that would
// say the labels of the table to somebody who knows the register: the shorter
// one is the likelier by a factor of two for each bit. A name out of a list of n
// costs log2 n; a label that is none of the list is spelt out. Costs are whole
// numbers of 256ths of a bit: lists of 63 and of 64 provinces are told apart by
// what is on them, not by rounding.
const (
	bit       = 1 << fraction
	fraction  = 8
	miss      = 20 * bit // a label that is nothing on the list
	typedMiss = 12 * bit // on top, when it says that it is a unit
	ownName   = 3 * bit  // a label that is what the list is of: the row of the province over its districts
	change    = bit      // in a nested list: which level comes next
	strayed   = 8 * bit  // in a nested list: a row that does not lie in the row it stands under
)

// log2 gives the bits that it takes to say which of n, rounded down: the whole
// ones are the length of n, and each further one comes of squaring what is left.
func log2(n int) int {
	if n < 1 {
		return 0
	}
	const one = 31 // the point of x, which is from 1 up to 2
	whole := bits.Len32(uint32(n)) - 1
	x := uint64(n) << (one - whole)
	out := whole
	for range fraction {
		x = x * x >> one
		carry := x >> (one + 1) // 1 when the square is 2 or more
		x >>= carry
		out = out<<1 | int(carry)
	}
	return out
}

// choice is what a label is within a frame.
type choice struct {
	found   candidate
	ok      bool        // one unit and no other
	several []candidate // as good as one another
	most    int         // the confidence that its place in a nested list leaves, per mille
	shared  bool        // a bare name that a unit of another level has as well
	pool    string      // code of what the label lies in: where slips of the pen are looked for
}

// view is a table as a frame has it.
type view struct {
	frame
	of   []choice // by label
	cost int
	hits int // different labels that are on the list

	careful bool // slips of the pen are looked for as well, which is dear
}

// lies reports whether a unit is in the frame's list.
func (t *listing) lies(f frame, u *mapped) bool {
	if u.on&(1<<f.era) == 0 {
		return false
	}
	if f.nested {
		return f.root == "" || u.Province == f.root
	}
	return u.Level == f.level && (f.root == "" || u.Parent == f.root || u.Province == f.root)
}

// prior is what it costs to say which list it is.
func (t *listing) prior(f frame) int {
	m, cost := t.atlas.maps[f.era], 0
	switch {
	case f.nested:
		cost = 3*bit + log2(t.atlas.size(f.era, "", country.Province))
	case len(f.root) == 2:
		cost = log2(t.atlas.size(f.era, "", country.Province))
	case len(f.root) == 3:
		cost = log2(t.atlas.size(f.era, "", country.District))
	}
	for code := f.root; code != ""; { // what the title says is said already
		u := m.Unit(code)
		if u == nil {
			break
		}
		cost -= t.told[u]
		code = u.Parent
	}
	return cost
}

// look reads the table as the frame has it.
func (t *listing) look(f frame, careful bool) *view {
	v := &view{frame: f, of: make([]choice, len(t.labels)), cost: t.prior(f), careful: careful}
	if f.nested {
		t.lookNested(v)
	} else {
		t.lookFlat(v)
	}
	return v
}

// lookFlat reads the table as one list.
func (t *listing) lookFlat(v *view) {
	size := log2(t.atlas.size(v.era, v.root, v.level))
	root := t.atlas.maps[v.era].Unit(v.root)
	for i, found := range t.found {
		c := choice{most: 1000, pool: v.root}
		best, self := 0, -1
		for k, cand := range found {
			u := &t.atlas.units[cand.unit]
			switch {
			case !t.lies(v.frame, u):
				if u.Unit == root && cand.typed != differs {
					self = k
				}
			case len(c.several) == 0 || cand.bits() < best:
				best, c.several = cand.bits(), append(c.several[:0], cand)
			case cand.bits() == best:
				c.several = append(c.several, cand)
			}
		}
		cost := size + best
		if len(c.several) == 0 && self >= 0 {
			c.several, cost = append(c.several, found[self]), ownName+found[self].bits()
		}
		v.put(t, i, c, cost)
	}
}

// put keeps what a label is, and counts it.
func (v *view) put(t *listing, i int, c choice, cost int) {
	if len(c.several) == 1 {
		c.found, c.ok = c.several[0], true
	}
	v.of[i] = c
	switch {
	case !t.first[i] || !t.counts(i):
	case len(c.several) > 0:
		v.cost += cost
		v.hits++
	default:
		v.cost += t.missCost(i)
	}
}

// missCost is the cost of spelling a label out.
func (t *listing) missCost(i int) int {
	if t.labels[i].says() && len(t.found[i]) > 0 {
		return miss + typedMiss
	}
	return miss
}

// counts reports whether a label bears on what the table is a list of: it is a
// place, or may be one.
func (t *listing) counts(i int) bool {
	l := t.labels[i]
	return l.key != "" && (len(t.found[i]) > 0 || !l.total && !l.office && l.group == "")
}
