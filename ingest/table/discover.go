package table

import (
	"slices"
	"strings"

	"tonghop/ingest/sheet"
	"tonghop/internal/xlsx"
)

// Discover finds the tables of a sheet with nothing to look for: several, stacked
// or side by side, filled or blank. They come from the top, then from the left.
// It never fails; of a sheet that has no table it gives none.
//
// A table is a head, which says what its columns are, and rows under it. What
// makes a head is, in this order: a row of column numbers under it; figures in
// the columns under its words; the words themselves ("STT", "Chỉ tiêu"). See
// docs/adr/0029-tables-without-a-template.md.
func Discover(s *sheet.Sheet) Found {
	l := lookAt(s)
	if len(l.rows) == 0 {
		return Found{}
	}
	d := &discovery{look: l}
	d.band(colSpan{1, s.MaxCol}, 1, l.rows[len(l.rows)-1])
	d.dropParameters()
	slices.SortStableFunc(d.tables, func(a, b *Table) int {
		if a.Top != b.Top {
			return a.Top - b.Top
		}
		return a.cols.from - b.cols.from
	})
	for _, t := range d.tables {
		t.complete()
	}
	d.units()
	return Found{Tables: d.tables, Parameters: d.parameters}
}

// Found is what [Discover] found on a sheet.
type Found struct {
	Tables     []*Table
	Parameters []xlsx.Range // names of parameters and their values, over a table
}

// discovery is the search on one sheet.
type discovery struct {
	*look
	tables     []*Table
	parameters []xlsx.Range
}

// Bounds of the search.
const (
	mostHeadRows = 10  // of one head; eight have been seen
	mostTables   = 200 // of one sheet
	headReach    = 40  // rows between a head and the first figures under it
)

// band finds the tables in some columns, from a row to a row.
func (d *discovery) band(cols colSpan, from, to int) {
	for from <= to && len(d.tables) < mostTables {
		h, ok := d.nextHead(cols, from, to)
		if !ok {
			return
		}
		t := d.grow(h, cols, to)
		if t == nil {
			from = h.bottom + 1
			continue
		}
		if parts := d.apart(t); len(parts) > 1 {
			// Side by side: each is looked for in columns of its own, down to
			// where the first of them ends or further.
			for i, p := range parts {
				if i == 0 {
					p.from = cols.from
				}
				if i == len(parts)-1 {
					p.to = cols.to
				}
				d.band(p, h.top, to)
			}
			return
		}
		d.tables = append(d.tables, t)
		from = t.Last + 1
	}
}

// nextHead finds the next head from a row on.
func (d *discovery) nextHead(cols colSpan, from, to int) (head, bool) {
	at, _ := slices.BinarySearch(d.rows, from)
	for i := at; i < len(d.rows) && d.rows[i] <= to; i++ {
		r := d.rows[i]
		cells := d.row(r, cols)
		if len(cells) == 0 {
			continue
		}
		if i > at && d.isIndex(i, cells) {
			if h, ok := d.headOver(cols, from, r, indexColumns(cells)); ok {
				h.index = r
				return h, true
			}
			continue
		}
		if d.hasFigures(cells) && !d.isYearHead(i, cols) {
			if h, ok := d.headOver(cols, from, r, d.figureColumns(i, cols)); ok {
				return h, true
			}
			continue
		}
		if h, ok := d.wordHead(cols, i, to); ok {
			return h, true
		}
	}
	return head{}, false
}

// indexColumns gives the columns that an index row calls by more than letters: those
// of figures.
func indexColumns(cells []seen) []int {
	var out []int
	for i := range cells {
		if t := parseIndex(cells[i].Text); t.ok && !t.letter || !t.ok && isColumnCode(cells[i].Text) {
			out = append(out, cells[i].Col)
		}
	}
	return out
}

// hasFigures reports whether a row has figures other than the number of the row, or
// marks in place of figures behind a name.
func (d *discovery) hasFigures(cells []seen) bool {
	named := false
	for i := range cells {
		switch {
		case cells[i].kind == kindFigure && !isNumbered(cells, i), cells[i].kind == kindMark && named:
			return true
		case cells[i].kind == kindText && styleOf(cells[i].Text) == noStyle:
			named = true
		}
	}
	return false
}

// isNumbered reports whether a cell numbers its row: a short number at the left,
// right before words or before the code of what they name ("1 | 02683 | Xã Bát Xát").
func isNumbered(cells []seen, i int) bool {
	c := &cells[i]
	if i == 1 && (isCode(&cells[0]) || cells[0].kind == kindText && styleOf(cells[0].Text) != noStyle) {
		return isNumbered(cells[1:], 0)
	}
	if i > 0 || !c.kind.isFigure() || len(c.Text) > longestNumbering || styleOf(c.Text) == noStyle {
		return false
	}
	rest := cells[1:]
	if len(rest) > 1 && isDigits(&rest[0]) {
		rest = rest[1:]
	}
	return len(rest) > 0 && rest[0].kind == kindText
}

// longestNumbering is the longest text that is taken for the number of a row.
const longestNumbering = 6

// isDigits reports whether a cell holds nothing but digits, kept as text as codes are.
func isDigits(c *seen) bool {
	return c.IsText() && strings.Trim(c.Text, "0123456789") == ""
}

// isYearHead reports whether row i is part of a head because its figures are
// years that stand over figures.
func (d *discovery) isYearHead(i int, cols colSpan) bool {
	cells := d.row(d.rows[i], cols)
	if !isYears(cells) || i+1 == len(d.rows) || isNamedYear(cells) {
		return false
	}
	below := d.row(d.rows[i+1], cols)
	if isYears(below) {
		return false
	}
	if d.isIndex(i+1, below) {
		return true
	}
	for k := i + 1; k < min(i+7, len(d.rows)); k++ {
		below = d.row(d.rows[k], cols)
		if !d.hasFigures(below) {
			continue
		}
		if d.figuresUnder(d.rows[k], cells) {
			return !isYears(below)
		}
	}
	return false
}

// figuresUnder reports whether a row has figures under those of another.
func (d *discovery) figuresUnder(row int, above []seen) bool {
	return slices.ContainsFunc(above, func(c seen) bool {
		b := d.at(row, c.Col)
		return c.kind == kindFigure && b != nil && b.kind.isFigure()
	})
}

// isNamedYear reports whether a row has one year only, behind a name that is no word
// of a head, or behind that of a total: more likely a figure that looks like a year.
func isNamedYear(cells []seen) bool {
	years, names := 0, 0
	for i := range cells {
		switch {
		case cells[i].kind == kindFigure:
			years++
		case cells[i].kind == kindText && (!isHeadWord(&cells[i]) || isPlainTotal(cells[i].Text)):
			names++
		}
	}
	return years == 1 && names > 0
}

// figureColumns gives the columns that have figures in row i or in the few rows
// that follow it without a gap.
func (d *discovery) figureColumns(i int, cols colSpan) []int {
	const depth = 8
	set := map[int]bool{}
	last := d.rows[i]
	for k := i; k < min(i+depth, len(d.rows)); k++ {
		r := d.rows[k]
		if r > last+1 {
			break
		}
		cells := d.row(r, cols)
		if k > i && d.isHeadLike(cells) {
			break
		}
		for c := range cells {
			if cells[c].kind.isFigure() && !isNumbered(cells, c) {
				set[cells[c].Col] = true
			}
		}
		last = r
	}
	return sortedKeys(set)
}

// isHeadLike reports whether a row has two words of heads, and no figures.
func (d *discovery) isHeadLike(cells []seen) bool {
	words := 0
	for i := range cells {
		if cells[i].kind.isFigure() && !isYears(cells) {
			return false
		}
		if isHeadWord(&cells[i]) {
			words++
		}
	}
	return words >= 2
}

func sortedKeys(set map[int]bool) []int {
	out := make([]int, 0, len(set))
	for k := range set {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
