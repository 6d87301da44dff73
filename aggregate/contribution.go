package aggregate

import (
	"cmp"
	"slices"

	"tonghop/report"
)

// leaf is one value of one agency about a unit at a place: what all totals are
// made of.
type leaf struct {
	indicator int32
	place     int32
	unit      int32
	agency    int32
	value     report.Value
	mark      report.Mark  // of a computed value that came to nothing: undefined, overflow
	source    *report.Fact // nil for a value computed from others of the same unit and place
	adjusted  bool         // changed by the coordinator's hand
}

// contribution is what one submission puts into a cube.
type contribution struct {
	agency     int32
	nothing    bool // a nil report: "không phát sinh"
	submission *report.Submission
	file       string        // name of the file it was read from
	leaves     []leaf        // by indicator, place, unit
	start      []int32       // where each indicator begins; one more for the end
	outside    []report.Fact // not counted: the definition does not ask them of this agency
}

// contribute reads a submission in the light of a request.
func (f *frame) contribute(agency int32, r *report.Return, s *report.Submission) *contribution {
	facts := s.Figures()
	c := &contribution{agency: agency, nothing: s.Draft.Nil, submission: s, file: fileOf(r, s), leaves: make([]leaf, 0, len(facts))}
	adjusted := adjustedFacts(s)
	for i := range facts {
		fact := &facts[i]
		at := f.position(fact.Indicator)
		if at < 0 || !f.plans[at].asks[agency] {
			c.outside = append(c.outside, *fact)
			continue
		}
		if fact.Value.Kind == report.Missing {
			continue // says nothing: the same as no fact (law 8)
		}
		_, touched := adjusted[factKey{fact.Unit, fact.Place, fact.Indicator}]
		c.leaves = append(c.leaves, leaf{
			indicator: at, place: f.place(fact.Place), unit: f.unit(fact.Unit), agency: agency,
			value: fact.Value, source: fact, adjusted: touched,
		})
	}
	if len(adjusted) > 0 {
		c.leaves = f.freed(c.leaves)
	}
	c.leaves = append(c.leaves, f.computeLeaves(c.leaves, agency)...)
	f.order(c)
	return c
}

// fileOf gives the name under which the file of a submission came first.
func fileOf(r *report.Return, s *report.Submission) string {
	if a := r.Attempt(s.Upload); a != nil {
		return a.Received.Name
	}
	return ""
}

type factKey struct{ unit, place, indicator string }

func adjustedFacts(s *report.Submission) map[factKey]struct{} {
	if len(s.Adjustments) == 0 {
		return nil
	}
	out := make(map[factKey]struct{}, len(s.Adjustments))
	for _, a := range s.Adjustments {
		out[factKey{a.Unit, a.Place, a.Indicator}] = struct{}{}
	}
	return out
}

// order sorts the leaves and notes where each indicator begins.
func (f *frame) order(c *contribution) {
	slices.SortFunc(c.leaves, f.compareLeaves)
	c.start = make([]int32, len(f.plans)+1)
	for _, l := range c.leaves {
		c.start[l.indicator+1]++
	}
	for i := range f.plans {
		c.start[i+1] += c.start[i]
	}
}

// compareLeaves orders the leaves of an agency: indicator, place, unit.
func (f *frame) compareLeaves(a, b leaf) int {
	return cmp.Or(cmp.Compare(a.indicator, b.indicator), f.comparePlaces(a.place, b.place), f.compareUnits(a.unit, b.unit))
}

// of gives the leaves of an indicator, by place, then unit.
func (c *contribution) of(indicator int32) []leaf {
	return c.leaves[c.start[indicator]:c.start[indicator+1]]
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
