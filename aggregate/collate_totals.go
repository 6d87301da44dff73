package aggregate

import (
	"slices"
	"strconv"

	"tonghop/report/decimal"
	"tonghop/report/fault"
	"tonghop/report/paper"
)

// sumsOf says of rows, or of columns, of the form which others they are the sum of.
type sumsOf map[int][]int

// totals are the rows and columns of the form that add up others.
type totals struct {
	rows, columns sumsOf
	top           map[int]bool // rows that add up everything wherever they stand
}

// totals gathers from the tables what their rows and columns are the sum of.
func (c *collation) totals() totals {
	out := totals{top: map[int]bool{}}
	var rows, columns []stated
	roots := map[int]bool{} // rows that are a root beside others somewhere
	for _, t := range c.sum.Tables {
		rows = append(rows, c.statedRows(t))
		columns = append(columns, c.statedColumns(t))
		uncounted := uncountedRows(t)
		for _, i := range uncounted {
			row := c.rows[t.Rows[i].Key]
			if len(uncounted) == 1 && len(t.Rows[i].Of) > 0 {
				out.top[row] = true
			} else {
				roots[row] = true
			}
		}
	}
	for row := range roots {
		delete(out.top, row)
	}
	out.rows, out.columns = agreed(rows), agreed(columns)
	return out
}

// stated is what one table says of its rows, or columns: which it has, and which
// others they are the sum of.
type stated struct {
	has map[int]bool
	of  sumsOf
}

func (c *collation) statedRows(t *paper.Table) stated {
	s := stated{map[int]bool{}, sumsOf{}}
	for i := range t.Figures {
		s.has[c.rows[t.Rows[t.Figures[i].Row].Key]] = true
	}
	for i := range t.Rows {
		for _, p := range t.Rows[i].Of {
			at := c.rows[t.Rows[i].Key]
			s.of[at] = append(s.of[at], c.rows[t.Rows[p].Key])
		}
	}
	return s
}

func (c *collation) statedColumns(t *paper.Table) stated {
	s := stated{map[int]bool{}, sumsOf{}}
	for i := range t.Columns {
		at := c.columns[t.Columns[i].Key]
		s.has[at] = true
		for _, p := range t.Columns[i].Of {
			s.of[at] = append(s.of[at], c.columns[t.Columns[p].Key])
		}
	}
	return s
}

// agreed puts together what tables say a line is the sum of: it is one where half
// of the tables that have it say so, and the sum of all that any of them counts.
// Where tables part a whole in several ways, by sex and by age, the first way counts.
func agreed(tables []stated) sumsOf {
	out := sumsOf{}
	have, say := map[int]int{}, map[int]int{}
	for _, s := range tables {
		for at := range s.has {
			have[at]++
		}
		for at := range s.of {
			say[at]++
		}
	}
	for _, s := range tables {
		for at, of := range s.of {
			if 2*say[at] < have[at] || out[at] != nil && inSeveralWays(out[at], of, s) {
				continue
			}
			out[at] = union(out[at], of)
		}
	}
	return out
}

// inSeveralWays reports whether a table has a part that others count and does not
// count it, nor any part of its own counts it.
func inSeveralWays(known, of []int, s stated) bool {
	counted := map[int]bool{}
	s.of.mark(of, counted)
	return slices.ContainsFunc(known, func(p int) bool { return s.has[p] && !counted[p] })
}

// mark notes some lines and all that they are the sum of.
func (s sumsOf) mark(lines []int, counted map[int]bool) {
	for _, p := range lines {
		if !counted[p] {
			counted[p] = true
			s.mark(s[p], counted)
		}
	}
}

// union gives the members of two lists in their order, each once.
func union(a, b []int) []int {
	out := slices.Concat(a, b)
	slices.Sort(out)
	return slices.Compact(out)
}

// uncountedRows gives the rows of a table that no other row counts: those with
// figures that add up, are no parts, and stand under no row with figures.
func uncountedRows(t *paper.Table) []int {
	filled, counted := filledRows(t), make([]bool, len(t.Rows))
	for i := range t.Rows {
		for _, p := range t.Rows[i].Of {
			counted[p] = true
		}
	}
	var out, above []int // above are the rows with figures that a row stands under
	for i := range t.Rows {
		row := &t.Rows[i]
		for len(above) > 0 && t.Rows[above[len(above)-1]].Level >= row.Level {
			above = above[:len(above)-1]
		}
		if filled[i] && row.Adds && !counted[i] && !row.Part && len(above) == 0 {
			out = append(out, i)
		}
		if filled[i] && row.Level > 0 {
			above = append(above, i)
		}
	}
	return out
}

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

// sayOpen says which totals of all tables are not what their parts are together,
// unless that is so in the tables themselves, which is said of each.
func (c *collation) sayOpen(figures []counted, totals totals) {
	for _, row := range sortedLines(totals.rows) {
		c.sayOpenLine(len(c.sum.Columns), totals.rows, row, figures, func(line, k int) place { return place{line, k} })
	}
	for _, column := range sortedLines(totals.columns) {
		c.sayOpenLine(len(c.sum.Rows), totals.columns, column, figures, func(line, k int) place { return place{k, line} })
	}
}

// sayOpenLine says it of one row, or column, at the first of its cells that is open.
func (c *collation) sayOpenLine(cells int, sums sumsOf, line int, figures []counted, at func(line, k int) place) {
	var first fault.Fault
	open := 0
	for k := range cells {
		total, ok := c.sum.At(at(line, k).row, at(line, k).column)
		if !ok {
			continue
		}
		has := func(p int) bool { _, ok := c.sum.Find(at(p, k).row, at(p, k).column); return ok }
		parts := sums.uncovered(sums[line], has)
		right, ok := c.sumOf(parts, k, at)
		if !ok || len(parts) == 0 || right.Cmp(total.Value) == 0 || c.openInTables(sums, line, k, figures, at) {
			continue
		}
		if open++; open == 1 {
			first = c.openTotal(at(line, k), total.Value, right)
		}
	}
	if open == 0 {
		return
	}
	if open > 1 {
		first.Args = append(first.Args, fault.A("count", strconv.Itoa(open-1)))
	}
	c.say(first)
}

// sumOf adds up the totals of some lines.
func (c *collation) sumOf(lines []int, k int, at func(line, k int) place) (sum decimal.Decimal, ok bool) {
	for _, p := range lines {
		t, _ := c.sum.At(at(p, k).row, at(p, k).column)
		next, err := sum.Add(t.Value)
		if err != nil {
			return sum, false
		}
		sum = next
	}
	return sum, true
}

// openInTables reports whether a total is open only because it is so in tables that
// have both it and its parts.
func (c *collation) openInTables(sums sumsOf, line, k int, figures []counted, at func(line, k int) place) bool {
	open := false
	for _, own := range figures {
		parts := sums.uncovered(sums[line], func(p int) bool { return own[at(p, k)] != nil })
		total, has := own[at(line, k)]
		if !has && len(parts) == 0 {
			continue
		}
		if !has || len(parts) == 0 {
			return false
		}
		var sources []paper.Source
		for _, p := range parts {
			sources = append(sources, own[at(p, k)]...)
		}
		left, lok := sumOfSources(total)
		right, rok := sumOfSources(sources)
		if !lok || !rok {
			return false
		}
		open = open || left.Cmp(right) != 0
	}
	return open
}

// sumOfSources adds up sources.
func sumOfSources(sources []paper.Source) (sum decimal.Decimal, ok bool) {
	for i := range sources {
		next, err := sum.Add(sources[i].Value)
		if err != nil {
			return sum, false
		}
		sum = next
	}
	return sum, true
}

// openTotal says that a total and its parts differ.
func (c *collation) openTotal(at place, left, right decimal.Decimal) fault.Fault {
	name := rowName(&c.sum.Rows[at.row])
	if column := label(c.sum.Columns[at.column].Path); column != "" {
		name += " / " + column
	}
	args := []fault.Arg{fault.A("label", name), fault.A("left", left.String()), fault.A("right", right.String())}
	if diff, err := left.Add(right.Neg()); err == nil {
		args = append(args, fault.A("diff", diff.String()))
	}
	return fault.New(fault.PaperTotalOpen, args...)
}
