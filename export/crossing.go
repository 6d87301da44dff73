package export

import (
	"cmp"
	"slices"

	"tonghop/internal/xlsx"
	"tonghop/report"
)

// crossing is where the figures by agency and place stand on their sheet. Below
// a row for an indicator as a whole stand, where most agencies speak of most
// places, a row for each agency with a column for each place: a grid. Otherwise
// they stand one below the other: a list.
type crossing struct {
	lines  []crossLine
	places []string // the columns of a grid; nil for a list
	last   int      // column

	keys   map[string][][3]string    // what was said of an indicator, in the order of the sheet
	keysOf map[[2]string][][3]string // the same, by indicator and agency
	cells  map[[3]string]xlsx.Range  // by indicator, agency, place
	totals map[string]xlsx.Range     // by indicator
}

// crossLine is one row of the table of agencies by places.
type crossLine struct {
	indicator     *report.Indicator
	agency, place string // both empty: the indicator as a whole; no place: the row of a grid
}

// The rows and columns of the table of agencies by places.
const (
	crossHead = 5
	crossTop  = crossHead + 1

	listValue = 5 // of a list
	listLast  = 6

	gridTotal = 3 // of a grid
	gridFirst = 4
)

// sparse is how many cells a grid may have for each figure in it.
const sparse = 3

// layOutCross gives every figure that is asked by place its cell.
func (x *index) layOutCross(s *report.Summary) crossing {
	c := crossing{
		last: listLast, keys: map[string][][3]string{}, keysOf: map[[2]string][][3]string{},
		cells: make(map[[3]string]xlsx.Range, len(s.AgencyPlace)), totals: map[string]xlsx.Range{},
	}
	agency, place := ranks(s)
	for key := range s.AgencyPlace { // any order: sorted below
		c.keys[key[0]] = append(c.keys[key[0]], key)
	}
	pairs, figures, known := 0, 0, map[string]bool{}
	for _, ind := range x.placed {
		keys := c.keys[ind.Code]
		slices.SortFunc(keys, func(a, b [3]string) int {
			return cmp.Or(
				cmp.Compare(agency(a[1]), agency(b[1])), cmp.Compare(a[1], b[1]),
				cmp.Compare(place(a[2]), place(b[2])), cmp.Compare(a[2], b[2]))
		})
		for i, key := range keys {
			if i == 0 || keys[i-1][1] != key[1] {
				pairs++
			}
			figures++
			known[key[2]] = true
			pair := [2]string{key[0], key[1]}
			c.keysOf[pair] = append(c.keysOf[pair], key)
		}
	}
	if len(known) > 0 && pairs*len(known) <= sparse*figures {
		for code := range known { // any order: sorted below
			c.places = append(c.places, code)
		}
		slices.SortFunc(c.places, func(a, b string) int { return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b)) })
		c.last = gridTotal + len(c.places)
	}
	for _, ind := range x.placed {
		c.take(ind)
	}
	return c
}

// take gives an indicator its rows.
func (c *crossing) take(ind *report.Indicator) {
	keys := c.keys[ind.Code]
	if len(keys) == 0 {
		return
	}
	total := listValue
	if c.places != nil {
		total = gridTotal
	}
	c.totals[ind.Code] = xlsx.At(crossTop+len(c.lines), total)
	c.lines = append(c.lines, crossLine{indicator: ind})
	column := make(map[string]int, len(c.places))
	for i, place := range c.places {
		column[place] = gridFirst + i
	}
	for i, key := range keys {
		row := crossTop + len(c.lines)
		switch {
		case c.places == nil:
			c.lines = append(c.lines, crossLine{ind, key[1], key[2]})
			c.cells[key] = xlsx.At(row, listValue)
			continue
		case i == 0 || keys[i-1][1] != key[1]:
			c.lines = append(c.lines, crossLine{indicator: ind, agency: key[1]})
		default:
			row--
		}
		c.cells[key] = xlsx.At(row, column[key[2]])
	}
}

// area gives the smallest range with the figures of all keys.
func (c *crossing) area(keys [][3]string) xlsx.Range {
	out := c.cells[keys[0]]
	for _, key := range keys[1:] {
		at := c.cells[key]
		out.FirstRow, out.LastRow = min(out.FirstRow, at.FirstRow), max(out.LastRow, at.LastRow)
		out.FirstCol, out.LastCol = min(out.FirstCol, at.FirstCol), max(out.LastCol, at.LastCol)
	}
	return out
}

// rows gives the rows of keys in their whole width, for a link to lead to.
func (c *crossing) rows(keys [][3]string) xlsx.Range {
	a := c.area(keys)
	return xlsx.Rect(a.FirstRow, 1, a.LastRow, c.last)
}
