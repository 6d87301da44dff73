package aggregate

import (
	"slices"

	"tonghop/report"
)

// What an agency itself has at a spot is added up when it is asked for. An agency
// has a few leaves of an indicator, they lie in order, and there are as many
// such cells as facts: to keep a tally for each would take more memory than the
// facts themselves.

// own gives the tally of a cell of one agency.
func (c *cube) own(at spot, i int32) (t tally) {
	part := c.parts[at.agency]
	leaves := c.within(part, at, i)
	for k := range leaves {
		if l := &leaves[k]; c.holds(at, l) {
			s := part.share(l, +1)
			t.count(&s)
		}
	}
	t.agencies = min(t.figures, 1)
	return t
}

// addUp gives the tally of a cell of all agencies for which the cube keeps none.
func (c *cube) addUp(at spot, i int32) (t tally) {
	for a := range c.parts {
		own := at
		own.agency = int32(a)
		one := c.own(own, i)
		t.merge(&one)
	}
	return t
}

// ownHas reports whether a cell of one agency has a leaf, or with figure one that
// has a figure.
func (c *cube) ownHas(at spot, i int32, figure bool) bool {
	part := c.parts[at.agency]
	leaves := c.within(part, at, i)
	for k := range leaves {
		if l := &leaves[k]; c.holds(at, l) && (!figure || part.voice(l) == report.MarkNone) {
			return true
		}
	}
	return false
}

// within gives the leaves of an indicator among which those at a spot are: the
// run from the first to the last place that lies there. part may be nil.
func (c *cube) within(part *contribution, at spot, i int32) []leaf {
	if part == nil {
		return nil
	}
	leaves := part.of(i)
	if at.place == all || len(leaves) == 0 {
		return leaves
	}
	first, last := at.place, at.place
	if at.below {
		first, last = c.places[at.place].first, c.places[at.place].last
	}
	from, _ := slices.BinarySearchFunc(leaves, first, func(l leaf, p int32) int { return c.comparePlaces(l.place, p) })
	to := from
	for to < len(leaves) && c.comparePlaces(leaves[to].place, last) <= 0 {
		to++
	}
	return leaves[from:to]
}

// holds reports whether a leaf of the agency of a spot, or for the spots of all
// agencies any leaf, lies there.
func (c *cube) holds(at spot, l *leaf) bool {
	switch {
	case at.unit != all && at.unit != l.unit:
		return false
	case at.place == all || at.place == l.place:
		return true
	}
	return at.below && slices.Contains(c.places[l.place].above, at.place)
}

// leavesAt gives the leaves of an indicator at a spot: by agency, place, unit.
func (c *cube) leavesAt(at spot, i int32) []twig {
	var out []twig
	for a, part := range c.parts {
		if at.agency != all && at.agency != int32(a) {
			continue
		}
		leaves := c.within(part, at, i)
		for k := range leaves {
			if l := &leaves[k]; c.holds(at, l) {
				out = append(out, twig{leaf: l, part: part})
			}
		}
	}
	return out
}

// figuresAt gives those of the leaves that have a figure.
func (c *cube) figuresAt(at spot, i int32) []twig {
	return slices.DeleteFunc(c.leavesAt(at, i), func(t twig) bool { return t.voice() != report.MarkNone })
}
