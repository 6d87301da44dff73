package aggregate

import (
	"slices"

	"tonghop/report"
)

// spot names a cell but for its indicator. An axis that is summed over is [all].
type spot struct {
	agency int32 // roster position
	unit   int32 // all, but in a cube made for units
	place  int32 //
	below  bool  // the place with all that lies below it
}

// everything is the spot of the grand total.
var everything = spot{agency: all, unit: all, place: all}

// cube holds the figures of one request in one layer: the contribution of each
// agency, and the tallies of every total over agencies that can be asked for
// without a filter. What an agency has at a spot is no total: it is added up
// from its contribution when asked, see own.go. So what a cube holds grows with
// the places and indicators, and with the agencies by their leaves alone.
type cube struct {
	*frame
	parts   []*contribution   // by roster position; nil where none counts
	only    []bool            // agencies it is about, by roster position; nil: all
	pivot   *pivot            // the rows it has tallies for; nil: those of every total but by unit
	shelves map[spot]*shelf   // of spots of all agencies
	across  [][]*shelf        // where a leaf is counted, by place
	stacks  map[site][]*shelf // likewise, where units stay apart
	latest  struct {          // of these the one looked up last
		site
		stack []*shelf
	}
	visits  uint64  // contributions counted so far
	heard   []int32 // by indicator: agencies heard that are asked for it
	nothing []int32 // by indicator: of these, those with a nil report
	asked   []int32 // by indicator: agencies asked
}

func newCube(f *frame) *cube {
	c := &cube{
		frame:   f,
		parts:   make([]*contribution, len(f.request.Agencies)),
		shelves: map[spot]*shelf{},
		stacks:  map[site][]*shelf{},
		heard:   make([]int32, len(f.plans)),
		nothing: make([]int32, len(f.plans)),
		asked:   make([]int32, len(f.plans)),
	}
	for i := range f.plans {
		c.asked[i] = int32(f.plans[i].asked)
	}
	return c
}

// counts reports whether the cube is about an agency.
func (c *cube) counts(agency int32) bool { return c.only == nil || c.only[agency] }

// replace makes a contribution the one that counts for an agency; nil when none
// does. What the one before it put in is taken out exactly.
func (c *cube) replace(agency int32, part *contribution) {
	old := c.parts[agency]
	c.parts[agency] = nil
	if old != nil {
		c.count(old, -1)
	}
	if part != nil {
		c.put(part)
	}
	if old != nil {
		c.sweep(old)
	}
}

// put adds a contribution of an agency that has none in the cube.
func (c *cube) put(part *contribution) {
	c.parts[part.agency] = part
	c.count(part, +1)
}

// count adds a contribution to every total it belongs to, or with sign -1 takes
// it out.
func (c *cube) count(part *contribution, sign int32) {
	for i := range c.plans {
		if !c.plans[i].asks[part.agency] || !part.isHeard(int32(i)) {
			continue
		}
		c.heard[i] += sign
		if part.isNothing(int32(i)) {
			c.nothing[i] += sign
		}
	}
	c.visits++
	for i := range c.plans {
		if !c.tallies(int32(i)) {
			continue
		}
		leaves := part.of(int32(i))
		for k := range leaves {
			l := &leaves[k]
			stack := c.stackOf(l)
			if len(stack) == 0 {
				continue
			}
			s := part.share(l, sign)
			c.countIn(stack, l.indicator, &s)
		}
	}
}

// countIn counts a leaf on its shelves. An agency counts once in a cell, however
// many of its leaves are there: the first of a visit moves the number of
// agencies.
func (c *cube) countIn(stack []*shelf, indicator int32, s *share) {
	for _, shelf := range stack {
		t := shelf.tally(indicator)
		t.count(s)
		if s.voice == report.MarkNone && t.visit != c.visits {
			t.visit = c.visits
			t.agencies += s.sign
		}
	}
}

// stackOf gives the shelves a leaf is counted on, made where they are not there
// yet. They are looked up once for all leaves of a place, and of a unit where
// units stay apart.
func (c *cube) stackOf(l *leaf) []*shelf {
	if c.pivot == nil || !c.pivot.by.unit {
		if int(l.place) >= len(c.across) {
			c.across = slices.Grow(c.across, len(c.places))[:len(c.places)]
		}
		out := c.across[l.place]
		if out == nil {
			out = c.stack(all, l.place)
			c.across[l.place] = out
		}
		return out
	}
	key := l.site
	if !c.pivot.by.place {
		key.place = all
	}
	if key == c.latest.site && c.latest.stack != nil { // most reports are about one unit
		return c.latest.stack
	}
	out := c.stacks[key]
	if out == nil {
		out = c.stack(l.unit, l.place)
		c.stacks[key] = out
	}
	c.latest.site, c.latest.stack = key, out
	return out
}

// stack gives the shelves of a unit and place, never nil.
func (c *cube) stack(unit, place int32) []*shelf {
	out := []*shelf{}
	for at := range c.spotsOf(unit, place) {
		out = append(out, c.shelf(at))
	}
	return out
}

// spotsOf gives the spots of all agencies in which a leaf at a place is counted:
// the place itself, the place and the places above it with all that lies below
// them, and all places; of these the ones in the table.
func (c *cube) spotsOf(unit, place int32) func(yield func(spot) bool) {
	return func(yield func(spot) bool) {
		give := func(at spot) bool { return !c.isShown(at) || yield(at) }
		s := spot{agency: all, unit: unit, place: place}
		if !give(s) {
			return
		}
		s.below = true
		if !give(s) {
			return
		}
		for _, s.place = range c.places[place].above {
			if !give(s) {
				return
			}
		}
		give(spot{agency: all, unit: unit, place: all})
	}
}

func (c *cube) shelf(at spot) *shelf {
	s := c.shelves[at]
	if s == nil {
		s = &shelf{}
		c.shelves[at] = s
	}
	return s
}

// sweep clears away the tallies that a contribution taken out left empty: a cube
// looks as if what was taken out had never been there (law 2).
func (c *cube) sweep(part *contribution) {
	seen := map[int32]struct{}{}
	for i := range part.leaves {
		l := &part.leaves[i]
		if _, done := seen[l.place]; done {
			continue
		}
		seen[l.place] = struct{}{}
		for at := range c.spotsOf(all, l.place) {
			c.sweepSpot(at)
		}
	}
}

func (c *cube) sweepSpot(at spot) {
	s := c.shelves[at]
	if s == nil {
		return
	}
	s.entries = slices.DeleteFunc(s.entries, func(e entry) bool { return e.size() == 0 })
	if len(s.entries) == 0 {
		delete(c.shelves, at)
		clear(c.across) // they may hold the shelf
	}
}

// look gives the tally of a cell: empty when nothing is in it.
func (c *cube) look(at spot, indicator int32) tally {
	if at.agency != all {
		return c.own(at, indicator)
	}
	if !c.isShown(at) || !c.tallies(indicator) {
		return c.addUp(at, indicator)
	}
	s := c.shelves[at]
	if s == nil {
		return tally{}
	}
	i, found := s.find(indicator)
	if !found {
		return tally{}
	}
	return s.entries[i].tally
}

// isEmpty reports whether a cell has no leaf.
func (c *cube) isEmpty(at spot, indicator int32) bool {
	if at.agency != all {
		return !c.ownHas(at, indicator, false)
	}
	if !c.isShown(at) || !c.tallies(indicator) {
		return len(c.leavesAt(at, indicator)) == 0
	}
	s := c.shelves[at]
	if s == nil {
		return true
	}
	_, found := s.find(indicator)
	return !found
}

// isBare reports whether a spot has no leaf of any indicator.
func (c *cube) isBare(at spot) bool {
	if at.agency == all && at.unit == all && c.pivot == nil {
		return c.shelves[at] == nil
	}
	for i := range c.plans {
		if !c.isEmpty(at, int32(i)) {
			return false
		}
	}
	return true
}
