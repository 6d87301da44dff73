package aggregate

import (
	"cmp"
	"slices"

	"tonghop/report"
)

// rows gives the rows of the axes.
func (c *cube) rows(by axes, level string, indicators []int32) []Row {
	spots := c.withSilent(c.spots(by, level, indicators), by)
	most := len(spots) * len(indicators)
	if by.place || by.unit {
		most = min(most, c.size()+len(c.parts)*len(indicators)) // a row has a leaf, or is of someone silent
	}
	if !by.agency {
		return c.rowsOf(spots, indicators, make([]Row, 0, most))
	}
	// What an agency has is added up from its leaves: that is most of the work, and
	// each agency's is its own.
	chunks := slices.Collect(slices.Chunk(spots, spotsOfTask))
	parts := make([][]Row, len(chunks))
	inParallel(len(chunks), func(k int) { parts[k] = c.rowsOf(chunks[k], indicators, nil) })
	return slices.Concat(parts...)
}

// spotsOfTask is how many spots are looked at together: enough to be worth it.
const spotsOfTask = 256

// rowsOf appends the rows of some spots.
func (c *cube) rowsOf(spots []spot, indicators []int32, rows []Row) []Row {
	for _, at := range spots {
		whole := at.place == all && at.unit == all // of an agency or of all: every indicator has a row
		for _, i := range indicators {
			if whole {
				rows = append(rows, c.row(at, i, c.cell(at, i)))
			} else if cell, found := c.cellWithin(at, i); found {
				rows = append(rows, c.row(at, i, cell))
			}
		}
	}
	return rows
}

func (c *cube) row(at spot, i int32, cell report.Cell) Row {
	r := Row{
		Indicator: c.plans[i].Code, Mark: cell.Mark,
		Heard: cell.Heard, Asked: cell.Asked, Given: cell.Given, Value: textOf(cell.Value),
	}
	if at.agency != all {
		r.Agency = &c.request.Agencies[at.agency]
	}
	if at.unit != all {
		r.Unit = &c.units[at.unit].code
	}
	if at.place != all {
		r.Place = &c.places[at.place].code
	}
	if c.apart {
		n := c.reports(at, i)
		r.Reports = &n
	}
	return r
}

// reports counts those a cell over time was asked for, and those heard.
func (c *cube) reports(at spot, i int32) (n Count) {
	for a, own := range c.told[i] {
		switch {
		case at.agency != all && at.agency != int32(a), !c.counts(int32(a)):
		case at.unit != all && !c.register.AgencyIsUnder(c.units[at.unit].code, c.request.Agencies[a]):
		default:
			n.Heard += own.Heard
			n.Asked += own.Asked
		}
	}
	return n
}

// textOf gives a value as machines read it, nil where there is none.
func textOf(v report.Value) *string {
	if v.IsNone() {
		return nil
	}
	text := v.String()
	return &text
}

// withSilent adds to spots that stay apart by place or unit what would have no row
// there, so that it is seen to be silent and why: every agency without a figure,
// and where agencies are added up, all of them when none has one. They stand
// before the others of their agency, with place and unit summed over.
func (c *cube) withSilent(spots []spot, by axes) []spot {
	if !by.place && !by.unit {
		return spots
	}
	if !by.agency {
		if len(spots) == 0 {
			return []spot{everything}
		}
		return spots
	}
	for _, at := range c.rosterSpots() {
		if part := c.parts[at.agency]; part == nil || len(part.leaves) == 0 {
			spots = append(spots, at)
		}
	}
	slices.SortStableFunc(spots, func(a, b spot) int { return cmp.Compare(a.agency, b.agency) })
	return spots
}

// spots gives the cells of the axes but for their indicators, in order: every
// agency of the roster where agencies alone stay apart, and otherwise those with
// something in them.
func (c *cube) spots(by axes, level string, indicators []int32) []spot {
	switch {
	case !by.place && !by.unit && !by.agency:
		return []spot{everything}
	case !by.place && !by.unit:
		return c.rosterSpots()
	}
	var out []spot
	if by.agency {
		out = c.ownSpots(c.shows(by, level, indicators))
	} else {
		out = c.totalSpots(by, level)
	}
	slices.SortFunc(out, func(a, b spot) int {
		return cmp.Or(cmp.Compare(a.agency, b.agency), c.compareUnits(a.unit, b.unit), c.comparePlaces(a.place, b.place))
	})
	return out
}

func (c *cube) rosterSpots() (out []spot) {
	for a := range c.request.Agencies {
		if c.counts(int32(a)) {
			out = append(out, spot{agency: int32(a), unit: all, place: all})
		}
	}
	return out
}

// totalSpots gives the spots of all agencies, in any order.
func (c *cube) totalSpots(by axes, level string) (out []spot) {
	for at := range c.shelves {
		if (at.unit != all) == by.unit && (at.place != all) == by.place && c.atLevelOf(at, level) {
			out = append(out, at)
		}
	}
	return out
}

// ownSpots gives the spots of each agency that a table shows, in any order.
func (c *cube) ownSpots(t *pivot) (out []spot) {
	seen := map[spot]struct{}{}
	for _, part := range c.parts {
		if part == nil {
			continue
		}
		clear(seen)
		for i, wanted := range t.indicators {
			if !wanted {
				continue
			}
			last := site{all, all}
			for _, l := range part.of(int32(i)) {
				if l.site == last || !t.by.unit && l.place == last.place {
					continue // they lie in order
				}
				last = l.site
				at := spot{agency: part.agency, unit: all, place: all}
				if t.by.unit {
					at.unit = l.unit
				}
				if t.by.place {
					at.place, at.below = c.atLevel(l.place, t.level)
				}
				if _, known := seen[at]; !known {
					seen[at] = struct{}{}
					out = append(out, at)
				}
			}
		}
	}
	return out
}

// atLevelOf reports whether a spot belongs to a table of places at a level.
func (c *cube) atLevelOf(at spot, level string) bool {
	if at.place == all {
		return true
	}
	place, below := c.atLevel(at.place, level)
	return place == at.place && below == at.below
}
