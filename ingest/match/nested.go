package match

import (
	"slices"

	"tonghop/report/country"
)

// section is where in a nested list a reader is.
type section struct {
	province, district string // codes of the rows read last, "" before the first
	lost               bool   // a row since then was not understood, and may have begun another section
}

// option is what a label may be in a nested list.
type option struct {
	candidate
	cost   int
	astray bool
}

// lookNested reads the table as rows under rows.
func (t *listing) lookNested(v *view) {
	at := section{province: v.root}
	for i := range t.labels {
		c := choice{most: at.most(), pool: at.pool()}
		options := t.options(v, at, i)
		if len(options) > 1 && t.near(options) {
			options = t.byNext(v, at, i, options)
		}
		for _, o := range options {
			c.several = append(c.several, o.candidate)
		}
		cost := 0
		if len(options) > 0 {
			cost = options[0].cost
		}
		if len(options) == 1 {
			u := t.atlas.units[options[0].unit].Unit
			c.most = t.trust(at, i, options[0])
			c.shared = options[0].typed == unsaid && t.otherLevel(i, t.atlas.units[options[0].unit])
			if c.shared {
				c.most = min(c.most, 880)
			}
			at = at.after(u)
			if options[0].astray { // another section has begun, and its row was not there
				at.district, at.lost = u.Parent, true
			}
		} else if t.counts(i) || t.labels[i].number {
			at = t.afterSlip(v, at, i)
		}
		v.put(t, i, c, cost)
	}
	if v.careful {
		t.settlePairs(v)
		t.doubtNamesakes(v)
	}
}

// pool is where the units lie that may come next.
func (s section) pool() string {
	if s.district != "" {
		return s.district
	}
	return s.province
}

// most is the confidence that a slip of the pen may have here at most.
func (s section) most() int {
	if s.lost {
		return 800
	}
	return 1000
}

// after is where a reader is after a row.
func (s section) after(u *country.Unit) section {
	switch u.Level {
	case country.Province:
		return section{province: u.Code}
	case country.District:
		return section{province: u.Province, district: u.Code}
	}
	return s
}

// options gives the likeliest units of a label: those as likely as the likeliest,
// and those of other levels that are within three bits of it.
func (t *listing) options(v *view, at section, i int) []option {
	var all []option
	best := 0
	for _, cand := range t.found[i] {
		u := &t.atlas.units[cand.unit]
		if !t.lies(v.frame, u) {
			continue
		}
		cost, astray, ok := t.step(v, at, u)
		if !ok {
			continue
		}
		o := option{cand, cost + cand.bits(), astray}
		if len(all) == 0 || o.cost < best {
			best = o.cost
		}
		all = append(all, o)
	}
	var out []option
	for _, o := range all {
		switch {
		case o.cost == best:
			out = append([]option{o}, out...)
		case o.cost <= best+3*bit:
			out = append(out, o)
		}
	}
	level := func(o option) country.Level { return t.atlas.units[o.unit].Level }
	return slices.DeleteFunc(out, func(o option) bool { return o.cost > best && level(o) == level(out[0]) })
}

// step is what it costs to come to a unit from where the reader is; false when
// that cannot be.
func (t *listing) step(v *view, at section, u *mapped) (cost int, astray, ok bool) {
	size := func(root string, level country.Level) int { return change + log2(t.atlas.size(v.era, root, level)) }
	switch u.Level {
	case country.Province:
		return size("", u.Level), false, u.Code != at.province || v.root != "" && at.district == ""
	case country.District:
		return size(u.Province, u.Level), false, u.Province == at.province && u.Code != at.district
	}
	switch {
	case u.Parent == at.pool():
		return size(u.Parent, u.Level), false, true
	case u.Province != at.province:
		return 0, false, false
	case at.district == "":
		return size(u.Province, u.Level), false, true
	}
	return strayed + size(u.Province, u.Level), true, true
}

// afterSlip is where a reader is after a row that is nothing on the list: lost,
// unless it is clear from what unit its words slipped.
func (t *listing) afterSlip(v *view, at section, i int) section {
	if v.careful && len(t.found[i]) == 0 {
		if slips := t.slips(v, at.pool(), i); unmistakable(slips) && slips[0].far == 1 {
			return at.after(t.atlas.units[slips[0].unit].Unit)
		}
	}
	at.lost = true
	return at
}

// near reports whether the options are of several levels.
func (t *listing) near(options []option) bool {
	for _, o := range options[1:] {
		if t.atlas.units[o.unit].Level != t.atlas.units[options[0].unit].Level {
			return true
		}
	}
	return false
}

// byNext decides between a row that begins a section and one that lies in the
// section begun, by what comes after it.
func (t *listing) byNext(v *view, at section, i int, options []option) []option {
	for _, right := range []bool{true, false} { // right below, or at least in it
		var follow []option
		for _, o := range options {
			if t.goesOn(v, at.after(t.atlas.units[o.unit].Unit), i, right) {
				follow = append(follow, o)
			}
		}
		if len(follow) == 1 {
			return follow
		}
	}
	return options
}

// goesOn reports whether the row after row i can be where the reader is then:
// it is in the section, or begins one; or, where that is asked, it lies right
// below the unit whose section it is. After the last row it can.
func (t *listing) goesOn(v *view, at section, i int, right bool) bool {
	next := i + 1
	for next < len(t.labels) && !t.counts(next) {
		next++
	}
	return next >= len(t.labels) || slices.ContainsFunc(t.options(v, at, next), func(o option) bool {
		return !o.astray && (!right || t.atlas.units[o.unit].Parent == at.pool())
	})
}

// trust is the confidence that the place of a row in the list leaves. Asked is
// for a commune that lies elsewhere than in the section it stands in, and for
// one that has a namesake in the province when the section is not known for
// sure.
func (t *listing) trust(at section, i int, o option) int {
	u := t.atlas.units[o.unit]
	if u.Level != country.Commune {
		return 1000
	}
	namesakes := t.namesakes(i, u)
	switch {
	case namesakes > 1 && (o.astray || at.lost):
		return 800
	case o.astray && !at.lost:
		return 850
	case o.astray || at.lost:
		return 930
	}
	return 1000
}

// namesakes counts the communes of a province that a label may mean, u among
// them.
func (t *listing) namesakes(i int, u mapped) int {
	n := 0
	for _, cand := range t.found[i] {
		if c := &t.atlas.units[cand.unit]; c.Level == country.Commune && c.Province == u.Province && c.on&u.on != 0 {
			n++
		}
	}
	return n
}

// otherLevel reports whether a label may mean a unit of the province that is of
// another level than u.
func (t *listing) otherLevel(i int, u mapped) bool {
	return slices.ContainsFunc(t.found[i], func(c candidate) bool {
		o := &t.atlas.units[c.unit]
		return o.Level != u.Level && o.Province == u.Province && o.on&u.on != 0
	})
}
