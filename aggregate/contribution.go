package aggregate

import (
	"cmp"
	"slices"
	"sync"

	"tonghop/report"
)

// contribution is what one submission puts into a cube.
type contribution struct {
	agency     int32
	nothing    bool // a nil report: "không phát sinh"
	submission *report.Submission
	file       string       // name of the file it was read from
	facts      report.Facts // as they count: with the coordinator's adjustments
	adjusted   []int32      // positions of the facts that the coordinator changed
	outside    []int32      // positions of those not counted: the definition does not ask them of this agency
	computed   []saying     // what was worked out from the facts
	leaves     []leaf       // by indicator, place, unit
	start      []int32      // where each indicator begins; one more for the end

	// Of a tiling alone, of which every leaf is computed.
	threads []thread // beside computed: what each was made of
	unheard []int32  // indicators for which the agency was asked, and not heard in the tile that has the say
	nils    []int32  // indicators of which all it was heard for in tiles that have a say is nil reports
}

// contribute reads a submission in the light of a request.
func (f *frame) contribute(agency int32, r *report.Return, s *report.Submission) *contribution {
	d := f.read(agency, r, s)
	f.intern(&d)
	return f.settle(&d)
}

// reading is a contribution on its way: its leaves lie where the facts say, by the
// places and units of their own dictionaries. To read one changes nothing in the
// frame, so that many can be read at once.
type reading struct {
	*contribution
	room          *[]leaf // where the leaves lie meanwhile
	units, places []bool  // of the dictionaries, those that a leaf is about
	unitAt        []int32 // of these the number in the frame
	placeAt       []int32
}

// leafRooms are where leaves lie before they are in order. There are as many as facts,
// and nobody needs them afterwards.
var leafRooms = sync.Pool{New: func() any { return new([]leaf) }}

// read makes the leaves of a submission.
func (f *frame) read(agency int32, r *report.Return, s *report.Submission) reading {
	d := reading{room: leafRooms.Get().(*[]leaf), contribution: &contribution{agency: agency, nothing: s.Draft.Nil, submission: s, file: fileOf(r, s), facts: s.Figures()}}
	f.readLeaves(&d)
	for _, a := range s.Adjustments {
		if at, found := d.facts.Find(a.Unit, a.Place, a.Indicator); found {
			d.adjusted = append(d.adjusted, int32(at))
		}
	}
	if len(d.adjusted) > 0 {
		slices.Sort(d.adjusted)
		f.free(d.contribution)
	}
	f.computeLeaves(d.contribution)
	return d
}

// readLeaves makes the leaves of what is asked of the agency.
func (f *frame) readLeaves(d *reading) {
	columns := d.facts.Columns()
	if columns == nil {
		return
	}
	asked := make([]int32, len(columns.Indicators)) // the position of each, or -1
	for i, code := range columns.Indicators {
		if asked[i] = f.position(code); asked[i] >= 0 && !f.plans[asked[i]].asks[d.agency] {
			asked[i] = -1
		}
	}
	d.units, d.places = make([]bool, len(columns.Units)), make([]bool, len(columns.Places))
	d.leaves = slices.Grow((*d.room)[:0], columns.Count)
	for i := range columns.Count {
		at := asked[columns.Indicator.At(i)]
		if at < 0 {
			d.outside = append(d.outside, int32(i))
			continue
		}
		if d.facts.Kind(i) == report.Missing {
			continue // says nothing: the same as no fact (law 8)
		}
		unit, place := columns.Unit.At(i), columns.Place.At(i)
		d.units[unit], d.places[place] = true, true
		d.leaves = append(d.leaves, leaf{at, site{int32(unit), int32(place)}, int32(i)})
	}
}

// intern gives the units and places that a reading is about their numbers in the
// frame.
func (f *frame) intern(d *reading) {
	d.unitAt, d.placeAt = make([]int32, len(d.units)), make([]int32, len(d.places))
	for i, about := range d.units {
		if about {
			d.unitAt[i] = f.unit(d.facts.Columns().Units[i])
		}
	}
	for i, about := range d.places {
		if about {
			d.placeAt[i] = f.place(d.facts.Columns().Places[i])
		}
	}
}

// settle brings the leaves of a reading to where they lie in the frame.
func (f *frame) settle(d *reading) *contribution {
	for i := range d.leaves {
		at := &d.leaves[i].site
		*at = site{d.unitAt[at.unit], d.placeAt[at.place]}
	}
	*d.room = d.leaves
	f.order(d.contribution)
	leafRooms.Put(d.room)
	return d.contribution
}

// fileOf gives the name under which the file of a submission came first.
func fileOf(r *report.Return, s *report.Submission) string {
	if a := r.Attempt(s.Upload); a != nil {
		return a.Received.Name
	}
	return ""
}

// order sorts the leaves, by indicator, then place, then unit, and notes where each
// indicator begins. Those of a site mostly stand together: it is the sites that are
// sorted, and their leaves are dealt out to the indicators. The sorted ones lie in a
// place of their own.
func (f *frame) order(c *contribution) {
	type run struct {
		site
		from, to int
	}
	var runs []run
	c.start = make([]int32, len(f.plans)+1)
	for i := range c.leaves {
		l := &c.leaves[i]
		c.start[l.indicator+1]++
		if n := len(runs); n == 0 || runs[n-1].site != l.site {
			runs = append(runs, run{l.site, i, i})
		}
		runs[len(runs)-1].to++
	}
	for i := range f.plans {
		c.start[i+1] += c.start[i]
	}
	if slices.IsSortedFunc(c.leaves, f.compareLeaves) {
		c.leaves = slices.Clone(c.leaves)
		return
	}
	slices.SortFunc(runs, func(a, b run) int { return f.compareSites(a.site, b.site) })
	sorted, next := make([]leaf, len(c.leaves)), slices.Clone(c.start)
	for _, r := range runs {
		for _, l := range c.leaves[r.from:r.to] {
			sorted[next[l.indicator]] = l
			next[l.indicator]++
		}
	}
	c.leaves = sorted
}

// compareLeaves orders the leaves of an agency: indicator, place, unit.
func (f *frame) compareLeaves(a, b leaf) int {
	if a.indicator != b.indicator {
		return cmp.Compare(a.indicator, b.indicator)
	}
	return f.compareSites(a.site, b.site)
}

// of gives the leaves of an indicator, by place, then unit.
func (c *contribution) of(indicator int32) []leaf {
	return c.leaves[c.start[indicator]:c.start[indicator+1]]
}

// isHeard reports whether an agency that was heard was so for an indicator.
func (c *contribution) isHeard(indicator int32) bool { return !slices.Contains(c.unheard, indicator) }

// isNothing reports whether what was heard for an indicator is a nil report.
func (c *contribution) isNothing(indicator int32) bool {
	return c.nothing || slices.Contains(c.nils, indicator)
}

// saying gives what a leaf says.
func (c *contribution) saying(l *leaf) saying {
	if l.stated() {
		return saying{value: c.facts.Value(int(l.says))}
	}
	return c.computed[^l.says]
}

// voice gives the reason a leaf has no figure for; none when it has one.
func (c *contribution) voice(l *leaf) report.Mark {
	if l.stated() {
		return voiceOf(c.facts.Kind(int(l.says)))
	}
	return c.computed[^l.says].voice()
}

// share gives what a leaf adds to a tally, or with sign -1 what takes it out.
func (c *contribution) share(l *leaf, sign int32) share {
	out := share{sign: sign}
	if !l.stated() {
		s := &c.computed[^l.says]
		out.of(s.value.Num)
		out.voice = s.voice()
		return out
	}
	kind := c.facts.Kind(int(l.says))
	if kind == report.Number {
		out.of(c.facts.Number(int(l.says)))
	} else {
		out.voice = voiceOf(kind)
	}
	return out
}

// isAdjusted reports whether a leaf was changed by the coordinator's hand.
func (c *contribution) isAdjusted(l *leaf) bool {
	if len(c.adjusted) == 0 {
		return false
	}
	_, found := slices.BinarySearch(c.adjusted, l.says)
	return found
}

// same reports whether a submission of a return would contribute what is here
// already: the same version of the same file, read the same way, with the same
// adjustments. An earlier receipt that comes late from a second journal may give
// the file another name.
func (c *contribution) same(r *report.Return, s *report.Submission) bool {
	if c == nil || s == nil {
		return c == nil && s == nil
	}
	old := c.submission
	return old.ID == s.ID && old.Draft == s.Draft && c.file == fileOf(r, s) && slices.EqualFunc(old.Adjustments, s.Adjustments,
		func(a, b report.Adjustment) bool { return a.ID == b.ID })
}
