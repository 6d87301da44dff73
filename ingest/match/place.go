package match

import (
	"slices"

	"tonghop/ingest/viet"
	"tonghop/report/calendar"
	"tonghop/report/country"
)

// Sure is the confidence, per mille, from which on a name is taken for what it
// was found to be. Below it the agency is asked: one wrong figure in a total
// costs more than many questions (ADR 0026).
const Sure = 900

// Place is what a label of a table was found to be.
type Place struct {
	Code        string // "" when nothing was found; a code is of one map only, see From and Until
	Name        string // with its type, as in the register; of a group its name
	Level       string // province, district or commune
	Province    string // code of the province it lies in
	From, Until calendar.Date
	Confidence  int // per mille; from [Sure] on there is no other reading that fits the table
	How         How
	RunnerUp    Choice   // the likeliest other, with code "" when there is none
	Choices     []Choice // when it is not sure: what it may be, likeliest first, five at most

	unit int32 // index in the atlas, where there is a code
}

// Choice is one of several units that a text may mean.
type Choice struct {
	Code, Name string
	Level      string
	Within     string // full name of the unit above, to tell namesakes apart
	Until      calendar.Date
	Confidence int // per mille
}

// Sure reports whether the label stands for the unit without asking.
func (p Place) Sure() bool { return p.Code != "" && p.Confidence >= Sure }

// Places says which place each label of a table is: of its rows or of its
// columns, all of them, in their order, totals and notes included. What the
// table is a list of (provinces, the districts of one, the communes of one
// district, communes under rows of districts) is decided by all labels
// together; context, which is the words of titles and the name of the sheet,
// weighs in. On a day only what existed then is sure; with the zero day it is
// decided as well, and units of different days that share a name are asked
// about.
//
// The answer has one place for each label.
func Places(labels, context []string, on calendar.Date) []Place {
	t := newListing(labels, context, on)
	r := &ruling{listing: t, views: t.views()}
	if v := r.views[0]; v.nested {
		r.views[0] = t.look(v.frame, true)
	}
	r.main = r.views[0]
	r.count()
	r.district = r.mainDistrict()
	if !on.IsZero() {
		r.otherDay = r.cheaperOn(t.otherDays())
	}
	out := make([]Place, len(labels))
	for i := range labels {
		out[i] = r.place(i)
	}
	r.crowded(out)
	r.nearly(out)
	r.twice(out)
	for i := range out {
		r.finish(i, &out[i])
	}
	return out
}

// ruling is the reading of a table that was chosen, beside the others.
type ruling struct {
	*listing
	views []*view // cheapest first
	main  *view
	words int // different labels that may be places
	named int // of these, that name a unit in full

	district string // in which most communes of the list lie

	otherDay *view // the table as a list of another day, which it fits far better; nil when it does not
}

// cheaperOn gives the best view of the table on other days, nil when it is not
// better by far: after July 2025 the names of the old districts are those of
// communes, and an office that goes on listing its twelve districts does not
// mean these.
func (r *ruling) cheaperOn(days *listing) *view {
	if v := days.views()[0]; v.hits > 0 && v.cost+12*bit <= r.main.cost {
		return v
	}
	return nil
}

// place decides on one label.
func (r *ruling) place(i int) Place {
	c := r.main.of[i]
	switch {
	case r.placed[i] && len(r.found[i]) == 1:
		return r.say(r.found[i][0], min(r.worth(r.found[i][0]), 960), i)
	case c.ok:
		sure := min(r.worth(c.found), c.most, r.margin(i))
		if len(r.labels[i].within) > 0 && !r.placed[i] {
			sure = min(sure, 850) // it lies in something else than it says
		}
		if r.otherDay != nil && !r.same(r.otherDay.of[i], c) {
			sure = min(sure, 850)
		}
		if r.outside(c) {
			sure = min(sure, 880)
		}
		if r.namesakeOfRoot(i, c) || 2*r.main.hits < r.words {
			sure = min(sure, 880) // a list of which most is not understood is another list
		}
		return r.scattered(r.say(c.found, sure, i), c.found, i)
	case len(c.several) > 0:
		return Place{How: Ambiguous}
	}
	return r.alone(i)
}

// worth is the confidence that spelling and level leave.
func (r *ruling) worth(c candidate) int {
	switch sure := spelling[c.spelt].sure; c.typed {
	case unsaid:
		return min(sure, 990)
	case differs:
		return min(sure, 880) // a town that became a city, or another unit of that name
	default:
		return sure
	}
}

// margin is the confidence that other readings of the table leave: full when
// each that has something else for the label is dearer by twelve bits, a factor
// of four thousand. Where the day is not known, a reading on another map has to
// be dearer by far more: offices choose what they list.
func (r *ruling) margin(i int) int {
	const enough, enoughOtherDay = 12 * bit, 32 * bit
	sure := 1000
	for _, v := range r.views {
		if v == r.main || r.same(v.of[i], r.main.of[i]) {
			continue
		}
		need := enough
		if v.hits > 0 && r.districts(v) != r.districts(r.main) {
			need = enoughOtherDay
		}
		if gap := v.cost - r.main.cost; gap < need {
			sure = min(sure, 500+399*gap/need)
		}
	}
	return sure
}

// districts reports whether a view is of a map with districts: those without
// have other codes.
func (r *ruling) districts(v *view) bool {
	return r.atlas.size(v.era, "", country.District) > 0
}

// same reports whether two views have the same code for a label.
func (r *ruling) same(a, b choice) bool {
	return a.ok && b.ok && r.atlas.units[a.found.unit].Code == r.atlas.units[b.found.unit].Code
}

// namesakeOfRoot reports whether a label is as well the name of what the list is
// of: "Hải Dương" over the districts of Hải Dương is the total or the city. It
// is the city where the rest of the list is there too, and no total is.
func (r *ruling) namesakeOfRoot(i int, c choice) bool {
	root := r.atlas.maps[r.main.era].Unit(r.main.root)
	u := &r.atlas.units[c.found.unit]
	switch {
	case r.main.nested || root == nil || c.found.typed == fits:
		return false
	case u.Unit == root, u.Level == country.Commune && u.Parent != root.Code: // the rows of the districts may be among them
		return r.otherLevel(i, *u)
	case viet.Plain(u.Name) != viet.Plain(root.Name):
		return false
	}
	return r.main.hits*5 < r.atlas.size(r.main.era, r.main.root, r.main.level)*4
}

// mainDistrict gives the district of which most communes of a list of a whole
// province are, "" when there is none.
func (r *ruling) mainDistrict() string {
	if r.main.nested || r.main.level != country.Commune || len(r.main.root) != 2 {
		return ""
	}
	n, most := map[string]int{}, ""
	for i, c := range r.main.of {
		if c.ok && r.first[i] {
			parent := r.atlas.units[c.found.unit].Parent
			if n[parent]++; n[parent]*5 > r.main.hits*3 {
				most = parent
			}
		}
	}
	if most == r.main.root { // there are no districts
		return ""
	}
	return most
}

// outside reports whether a commune lies outside the district that the list is of
// but for a few: then it may as well lie in another province.
func (r *ruling) outside(c choice) bool {
	return r.district != "" && r.atlas.units[c.found.unit].Parent != r.district
}

// scattered raises the confidence in a unit named in full whose name no other
// unit of the country has, on a table that is a list of such units from here and
// there, most of them well written.
func (r *ruling) scattered(p Place, c candidate, i int) Place {
	if p.Sure() || c.typed != fits || c.spelt != exactly || len(r.found[i]) > 1 || len(r.eras) > 1 || len(r.labels[i].within) > 0 || 2*r.main.hits >= r.words {
		return p
	}
	if r.named*5 >= r.words*4 {
		p.Confidence = 910
	}
	return p
}

// alone decides on a label that is not on the list that the table is.
func (r *ruling) alone(i int) Place {
	l := r.labels[i]
	if l.key == "" {
		return Place{}
	}
	if len(r.found[i]) == 1 && (r.main.hits == 0 || r.found[i][0].typed == fits && r.found[i][0].spelt == exactly) {
		c := r.found[i][0]
		return r.scattered(r.say(c, 700, i), c, i)
	}
	if l.group != "" && len(r.found[i]) == 0 {
		return Place{Name: l.group, How: Group, Confidence: 1000}
	}
	if p, ok := r.former(i); ok {
		return p
	}
	if len(r.found[i]) > 0 {
		return Place{How: Ambiguous}
	}
	if found := r.atlas.find(l.about, r.mask); len(found) > 0 {
		p := r.say(r.nearestIn(found), 400, i)
		p.How = About
		return p
	}
	return Place{}
}

// former finds a unit that is of another day: where nothing of the day has the
// name, or where it is of the level that the table is a list of, as Hà Tây is
// among provinces.
func (r *ruling) former(i int) (Place, bool) {
	for _, c := range r.atlas.find(r.labels[i].readings, ^r.mask) {
		u := &r.atlas.units[c.unit]
		if len(r.found[i]) == 0 || !r.main.nested && r.main.hits > 0 && u.Level == r.main.level && (r.main.root == "" || u.Province == r.main.root) {
			p := r.say(c, 600, i)
			p.How = Former
			return p, true
		}
	}
	return Place{}, false
}

// count counts the different labels that may be places, and those of them that
// name a unit in full.
func (r *ruling) count() {
	for i := range r.labels {
		if !r.first[i] || !r.counts(i) {
			continue
		}
		r.words++
		if slices.ContainsFunc(r.found[i], func(c candidate) bool { return c.typed == fits && c.spelt == exactly }) {
			r.named++
		}
	}
}

// nearestIn chooses of several units one that lies where the table does.
func (r *ruling) nearestIn(found []candidate) candidate {
	best := found[0]
	for _, c := range found {
		if u := &r.atlas.units[c.unit]; u.Province == r.main.root || u.Parent == r.main.root {
			return c
		}
		if c.bits() < best.bits() {
			best = c
		}
	}
	return best
}

// say makes the answer of a candidate.
func (r *ruling) say(c candidate, sure, i int) Place {
	u := r.atlas.units[c.unit]
	return Place{
		Code: u.Code, Name: u.FullName(), Level: string(u.Level), Province: u.Province, From: u.From, Until: u.Until,
		Confidence: sure, How: how(c, r.labels[i], u), unit: c.unit,
	}
}

// how says by what a candidate was found.
func how(c candidate, l *label, u mapped) How {
	switch c.spelt {
	case byAlias:
		return ByAlias
	case spaced, loosely:
		return BySpelling
	case withoutMark, halfMarked:
		return ByUnmarked
	}
	if c.typed == fits && l.key == nameOf(u.FullName()).key {
		return ByName
	}
	return ByLevel
}
