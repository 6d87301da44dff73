package aggregate

import (
	"cmp"
	"slices"

	"tonghop/report"
	"tonghop/report/decimal"
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

// tally is what is in a cell. It only counts and adds, so that what was put in
// can be taken out again exactly.
type tally struct {
	sum      decimal.Sum
	figures  int32              // leaves with a number, words, or a yes or no
	agencies int32              // agencies that have such a leaf here
	said     [len(voices)]int32 // leaves that give a reason instead, by voice
}

// voices are the reasons a leaf can give for having no figure, the one that
// weighs most first: that is the one a cell of several shows.
var voices = [...]report.Mark{
	report.MarkOverflow, report.MarkNotCollected, report.MarkUndefined, report.MarkNil, report.MarkNotApplicable,
}

// entry is the tally of one indicator on a shelf.
type entry struct {
	indicator int32
	tally
}

// shelf holds the tallies of a spot, by indicator.
type shelf struct{ entries []entry }

// cube holds the figures of one request in one layer: the contribution of each
// agency, and the tallies of every cell that can be asked for without a filter.
type cube struct {
	*frame
	parts   []*contribution // by roster position; nil where none counts
	byUnit  bool            // tallies for units as well
	only    []bool          // agencies it is about, by roster position; nil: all
	shelves map[spot]*shelf
	heard   []int32 // by indicator: agencies heard that are asked for it
	nothing []int32 // by indicator: of these, those with a nil report
	asked   []int32 // by indicator: agencies asked
}

func newCube(f *frame) *cube {
	c := &cube{
		frame:   f,
		parts:   make([]*contribution, len(f.request.Agencies)),
		shelves: map[spot]*shelf{},
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

// count adds a contribution to every cell it belongs to, or with sign -1 takes
// it out.
func (c *cube) count(part *contribution, sign int32) {
	for i := range c.plans {
		if !c.plans[i].asks[part.agency] {
			continue
		}
		c.heard[i] += sign
		if part.nothing {
			c.nothing[i] += sign
		}
	}
	stacks := map[spotOf][]pair{}
	for i := range part.leaves {
		l := &part.leaves[i]
		c.countIn(c.stack(stacks, part.agency, all, l.place), l, sign)
		if c.byUnit {
			c.countIn(c.stack(stacks, part.agency, l.unit, l.place), l, sign)
		}
	}
}

// pair is the shelves of a spot: of one agency, and of all of them.
type pair struct{ own, total *shelf }

// stack gives the shelves a leaf is counted on: the place itself, the place and
// the places above it with all that lies below them, and all places. Stacks that
// were looked up are kept in stacks.
func (c *cube) stack(stacks map[spotOf][]pair, agency, unit, place int32) []pair {
	key := spotOf{unit, place}
	if known, ok := stacks[key]; ok {
		return known
	}
	var out []pair
	for s := range c.spotsOf(agency, unit, place) {
		own := c.shelf(s)
		s.agency = all
		out = append(out, pair{own, c.shelf(s)})
	}
	stacks[key] = out
	return out
}

// spotsOf gives the spots of an agency in which a leaf at a place is counted.
func (c *cube) spotsOf(agency, unit, place int32) func(yield func(spot) bool) {
	return func(yield func(spot) bool) {
		s := spot{agency: agency, unit: unit, place: place}
		if !yield(s) {
			return
		}
		s.below = true
		if !yield(s) {
			return
		}
		for _, s.place = range c.places[place].above {
			if !yield(s) {
				return
			}
		}
		yield(spot{agency: agency, unit: unit, place: all})
	}
}

// countIn counts a leaf on its shelves.
func (c *cube) countIn(stack []pair, l *leaf, sign int32) {
	for _, p := range stack {
		own := p.own.tally(l.indicator)
		before := min(own.figures, 1)
		own.count(l, sign)
		own.agencies = min(own.figures, 1)
		total := p.total.tally(l.indicator)
		total.count(l, sign)
		total.agencies += own.agencies - before
	}
}

// count adds a leaf to a tally, or takes it out.
func (t *tally) count(l *leaf, sign int32) {
	if i := slices.Index(voices[:], l.voice()); i >= 0 {
		t.said[i] += sign
		return
	}
	t.figures += sign
	switch {
	case l.value.Kind != report.Number:
	case sign > 0:
		t.sum.Add(l.value.Num)
	default:
		t.sum.Sub(l.value.Num)
	}
}

// voice gives the reason a leaf has no figure for; none when it has one.
func (l *leaf) voice() report.Mark {
	if l.mark != report.MarkNone {
		return l.mark
	}
	switch l.value.Kind {
	case report.Nil:
		return report.MarkNil
	case report.NotCollected:
		return report.MarkNotCollected
	case report.NotApplicable:
		return report.MarkNotApplicable
	}
	return report.MarkNone
}

// empty reports whether nothing is left in a tally.
func (t *tally) empty() bool { return t.figures == 0 && t.said == [len(voices)]int32{} }

func (c *cube) shelf(at spot) *shelf {
	s := c.shelves[at]
	if s == nil {
		s = &shelf{}
		c.shelves[at] = s
	}
	return s
}

// tally finds the tally of an indicator, and makes one where there is none.
func (s *shelf) tally(indicator int32) *tally {
	at, found := s.find(indicator)
	if !found {
		s.entries = slices.Insert(s.entries, at, entry{indicator: indicator})
	}
	return &s.entries[at].tally
}

func (s *shelf) find(indicator int32) (int, bool) {
	// They stand in order, each once: up to the first that is left out, each
	// stands at its own number.
	if at := int(indicator); at < len(s.entries) && s.entries[at].indicator == indicator {
		return at, true
	}
	return slices.BinarySearchFunc(s.entries, indicator, func(e entry, i int32) int { return cmp.Compare(e.indicator, i) })
}

// sweep clears away the tallies that a contribution taken out left empty: a cube
// looks as if what was taken out had never been there (law 2).
func (c *cube) sweep(part *contribution) {
	seen := map[spotOf]struct{}{}
	for i := range part.leaves {
		l := &part.leaves[i]
		for _, unit := range [...]int32{all, l.unit} {
			if _, done := seen[spotOf{unit, l.place}]; done {
				continue
			}
			seen[spotOf{unit, l.place}] = struct{}{}
			for s := range c.spotsOf(part.agency, unit, l.place) {
				c.sweepSpot(s)
				s.agency = all
				c.sweepSpot(s)
			}
		}
	}
}

func (c *cube) sweepSpot(at spot) {
	s := c.shelves[at]
	if s == nil {
		return
	}
	s.entries = slices.DeleteFunc(s.entries, func(e entry) bool { return e.empty() })
	if len(s.entries) == 0 {
		delete(c.shelves, at)
	}
}

// look gives the tally of a cell; false when nothing is in it.
func (c *cube) look(at spot, indicator int32) (*tally, bool) {
	s := c.shelves[at]
	if s == nil {
		return nil, false
	}
	i, found := s.find(indicator)
	if !found {
		return nil, false
	}
	return &s.entries[i].tally, true
}
