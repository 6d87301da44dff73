package aggregate

import (
	"cmp"
	"slices"

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
	c := &contribution{agency: agency, nothing: s.Draft.Nil, submission: s, file: fileOf(r, s), facts: s.Figures()}
	c.leaves = make([]leaf, 0, c.facts.Len())
	f.readLeaves(c)
	for _, a := range s.Adjustments {
		if at, found := c.facts.Find(a.Unit, a.Place, a.Indicator); found {
			c.adjusted = append(c.adjusted, int32(at))
		}
	}
	if len(c.adjusted) > 0 {
		slices.Sort(c.adjusted)
		f.free(c)
	}
	f.computeLeaves(c)
	f.order(c)
	return c
}

// readLeaves makes the leaves of what is asked of the agency.
func (f *frame) readLeaves(c *contribution) {
	var here site
	var lastUnit, lastPlace string
	for i := range c.facts.Len() {
		unit, place, indicator := c.facts.Key(i)
		at := f.position(indicator)
		if at < 0 || !f.plans[at].asks[c.agency] {
			c.outside = append(c.outside, int32(i))
			continue
		}
		if c.facts.Kind(i) == report.Missing {
			continue // says nothing: the same as no fact (law 8)
		}
		if len(c.leaves) == 0 || unit != lastUnit || place != lastPlace { // facts of a site stand together
			here, lastUnit, lastPlace = site{f.unit(unit), f.place(place)}, unit, place
		}
		c.leaves = append(c.leaves, leaf{at, here, int32(i)})
	}
}

// fileOf gives the name under which the file of a submission came first.
func fileOf(r *report.Return, s *report.Submission) string {
	if a := r.Attempt(s.Upload); a != nil {
		return a.Received.Name
	}
	return ""
}

// order sorts the leaves and notes where each indicator begins.
func (f *frame) order(c *contribution) {
	slices.SortFunc(c.leaves, f.compareLeaves)
	c.start = make([]int32, len(f.plans)+1)
	for i := range c.leaves {
		c.start[c.leaves[i].indicator+1]++
	}
	for i := range f.plans {
		c.start[i+1] += c.start[i]
	}
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

// share gives what a leaf adds to a tally.
func (c *contribution) share(l *leaf) share {
	if !l.stated() {
		s := &c.computed[^l.says]
		return share{num: s.value.Num, voice: s.voice()}
	}
	kind := c.facts.Kind(int(l.says))
	if kind == report.Number {
		return share{num: c.facts.Number(int(l.says))}
	}
	return share{voice: voiceOf(kind)}
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
