package aggregate

import (
	"slices"
	"strconv"

	"tonghop/report/fault"
	"tonghop/report/paper"
)

// fill makes the totals that a table lacks and others have of the parts that it has.
func (c *collation) fill(figures []counted, totals totals) {
	f := filler{collation: c, totals: totals, somewhere: map[place]bool{}}
	for _, own := range figures {
		for at := range own {
			f.somewhere[at] = true
		}
	}
	rows, columns := sortedLines(totals.rows), sortedLines(totals.columns)
	for n, t := range c.sum.Tables {
		f.table(t, figures[n])
		for _, column := range columns {
			f.fillColumn(column)
		}
		for _, row := range rows {
			f.fillRow(row)
		}
	}
	for row := range totals.top {
		c.sum.Rows[row].Top = inAll(figures, row)
	}
}

func sortedLines(s sumsOf) []int {
	out := make([]int, 0, len(s))
	for at := range s {
		out = append(out, at)
	}
	slices.Sort(out)
	return out
}

// filler makes totals of one table after the other.
type filler struct {
	*collation
	totals    totals
	somewhere map[place]bool // cells that some table states
	t         *paper.Table
	own       counted
	hasColumn map[int]bool
	hasRow    map[int]bool
	roots     []int        // rows of the form that nothing counts in the table
	busy      map[int]bool // total rows that are being made: nothing is its own part
}

// table goes on to a table.
func (f *filler) table(t *paper.Table, own counted) {
	f.t, f.own = t, own
	f.hasColumn, f.hasRow, f.busy = map[int]bool{}, map[int]bool{}, map[int]bool{}
	for i := range t.Columns {
		f.hasColumn[f.columns[t.Columns[i].Key]] = true
	}
	for i := range t.Rows {
		f.hasRow[f.rows[t.Rows[i].Key]] = true
	}
	f.roots = nil
	if uncounted := uncountedRows(t); oneUnit(t, uncounted) {
		for _, i := range uncounted {
			f.roots = append(f.roots, f.rows[t.Rows[i].Key])
		}
	}
}

// oneUnit reports whether rows state one unit, or none.
func oneUnit(t *paper.Table, rows []int) bool {
	return !slices.ContainsFunc(rows, func(i int) bool { return t.Rows[i].Unit.Base != t.Rows[rows[0]].Unit.Base })
}

// fillColumn makes the figures of a column that adds up others, where the table has
// all of them.
func (f *filler) fillColumn(column int) {
	of := f.totals.columns[column]
	if slices.ContainsFunc(of, func(p int) bool { return !f.hasColumn[p] }) || !f.hasColumn[column] && f.isSummed(of) {
		return
	}
	made := 0
	for i := range f.t.Rows {
		at := place{f.rows[f.t.Rows[i].Key], column}
		if !f.lacks(at) {
			continue
		}
		for _, p := range f.totals.columns.uncovered(of, func(p int) bool { return f.own[place{at.row, p}] != nil }) {
			f.own[at] = append(f.own[at], f.own[place{at.row, p}]...)
		}
		if f.own[at] != nil {
			made++
		}
	}
	f.sayMade(fault.Both("what", "cột", "the column"), label(f.sum.Columns[column].Path), made)
}

// isSummed reports whether the table has a column of its own that is the sum of
// some: theirs is no sum that it lacks, but one under another name.
func (f *filler) isSummed(of []int) bool {
	return slices.ContainsFunc(f.t.Columns, func(c paper.Column) bool {
		return slices.ContainsFunc(c.Of, func(p int) bool { return slices.Contains(of, f.columns[f.t.Columns[p].Key]) })
	})
}

// fillRow makes the figures of a row that adds up others.
func (f *filler) fillRow(row int) {
	made := 0
	if !f.mayHave(row) {
		return
	}
	for column := range f.sum.Columns {
		if at := (place{row, column}); f.lacks(at) {
			if sources := f.parts(at); len(sources) > 0 {
				f.own[at] = sources
				made++
			}
		}
	}
	f.sayMade(fault.Both("what", "dòng", "the row"), rowName(&f.sum.Rows[row]), made)
}

// mayHave reports whether the table is one of those that a total is of: it has a
// row that the total counts, or the total says no more than that. "Toàn quốc" is no
// total of a table of something else.
func (f *filler) mayHave(row int) bool {
	return f.sum.Rows[row].Own == paper.TotalKey || slices.ContainsFunc(f.totals.rows[row], func(p int) bool { return f.hasRow[p] })
}

// inAll reports whether all tables with figures have some in a row.
func inAll(figures []counted, row int) bool {
	return !slices.ContainsFunc(figures, func(own counted) bool {
		for at := range own {
			if at.row == row {
				return false
			}
		}
		return len(own) > 0
	})
}

// lacks reports whether other tables have a figure that this one has not.
func (f *filler) lacks(at place) bool {
	return f.somewhere[at] && f.own[at] == nil && f.adds(at)
}

// parts gives the figures that a total of the table is made of.
func (f *filler) parts(at place) []paper.Source {
	if f.busy[at.row] {
		return nil
	}
	f.busy[at.row] = true
	defer delete(f.busy, at.row)
	of := f.totals.rows[at.row]
	if f.totals.top[at.row] {
		of = f.roots
		f.totals.rows[at.row] = union(f.totals.rows[at.row], of)
	}
	values := map[int][]paper.Source{}
	for _, p := range of {
		if own := f.own[place{p, at.column}]; own != nil {
			values[p] = own
		} else if f.hasRow[p] {
			values[p] = f.parts(place{p, at.column})
		}
	}
	var out []paper.Source
	for _, p := range f.totals.rows.uncovered(of, func(p int) bool { return len(values[p]) > 0 }) {
		out = append(out, values[p]...)
	}
	return out
}

// uncovered gives the parts that have figures and that no other such part counts.
func (s sumsOf) uncovered(of []int, has func(int) bool) []int {
	covered := map[int]bool{}
	for _, p := range of {
		if has(p) {
			s.mark(s[p], covered)
		}
	}
	var out []int
	for _, p := range of {
		if has(p) && !covered[p] {
			out = append(out, p)
		}
	}
	return out
}

func (f *filler) sayMade(what fault.Arg, name string, made int) {
	if made > 0 {
		f.say(fault.New(fault.PaperTotalMade, what, fault.A("label", name), fault.A("count", strconv.Itoa(made))).In(f.t.File).At(f.t.Sheet, f.t.Area))
	}
}

// rowName names a row: by its code where it has no name.
func rowName(r *paper.Row) string {
	if r.Name == "" {
		return r.Code
	}
	return r.Name
}
